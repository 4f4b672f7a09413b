"""At the table: what was talked about, what was said, and who was there."""

"""Django's own admin over the same words in clear: what a small team has in a day. Only the bench uses it."""

"""The check-in: three sentences about his week, as often as he himself wants to be asked. The line of it is his."""

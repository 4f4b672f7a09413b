"""Verander dit: the youth asks to change a line, and the coach answers."""

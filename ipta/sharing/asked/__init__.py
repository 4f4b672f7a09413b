"""Somebody would like to see more, and the youth says yes, no or later."""

"""Vraag waarom: the youth asks who looked why that was."""

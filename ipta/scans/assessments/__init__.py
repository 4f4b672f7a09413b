"""Tests and scans that others do, only if the youth finds them useful. Source: "Een beeld vormen"."""

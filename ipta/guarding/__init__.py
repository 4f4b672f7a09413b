"""Whether what was agreed at the table still holds, by what other parts know of it (decision 32)."""

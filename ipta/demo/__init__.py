"""The pilot in invented people. Everything here goes through the same commands as on the screens."""

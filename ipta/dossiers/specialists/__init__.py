"""The directory of a municipality: whom a coach may call on."""

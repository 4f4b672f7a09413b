"""Papers: what comes in, looked at before it is kept, and what is done with it."""

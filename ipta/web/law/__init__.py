"""The desk of who answers for the law in a municipality: functional manager and privacy officer. No dossier opens."""

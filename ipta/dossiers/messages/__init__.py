"""What youth and coach write to each other: short, and kept in the dossier."""

"""Dossier information: what others said of the youth, asked of himself, and looked at again where it does not fit."""

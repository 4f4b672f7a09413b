"""Asking a specialist for help from within a dossier, and his answer through a link."""

"""VAULT: backups of a book, made, read back and put in its place."""

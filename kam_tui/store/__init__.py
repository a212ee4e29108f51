"""Disk: the only room that knows TinyDB, JSON files, locks and fsync."""

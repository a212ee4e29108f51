"""Verbs: `(Book, now, …) -> Change`. They decide; only the Session writes."""

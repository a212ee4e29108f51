"""Questions: what follows from the facts. Pure: `(Book, Settings, today)` in, answers out."""

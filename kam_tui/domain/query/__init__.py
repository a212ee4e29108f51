"""The query language: what may be asked of an account or a person, and who is as asked."""

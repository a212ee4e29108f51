"""CARE: looking a book over, mending what is damaged, and reading what a sync tool copied."""

"""kam: a key-account manager's memory, in the terminal."""

__version__ = "0.1.0"

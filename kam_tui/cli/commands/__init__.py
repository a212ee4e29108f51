"""One thin file for each word of the shell."""

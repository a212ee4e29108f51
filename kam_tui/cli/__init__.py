"""The shell face: words, flags, and plain lines of output."""

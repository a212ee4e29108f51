"""`python -m kam_tui` is `kam`."""

from kam_tui.cli.main import script

if __name__ == "__main__":
    script()

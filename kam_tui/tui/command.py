"""Command: one thing a person can do with a key; `commands` is the table of them."""

from __future__ import annotations

from kam_tui.domain.frozen import frozen
from kam_tui.tui.key_names import show_key


@frozen
class Command:
    """One thing a person can do with a key."""

    id: str
    """Its name in a keymap: scope and word."""

    keys: str
    """The keys, separated by commas; the first is the one that is shown."""

    title: str
    """One or two words for the key line; marked for translation."""

    help: str
    """A sentence for help and palette; marked for translation."""

    action: str
    """The Textual action that does it."""

    rank: int = 0
    """Place on the key line, 1 first; 0 keeps it off."""

    words: str = ""
    """Other words by which a person may look for it in the palette; marked for translation."""

    @property
    def scope(self) -> str:
        """Where it is at hand: one of `commands.SCOPES`."""
        return self.id.partition(".")[0]

    @property
    def key_list(self) -> list[str]:
        """The keys as a person knows them."""
        return [show_key(key) for key in self.keys.split(",")]

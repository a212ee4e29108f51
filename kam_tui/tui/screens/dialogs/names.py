"""Names completed while they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.suggester import Suggester

from kam_tui.domain.text import plain


class SuggestNames(Suggester):
    """Completes the last name of a list such as `Anna Virtanen; Bo`; names are compared without accents."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.names = [(plain(name), name) for name in sorted(names)]

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text with its last name completed; None where none begins like it."""
        head, mark, typed = value.rpartition(";")
        begun = plain(typed.lstrip())
        if not begun:
            return None
        space = typed[: len(typed) - len(typed.lstrip())]
        for folded, name in self.names:
            # The suggestion is drawn behind what is typed, so it must be as long or longer.
            if folded.startswith(begun) and len(folded) > len(begun):
                return head + mark + space + typed.lstrip() + name[len(begun) :]
        return None

"""The documents of the demo book, as they are written, and the ids that they refer to each other by."""

from __future__ import annotations

from typing import Any

from kam_tui.domain.change import SCHEMAS
from kam_tui.domain.ids import handle_of

Document = dict[str, Any]


def account_id(slug: str) -> str:
    """The id of the account told in `accounts/<slug>.toml`."""
    return "a-" + handle_of(f"demo account {slug}")


def contact_id(slug: str, nick: str) -> str:
    """The id of a person of an account."""
    return "c-" + handle_of(f"demo contact {slug} {nick}")


class Documents:
    """The documents of all tables, as they are written."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Document]] = {table: [] for table in SCHEMAS}
        """Table to its documents, in their order."""

    def put(self, table: str, **document: Any) -> None:
        """Add a document, without what is empty."""
        self.tables[table].append({name: value for name, value in document.items() if value})

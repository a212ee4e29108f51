"""The page of the keys is the table of commands, no more and no less."""

from __future__ import annotations

import os
from pathlib import Path

from kam_tui.tui.commands import SCOPES, TOGETHER, commands_of
from kam_tui.tui.key_names import show_key

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"

HEAD = """# Keys

Every command of the screen: its name for the table [`[keys]`](screen.md#keys-of-your-own) of the settings,
its usual keys, and what it does. `?` shows the keys as they are for you.
"""


def page() -> str:
    """What the page says."""
    parts = [HEAD]
    for scope, title in SCOPES.items():
        parts.append(f"## {title}\n\n| command | keys | what it does |\n|---|---|---|")
        for command in commands_of((scope,)):
            keys = " ".join(f"`{show_key(key)}`" for key in command.keys.split(","))
            parts.append(f"| `{command.id}` | {keys} | {command.help} |")
        parts.append("")
    return "\n".join(parts)


def test_the_page_of_the_keys_tells_every_command() -> None:
    if os.environ.get("KAM_UPDATE_PICTURES"):
        PAGE.write_text(page(), "utf-8")
    assert PAGE.read_text("utf-8") == page(), "KAM_UPDATE_PICTURES=1 writes it anew"


def test_every_scope_has_a_part() -> None:
    assert all(f"## {SCOPES[scope]}" in page() for scopes in TOGETHER for scope in scopes)

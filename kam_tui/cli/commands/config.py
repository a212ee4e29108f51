"""`kam config`: every setting, what it is for and what it is; as a file that can be saved and edited."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, fields
from itertools import pairwise
from typing import Any

from kam_tui import paths
from kam_tui import settings as settings_file
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.domain.workdays import untold_holidays
from kam_tui.i18n import _
from kam_tui.settings import Settings


def arguments(parser: argparse.ArgumentParser, word: str) -> None:
    """Nothing of its own."""


def run(shell: Shell, args: Arguments) -> int:  # noqa: ARG001
    """Print the settings in TOML, each with what it is for; the file's place on top."""
    path = paths.config_file()
    current = settings_file.load(path)
    meanings = _meanings()
    folder = os.path.expanduser(shell.book_folder) or paths.book_folder(current.book)
    if shell.out.as_json:
        rows = [
            {
                "name": field.name,
                "value": plain(getattr(current, field.name)),
                "default": plain(field.default),
                "meaning": meanings[field.name],
            }
            for field in fields(Settings)
        ]
        shell.out.json({"file": path, "exists": os.path.exists(path), "book": folder, "settings": rows})
        return 0
    told = _("{path}") if os.path.exists(path) else _("{path} (not there yet: all settings are the defaults)")
    shell.out.line("#", _("Settings file:"), told.format(path=path))
    shell.out.line("#", _("Book:"), folder)
    if untold := untold_holidays(current.country):
        shell.out.line("#", untold)
    # In TOML, what follows a heading belongs to it: so the tables come last.
    for field in sorted(fields(Settings), key=lambda field: field.name in settings_file.ROWS):
        shell.out.line()
        shell.out.line("#", meanings[field.name])
        value = getattr(current, field.name)
        # A default is commented out: a saved copy sets only what the person has set.
        mark = "" if value != field.default else "#"
        for line in as_toml(field.name, plain(value)):
            shell.out.line(f"{mark}{line}")
    return 0


def plain(value: Any) -> Any:
    """A value as JSON and TOML have it; each row of a table as a dict."""
    return [asdict(row) for row in value] if isinstance(value, tuple) else value


def as_toml(name: str, value: Any) -> Iterator[str]:
    """The lines of one setting; of a table, a heading and the values of each row."""
    if not value or not isinstance(value, list):
        yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
        return
    for row in value:
        yield f"[[{name}]]"
        for key, each in row.items():
            yield f"{key} = {json.dumps(each, ensure_ascii=False)}"


def _meanings() -> dict[str, str]:
    """Setting to the docstring below it, which is where a setting is documented."""
    (tree,) = ast.parse(inspect.getsource(Settings)).body
    body = getattr(tree, "body", [])
    return {
        here.target.id: " ".join(after.value.value.split())
        for here, after in pairwise(body)
        if isinstance(here, ast.AnnAssign)
        and isinstance(here.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    }

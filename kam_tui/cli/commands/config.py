"""`kam config`: every setting, what it is for and what it is; as a file that can be saved and edited."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import os
from dataclasses import fields
from itertools import pairwise

from kam_tui import paths
from kam_tui import settings as settings_file
from kam_tui.cli.shell import Arguments, Shell
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
                "value": getattr(current, field.name),
                "default": field.default,
                "meaning": meanings[field.name],
            }
            for field in fields(Settings)
        ]
        shell.out.json({"file": path, "exists": os.path.exists(path), "book": folder, "settings": rows})
        return 0
    told = _("{path}") if os.path.exists(path) else _("{path} (not there yet: all settings are the defaults)")
    shell.out.line("#", _("Settings file:"), told.format(path=path))
    shell.out.line("#", _("Book:"), folder)
    for field in fields(Settings):
        shell.out.line()
        shell.out.line("#", meanings[field.name])
        value = json.dumps(getattr(current, field.name), ensure_ascii=False)
        # A default is commented out: a saved copy sets only what the person has set.
        mark = "" if getattr(current, field.name) != field.default else "#"
        shell.out.line(f"{mark}{field.name} = {value}")
    return 0


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

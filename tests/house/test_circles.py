"""The house: no door leads back to where one came from, be it one that opens late or only for a type."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import MappingProxyType

import pytest

from kam_tui.cli.words import WORDS
from kam_tui.domain.change import SCHEMAS
from kam_tui.formats import digest, registry
from kam_tui.tui.screens.places import PLACES

ROOT = Path(__file__).parents[2]
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts): file
    for file in (ROOT / "kam_tui").rglob("*.py")
    if file.name != "__init__.py"  # holds a docstring alone
}

BY_NAME = {
    "kam_tui.cli.parser": {f"kam_tui.cli.commands.{word.module}" for word in WORDS.values()},
    "kam_tui.domain.change": {schema.record.__module__ for schema in SCHEMAS.values()},
    "kam_tui.formats.digest": {each.module for each in digest.FORMATS.values()},
    "kam_tui.formats.registry": {each.module for each in registry.READERS.values()}
    | {each.module for each in registry.WRITERS.values()},
    "kam_tui.tui.app": {"kam_tui.tui.palette"},
    "kam_tui.tui.screens.places": {
        f"kam_tui.tui.screens.{place.partition('.')[0]}" for place in PLACES.values()
    },
}
"""Module to what it imports by a name out of a table."""


def imported(text: str, modules: Set[str]) -> Iterator[str]:
    """Which of these modules a file imports, wherever in it: also within a function or for a type."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from modules & {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from modules & {node.module, *(f"{node.module}.{each.name}" for each in node.names)}


def circle(files: dict[str, str], by_name: Mapping[str, Set[str]] = MappingProxyType({})) -> list[str]:
    """Modules of which each imports the next, and the last is the first again; none where there is none."""
    graph = {name: {*imported(text, files.keys()), *by_name.get(name, ())} for name, text in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as problem:
        return list(problem.args[1][::-1])
    return []


def test_imports_go_in_no_circle() -> None:
    files = {name: file.read_text("utf-8") for name, file in MODULES.items()}
    assert circle(files, BY_NAME) == []
    late = {name for name, text in files.items() if "import_module(" in text or "__import__(" in text}
    assert late == BY_NAME.keys()
    assert set().union(*BY_NAME.values()) <= files.keys()


@pytest.mark.parametrize(
    "back",
    [
        "import a.first",
        "from a import first",
        "from a.first import Thing as Other",
        "def late():\n    from a.first import Thing",
        "if TYPE_CHECKING:\n    from a.first import Thing",
    ],
)
def test_a_circle_is_seen_however_it_is_closed(back: str) -> None:
    files = {
        "a.first": "from a.second import x",
        "a.second": "import a.third",
        "a.third": back,
        "b": "import a",
    }
    found = circle(files)
    assert (set(found), found[0]) == ({"a.first", "a.second", "a.third"}, found[-1])
    assert circle({**files, "a.third": ""}) == []
    assert circle({**files, "a.third": ""}, {"a.third": {"a.first"}})

"""The house: no door leads back to where one came from, be it one that opens late or only for a type."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts): file
    for file in (ROOT / "kam_tui").rglob("*.py")
    if file.name != "__init__.py"  # holds a docstring alone
}


def imported(text: str, modules: Set[str]) -> Iterator[str]:
    """Which of these modules a file imports, wherever in it: also within a function or for a type."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from modules & {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from modules & {node.module, *(f"{node.module}.{each.name}" for each in node.names)}


def circle(files: dict[str, str]) -> list[str]:
    """Modules of which each imports the next, and the last is the first again; none where there is none."""
    graph = {name: set(imported(text, files.keys())) for name, text in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as problem:
        return list(problem.args[1][::-1])
    return []


def test_imports_go_in_no_circle() -> None:
    assert circle({name: file.read_text("utf-8") for name, file in MODULES.items()}) == []


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

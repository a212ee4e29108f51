"""The house: sizes that keep a room liveable, signs on every door, one home for clock and print."""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from kam_tui.cli.words import WORDS
from kam_tui.domain.change import SCHEMAS
from kam_tui.settings import Settings

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "kam_tui"
FILES = sorted(PACKAGE.rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


@cache
def trees() -> list[tuple[Path, ast.Module]]:
    return [(file, ast.parse(file.read_text("utf-8"))) for file in FILES]


def test_files_are_no_longer_than_a_few_screens() -> None:
    lengths = {str(f.relative_to(ROOT)): len(f.read_text("utf-8").splitlines()) for f in FILES}
    assert not {name: length for name, length in lengths.items() if length > 330}
    assert sorted(lengths.values())[len(lengths) // 2] <= 150


def test_functions_fit_on_a_screen_and_classes_on_a_few() -> None:
    long: list[str] = []
    for file, tree in trees():
        for node in ast.walk(tree):
            limit = {ast.FunctionDef: 50, ast.AsyncFunctionDef: 50, ast.ClassDef: 260}.get(type(node))
            if limit and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                if size > limit:
                    long.append(f"{file.relative_to(ROOT)}:{node.lineno} {node.name} {size}")
    assert not long


def test_names_of_files_say_something() -> None:
    assert not [file for file in FILES if file.stem in VAGUE]


def test_what_is_private_to_a_file_is_imported_by_no_other() -> None:
    assert not [
        f"{file.name} {each.name}"
        for file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kam_tui")
        for each in node.names
        if re.match(r"_[a-zA-Z]", each.name)
    ]


def test_a_package_door_holds_a_docstring_and_nothing_else() -> None:
    for file in PACKAGE.rglob("__init__.py"):
        body = ast.parse(file.read_text("utf-8")).body
        rest = body[1:] if file.parent != PACKAGE else body[2:]
        assert ast.get_docstring(ast.parse(file.read_text("utf-8"))), file
        assert not rest, file


def test_every_file_says_what_it_owns() -> None:
    assert not [str(file) for file, tree in trees() if not ast.get_docstring(tree)]


def test_every_field_of_a_record_and_every_setting_is_documented() -> None:
    bare: list[str] = []
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and _is_dataclass(node) and node.name[0] != "_":
                bare += [f"{file.name} {node.name}.{name}" for name in _undocumented(node)]
    assert not bare


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any(ast.unparse(d).startswith(("dataclass", "frozen")) for d in node.decorator_list)


def _undocumented(node: ast.ClassDef) -> list[str]:
    fields_here = [s for s in node.body if isinstance(s, ast.AnnAssign)]
    if len(fields_here) <= 3:
        return []
    missing = []
    for here, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(here, ast.AnnAssign) and not (
            isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant)
        ):
            missing.append(ast.unparse(here.target))
    return missing


@pytest.mark.parametrize("table", list(SCHEMAS))
def test_a_schema_names_exactly_the_fields_of_its_record(table: str) -> None:
    schema = SCHEMAS[table]
    assert {*schema.fields, "extra"} == {f.name for f in fields(schema.record)}


def test_the_clock_is_read_in_one_file_alone() -> None:
    reads = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(|utcnow\(")
    files = {str(f.relative_to(PACKAGE)) for f in FILES if reads.search(f.read_text("utf-8"))}
    assert files <= {"clock.py"}


def test_print_and_the_standard_streams_have_one_home() -> None:
    writes = re.compile(r"\bprint\(|\bsys\.std(out|err|in)\b")
    files = {str(f.relative_to(PACKAGE)) for f in FILES if writes.search(f.read_text("utf-8"))}
    assert files <= {"cli/output.py", "cli/diagnostics.py", "tui/terminal.py"}


def test_the_settings_page_names_every_setting() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert not [field.name for field in fields(Settings) if f"`{field.name}`" not in page]


def test_the_page_of_the_format_names_every_table_field_and_word_of_choice() -> None:
    page = (ROOT / "docs" / "format.md").read_text("utf-8")
    for table, schema in SCHEMAS.items():
        part = page.partition(f"### {table}\n")[2].partition("\n##")[0]
        own = {name: field for name, field in schema.fields.items() if name not in ("id", "created")}
        assert not [name for name in own if f"`{name}`" not in part], table
        for field in own.values():
            words = getattr(field.kind, "options", ()) if field.name != "action" else ()
            assert not [word for word in words if f"`{word}`" not in part], (table, field.name)


def test_the_front_page_names_every_word_of_the_shell() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    assert not [word for word in WORDS if f"`kam {word}" not in page]


def test_every_picture_and_page_that_is_linked_is_there() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_heading_that_is_linked_is_there() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for link, heading in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", page.read_text("utf-8")):
            there = (page.parent / link if link else page).read_text("utf-8")
            headings = re.findall(r"^#+ (.+)$", there, re.MULTILINE)
            assert heading in map(_anchor, headings), f"{page.name}: {link}#{heading}"


def _anchor(heading: str) -> str:
    """How a heading is linked to: in small letters, with dashes for blanks, and no other signs."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_the_wheel_carries_every_file_of_the_demo() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    shipped = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    files = sorted(f"data/demo/{file.name}" for file in (ROOT / "data" / "demo").glob("*.jsonl"))
    assert sorted(shipped) == files
    assert all(target == f"kam_tui/demo/{Path(source).name}" for source, target in shipped.items())

"""Settings file: sets values in the person's own TOML file, and leaves all else in it as it is.

A value is a line of its own, so the file is edited by the line: comments, order and the tables below stay.
Whatever comes of that is read again before it is written, and must be what was there with the new value.
"""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from kam_tui import settings_reader
from kam_tui.delivery.whole_file import write_whole
from kam_tui.domain.dates.moment import tzinfo_of
from kam_tui.domain.errors import Invalid, NotFound, Unwritable
from kam_tui.domain.frozen import defaults_of
from kam_tui.domain.text import clean
from kam_tui.i18n import _
from kam_tui.settings import Settings

WORDS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
"""How a person says that something is to be, or not."""

PATHS = ("book", "name_day_calendar")
"""Settings that name a file or a folder: kept as a whole path, the same wherever kam is called."""

_HEADING = re.compile(r"[ \t]*\[")
_SETTING = re.compile(r"[ \t]*[\w\"'-]+[ \t]*=")
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[^#\s]+')


def change(path: str, texts: Mapping[str, str]) -> Settings:
    """Set some settings in the file at `path`, each to what a person has typed; what the settings are then.

    Raises NotFound for a name that is none, Invalid for what cannot be set so, and Unwritable; then
    nothing is written.
    """
    values = {name: value_of(name, text) for name, text in texts.items()}
    before = text_of(path)
    settings_reader.read(before.encode(), path)
    after = with_values(before, values, path)
    return rewrite(path, after) if after != before else settings_reader.read(after.encode(), path)


def rewrite(path: str, text: str) -> Settings:
    """Put a whole text in the place of the file, and return what the settings are then.

    Raises Invalid for what are no settings, and Unwritable; then nothing is written.
    """
    settings = settings_reader.read(text.encode(), path)
    try:
        write_whole(path, text)
    except OSError as problem:
        raise Unwritable(
            _("The settings {path} cannot be written: {problem}.").format(
                path=clean(path), problem=problem.strerror
            ),
            _("Nothing was changed. Look at the rights of that file and its folder."),
        ) from problem
    return settings


def value_of(name: str, text: str) -> object:
    """What a person has typed for a setting, as TOML has it. Raises NotFound for no setting, and Invalid."""
    sort = Settings.__annotations__.get(name)
    if sort is None:
        import difflib

        near = difflib.get_close_matches(name, Settings.__annotations__, 1)
        raise NotFound(_("There is no setting {name}.").format(name=_said(name)), candidates=near)
    if sort == "str":
        if name == "timezone" and text.strip() and tzinfo_of(text.strip()) is None:
            raise Invalid(
                _("Setting timezone: {zone} is no zone that this computer knows.").format(zone=_said(text)),
                _("Write it like Europe/Helsinki, or leave it empty for the computer's own."),
            )
        typed = clean(text).strip()
        is_whole = name not in PATHS or not typed or typed.startswith("~")
        return typed if is_whole else os.path.abspath(typed)
    if sort == "bool":
        if text.strip().casefold() not in WORDS:
            raise Invalid(_("Setting {name}: say yes or no, not {text}.").format(name=name, text=_said(text)))
        return WORDS[text.strip().casefold()]
    if sort == "int":
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise Invalid(
                _("Setting {name}: it takes a whole number, not {text}.").format(name=name, text=_said(text))
            )
        return int(digits)
    raise Invalid(
        _("Setting {name} is a table of several rows.").format(name=name),
        _("Write them in the settings file; kam config tells where it is."),
    )


def _said(text: str) -> str:
    return clean(text).strip() or '""'


def text_of(path: str) -> str:
    """The text of the file; empty where there is none. Raises Invalid for what cannot be read."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem.reason
        raise Invalid(
            _("The settings {path} cannot be read: {problem}.").format(path=clean(path), problem=why)
        ) from None


def with_values(text: str, values: Mapping[str, object], path: str) -> str:
    """The text of a settings file with some values set. Raises Invalid where that cannot be done safely."""
    for name, value in values.items():
        text = _with_value(text, name, value, path)
    return text


def _with_value(text: str, name: str, value: object, path: str) -> str:
    import tomllib

    wanted = {**tomllib.loads(text), name: value}
    for tried in _tries(text.split("\n"), name, json.dumps(value, ensure_ascii=False)):
        try:
            found = tomllib.loads(tried)
        except tomllib.TOMLDecodeError:
            continue
        if found == wanted and type(found[name]) is type(value):
            return tried
    raise Invalid(
        _("Setting {name} is written in {path} in a way that kam cannot change without harm.").format(
            name=name, path=clean(path)
        ),
        _("Change it there by hand."),
    )


def _tries(lines: list[str], name: str, value: str) -> Iterator[str]:
    """The text with the value in each place where it could be, the best first."""
    said = re.compile(rf"[ \t]*(?:{name}|\"{name}\"|'{name}')[ \t]*=[ \t]*")
    for at, line in enumerate(lines):
        found = said.match(line)
        if found and (old := _VALUE.match(line, found.end())):
            changed = line[: found.end()] + value + line[old.end() :]
            yield "\n".join([*lines[:at], changed, *lines[at + 1 :]])
    new = f"{name} = {value}" + ("\r" if lines[0].endswith("\r") else "")
    for at in _places(lines, name):
        yield "\n".join([*lines[:at], new, *(lines[at:] or [""])])


def _places(lines: list[str], name: str) -> Iterator[int]:
    """Where a new line could go: below itself as a comment, below the last setting, above the first table."""
    heading = next((at for at, line in enumerate(lines) if _HEADING.match(line)), None)
    end = len(lines) - (lines[-1] == "") if heading is None else heading
    comment = re.compile(rf"[ \t]*#[ \t]*{name}[ \t]*=")
    yield from [at + 1 for at, line in enumerate(lines[:end]) if comment.match(line)][:1]
    yield from [at + 1 for at, line in enumerate(lines[:end]) if _SETTING.match(line)][-1:]
    if heading is not None:
        # The comment above a heading belongs to it.
        while heading > 0 and lines[heading - 1].lstrip()[:1] in ("", "#"):
            heading -= 1
        yield heading
    yield end


def begun() -> str:
    """A settings file that sets nothing yet: each setting with what it is for, as a comment to begin with."""
    told, lines = meanings(), []
    # In TOML, what follows a heading belongs to it: so the tables come last.
    for name, value in sorted(defaults_of(Settings).items(), key=lambda each: has_heading(each[1])):
        lines += ["", f"# {told[name]}", *(f"#{line}" for line in as_toml(name, plain(value)))]
    return "\n".join([*lines[1:], ""])


def meanings() -> dict[str, str]:
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


def has_heading(value: Any) -> bool:
    """Whether a value is written below a heading of its own."""
    return bool(value) and isinstance(value, tuple | Mapping)


def plain(value: Any) -> Any:
    """A value as JSON and TOML have it; each row of a table as a dict."""
    if isinstance(value, Mapping):
        return dict(value)
    return [asdict(row) for row in value] if isinstance(value, tuple) else value


def as_toml(name: str, value: Any) -> Iterator[str]:
    """The lines of one setting; of a table, a heading and the values of each row."""
    if value and isinstance(value, dict):
        yield f"[{name}]"
        for key, each in value.items():
            yield f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(each, ensure_ascii=False)}"
        return
    if not value or not isinstance(value, list):
        yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
        return
    for row in value:
        yield f"[[{name}]]"
        for key, each in row.items():
            yield f"{key} = {json.dumps(each, ensure_ascii=False)}"

"""Segments file: gives a query a name in the person's own settings file, or takes the name away.

The rest of the file stays as it is. What comes of it is read again before it is written, and must be what
was there, but for this one name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kam_tui.delivery.settings_file import rewrite, text_of
from kam_tui.domain.errors import Invalid, NotFound
from kam_tui.domain.text import clean, fold
from kam_tui.i18n import _
from kam_tui.settings import Settings
from kam_tui.settings_reader import parsed

_HEADING = re.compile(r"[ \t]*\[[ \t]*segments[ \t]*\]")
_ANY_HEADING = re.compile(r"[ \t]*\[")


def keep(path: str, name: str, query: str) -> Settings:
    """Let a query have a name; what the settings are then.

    Raises Invalid for a name or a query that cannot be taken, and Unwritable; then nothing is written.
    """
    name, query = clean(name), " ".join(query.split())
    if not query or not fold(name):
        raise Invalid(
            _("A segment needs a name and a query."), _('Write it like best "tier:key -status:former".')
        )
    return _write(path, name, query)


def drop(path: str, name: str) -> Settings:
    """Take a name away; the accounts and people stay as they are.

    Raises NotFound where there is none, and Invalid where other settings ask for it.
    """
    return _write(path, clean(name), None)


def _write(path: str, name: str, query: str | None) -> Settings:
    import tomllib

    text = text_of(path)
    before = parsed(text.encode(), path)
    segments = before.get("segments", {})
    if not isinstance(segments, dict):
        raise _not_by_kam(path)
    known = next((each for each in segments if fold(each) == fold(name)), "")
    if query is None and not known:
        raise NotFound(
            _("There is no segment {name}.").format(name=name or '""'), candidates=list(segments)[:3]
        )
    name = known or name
    kept = {each: value for each, value in segments.items() if query is not None or each != name}
    wanted = {**before, "segments": {**kept, **({} if query is None else {name: query})}}
    for tried in _tries(text.split("\n"), name, query):
        try:
            found = tomllib.loads(tried)
        except tomllib.TOMLDecodeError:
            continue
        if {"segments": {}, **found} == wanted:
            try:
                return rewrite(path, tried)
            except Invalid as problem:
                if query is not None:
                    raise
                raise Invalid(
                    _("The segment {name} stays: other settings ask for it.").format(name=clean(name)),
                    _("Change them first. {problem}").format(problem=problem),
                ) from None
    raise _not_by_kam(path)


def _not_by_kam(path: str) -> Invalid:
    return Invalid(
        _("The segments in {path} are written in a way that kam cannot change without harm.").format(
            path=clean(path)
        ),
        _("Change them there by hand."),
    )


def _tries(lines: list[str], name: str, query: str | None) -> Iterator[str]:
    """The text with the line in each place where it could be: for the old one, below the heading, at the
    end under a heading of its own."""
    end = "\r" if lines[0].endswith("\r") else ""
    new = [] if query is None else [f"{_text(name)} = {_text(query)}{end}"]
    heading = next((at for at, line in enumerate(lines) if _HEADING.match(line)), None)
    if heading is not None:
        own = re.compile(rf"[ \t]*(?:{re.escape(name)}|{re.escape(_text(name))}|'{re.escape(name)}')[ \t]*=")
        at = heading + 1
        while at < len(lines) and not _ANY_HEADING.match(lines[at]):
            if own.match(lines[at]):
                yield "\n".join([*lines[:at], *new, *lines[at + 1 :]])
            at += 1
        yield "\n".join([*lines[: heading + 1], *new, *lines[heading + 1 :]])
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    yield "\n".join([*lines, *([end] if lines else []), f"[segments]{end}", *new, ""])


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)

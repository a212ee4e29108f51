"""The digest as plain text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from kam_tui.cli.agenda_lines import item_json, when_of
from kam_tui.domain.text import clean
from kam_tui.domain.when import show_day
from kam_tui.i18n import _, ngettext
from kam_tui.rules.digest import Digest, DigestLine

MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~"})
"""What Markdown would take for markup; a customer's name is none."""


def as_text(digest: Digest) -> str:
    """Lines for a mail or a terminal, none longer than its sentences are."""
    parts = [title_of(digest)]
    for heading, lines in _groups(digest):
        parts += ["", heading]
        for line in lines:
            parts.append(f"  {_head(digest, line)}")
            parts += [f"      {detail}" for detail in _details(line)]
    return "\n".join(parts)


def as_markdown(digest: Digest) -> str:
    """The same for a reader that shows Markdown (CommonMark)."""
    parts = [f"# {_plain(title_of(digest))}"]
    for heading, lines in _groups(digest):
        parts += ["", f"## {_plain(heading)}", ""]
        for line in lines:
            item = line.item
            what = f"**{_plain(item.who)}**: {_plain(item.what)}" if item.who else _plain(item.what)
            parts.append(f"- {what} ({_plain(_when(digest, line))}, `{item.handle}`)")
            parts += [f"  {_plain(detail)}" for detail in _details(line)]
    return "\n".join(parts)


def as_json(digest: Digest) -> dict[str, Any]:
    """The same for scripts."""
    groups = {
        "overdue": digest.overdue,
        "today": digest.today,
        "soon": digest.soon,
        "quiet": digest.quiet,
    }
    return {"date": digest.day.isoformat(), "title": title_of(digest)} | {
        name: [item_json(line.item, digest.day) | {"last": line.last} for line in lines]
        for name, lines in groups.items()
    }


def title_of(digest: Digest) -> str:
    """The day, and how much there is to do on it; the subject of a mail."""
    due = len(digest.overdue) + len(digest.today)
    due += sum(line.item.due.day <= digest.day for line in digest.quiet)
    day = show_day(digest.day)
    if digest.empty:
        return _("{day}: nothing needs you").format(day=day)
    if not due:
        return _("{day}: nothing needs you yet").format(day=day)
    return ngettext("{day}: {count} thing needs you", "{day}: {count} things need you", due).format(
        day=day, count=due
    )


def _groups(digest: Digest) -> Iterator[tuple[str, Sequence[DigestLine]]]:
    for heading, lines in (
        (_("Overdue"), digest.overdue),
        (_("Today"), digest.today),
        (_("Next"), digest.soon),
        (_("Going quiet"), digest.quiet),
    ):
        if lines:
            yield heading, lines


def _head(digest: Digest, line: DigestLine) -> str:
    item = line.item
    return f"{item.handle}  {clean(item.line)} ({_when(digest, line)})"


def _when(digest: Digest, line: DigestLine) -> str:
    """When it is due. A digest is for the whole day: what sleeps until an hour of it is awake."""
    return when_of(replace(line.item, snoozed_until=None), digest.day)


def _details(line: DigestLine) -> Iterator[str]:
    if line.item.why:
        yield clean(line.item.why)
    if line.last:
        yield _("Last contact {when}").format(when=clean(line.last))


def _plain(text: str) -> str:
    return clean(text).translate(MARKS)

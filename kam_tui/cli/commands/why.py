"""`kam why`: what a line of the agenda follows from, by which rule, and what would end it."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from kam_tui import paths
from kam_tui.cli.commands.occurrence import the_item
from kam_tui.cli.output import Styled
from kam_tui.cli.shell import Arguments, Shell
from kam_tui.delivery.settings_file import as_toml, plain
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_day, show_moment
from kam_tui.formats.agenda_words import item_json, when_of
from kam_tui.formats.gifts_json import giving_json
from kam_tui.i18n import _
from kam_tui.rules.gifts import giving, told_of
from kam_tui.rules.why import Origin, Reason, why
from kam_tui.settings import Settings


def arguments(parser: argparse.ArgumentParser, word: str) -> None:  # noqa: ARG001
    """Which line."""
    parser.add_argument(
        "item",
        nargs="+",
        metavar=_("REMINDER"),
        help=_("the short word in front of its line in kam today, its key, or words of the line"),
    )


def run(shell: Shell, args: Arguments) -> int:
    """Explain the line."""
    session = shell.session
    book, settings, now = session.read(), session.settings, session.now()
    item = the_item(book, settings, now, " ".join(args.item))
    reason, known = why(book, settings, session, item), giving(book, settings, now.date(), item)
    if shell.out.as_json:
        line = {"line": item_json(item, now.date()), "giving": giving_json(known)}
        shell.out.json(_json(reason, settings) | line)
        return 0
    when = when_of(replace(item, zone=""), now.date())
    shell.out.table([(Styled(item.handle, "mark"), Styled(item.line, "bold"))], indent=2)
    shown = show_moment(item.due, item.zone)
    due = _("Due {day}.") if when.startswith(show_day(item.due.day, now.date())) else _("Due {day} ({when}).")
    due = _("Since {day}.") if item.signs else due
    shell.out.line(due.format(day=shown, when=when), indent=2)
    _part(shell, _("Because"), reason.facts)
    if known:
        told = [
            _("{label}: {text}").format(label=label, text=text) for label, text in told_of(known, now.date())
        ]
        _part(shell, _("For the gift"), told)
    _part(shell, _("As the book says"), [_origin(each, now.tzinfo) for each in reason.origins])
    _part(shell, _("The rule"), [reason.rule])
    _part(shell, _("With these settings"), _settings(reason, settings))
    _part(shell, _("What ends it"), reason.ends)
    return 0


def _part(shell: Shell, title: str, sentences: list[str] | tuple[str, ...]) -> None:
    if sentences:
        shell.out.line()
        shell.out.line(Styled(title, "bold"))
        for sentence in sentences:
            shell.out.line(sentence, indent=2)


def _origin(origin: Origin, zone: tzinfo | None) -> str:
    said = _("{record} · {field}: {value}").format(
        record=origin.record, field=origin.label, value=origin.value
    )
    if origin.entry is None:
        return said
    day = show_moment(Moment.of(origin.entry.at.astimezone(zone)))
    return said + " " + _("(since {day}, by {who})").format(day=day, who=origin.entry.by)


def _settings(reason: Reason, settings: Settings) -> list[str]:
    if not reason.settings:
        return []
    lines = [
        _("{name}: {count} rows").format(name=name, count=len(getattr(settings, name)))
        if isinstance(getattr(settings, name), tuple)
        else next(as_toml(name, getattr(settings, name)))
        for name in reason.settings
    ]
    return [*lines, _("Change them in {path}; kam config shows them all.").format(path=paths.config_file())]


def _json(reason: Reason, settings: Settings) -> dict[str, Any]:
    return {
        "facts": list(reason.facts),
        "origins": [
            {
                "record_id": each.record_id,
                "record": each.record,
                "field": each.field,
                "value": each.value,
                "since": each.entry.at.isoformat() if each.entry else None,
                "by": each.entry.by if each.entry else None,
                "change": each.entry.number if each.entry else None,
            }
            for each in reason.origins
        ],
        "rule": reason.rule,
        "settings": {name: plain(getattr(settings, name)) for name in reason.settings},
        "ends": list(reason.ends),
    }

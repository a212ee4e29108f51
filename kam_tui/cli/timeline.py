"""Facts and timelines as lines of text: what the pages of accounts, people and entries have in common."""

from __future__ import annotations

import argparse
from collections.abc import Container, Iterable
from datetime import date
from typing import Any

from kam_tui.cli.flags import counted
from kam_tui.cli.output import Output, Styled
from kam_tui.cli.shell import Arguments
from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.dates.when import show_day, show_moment, show_partial
from kam_tui.domain.day_kinds import Occasions
from kam_tui.domain.errors import Invalid
from kam_tui.domain.fields import Schema
from kam_tui.domain.kinds import Choice, Kind
from kam_tui.domain.money import with_amount
from kam_tui.domain.occasion import OCCASION_KINDS
from kam_tui.i18n import _

LATEST = 20
"""Entries that are shown unless more are asked for."""

TELLING = {"tier", "status"}
"""Fields that are shown even where they hold what is usual."""


def add_limit(parser: argparse.ArgumentParser) -> None:
    """How many entries of a timeline to print."""
    parser.add_argument(
        "--limit",
        metavar=_("N"),
        default=str(LATEST),
        help=_("the newest so many entries; {count} unless said otherwise").format(count=LATEST),
    )


def limit_of(args: Arguments) -> int:
    """The number of entries asked for. Raises Invalid."""
    if not args.limit.isdecimal():
        raise Invalid(_("--limit takes a number, not {text}.").format(text=args.limit))
    return counted(args.limit)


def rows(
    out: Output, book: Book, some: Iterable[Activity], indent: int = 0, *, about: str | None = None
) -> None:
    """Entries of a timeline, newest first: when, what, with whom, the text, the id.

    On the page of the account or contact `about`, its name goes without saying.
    """
    out.table(
        (
            (
                show_moment(activity.when),
                Styled(_(ACTIVITY_KINDS[activity.kind].label), "mark"),
                Styled(_with(book, activity, about), "bold"),
                with_amount(activity.text, activity.amount),
                Styled(activity.id, "dim"),
            )
            for activity in some
        ),
        indent,
        give=((3, 36), (2, 16), (4, 0), (3, 20), (2, 0)),
    )


def facts(
    out: Output, book: Book, schema: Schema[Any], record: Any, leave_out: Container[str] = (), indent: int = 0
) -> None:
    """The fields that say something, each with its label; long texts below their label."""
    found: list[tuple[Styled, str]] = []
    texts: list[tuple[str, str]] = []
    for field in schema.form:
        value = getattr(record, field.name)
        if field.name in leave_out or not (field.name in TELLING or schema.show(record, field, book.name_of)):
            continue
        shown = _shown(value, field.kind) or schema.show(record, field, book.name_of)
        if "\n" in shown:
            texts.append((_(field.label), shown))
        elif shown:
            found.append((Styled(_(field.label), "dim"), shown))
    out.table(found, indent, give=((1, 20),))
    for label, shown in texts:
        out.line(Styled(label, "dim"), indent=indent)
        out.text(shown, indent + 2)


def _shown(value: Any, kind: Kind) -> str:
    """A value as a person says it; empty for what is said as it is typed."""
    if isinstance(kind, Choice):
        return _(kind.options[value])
    if isinstance(value, PartialDate):
        return show_partial(value)
    if isinstance(value, Moment):
        return show_moment(value)
    if isinstance(value, date):
        return show_day(value)
    if isinstance(kind, Occasions):
        return "; ".join(
            f"{each.label or _(OCCASION_KINDS[each.kind])} {show_partial(each.on)}" for each in value
        )
    return ""


def _with(book: Book, activity: Activity, about: str | None) -> str:
    names = [book.name_of("contacts", each) for each in activity.contact_ids if each != about]
    if activity.account_id and activity.account_id != about:
        names.append(book.name_of("accounts", activity.account_id))
    return ", ".join(names)

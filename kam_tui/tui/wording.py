"""Wording: how days, lateness and records are said on a screen; the same words everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from textual.content import Content

from kam_tui.domain.account import CUSTOMER, FORMER, GROWTH, KEY, PROSPECT, STANDARD
from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.text import clean
from kam_tui.i18n import N_, _, ngettext
from kam_tui.rules.agenda import Agenda, AgendaItem

TIER_WORDS = {KEY: N_("Key"), GROWTH: N_("Growth"), STANDARD: ""}
"""A tier in a narrow column."""

STATUS_WORDS = {PROSPECT: N_("Prospect"), CUSTOMER: N_("Customer"), FORMER: N_("Former")}
"""A status in a narrow column."""


def plain(text: str, style: str = "") -> Content:
    """User text for a widget: never markup, and harmless for the terminal."""
    return (
        Content.styled(clean(text, multiline=True), style) if style else Content(clean(text, multiline=True))
    )


def in_words(text: str, style: str = "") -> Content:
    """A text of ours in which what stands between backticks is to be typed: that is set apart by its look."""
    looks = (style, f"bold {style}".strip())
    return Content.assemble(*((part, looks[at % 2]) for at, part in enumerate(clean(text).split("`"))))


def show_near(day: date, today: date) -> str:
    """A day as it is said from today: yesterday, today, tomorrow, else its date."""
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get((day - today).days)
    # Within half a year the year goes without saying, and there the weekday matters.
    return near or (show_day(day, day) if abs((day - today).days) < 183 else show_day(day).partition(" ")[2])


def show_when(moment: Moment, today: date) -> str:
    """A day as it is said from today, with its time where it has one."""
    day = show_near(moment.day, today)
    return f"{day} {moment.clock:%H:%M}" if moment.clock else day


def is_asleep(item: AgendaItem, now: datetime) -> bool:
    """Whether something is put off, and has not come back yet."""
    until = item.snoozed_until
    if until is None or until.day < now.date():
        return False
    return until.day > now.date() or (until.clock is not None and until.clock > now.time())


def show_due(item: AgendaItem, now: datetime) -> str:
    """When something is due, how late it is, or when it comes back."""
    today = now.date()
    if item.is_missed(today):
        return _("was {day}").format(day=show_near(item.due.day, today))
    if item.signs and not is_asleep(item, now):
        return _("since {day}").format(day=show_near(item.due.day, today))
    if item.snoozed_until is not None and is_asleep(item, now):
        return show_when(item.snoozed_until, today)
    return show_due_day(item.due.day, today) if item.days_late(today) > 0 else show_when(item.due, today)


def show_due_day(day: date | None, today: date) -> str:
    """A day on which something is due, or how late it is; empty for none."""
    if day is None:
        return ""
    late = (today - day).days
    if late > 0:
        return ngettext("{count} day late", "{count} days late", late).format(count=late)
    return show_near(day, today)


def show_ago(day: date | None, today: date) -> str:
    """How long ago something was, short enough for a column."""
    if day is None:
        return _("never")
    days = (today - day).days
    if days <= 1:
        return show_near(day, today)
    if days < 60:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    if days < 730:
        return ngettext("{count} month ago", "{count} months ago", days // 30).format(count=days // 30)
    return ngettext("{count} year ago", "{count} years ago", days // 365).format(count=days // 365)


def account_name(book: Book, account_id: str | None) -> str:
    """What an account is called; empty for none."""
    account = book.accounts.get(account_id or "")
    return account.name if account else ""


def last_touch(book: Book, subject_id: str, today: date) -> date | None:
    """The day of the last real touch of an account or a person."""
    touch = book.last_touch(subject_id, today)
    return touch.when.day if touch else None


def due_for(due: Agenda, wanted: Callable[[AgendaItem], bool]) -> list[AgendaItem]:
    """The lines of the agenda that are wanted, in its order; what was missed lately comes last."""
    told = {item.key for item in due.quiet} - {item.key for item in due.fading}
    open_lines = (item for item in due.open + due.upcoming if item.key not in told)
    lines = (*open_lines, *due.at_risk, *due.listed, *due.snoozed, *due.missed)
    return [item for item in lines if wanted(item)]

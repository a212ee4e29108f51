"""The words of a digest: titles, headings, and the facts of a line. Every format says the same in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kam_tui.domain.account import STANDARD, TIERS
from kam_tui.domain.activity import ACTIVITY_KINDS, Activity
from kam_tui.domain.contact import ROLES, Contact
from kam_tui.domain.dates.when import show_day
from kam_tui.domain.lookup import short_name
from kam_tui.domain.money import with_amount
from kam_tui.domain.text import clean, shorten
from kam_tui.formats.agenda_words import when_of
from kam_tui.i18n import N_, _, ngettext
from kam_tui.rules.digest import MISSED, SECTIONS, Digest
from kam_tui.rules.digest_line import DigestLine
from kam_tui.rules.gifts import told_of
from kam_tui.rules.suggested import called

GIST = 120
"""Characters of what was last said."""

SUBJECT = 78
"""Characters of a subject: a line of a mail should not be longer (RFC 5322, 2.1.1)."""

NAMED = 26
"""Characters of one thing that a subject names."""

_REACHED = {"phone": N_("Call"), "message": N_("Message"), "mail": N_("Mail"), "post": N_("Post to")}
"""Channel to what stands before the number or address."""


_WRITTEN = {"card", "gift", "mail", "message", "share"}
"""What is done with words on paper or on a screen."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know, below a line."""

    label: str
    """What it is; empty for a sentence that says so itself."""

    text: str
    """In words, cleaned."""

    link: str = ""
    """`tel`, `sms` or `mailto`, where `address` is to be used so."""

    address: str = ""
    """The number or address alone."""


def title(digest: Digest) -> str:
    """The day, and how much there is to do on it."""
    return _counted(digest, show_day(digest.day))


def subject(digest: Digest) -> str:
    """The title with the first things by name, as long as a subject may be."""
    head = _counted(digest, show_day(digest.day, digest.day))
    named: dict[str, str] = {}
    for line in digest.needs:  # of several things for the same person, the first
        named.setdefault(next(iter(line.item.contact_ids), line.item.key), _brief(digest, line))
    names = list(named.values())
    for count in range(len(names), 0, -1):
        told = ", ".join(names[:count])
        told = told if count == len(names) else told.rstrip("…") + "…"
        text = _("{title}: {names}").format(title=head, names=told)
        if len(text) <= SUBJECT:
            return text
    return head


def heading(digest: Digest, section: str) -> str:
    """What a section is called."""
    if section == MISSED and digest.since:
        day = digest.since
        near = 0 < (digest.day - day).days < 7
        return _("Missed since {day}").format(day=show_day(day, digest.day if near else None))
    return _(SECTIONS[section])


def when(digest: Digest, line: DigestLine) -> str:
    """When a line is due. A digest is for the whole day: what sleeps until an hour of it is awake."""
    if line.closed:
        return _("was {day}").format(day=show_day(line.item.due.day, digest.day))
    return when_of(replace(line.item, snoozed_until=None), digest.day)


def facts(digest: Digest, line: DigestLine) -> Iterator[Fact]:
    """What one needs to know to do it, the most useful first; nothing where that is long gone."""
    if line.gone:
        return
    if line.item.why:
        yield Fact("", clean(line.item.why))
    if who := _who(line):
        yield Fact("", who)
    if line.last:
        yield Fact(_("Last contact"), _told(line.last, digest.day))
    if line.giving:
        yield from (Fact(label, clean(text)) for label, text in told_of(line.giving, digest.day))
    elif line.gift:
        yield Fact(_("Last gift"), _told(line.gift, digest.day, named=False))
    if line.complaint:
        yield Fact(_("Open complaint"), _told(line.complaint, digest.day, named=False))
    for item in line.also:
        told = _("{what} ({when})").format(what=item.what, when=when_of(replace(item, zone=""), digest.day))
        yield Fact(_("Also open"), clean(told))
    if line.reach:
        yield _reached(line)
    if line.words:
        label = _("Write") if line.item.action in _WRITTEN else _("Say")
        yield Fact(label, _("“{words}”").format(words=clean(line.words)))


def _counted(digest: Digest, day: str) -> str:
    due = len(digest.needs)
    if digest.empty:
        return _("{day}: nothing needs you").format(day=day)
    if not due:
        return _("{day}: nothing needs you yet").format(day=day)
    return ngettext("{day}: {count} thing needs you", "{day}: {count} things need you", due).format(
        day=day, count=due
    )


def _brief(digest: Digest, line: DigestLine) -> str:
    """A line in a few words: `Liisa 50`, `Acme quiet`."""
    item = line.item
    company = short_name(line.account.name) if line.account else ""
    name = called(line.people[0]) if line.people else company
    if item.rule == "birthday" and line.years and item.due.day == digest.day:
        text = _("{name} {years}").format(name=name, years=line.years)
    elif item.every_days:
        text = _("{name} quiet").format(name=name)
    elif item.signs:
        text = _("{name} at risk").format(name=name)
    else:
        text = _("{name}: {what}").format(name=name, what=item.what) if name else item.what
    return shorten(clean(text), NAMED)


def _who(line: DigestLine) -> str:
    """Titles and roles, and how much the account counts."""
    several = len(line.people) > 1
    told = [text for person in line.people if (text := _person(person, named=several))]
    if line.account and line.account.tier != STANDARD:
        told.append(_(TIERS[line.account.tier]))
    return clean("; ".join(told))


def _person(person: Contact, *, named: bool) -> str:
    role = _(ROLES[person.role]) if person.role in ROLES else person.role
    speaks = _("speaks {language}").format(language=person.language) if person.language else ""
    text = ", ".join(filter(None, (person.title, role, speaks)))
    return _("{name}: {what}").format(name=person.name, what=text) if named and text else text


def _told(activity: Activity, day: date, *, named: bool = True) -> str:
    """When something was, what kind it was, and its gist."""
    kind = _(ACTIVITY_KINDS[activity.kind].label).lower() if named else ""
    told = ", ".join(filter(None, (show_day(activity.when.day, day), kind)))
    gist = with_amount(clean(shorten(activity.text, GIST)), activity.amount)
    return _("{when}: {gist}").format(when=told, gist=gist) if gist else told


def _reached(line: DigestLine) -> Fact:
    assert line.reach
    reach = line.reach
    address = ", ".join(map(clean, reach.value.splitlines()))
    others = reach.name if [person.name for person in line.people] != [reach.name] else ""
    beside = ", ".join(filter(None, (clean(others), clean(reach.label))))
    text = _("{address} ({label})").format(address=address, label=beside) if beside else address
    schemes = {"phone": "tel", "message": "sms", "mail": "mailto"}
    return Fact(_(_REACHED[reach.channel]), text, schemes.get(reach.channel, ""), address)


def sections(digest: Digest) -> Iterable[tuple[str, tuple[DigestLine, ...]]]:
    """Heading to lines, for each part that has any."""
    return ((heading(digest, name), lines) for name, lines in digest.sections.items())

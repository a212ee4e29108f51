"""One line: plain words with a few marks, read into who, what, when and what next.

`@name` finds an account or a person, `+tag` or `#tag` a tag, `on: friday` (or `friday:` in front)
says when it happened, `sale:` in front what kind of activity it is, `remind: tue 14:00 send the offer`
sets a reminder, `promise: fri send the drawings` keeps what was promised. All but those in front may stand
anywhere in the text. People of the account are found by their name alone. A word that is not certain is a
problem that is told, never a guess.
"""

from __future__ import annotations

import re

from kam_tui.domain.account import Account
from kam_tui.domain.activity import NOTE, PRICED
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.line_dates import Dates, Problem
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.reading import Reading
from kam_tui.domain.dates.zone import at_home
from kam_tui.domain.errors import Ambiguous, Invalid, KamError, NotFound
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kind_words import kind_in_front
from kam_tui.domain.kinds import tag_of, unique
from kam_tui.domain.lookup import find_party
from kam_tui.domain.money import read_amount
from kam_tui.domain.residence import common_zone
from kam_tui.domain.text import clean, shorten, words_of
from kam_tui.i18n import _

# Patterns are compiled when a line first needs them: most lines have few of the marks.
_TOKEN = r"""[@]"[^"]*"\S*|[@]'[^']*'\S*|\S+"""
_THEIRS = r"(?i)\b(?:their time|(?:heidän|hänen) aikaa)\b"
_TAG = r"[+#]([^\W\d_][\w-]*)([.,;:!?)]*)"
_JOINS = frozenset(
    "with and to at for from by of about met called told asked saw mailed visited thanked ja sekä".split()
)
_TRAIL = ".,;:!?)"
LONGEST_NAME = 4
"""Words that `@` looks at before it gives up on a name."""


@frozen
class Wish:
    """A reminder that the line asks for, or a promise that it tells of."""

    text: str
    """What to do."""
    due: Moment
    """When, or when first; of a promise, by when."""
    rule: str = ""
    """Recurrence rule; empty for once."""
    zone: str = ""
    """Zone whose clock it was said on; empty for the one here."""


@frozen
class Understood:
    """What one line says."""

    text: str
    """The text that is kept, without the marks; empty where the line only asks for a reminder."""
    when: Moment
    """When it happened."""
    backdated: bool
    """Whether the line said when."""
    account: Account | None
    """The account it is about."""
    contacts: tuple[Contact, ...]
    """The people in it."""
    tags: tuple[str, ...]
    """Its tags."""
    reminder: Wish | None
    """The reminder it asks for."""
    promise: Wish | None
    """The promise it tells of."""
    problems: tuple[Problem, ...]
    """What could not be understood; empty where it can be saved."""
    amount: str = ""
    """What it cost or brings; empty where that is not asked for, or not certain."""
    notes: tuple[str, ...] = ()
    """What is worth knowing before it is saved, in whole sentences."""
    kind: str = ""
    """The kind of activity that it says it is; empty where it says none."""


def read_line(book: Book, text: str, how: Reading, *, kind: str = "") -> Understood:
    """What a line that is written at the `now` of `how` says, as far as it can be understood. A note may say
    that it is of another `kind`; one that has a price comes with the amount that its text names."""
    return _Line(book, text, how, kind).understood()


class _Line:
    """The reading of one line, token by token."""

    def __init__(self, book: Book, text: str, how: Reading, kind: str = "") -> None:
        self.book, self.how, self.kind = book, how, kind
        self.lines = clean(text, multiline=True)
        self.accounts: list[Account] = []
        self.contacts: list[Contact] = []
        self.tags: list[str] = []
        self.problems: list[Problem] = []

    def understood(self) -> Understood:
        first, _newline, rest = self.lines.partition("\n")
        if re.search(_THEIRS, first):
            self.how = self.how.about(self._their_zone(first))
        said, tokens = kind_in_front(_tokens(first)) if self.kind == NOTE else ("", _tokens(first))
        dates = Dates(tokens, self.how)
        if dates.is_led and self.kind == NOTE and not said:
            said, dates.main = kind_in_front(dates.main)
        self.problems += dates.problems
        note = self._read(dates.main)
        if rest:
            note = f"{note}\n{rest}" if note else rest
        wish, promise = self._read(dates.wish), self._read(dates.promise)
        account = self._account()
        self._name_people(account, f"{note} {wish} {promise}")
        if not (note or wish or promise or account or self.contacts) and not self.problems:
            self._cannot(_("There is nothing to note down yet."))
        elif dates.due and not (note or wish):
            self._cannot(
                _("What should you be reminded of?"),
                _("Say it after the day, such as remind: tomorrow call about the offer."),
            )
        if dates.by:
            self._check_promise(dates.by, promise or note)
        reminder = self._wish(wish or shorten(note, 200), dates.due, dates.rule) if dates.due else None
        amount, doubt = read_amount(note) if (said or self.kind) in PRICED else ("", "")
        return Understood(
            note, dates.when or Moment.of(self.how.moment), dates.when is not None, account,
            tuple(self.contacts), unique(self.tags), reminder,
            self._wish(promise or shorten(note, 200), dates.by) if dates.by else None, tuple(self.problems),
            amount, (doubt,) if doubt else (), said,
        )  # fmt: skip

    def _wish(self, text: str, moment: Moment, rule: str = "") -> Wish:
        due, zone = at_home(moment, self.how.moment)
        return Wish(text, due, rule, zone)

    def _their_zone(self, text: str) -> str:
        """The zone of whom the line is about; empty where that is not known, or not certain."""
        line = _Line(self.book, "", self.how)
        line._read(_tokens(text))
        account = line._account()
        line._name_people(account, text)
        return common_zone(account, line.contacts)

    def _check_promise(self, by: Moment, text: str) -> None:
        if not text:
            hint = _("Say it after the day, such as promise: fri send the drawings.")
            self._cannot(_("What was promised?"), hint)
        elif by.day < self.how.today:
            from kam_tui.domain.dates.when import show_moment

            self._cannot(
                _("{day} has passed, so nothing can be promised by then.").format(day=show_moment(by)),
                _("Give a day to come, such as tomorrow or 2 weeks."),
            )

    def _cannot(self, sentence: str, hint: str = "") -> None:
        """Tell what is wrong with the line as a whole."""
        self.problems.append(Problem("", Invalid(sentence, hint)))

    def _read(self, tokens: list[str]) -> str:
        """Names and tags out of the tokens; the text that stays. Marks at either end leave no word behind."""
        kept: list[tuple[str, bool]] = []
        i = 0
        while i < len(tokens):
            token = tokens[i]
            i += 1
            if token.startswith("@") and token[1:].strip(_TRAIL):
                word, more = self._party(token, tokens[i : i + LONGEST_NAME - 1])
                i += more
                kept.append((word, True))
            elif token[0] in "+#" and (tag := re.fullmatch(_TAG, token)):
                self.tags.append(tag_of(tag[1]))
                kept.append((tag[1] + tag[2], True))
            else:
                kept.append((token, False))
        while kept and kept[0][1]:
            kept.pop(0)
        while kept and kept[-1][1] and (len(kept) == 1 or kept[-2][0].casefold() not in _JOINS):
            kept.pop()
        return " ".join(word for word, _mark in kept).strip(" ;,")

    def _party(self, token: str, following: list[str]) -> tuple[str, int]:
        """The account or person of `@name`; more words are taken only where one leaves it open."""
        quoted = token[1] in "\"'"
        name, trail = _spoken(token)
        account = self.accounts[0] if self.accounts else None
        error: KamError | None = None
        for count in range(len(following) + 1):
            words = [name.replace("-", " ").replace("_", " ") if not quoted else name, *following[:count]]
            if count and words[-1][:1] in "@+#":
                break
            try:
                party = find_party(
                    self.book,
                    name if not count else " ".join(words).rstrip(_TRAIL),
                    account.id if account else None,
                )
            except Ambiguous as problem:
                error = problem if error is None else error
                if quoted or trail:
                    break
                continue
            except NotFound as problem:
                error = problem if error is None else error
                break
            if isinstance(party, Account):
                self.accounts.append(party)
            elif party not in self.contacts:
                self.contacts.append(party)
            if not (quoted or trail):
                count += _rest_of_name(party.name, [*words, *following[count:]], len(words))
            end = following[count - 1] if count else ""
            return party.name + (end[len(end.rstrip(_TRAIL)) :] if count else trail), count
        if error is not None:
            self.problems.append(Problem(token, error))
        return name + trail, 0

    def _account(self) -> Account | None:
        """The one account of the line: named, or that of the people named."""
        named = {account.id: account for account in self.accounts}
        if not named:
            for contact in self.contacts:
                account = self.book.accounts.get(contact.account_id or "")
                if account:
                    named.setdefault(account.id, account)
                    break
        if len(named) > 1:
            names = [account.name for account in named.values()]
            self._cannot(
                _("One entry belongs to one account, and this line names {names}.").format(
                    names=_(" and ").join(names)
                ),
                _("Write one line for each."),
            )
        return next(iter(named.values()), None)

    def _name_people(self, account: Account | None, text: str) -> None:
        """People of the account whom the text names: in full, or by a first name that is theirs alone."""
        if account is None or not text.strip():
            return
        people = self.book.people(account.id)
        hay = f" {' '.join(words_of(text))} "
        firsts: dict[str, list[Contact]] = {}
        for contact in people:
            for name in {contact.nickname, _first_name(contact.name)} - {""}:
                firsts.setdefault(" ".join(words_of(name)), []).append(contact)
        said = {first for first in firsts if f" {first} " in hay}
        if said:
            spoken = re.findall(r"\w[\w'-]*", text)
            said &= {" ".join(words_of(word)) for word in spoken if not word[0].islower()}
        found: list[tuple[int, Contact]] = []
        for contact in people:
            names = [" ".join(words_of(contact.name))]
            names += [first for first in said if firsts[first] == [contact]]
            places = [at for name in names if name and (at := hay.find(f" {name} ")) >= 0]
            if places and contact not in self.contacts:
                found.append((min(places), contact))
        self.contacts += [contact for _at, contact in sorted(found, key=lambda each: each[0])]


def _rest_of_name(name: str, words: list[str], used: int) -> int:
    """How many words after those used complete the whole name: `Oy` after `@acme`; 0 where they do not."""
    whole = words_of(name)
    for count in range(1, len(words) - used + 1):
        if words_of(" ".join(words[: used + count])) == whole:
            return count
    return 0


def _spoken(token: str) -> tuple[str, str]:
    """The name after `@`, with or without its quotation marks, and the punctuation behind it."""
    if token[1] in "\"'" and (quoted := re.fullmatch(r"""@(["'])(.*?)\1(.*)""", token)):
        return quoted[2], quoted[3]
    name = token[1:].lstrip("\"'").rstrip(_TRAIL)
    return name.strip("\"'"), token[len(token.rstrip(_TRAIL)) :]


def _first_name(name: str) -> str:
    """What a person is called by: `Elsa` of `Dr. Elsa Virtanen` and of `Virtanen, Elsa`."""
    spoken = name.partition(",")[2] or name
    return next((word for word in spoken.split() if not word.endswith(".")), "")


def _tokens(line: str) -> list[str]:
    """The words of a line; a name in quotes is one with the `@` before it."""
    return re.findall(_TOKEN, line) if '@"' in line or "@'" in line else line.split()

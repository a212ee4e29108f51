"""One line: plain words with a few marks, read into who, what, when and what next.

`@name` finds an account or a person, `+tag` or `#tag` a tag, `on: friday` (or `friday:` in front)
says when it happened, `remind: tue 14:00 send the offer` sets a reminder. They may stand anywhere
in the text. People of the account are found by their name alone. A word that is not certain is a
problem that is told, never a guess.
"""

from __future__ import annotations

import re
from datetime import datetime

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import Ambiguous, Invalid, KamError, NotFound
from kam_tui.domain.frozen import frozen
from kam_tui.domain.kinds import tag_of, unique
from kam_tui.domain.lookup import find_party
from kam_tui.domain.moment import Moment
from kam_tui.domain.text import clean, shorten, words_of
from kam_tui.i18n import _

# Patterns are compiled when a line first needs them: most lines have few of the marks.
_TOKEN = r"""[@]"[^"]*"\S*|[@]'[^']*'\S*|\S+"""
_TAG = r"[+#]([^\W\d_][\w-]*)([.,;:!?)]*)"
_ON = ("on", "pvm")
_REMIND = ("remind", "muistuta")
_EVERY = ("every", "each", "joka")
_JOINS = frozenset(
    "with and to at for from by of about met called told asked saw mailed visited thanked ja sekä".split()
)
_TRAIL = ".,;:!?)"
LONGEST_NAME = 4
"""Words that `@` looks at before it gives up on a name."""


@frozen
class Wish:
    """A reminder asked for in the line."""

    text: str
    """What to do."""
    due: Moment
    """When, or when first."""
    rule: str = ""
    """Recurrence rule; empty for once."""


@frozen
class Problem:
    """A part of the line that could not be understood."""

    words: str
    """The part, as typed."""
    error: KamError
    """What is wrong with it."""


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
    problems: tuple[Problem, ...]
    """What could not be understood; empty where it can be saved."""


def read_line(book: Book, now: datetime, text: str, order: str = "") -> Understood:
    """What a line says, as far as it can be understood; `order` is how `3/4` is read (`dmy`, `mdy`)."""
    return _Line(book, now, text, order).understood()


class _Line:
    """The reading of one line, token by token."""

    def __init__(self, book: Book, now: datetime, text: str, order: str) -> None:
        self.book, self.now, self.order = book, now, order
        self.lines = clean(text, multiline=True)
        self.accounts: list[Account] = []
        self.contacts: list[Contact] = []
        self.tags: list[str] = []
        self.when: Moment | None = None
        self.wish: tuple[Moment, str] | None = None
        self.problems: list[Problem] = []

    def understood(self) -> Understood:
        first, _newline, rest = self.lines.partition("\n")
        tokens = self._leading_day(_tokens(first))
        main, wish = self._split_reminder(tokens)
        note = self._read(main)
        if rest:
            note = f"{note}\n{rest}" if note else rest
        wish_text = self._read(wish)
        account = self._account()
        self._name_people(account, note + " " + wish_text)
        if not (note or wish_text or account or self.contacts) and not self.problems:
            self._cannot("", _("There is nothing to note down yet."))
        elif self.wish and not (note or wish_text):
            self._cannot(
                "",
                _("What should you be reminded of?"),
                _("Say it after the day, such as remind: tomorrow call about the offer."),
            )
        reminder = None
        if self.wish:
            due, rule = self.wish
            reminder = Wish(wish_text or shorten(note, 200), due, rule)
        return Understood(
            note, self.when or Moment.of(self.now), self.when is not None, account,
            tuple(self.contacts), unique(self.tags), reminder, tuple(self.problems),
        )  # fmt: skip

    def _cannot(self, words: str, sentence: str, hint: str = "") -> None:
        self.problems.append(Problem(words, Invalid(sentence, hint)))

    def _leading_day(self, tokens: list[str]) -> list[str]:
        """`yesterday: …` and `last friday: …` in front, or after the names in front, say when it happened."""
        start = next((i for i, token in enumerate(tokens) if token[0] not in "@+#"), len(tokens))
        for end in range(start + 1, min(start + 4, len(tokens)) + 1):
            if not tokens[end - 1].endswith(":"):
                continue
            phrase = " ".join(tokens[start:end])
            if _slot(phrase):
                break
            from kam_tui.domain.when import read_when

            try:
                self.when = read_when(phrase[:-1], self.now, order=self.order, past=True)
            except KamError:
                break
            return tokens[:start] + tokens[end:]
        return tokens

    def _split_reminder(self, tokens: list[str]) -> tuple[list[str], list[str]]:
        """Take out `on: …` and `remind: …` with their dates; what follows a reminder's date is its text."""
        main: list[str] = []
        wish: list[str] = []
        into = main
        i = 0
        while i < len(tokens):
            token = tokens[i]
            slot = _slot(token)
            if not slot:
                into.append(token)
                if into is wish and token.endswith(";"):
                    into[-1] = token[:-1]
                    into = main
                i += 1
                continue
            mark, value = slot
            words = ([value] if value else []) + tokens[i + 1 :]
            asks = mark in _REMIND
            used = 0
            try:
                used = self._take_reminder(words) if asks else self._take_day(words)
                if not used:
                    self._no_date(token, words)
            except KamError as problem:
                problem.hint = problem.hint or _(
                    "Where {mark} is a word of your text, put a space before its colon."
                ).format(mark=f"{mark}:")
                self.problems.append(Problem(" ".join([token, *words[:1]]), problem))
            i += used + (0 if value else 1) + (1 if value and not used else 0)
            if asks:
                into = main if used and words[used - 1].endswith(";") else wish
        return main, wish

    def _take_day(self, words: list[str]) -> int:
        from kam_tui.domain.when import read_leading

        if self.when:
            raise Invalid(_("This line says twice when it was."), _("Write one line for each."))
        found = read_leading([w.rstrip(",;") for w in words], self.now, order=self.order, past=True)
        if not found:
            return 0
        self.when, used = found
        return used

    def _take_reminder(self, words: list[str]) -> int:
        from kam_tui.domain.when import read_leading

        if self.wish:
            raise Invalid(
                _("One line sets one reminder, and this one asks for two."), _("Write one line for each.")
            )
        if words and words[0].casefold() in _EVERY:
            return self._take_rule(words)
        found = read_leading([w.rstrip(",;") for w in words], self.now, order=self.order)
        if not found:
            return 0
        due, used = found
        self.wish = (due, "")
        return used

    def _take_rule(self, words: list[str]) -> int:
        from kam_tui.domain.recurrence import occurrences, read_rule
        from kam_tui.domain.when import read_leading

        for count in range(min(5, len(words)), 1, -1):
            try:
                rule = read_rule(" ".join(words[:count]).rstrip(",;"))
            except KamError:
                continue
            today = self.now.date()
            horizon = today.replace(year=today.year + 5, day=1)
            day = next(iter(occurrences(rule, Moment(today), today, horizon)), None)
            if day is None:
                return 0
            clock = (
                read_leading(words[count : count + 2], self.now, order=self.order) if words[count:] else None
            )
            if clock and clock[0].clock and _is_time(words[count]):
                self.wish = (clock[0].on(day), rule)
                return count + clock[1]
            self.wish = (Moment(day), rule)
            return count
        return 0

    def _no_date(self, mark: str, words: list[str]) -> None:
        """Raise what `when.py` says of the words that should have been a date."""
        from kam_tui.domain.when import read_when

        if not words:
            raise Invalid(_("After {mark} comes a day, such as tue 14:00 or 24.11.").format(mark=mark))
        read_when(words[0], self.now, order=self.order)

    def _read(self, tokens: list[str]) -> str:
        """Names and tags out of the tokens; the text that stays. Marks at either end leave no word behind."""
        kept: list[tuple[str, bool]] = []
        i = 0
        while i < len(tokens):
            token = tokens[i]
            i += 1
            if token.startswith("@") and len(token) > 1:
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
            self.problems.append(
                Problem(
                    "",
                    Invalid(
                        _("One entry belongs to one account, and this line names {names}.").format(
                            names=_(" and ").join(names)
                        ),
                        _("Write one line for each."),
                    ),
                )
            )
        return next(iter(named.values()), None)

    def _name_people(self, account: Account | None, text: str) -> None:
        """People of the account whom the text names: in full, or by a first name that is theirs alone."""
        if account is None or not text.strip():
            return
        people = self.book.people(account.id)
        hay = f" {' '.join(words_of(text))} "
        spoken = re.findall(r"\w[\w'-]*", text)
        capital = {" ".join(words_of(word)) for word in spoken if not word[0].islower()}
        firsts: dict[str, list[Contact]] = {}
        for contact in people:
            for name in {contact.nickname, _first_name(contact.name)} - {""}:
                firsts.setdefault(" ".join(words_of(name)), []).append(contact)
        found: list[tuple[int, Contact]] = []
        for contact in people:
            names = [" ".join(words_of(contact.name))]
            names += [first for first, who in firsts.items() if who == [contact] and first in capital]
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
    if quoted := re.fullmatch(r"""@(["'])(.*?)\1(.*)""", token):
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


def _slot(token: str) -> tuple[str, str] | None:
    """Mark and value of `on:…` or `remind:…`; None for any other word."""
    mark, colon, value = token.partition(":")
    mark = mark.lower()
    return (mark, value) if colon and mark in (*_ON, *_REMIND) else None


def _is_time(word: str) -> bool:
    return bool(re.match(r"(at|klo|kello)$|\d{1,2}([:.]\d\d|\s*[ap]m)|noon", word, re.IGNORECASE))

"""Recognising: by what in a text one person is known, and the text without it.

An id, a mail address, a phone number or a full name tells for sure who is meant. A name of one word, or
one that others have too, tells it only near to their id. A first or last name alone is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.identity import ROW, mail_key, own_sources, phone_key
from kam_tui.domain.text import plain, words_of
from kam_tui.i18n import _

SHORTEST = 3
"""Letters below which a name alone is no hint at anybody."""

LONG = 12
"""Letters from which on the id of another system is looked for without the name of that system too."""

# Between the words of a name: spaces and punctuation, and the end of a line as JSON spells it.
_GAP = r"(?:\\n|[\W_]){1,4}"
_DIGIT_GAP = r"[\s().\-–/]{0,3}"
_NOTHING = r"(?!)"


class Signs:
    """What one person is known by."""

    def __init__(self, versions: Sequence[Contact], book: Book, ids: Iterable[str] = ()) -> None:
        """`versions` are the contact as it is and as it was. In `book` stands who must not be taken for
        them; `ids` are of what belongs to them."""
        others = _Others(versions[0].id, book)
        self.shared = tuple(dict.fromkeys(way for way in _ways(versions) if others.have(way)))
        """Mail addresses and numbers that others have too: they tell nothing, and stay where they are."""
        names = dict.fromkeys(tuple(words_of(v.name)) for v in versions if "@" not in v.name)
        own = [name for name in names if len(name) > 1 and not others.are_called(name)]
        texts = sorted({*ids, *_texts(versions, others)}, key=len, reverse=True)
        # A mail address may begin with the name, so names come last.
        numbers = _numbers(versions, others)
        sure = [*map(_literal, texts), *map(_number, numbers)]
        near = [*sure, *map(_called, filter(None, names))]
        words = {word for v in versions for word in words_of(f"{v.name} {v.nickname}")}
        hints = {word: _hint(word) for word in words if len(word) >= SHORTEST}
        parts = [*map(_plain, texts), *(max(map(_stem, name), key=len) for name in own)]
        self._sure = _Pattern([*sure, *map(_called, own)], parts, numbers)
        more = [*parts, *map(_stem, {word for name in names for word in name}), *map(_stem, hints)]
        self._near = _Pattern(near, more, numbers)
        self._all = _Pattern([*near, *hints.values()], more, numbers)
        self._hints = {word: _Pattern([hint], [_stem(word)]) for word, hint in hints.items()}

    def are_in(self, text: str) -> bool:
        """Whether a text, or a line of JSON, holds what tells for sure that it is about them."""
        return self._sure.is_in(_plain(text))

    def hints_in(self, text: str) -> set[str]:
        """The words of their name, folded, that stand in a text alone or inflected."""
        text = _plain(text)
        return {word for word, pattern in self._hints.items() if pattern.is_in(text)}

    def redacted(self, text: str, *, near: bool = False) -> str:
        """A text without what tells that it is about them; `near` where it surely is."""
        return (self._near if near else self._sure).taken_out_of(text)

    def blotted(self, text: str) -> str:
        """A text without any of it, hints included."""
        return self._all.taken_out_of(text)


def blank() -> str:
    """What stands in a text in place of what told who somebody was."""
    return _("(erased)")


class _Pattern:
    """Something that is looked for, and what there is in a text at least that holds it."""

    def __init__(
        self, forms: Iterable[str], parts: Iterable[str], numbers: Iterable[tuple[str, list[str]]] = ()
    ) -> None:
        self._pattern = re.compile("|".join(forms) or _NOTHING)
        self._parts = tuple(dict.fromkeys(parts))
        least = (min([digits, *local], key=len) for digits, local in numbers)
        self._digits = [re.compile(_DIGIT_GAP.join(digits)) for digits in least]

    def is_in(self, folded: str) -> bool:
        """Whether a text, folded, holds it."""
        return self._may_be_in(folded) and self._pattern.search(folded) is not None

    def _may_be_in(self, folded: str) -> bool:
        # Loops, since this is asked of each text of a book: `any` would take half as long again.
        for part in self._parts:
            if part in folded:
                return True
        for digits in self._digits:  # noqa: SIM110 - as above
            if digits.search(folded):
                return True
        return False

    def taken_out_of(self, text: str) -> str:
        """A text with something in its place."""
        folded = _plain(text)
        if not self.is_in(folded):
            return text
        places: Sequence[int] = range(len(text))
        if len(folded) != len(text) or not text.isascii():
            places = [place for place, letter in enumerate(text) for _part in _plain(letter)]
        kept, at = "", 0
        for found in self._pattern.finditer(folded):
            kept += text[at : places[found.start()]] + blank()
            at = places[found.end() - 1] + 1
        return kept + text[at:]


class _Others:
    """Everybody else, and every company: what is theirs as well tells nobody apart."""

    def __init__(self, person_id: str, book: Book) -> None:
        people = [contact for contact in book.contacts.values() if contact.id != person_id]
        accounts = list(book.accounts.values())
        records: list[Account | Contact] = [*people, *accounts]
        self._mails = {mail_key(each.value) for contact in people for each in contact.emails}
        self._phones = {phone_key(each.value) for record in records for each in record.phones}
        self._links = {_link(each.value) for record in records for each in record.links}
        self._sources = {source for record in records for source in record.sources}
        names = [contact.name for contact in people]
        names += [name for account in accounts for name in (account.name, *account.aliases)]
        self._names = [set(words_of(name)) for name in names]

    def have(self, text: str) -> bool:
        """Whether a mail address, a number, a page or a source is somebody else's too."""
        known = (mail_key(text), self._mails), (phone_key(text), self._phones), (_link(text), self._links)
        return text in self._sources or any(key and key in keys for key, keys in known)

    def are_called(self, name: tuple[str, ...]) -> bool:
        """Whether all words of a name are in that of somebody else."""
        return any(words.issuperset(name) for words in self._names)


def _ways(versions: Iterable[Contact]) -> Iterator[str]:
    for version in versions:
        yield from (each.value for each in (*version.emails, *version.phones))


def _texts(versions: Iterable[Contact], others: _Others) -> Iterator[str]:
    """What is looked for as it stands: ids, mail addresses, pages, numbers with an extension."""
    for version in versions:
        for source in (*own_sources(version.id), *version.sources):
            if not others.have(source) and not source.startswith(f"{ROW}:"):
                yield source
                rest = source.partition(":")[2]
                if len(rest) >= LONG:
                    yield rest
        texts = [mail_key(each.value) or each.value for each in version.emails]
        texts += [version.name] if "@" in version.name else []
        texts += [each.value for each in version.phones if not phone_key(each.value)]
        texts += [_link(each.value) for each in version.links if "/" in _link(each.value)]
        yield from (text for text in texts if len(text) > LONG // 2 and not others.have(text))


def _numbers(versions: Iterable[Contact], others: _Others) -> list[tuple[str, list[str]]]:
    """The digits of each phone number, and those of it without the code of a country or the 0 before it."""
    found: list[tuple[str, list[str]]] = []
    for number in dict.fromkeys(each.value for version in versions for each in version.phones):
        key = phone_key(number)
        if key and not others.have(number):
            digits = key.removeprefix("+")
            # The code of a country has one to three digits, and which they are is not said.
            local = [digits[i:] for i in (1, 2, 3)] if key != digits else [digits.removeprefix("0")]
            found.append((digits, [each for each in local if len(each) > 6]))
    return found


def _number(number: tuple[str, list[str]]) -> str:
    """A phone number, written at home or from abroad, with any gaps."""
    digits, local = number
    abroad = rf"(?:(?:\+|00)\d{{1,3}}{_DIGIT_GAP})?\(?0?\)?{_DIGIT_GAP}"
    forms = [rf"(?:\+|00)?{_DIGIT_GAP}{_DIGIT_GAP.join(digits)}"]
    forms += [abroad + _DIGIT_GAP.join(each) for each in local]
    return rf"(?<![\w+])(?:{'|'.join(forms)})(?!\d)"


def _literal(text: str) -> str:
    scheme = r"(?:https?://)?(?:www\.)?" if "/" in text else ""
    return rf"(?<![\w.+-]){scheme}{re.escape(_plain(text))}(?![\w-])(?!\.\w)"


def _called(name: tuple[str, ...]) -> str:
    """A full name, the last name last or first."""
    words = list(map(_word, name))
    orders = dict.fromkeys(_GAP.join(each) for each in (words, [words[-1], *words[:-1]]))
    return rf"(?<![^\W_])(?:{'|'.join(orders)})(?![^\W_])"


def _word(word: str) -> str:
    """A word of a name; Finnish names in -nen also as they are inflected (`Korhosen`, `Korhoselle`)."""
    stem = _stem(word)
    return re.escape(word) if stem == word else rf"{re.escape(stem)}(?:nen|s[^\W\d_]{{1,6}})"


def _stem(word: str) -> str:
    """What is always there of a word of a name."""
    return word[:-3] if word.endswith("nen") and len(word) > 5 else word


def _hint(word: str) -> str:
    ending = r"[^\W\d_]{0,4}" if len(word) > SHORTEST else ""
    return rf"(?<![^\W_]){_word(word)}{ending}(?![^\W_])"


def _link(text: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip().casefold()).rstrip("/")


class _Folding(dict[int, str]):
    """What each letter is without case and accents, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain(chr(code))
        return self[code]


_FOLDING = _Folding()


def _plain(text: str) -> str:
    """As `plain`, letter by letter, and fast where many long texts are gone through: most have few letters
    beyond ASCII, each of them many times."""
    if not text.isascii():
        beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
        for letter in set(beyond.decode("utf-8", "surrogatepass")):
            text = text.replace(letter, _FOLDING[ord(letter)])
    return text.casefold()


_ASCII = bytes(range(128))

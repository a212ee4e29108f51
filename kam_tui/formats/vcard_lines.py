"""vCard lines: the bytes of a vCard file as cards of content lines. It knows nothing of people.

It reads versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as programs really write them, and never
fails: what is no content line is told beside the card it stands in.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kam_tui.i18n import _, ngettext

_NAME = re.compile(r"(?:([\w-]+)\.)?([A-Za-z0-9_-]+)")
_PARAMETER = re.compile(r';([^=:;"]*)(=(?:"[^"]*"|[^:;"])*)?')


LONGEST_CARD = 1000
"""Lines of one card that are read, a picture counting as one."""

LONGEST_HEAD = 16 * 1024
"""Characters in front of a value, beyond which a line is none."""

MOST_TOLD = 5
"""Problems of one card that are told one by one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One content line of a card, unfolded and decoded."""

    number: int
    """The line of the file it begins on, from 1."""
    group: str
    """The word before the dot of `item1.TEL`, or empty."""
    name: str
    """The property's name in capitals."""
    params: Mapping[str, tuple[str, ...]]
    """Parameter name in capitals to its values; 2.1's bare words (`TEL;CELL:`) are TYPEs."""
    value: str
    """The value as written, escapes and all; quoted-printable and the character set are undone."""

    @property
    def types(self) -> tuple[str, ...]:
        """Its TYPEs in lower case."""
        return tuple(each.casefold() for each in self.params.get("TYPE", ()))

    @property
    def raw(self) -> str:
        """The line as one of a 3.0 or 4.0 card, without a line break."""
        head = f"{self.group}.{self.name}" if self.group else self.name
        for name, values in self.params.items():
            head += f";{name}=" + ",".join(f'"{v}"' if re.search("[:;,]", v) else v for v in values)
        return f"{head}:{self.value}".replace("\n", r"\n")


@dataclass(slots=True)
class Card:
    """One card of a file."""

    number: int
    """Its place in the file, from 1."""
    line: int
    """The line of its BEGIN."""
    version: str = ""
    """`2.1`, `3.0`, `4.0`, or empty where it is not said."""
    lines: list[Line] = field(default_factory=list)
    """Its content lines without BEGIN, VERSION and END."""
    problems: list[str] = field(default_factory=list)
    """Whole sentences on what could not be read."""

    @property
    def some_problems(self) -> list[str]:
        """As many of them as one reads, and how many more there are."""
        left = len(self.problems) - MOST_TOLD
        more = ngettext("{count} more line like that.", "{count} more lines like that.", left)
        return self.problems[:MOST_TOLD] + ([more.format(count=left)] if left > 0 else [])

    @property
    def where(self) -> str:
        """Where it stands, as a person finds it."""
        return _("card {number} (line {line})").format(number=self.number, line=self.line)


def read_cards(data: bytes) -> Iterator[Card]:
    """The cards of a file, one after the other; a broken one costs no other."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")
    card: Card | None = None
    count = nested = 0
    for number, line in _logical_lines(data):
        word = line.strip().upper()
        if word == b"BEGIN:VCARD":
            if card and card.lines and card.lines[-1].name == "AGENT" and not card.lines[-1].value.strip():
                nested += 1
                card.problems.append(
                    _("Line {line}: a card inside the card was left out.").format(line=number)
                )
                continue
            if card:
                card.problems.append(_("The card has no end."))
                yield card
            count += 1
            card, nested = Card(count, number), 0
        elif word == b"END:VCARD":
            if nested:
                nested -= 1
            elif card:
                yield card
                card = None
        elif card and not nested and word:
            _add(card, number, line)
    if card:
        card.problems.append(_("The card has no end."))
        yield card


def unescape(value: str, version: str = "") -> str:
    r"""The text of a value: `\,` `\;` `\:` `\\`, and `\n` where the version has it (RFC 6350 §3.4)."""

    def plain(found: re.Match[str]) -> str:
        letter = found[1]
        if letter in "nN":
            return found[0] if version == "2.1" else "\n"
        return letter if letter in ',;:\\"' else found[0]

    return re.sub(r"\\(.)", plain, value)


def split(value: str, mark: str) -> list[str]:
    """The parts of a value at each `mark` that is not escaped; the parts keep their escapes."""
    return re.findall(rf"(?:^|{mark})((?:\\.|[^\\{mark}]|\\$)*)", value, re.DOTALL)


def escape(text: str) -> str:
    r"""A text as a value: `\\`, `\,`, `\;` and `\n`."""
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", r"\n")


def _logical_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Unfolded lines, each with the number of its first physical one.

    Unfolding comes before decoding: some programs fold inside a character. A quoted-printable line
    goes on after `=` at its end; picture data goes on without a fold in some files.
    """
    parts: list[bytes] = []
    begin = 1
    for number, line in enumerate(re.split(rb"\r\n|\n|\r", data), 1):
        if parts and _is_soft(parts) and not line.upper().startswith(b"END:VCARD"):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif parts and line[:1] in (b" ", b"\t"):
            parts.append(line[1:])
        elif parts and _is_picture(parts, line):
            parts.append(line)
        else:
            if parts:
                yield begin, b"".join(parts)
            parts, begin = [line] if line else [], number
    if parts:
        yield begin, b"".join(parts)


def _is_soft(parts: list[bytes]) -> bool:
    return parts[-1].endswith(b"=") and b"QUOTED-PRINTABLE" in parts[0].partition(b":")[0].upper()


def _is_picture(parts: list[bytes], line: bytes) -> bool:
    """Whether `line` is more of a picture, not folded as it should be."""
    head = parts[0].partition(b":")[0].upper()
    return (b"ENCODING=B" in head or b";BASE64" in head) and bool(re.fullmatch(rb"[A-Za-z0-9+/=]{8,}", line))


def _add(card: Card, number: int, data: bytes) -> None:
    """Add a content line to a card, or tell what is wrong with it."""
    if len(card.lines) >= LONGEST_CARD:
        told = _("The card has more than {count} lines; the rest was left out.").format(count=LONGEST_CARD)
        if told not in card.problems[-1:]:
            card.problems.append(told)
        return
    head = _head(data.decode("latin-1"))
    if head is None:
        card.problems.append(_("Line {line} is no vCard line and was left out.").format(line=number))
        return
    group, name, params, written = head
    octets = written.encode("latin-1")
    encoding = next(iter(params.pop("ENCODING", ())), "").casefold()
    charset = next(iter(params.pop("CHARSET", ())), "")
    if encoding == "quoted-printable":
        octets = quopri.decodestring(octets)
    elif encoding in ("b", "base64"):
        params["ENCODING"] = ("b",)
    value = re.sub("\r\n?", "\n", _decode(octets, charset))
    if name == "VERSION":
        card.version = value.strip()
    else:
        known = {key: tuple(_decode(v.encode("latin-1"), "") for v in some) for key, some in params.items()}
        card.lines.append(Line(number, group, name, known, value))


def _head(text: str) -> tuple[str, str, dict[str, tuple[str, ...]], str] | None:
    """Group, name, parameters and value of a content line; None for what is none."""
    found = _NAME.match(text)
    if found is None:
        return None
    at = found.end()
    params: dict[str, tuple[str, ...]] = {}
    while part := _PARAMETER.match(text, at):
        at = part.end()
        if at > LONGEST_HEAD:
            return None
        name, values = part[1].strip().upper(), part[2]
        if values is None:  # 2.1: a bare word is a type, or an encoding
            name, values = ("ENCODING" if name in _ENCODINGS else "TYPE"), f"={part[1].strip()}"
        parts = re.findall(r'"([^"]*)"|([^,"]+)', values[1:])
        some = tuple(_caret(quoted or bare.strip()) for quoted, bare in parts)
        if name:
            params[name] = params.get(name, ()) + tuple(v for each in some for v in _listed(name, each))
    if text[at : at + 1] != ":":
        return None
    return found[1] or "", found[2].upper(), params, text[at + 1 :]


_ENCODINGS = ("QUOTED-PRINTABLE", "BASE64", "8BIT", "7BIT", "B")


def _listed(name: str, value: str) -> list[str]:
    """`TYPE="work,voice"` says two types."""
    return [each.strip() for each in value.split(",")] if name == "TYPE" else [value]


def _caret(value: str) -> str:
    """Parameter values escape with a caret (RFC 6868)."""
    return re.sub(r"\^(['n^])", lambda found: {"'": '"', "n": "\n", "^": "^"}[found[1]], value)


def _decode(data: bytes, charset: str) -> str:
    """Text as UTF-8, else in the character set that is said, else in cp1252; never fails."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    for name in (charset, "cp1252"):
        try:
            return data.decode(name or "cp1252")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")

"""The digest as Markdown (CommonMark): a customer's own asterisks and brackets are no markup."""

from __future__ import annotations

import re

from kam_tui.domain.text import clean
from kam_tui.formats.digest_words import facts, sections, title, when
from kam_tui.i18n import _
from kam_tui.rules.digest import Digest

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|~&$"})
"""What is taken for markup wherever it stands."""

_BEGINNING = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")
"""What is taken for a list or a line at the beginning of a text; a number by the mark behind it."""

_LINKED = re.compile(r"(?<=[A-Za-z]):(?=//)|/(?=/)|(?<=\S)\.(?=[^\W\d_])|@")
"""What many readers take for a part of a link, without any markup."""


def write(digest: Digest) -> str:
    """The whole text, without a line end at its end."""
    parts = [f"# {escaped(title(digest))}"]
    for heading, lines in sections(digest):
        parts += ["", f"## {escaped(heading)}", ""]
        for line in lines:
            item = line.item
            what = escaped(item.told)
            if item.who:
                what = _("{who}: {what}").format(who=f"**{escaped(item.who)}**", what=what)
            handle = "" if line.gone else f"`{item.handle}` "
            parts.append(f"- {handle}{escaped(when(digest, line))} · {what}")
            for fact in facts(digest, line):
                label = f"*{escaped(fact.label)}* " if fact.label else ""
                parts.append(f"  - {label}{escaped(fact.text)}")
    return "\n".join(parts)


def escaped(text: str) -> str:
    """A text that shows as it stands."""
    text = _LINKED.sub(r"\\\g<0>", clean(text).translate(_MARKS))
    begun = _BEGINNING.match(text)
    if begun is None:
        return text
    head, rest = begun[0], text[begun.end() :]
    return f"{head}\\{rest}" if head.isdigit() else f"\\{text}"

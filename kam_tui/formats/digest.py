"""The digest in each of its formats, and as a letter. A format is loaded when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from kam_tui.domain.letter import Letter
from kam_tui.rules.digest import Digest


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a digest."""

    endings: tuple[str, ...]
    """How the names of such files end, with the dot."""

    module: str
    """Dotted name of the module whose `write` makes it."""


FORMATS: Mapping[str, Format] = {
    "text": Format((".txt", ".text"), "kam_tui.formats.digest_text"),
    "markdown": Format((".md", ".markdown"), "kam_tui.formats.digest_markdown"),
    "html": Format((".html", ".htm"), "kam_tui.formats.digest_html"),
    "json": Format((".json",), "kam_tui.formats.digest_json"),
}
"""Name to format."""


def write(name: str, digest: Digest) -> str:
    """The digest in a format of `FORMATS`, without a line end at its end."""
    text: str = import_module(FORMATS[name].module).write(digest)
    return text


def letter(digest: Digest) -> Letter:
    """The digest as it is sent."""
    from kam_tui.formats.digest_words import subject

    return Letter(subject(digest), write("text", digest) + "\n", write("html", digest) + "\n")

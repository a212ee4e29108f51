"""Kind words: what people call the kinds of activities, in English and in Finnish, and in front of a line."""

from __future__ import annotations

from kam_tui.domain.activity import ACTIVITY_KINDS
from kam_tui.domain.text import fold
from kam_tui.i18n import _

_IN_FINNISH = {
    "note": "muistiinpano",
    "call": "puhelu soitto",
    "meeting": "tapaaminen palaveri kokous",
    "visit": "käynti vierailu",
    "event": "tapahtuma",
    "mail": "sähköposti meili",
    "message": "viesti",
    "received": "saapunut",
    "card": "kortti",
    "gift": "lahja",
    "share": "jako",
    "thank-you": "kiitos",
    "newsletter": "uutiskirje",
    "sale": "myynti kauppa",
    "invoice": "lasku",
    "delivery": "toimitus",
    "complaint": "valitus reklamaatio",
    "feedback": "palaute",
    "hand-off": "luovutus",
}


def kind_called(typed: str) -> str:
    """The kind of activity that a word means: its name or its label, in any case; empty for none."""
    wanted = _bare(typed)
    for kind, row in ACTIVITY_KINDS.items():
        words = (kind, row.label, _(row.label), *_IN_FINNISH.get(kind, "").split())
        if wanted and wanted in map(_bare, words):
            return kind
    return ""


def kind_in_front(tokens: list[str]) -> tuple[str, list[str]]:
    """The kind that a line says it is, as in `sale: …` in front or after the names in front, and its words
    without that; empty for none."""
    start = next((i for i, token in enumerate(tokens) if token[0] not in "@+#"), len(tokens))
    for end in (start + 1, start + 2):  # `message received:` is the longest
        if end <= len(tokens) and tokens[end - 1].endswith(":") and tokens[end - 1] != ":":
            kind = kind_called(" ".join(tokens[start:end])[:-1])
            return kind, tokens[:start] + tokens[end:] if kind else tokens
    return "", tokens


def _bare(word: str) -> str:
    return fold(word).replace(" ", "")

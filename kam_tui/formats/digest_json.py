"""The digest as JSON: a contract with scripts. Its fields are told in docs/digest.md."""

from __future__ import annotations

from typing import Any

from kam_tui.domain.activity import Activity
from kam_tui.domain.text import clean
from kam_tui.formats.agenda_words import item_json
from kam_tui.formats.digest_words import heading, subject, title
from kam_tui.formats.gifts_json import activity_json, giving_json
from kam_tui.rules.digest import SECTIONS, Digest
from kam_tui.rules.digest_line import DigestLine

VERSION = 1
"""Of the fields. Fields may be added to a version; none is taken away, and none means something else."""


def document(digest: Digest) -> dict[str, Any]:
    """Every section is there, also those without a line. No text in it can drive a terminal."""
    told: dict[str, Any] = _cleaned(_told(digest))
    return told


def write(digest: Digest) -> str:
    """The whole text, without a line end at its end."""
    import json

    return json.dumps(document(digest), ensure_ascii=False, indent=2)


def _told(digest: Digest) -> dict[str, Any]:
    return {
        "version": VERSION,
        "date": digest.day.isoformat(),
        "since": digest.since.isoformat() if digest.since else None,
        "title": title(digest),
        "subject": subject(digest),
        "needs": len(digest.needs),
        "empty": digest.empty,
        "sections": {
            name: {
                "title": heading(digest, name),
                "lines": [_line(digest, line) for line in digest.sections.get(name, ())],
            }
            for name in SECTIONS
        },
    }


def _line(digest: Digest, line: DigestLine) -> dict[str, Any]:
    account, reach = line.account, line.reach
    return item_json(line.item, digest.day) | {
        "closed": line.closed,
        "gone": line.gone,
        "years": line.years,
        "account": account.name if account else None,
        "tier": account.tier if account else None,
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "title": person.title,
                "role": person.role,
                "language": person.language,
                "channel": person.channel,
            }
            for person in line.people
        ],
        "last": _activity(line.last),
        "gift": _activity(line.gift),
        "giving": giving_json(line.giving),
        "complaint": _activity(line.complaint),
        "also": [item_json(item, digest.day) for item in line.also],
        "words": line.words,
        "reach": {
            "channel": reach.channel,
            "value": reach.value,
            "label": reach.label,
            "name": reach.name,
        }
        if reach
        else None,
    }


def _activity(activity: Activity | None) -> dict[str, Any] | None:
    return activity_json(activity) if activity else None


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, multiline=True)
    if isinstance(value, dict):
        return {name: _cleaned(each) for name, each in value.items()}
    return [_cleaned(each) for each in value] if isinstance(value, list) else value

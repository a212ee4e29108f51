"""The page on the digest tells exactly what its JSON has: each field, and what it holds."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from builders import account, activity, contact, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.kinds import Labeled
from kam_tui.formats.digest import FORMATS
from kam_tui.formats.digest_json import VERSION, document
from kam_tui.rules.digest import SECTIONS, Digest, digest
from kam_tui.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "digest.md").read_text("utf-8")
TODAY = date(2026, 11, 24)
DAY = r"\d{4}-\d\d-\d\d"


def full() -> Digest:
    """A digest with something in every field."""
    acme = account("Acme Oy", tier="key", created=date(2020, 1, 1))
    liisa = contact(
        "Liisa Korhonen",
        account_id=acme.id,
        birthday=PartialDate(1976, 11, 24),
        phones=(Labeled("+358 40 1", "mobile"),),
        gift_ideas="a sailing knife",
        created=TODAY,
    )
    wine = activity("Wine", "t-2", kind="gift", contact_ids=(liisa.id,), when=Moment(date(2025, 11, 24)))
    return digest(
        Book.of(
            acme,
            liisa,
            activity("Talked", "t-1", contact_ids=(liisa.id,), when=Moment(date(2026, 11, 2))),
            wine,
            activity("Tea", "t-4", kind="gift", account_id=acme.id, when=Moment(TODAY), amount="9 SEK"),
            activity("Jam", "t-5", kind="gift", account_id=acme.id, when=Moment(TODAY)),
            reminder("Later", "r-1", contact_ids=(liisa.id,), due=Moment(TODAY + timedelta(days=30))),
            activity(
                "It rattles", "t-3", kind="complaint", account_id=acme.id, when=Moment(date(2026, 11, 20))
            ),
            account("Koe Oy", tier="growth", created=TODAY - timedelta(days=31)),
            reminder("Late", "r-3", due=Moment(TODAY - timedelta(days=9))),
            reminder("Alone", "r-2", due=Moment.parse(f"{TODAY}T14:00[Europe/Helsinki]")),
        ),
        Settings(gift_budget_key="100 EUR"),
        TODAY,
        since=date(2026, 11, 20),
    )


def fields(heading: str) -> dict[str, str]:
    """Field to what it holds, of a table of the page; a line has the fields of an item, too."""
    part = re.search(rf"^### {heading}$(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert part, heading
    own = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", part[1], re.MULTILINE))
    return fields("An item") | own if heading == "A line" else own


def holds(value: Any, told: str) -> bool:
    """Whether a value is what the page says."""
    if told.endswith(" or null"):
        return value is None or holds(value, told.removesuffix(" or null"))
    if told.startswith("list of "):
        return isinstance(value, list) and all(holds(each, told.removeprefix("list of ")) for each in value)
    if named := re.fullmatch(r"\[\w+\]\(#(\w+)-(\w+)\)", told):
        return fits(value, f"{named[1].capitalize()} {named[2]}")
    if told == "day":
        return isinstance(value, str) and re.fullmatch(DAY, value) is not None
    return (
        type(value)
        is {"text": str, "number": int, "fraction": float, "yes or no": bool, "object": dict}[told]
    )


def fits(value: Any, heading: str) -> bool:
    """Whether an object has exactly the fields of a table of the page, and they hold what it says."""
    told = fields(heading)
    assert value.keys() == told.keys(), (heading, value.keys() ^ told.keys())
    for name, each in value.items():
        assert holds(each, told[name]), (heading, name, each)
    return True


def test_the_json_of_a_digest_is_what_the_page_says() -> None:
    for found in (full(), Digest(TODAY)):
        told = document(found)
        assert fits(told, "The digest")
        assert list(told["sections"]) == list(SECTIONS)
        assert all(fits(section, "A section") for section in told["sections"].values())
        assert told["version"] == VERSION


def test_the_example_has_something_in_every_field() -> None:
    lines = [line for section in document(full())["sections"].values() for line in section["lines"]]
    for name in fields("A line"):
        if name not in ("closed", "gone", "snoozed_until", "there", "moved_from"):
            assert any(line[name] not in (None, "", [], False) for line in lines), name
    (giving,) = (line["giving"] for line in lines if line["giving"])
    assert all(giving.values())
    assert all(giving["budget"].values())


def test_the_page_tells_of_every_section_and_every_format() -> None:
    table = PAGE.partition("| section |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == list(SECTIONS)
    for name in FORMATS:
        assert f"* **{name}**: " in PAGE
    assert f"## JSON, version {VERSION}\n" in PAGE

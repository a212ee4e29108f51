"""What tells that two descriptions are of one person, and what only seems to."""

from __future__ import annotations

import pytest

from kam_tui.domain.draft import Draft
from kam_tui.domain.identity import mail_key, names_agree, own_sources, phone_key, stamped
from kam_tui.domain.kinds import Labeled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Berg", "BERG, Anna"),
        ("Anna Berg", "Dr. Anna Maria Berg"),
        ("A. Berg", "Anna Berg"),
        ("Rob Stone", "Robert Stone"),
        ("Åsa Öberg", "Asa Oberg"),
        ("Anna Smirnova", "Анна Смирнова"),
        ("anna@acme.example", "Whoever"),
        ("", "Whoever"),
    ],
)
def test_names_that_may_be_of_one_person(one: str, other: str) -> None:
    assert names_agree(one, other)
    assert names_agree(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Jan Smith", "Jean Smith"), ("Anna Berg", "Bo Berg"), ("Tomi Salo", "Toni Salo")]
)
def test_names_that_contradict(one: str, other: str) -> None:
    assert not names_agree(one, other)


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("+358 40-123 4567", "+358401234567"),
        ("tel:+358401234567", "+358401234567"),
        ("00358 40 1234567", "+358401234567"),
        ("+358 (0)40 1234567", "+358401234567"),
        ("040-123 4567", "0401234567"),
        ("12345", ""),
        ("555 010", ""),
        ("555 0101", "5550101"),
        ("+358 9 1234567 ext. 12", ""),
        ("+358-9-1234567;ext=12", ""),
        ("n/a", ""),
    ],
)
def test_phone_numbers_for_comparison(number: str, key: str) -> None:
    assert phone_key(number) == key


def test_mail_addresses_for_comparison() -> None:
    assert mail_key(" Mailto:Anna@X.example ") == "anna@x.example"
    assert mail_key("anna at x") == ""


def test_a_row_is_known_by_what_identifies_it_and_not_by_the_rest() -> None:
    def source(name: str, company: str = "Acme", system: str = "test", **values: object) -> str:
        draft = Draft("line 2", {"name": name, **values}, {"name": company})
        return str(stamped([draft], system)[0].contact["sources"][0])

    assert source("Anna Berg") == source("ANNA  berg", title="CFO")
    others = [
        source("Anna Berg", "Beta"),
        source("Anna Berg", system="other"),
        source("Anna Berg", emails=(Labeled("a@x.example"),)),
        source("Anna Berg", phones=(Labeled("+358401234567"),)),
        source("Anna Lind"),
    ]
    assert len({source("Anna Berg"), *others}) == 6


def test_who_has_a_source_keeps_it_and_a_company_needs_none() -> None:
    known = Draft("line 2", {"name": "Anna", "sources": ("hubspot:1",)})
    company = Draft("line 3", account={"name": "Acme"})
    assert stamped([known, company], "test") == [known, company]


def test_our_own_ids_are_the_same_on_every_machine() -> None:
    assert own_sources("c-1") == ("kam:c-1", "uid:urn:uuid:e7640545-14b5-55f5-b416-a96a64cfd4b6")

"""Gifts in the shell: what they cost, what is left of the budget, and the same gift twice."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from shell_run import Kam


@pytest.fixture
def giving(full: Kam) -> Kam:
    """A book in which a gift for Liisa Korhonen is due, with a budget, an idea and a gift of before."""
    full("contact", "edit", "liisa k", "--leads", "gift 10, call", "--gift-ideas", "a sailing knife")
    full("account", "edit", "acme", "--gift-budget", "100 €")
    full("log", "gift", "on: 12.12.2025", "@acme", "@liisa-k", "45€ a book on cheese")
    return full


def test_a_gift_says_its_amount_back(giving: Kam) -> None:
    said = giving("log", "gift", "@acme", "wine", "12,50", "€").out
    assert said == "Gift for Acme Oy · Sun 22 Nov 2026 14:03 · 12.50 EUR · wine 12,50 €\n"
    said = giving("log", "gift", "--amount", "30EUR", "@acme", "flowers").out
    assert said == "Gift for Acme Oy · Sun 22 Nov 2026 14:03 · 30 EUR · flowers\n"
    assert " 30 EUR " in giving("log", "visit", "@acme", "lunch", "--amount=30 EUR").out
    assert "EUR" not in giving("log", "call", "@acme", "they owe us 30 EUR").out.partition("they owe")[0]
    assert "flowers (30 EUR)" in giving("entry", "list", "acme").out


def test_an_amount_that_is_none_is_refused_and_nothing_is_written(giving: Kam) -> None:
    before = giving("entry", "list", "acme").out
    ran = giving("log", "gift", "@acme", "wine", "--amount", "cheap")
    assert ran.code
    assert ran.err.startswith("cheap is not an amount with its currency, such as 12000 EUR or 99.50 SEK.")
    assert giving("log", "gift", "@acme", "wine", "--amount").err
    assert giving("entry", "list", "acme").out == before


def test_the_same_gift_and_an_overdrawn_budget_are_told(giving: Kam) -> None:
    said = giving("log", "gift", "@acme", "@liisa-k", "a book on cheese for 101 €").out.splitlines()
    assert said[1:] == [
        "This was given before: 45€ a book on cheese, Fri 12 Dec 2025.",
        "The gift budget of Acme Oy is overdrawn by 1 EUR, with 101 EUR of 100 EUR given in 2026.",
    ]
    found = giving("log", "--json", "gift", "@acme", "@liisa-k", "book on cheese, 1 €").json
    assert found["notes"][0] == "This was given before: a book on cheese for 101 €, Sun 22 Nov."
    assert found["changes"][0]["record"]["amount"] == "1 EUR"
    assert giving("note", "--json", "@acme", "a book on cheese").json["notes"] == []


def test_a_gift_that_is_done_comes_off_the_budget(giving: Kam) -> None:
    assert "Gift budget 100 EUR of 100 EUR left in 2026\n" in giving("account", "show", "acme").out
    assert "overdrawn" not in giving("done", "gift", "a lamp, 60 €").out
    assert "Gift budget 40 EUR of 100 EUR left in 2026\n" in giving("account", "show", "acme").out
    assert giving("account", "show", "acme", "--json").json["gifts"] == {
        "year": 2026, "budget": "100 EUR", "given": "60 EUR", "left": "40 EUR", "others": [], "unpriced": 0,
    }  # fmt: skip
    assert giving("contact", "show", "liisa k", "--json").json["gifts"] is None
    giving("undo")
    assert "Gift budget 100 EUR of 100 EUR left in 2026\n" in giving("account", "show", "acme").out


def test_why_tells_all_that_is_good_to_know_before_a_gift(giving: Kam) -> None:
    said = giving("why", "gift").out
    assert (
        "For the gift\n"
        "  Gift budget: 100 EUR of 100 EUR left in 2026\n"
        "  Given before: 45€ a book on cheese, Fri 12 Dec 2025\n"
        "  Gift ideas: a sailing knife\n"
    ) in said
    found = giving("why", "gift", "--json").json["giving"]
    assert found["budget"]["left"] == "100 EUR"
    assert [each["amount"] for each in found["before"]] == ["45 EUR"]
    assert found["ideas"] == ["a sailing knife"]
    assert "For the gift" not in giving("why", "birthday").out
    assert giving("why", "birthday", "--json").json["giving"] is None


def test_the_digest_tells_it_beside_the_gift_alone(giving: Kam) -> None:
    said = giving("digest").out
    assert said.count("Gift budget 100 EUR of 100 EUR left in 2026\n") == 1
    assert said.count("Given before 45€ a book on cheese, Fri 12 Dec 2025\n") == 1
    assert said.count("Gift ideas a sailing knife\n") == 1
    page = giving("digest", "--format", "html").out
    assert "<li><b>Gift budget</b> <bdi>100 EUR of 100 EUR left in 2026</bdi></li>" in page
    assert (
        "  - *Gift budget* 100 EUR of 100 EUR left in 2026\n" in giving("digest", "--format", "markdown").out
    )


def test_a_budget_in_the_settings_is_an_amount(giving: Kam) -> None:
    giving("account", "edit", "acme", "--gift-budget", "")
    giving("config", "set", "gift_budget_key", "80 €")
    assert "Gift budget 80 EUR of 80 EUR left in 2026\n" in giving("account", "show", "acme").out
    ran = giving("config", "set", "gift_budget_key", "80")
    assert "Setting gift_budget_key: 80 is not an amount with its currency" in ran.err
    assert "Leave it empty for none." in ran.err


def test_amounts_budgets_and_ideas_come_back_from_an_export(giving: Kam, tmp_path: Path) -> None:
    whole, people = tmp_path / "book.json", tmp_path / "people.csv"
    giving("export", "--format", "json", "--output", str(whole))
    (gift,) = (
        each for each in json.loads(whole.read_text("utf-8"))["tables"]["activities"] if "amount" in each
    )
    assert gift["amount"] == "45 EUR"
    giving("export", "--format", "csv", "--output", str(people))
    with people.open(encoding="utf-8-sig", newline="") as file:
        (liisa,) = (row for row in csv.DictReader(file) if row["name"] == "Liisa Korhonen")
    assert liisa["gift_ideas"] == "a sailing knife"
    again = str(tmp_path / "again")
    giving("import", str(people), "--yes", "--book", again)
    found = giving("contact", "show", "liisa k", "--json", "--book", again).json
    assert found["contact"]["gift_ideas"] == "a sailing knife"
    other = str(tmp_path / "other")
    giving("import", str(whole), "--yes", "--book", other)
    said = giving("account", "show", "acme", "--json", "--book", other).json
    assert said["account"]["gift_budget"] == "100 EUR"
    assert [each["amount"] for each in said["timeline"]].count("45 EUR") == 1


def test_an_amount_is_mended_and_the_history_tells_it(giving: Kam) -> None:
    gift = giving("entry", "list", "acme", "--json").json["entries"][-1]
    assert gift["amount"] == "45 EUR"
    giving("entry", "edit", gift["id"], "--amount", "40 €")
    assert "Amount   40 EUR\n" in giving("entry", "show", gift["id"]).out
    (change, *_others) = giving("history", "--json").json["history"]
    assert change["changes"][0]["fields"] == ["amount"]
    giving("undo")
    assert giving("entry", "show", gift["id"], "--json").json["entry"]["amount"] == "45 EUR"

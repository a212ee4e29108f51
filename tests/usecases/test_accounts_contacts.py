"""Accounts and contacts: added, edited, archived, with whole-sentence refusals."""

from __future__ import annotations

from typing import Any

import pytest
from builders import NOW, account, contact

from kam_tui.domain.account import Account
from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.errors import Ambiguous, Invalid, NotFound
from kam_tui.domain.kinds import Labeled
from kam_tui.usecases import accounts, contacts

ACME = account("Acme Oy", tier="key")
LIISA = contact("Liisa Korhonen", account_id=ACME.id)
BOOK = Book.of(ACME, LIISA)


def only(change: Any) -> Any:
    (edit,) = change.edits
    return edit.after


def test_an_account_is_added_from_a_form() -> None:
    change = accounts.add(
        BOOK, NOW, {"name": "Globex", "tier": "growth", "via": "acme", "customer_since": "2015"}
    )
    made = only(change)
    assert isinstance(made, Account)
    assert (made.name, made.tier, made.via) == ("Globex", "growth", ACME.id)
    assert made.customer_since == PartialDate(2015)
    assert made.created == NOW.date()
    assert made.id.startswith("a-")
    assert change.summary == "Added the account Globex."


def test_a_namesake_is_refused_and_told() -> None:
    with pytest.raises(Invalid, match="There is an account Acme Oy already") as caught:
        accounts.add(BOOK, NOW, {"name": "ACME oy"})
    assert "name" in caught.value.problems


def test_an_edit_keeps_what_it_does_not_name_and_clears_what_is_empty() -> None:
    after = only(accounts.edit(BOOK, NOW, ACME.id, {"city": "Oulu", "tier": ""}))
    assert (after.name, after.city, after.tier) == ("Acme Oy", "Oulu", "standard")


def test_an_edit_that_changes_nothing_writes_nothing() -> None:
    assert accounts.edit(BOOK, NOW, ACME.id, {"name": "Acme Oy"}).edits == ()


def test_an_account_is_not_reached_through_itself() -> None:
    with pytest.raises(Invalid, match="through itself"):
        accounts.edit(BOOK, NOW, ACME.id, {"via": "acme"})


def test_archiving_takes_it_out_and_brings_it_back() -> None:
    archived = only(accounts.archive(BOOK, NOW, ACME.id))
    assert archived.archived
    assert Book.of(archived).shown_accounts() == []
    assert not only(accounts.archive(Book.of(archived), NOW, ACME.id, archived=False)).archived


def test_what_is_gone_is_said_to_be_gone() -> None:
    for verb in (accounts.edit, contacts.edit):
        with pytest.raises(NotFound, match="no longer in the book"):
            verb(BOOK, NOW, "x-gone", {"name": "x"})


def test_a_contact_is_added_at_an_account() -> None:
    made = only(
        contacts.add(
            BOOK, NOW, {"name": "Åsa Öberg", "account_id": "acme", "reports_to": "liisa", "birthday": "29.2."}
        )
    )
    assert isinstance(made, Contact)
    assert (made.account_id, made.reports_to, made.birthday) == (ACME.id, LIISA.id, PartialDate(None, 2, 29))


def test_an_unknown_account_in_a_form_is_told_with_near_names() -> None:
    with pytest.raises(NotFound) as caught:
        contacts.add(BOOK, NOW, {"name": "Åsa", "account_id": "acmee"})
    assert caught.value.candidates == ["Acme Oy"]


def test_an_open_name_in_a_form_lists_who_it_may_be() -> None:
    book = Book.of(account("Nordic Timber"), account("Nordic Steel"))
    with pytest.raises(Ambiguous, match="nordic may be any of 2"):
        contacts.add(book, NOW, {"name": "Åsa", "account_id": "nordic"})


def test_the_same_name_at_the_same_account_is_refused_and_elsewhere_it_is_not() -> None:
    with pytest.raises(Invalid, match="in the book already"):
        contacts.add(BOOK, NOW, {"name": "liisa korhonen", "account_id": "acme"})
    assert contacts.add(BOOK, NOW, {"name": "Liisa Korhonen"}).edits


def test_nobody_reports_to_themselves() -> None:
    with pytest.raises(Invalid, match="themselves"):
        contacts.edit(BOOK, NOW, LIISA.id, {"reports_to": "liisa"})


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"birthday": "2027-01-01"}, "Birthday: 1 Jan 2027 is still to come."),
        (
            {"birthday": "4.3.1604"},
            "Birthday: 4.3.1604: some programs write 1604 for a year that they do not know. "
            "Write --03-04 where it is not known.",
        ),
        (
            {"occasions": "wedding: 1604-03-04"},
            "Occasions: 1604-03-04: some programs write 1604 for a year that they do not know. "
            "Write --03-04 where it is not known.",
        ),
        (
            {"emails": "liisa.acme.example"},
            "Mail: liisa.acme.example is no mail address such as anna@acme.example.",
        ),
    ],
)
def test_what_cannot_be_of_a_person_is_refused(fields: dict[str, str], said: str) -> None:
    someone = contact("Pekka Koe")
    with pytest.raises(Invalid) as added:
        contacts.add(Book(), NOW, {"name": "Pekka Koe", **fields})
    with pytest.raises(Invalid) as edited:
        contacts.edit(Book.of(someone), NOW, someone.id, fields)
    assert added.value.problems == edited.value.problems == {next(iter(fields)): said}


def test_a_mail_address_that_is_there_already_may_stay_as_it_is() -> None:
    someone = contact("Pekka Koe", emails=(Labeled("pekka at koe"),))
    (edit,) = contacts.edit(
        Book.of(someone), NOW, someone.id, {"emails": "pekka at koe; p@koe.example"}
    ).edits
    after: Any = edit.after
    assert [each.value for each in after.emails] == ["pekka at koe", "p@koe.example"]

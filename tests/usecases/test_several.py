"""What is done with several at once is one change, and says with how many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builders import NOW, TODAY, account, contact, promise, reminder

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.errors import Invalid, KamError, NotFound
from kam_tui.domain.occasion import known_since, named
from kam_tui.rules.finding import items_of
from kam_tui.settings import Settings
from kam_tui.usecases import several

CALM = Settings(cadence_key=0, cadence_growth=0, cadence_standard=0)
ACME = account("Acme Oy", "a-acme", tags=("vip",), city="Tampere")
GLOBEX = account("Globex", "a-globex", status="prospect")
LIISA = contact("Liisa", "c-liisa", account_id=ACME.id)
MATTI = contact("Matti", "c-matti", account_id=ACME.id, tags=("golf",))
LONER = contact("Pekka", "c-pekka")
OTHER = contact("Kaisa", "c-kaisa")
OFFER = reminder("Offer", "r-offer", account_id=ACME.id)
FAIR = reminder("Fair", "r-fair", account_id=GLOBEX.id)
DRAWINGS = promise("Drawings", "p-drawings", due=Moment(TODAY), account_id=ACME.id)
BOOK = Book.of(ACME, GLOBEX, LIISA, MATTI, LONER, OTHER, OFFER, FAIR, DRAWINGS)
EVERYBODY = [ACME.id, GLOBEX.id, LIISA.id, MATTI.id, LONER.id, OTHER.id]
KEYS = [f"reminder:{OFFER.id}:{TODAY}", f"reminder:{FAIR.id}:{TODAY}", f"promise:{DRAWINGS.id}:{TODAY}"]


def test_tags_are_put_on_and_taken_off_and_who_has_it_so_is_counted() -> None:
    change = several.tag(BOOK, NOW, [ACME.id, GLOBEX.id], ["+VIP"], [])
    assert [edit.record.id for edit in change.edits] == [GLOBEX.id]
    assert change.summary == "Tagged Globex: +vip. 1 was so already."
    book = BOOK.after(several.tag(BOOK, NOW, EVERYBODY, ["a", "b c"], ["vip", "golf"]).edits)
    assert book.accounts[ACME.id].tags == ("a", "b-c")
    assert book.contacts[MATTI.id].tags == ("a", "b-c")
    said = several.tag(BOOK, NOW, EVERYBODY, ["a"]).summary
    assert said == "Tagged 4 people and 2 accounts: +a"


def test_nothing_to_change_is_a_change_without_edits() -> None:
    change = several.tag(BOOK, NOW, [ACME.id], ["vip"])
    assert (change.summary, change.edits) == ("Nothing changed for Acme Oy.", ())


def test_fields_are_the_same_for_all_and_an_empty_text_clears() -> None:
    change = several.edit(BOOK, NOW, [ACME.id, GLOBEX.id], {"city": "", "tier": "key"})
    book = BOOK.after(change.edits)
    assert {(each.city, each.tier) for each in book.accounts.values()} == {("", "key")}
    assert change.summary == "Changed 2 accounts: City: –, Tier: key"


def test_a_day_that_is_kept_every_year_counts_from_the_day_it_was_filled_in() -> None:
    change = several.edit(BOOK, NOW, [ACME.id], {"customer_since": "2019-05"})
    after = BOOK.after(change.edits).accounts[ACME.id]
    assert known_since(after, named(after.dates[0])) == TODAY


def test_people_move_to_another_account_together() -> None:
    book = BOOK.after(several.edit(BOOK, NOW, [LIISA.id, LONER.id], {"account_id": "globex"}).edits)
    assert [each.name for each in book.people(GLOBEX.id)] == ["Liisa", "Pekka"]


@pytest.mark.parametrize(
    ("ids", "fields", "said"),
    [
        ([ACME.id], {"name": "X"}, "Name is each one's own."),
        ([ACME.id], {"tier": "gold"}, "gold is not one of"),
        ([ACME.id, GLOBEX.id], {"via": "acme"}, "cannot be reached through itself"),
        ([LIISA.id], {"reports_to": "liisa"}, "reports to themselves"),
        (["a-gone"], {"tier": "key"}, "in the book any more"),
    ],
)
def test_what_cannot_be_the_same_for_all_changes_nobody(
    ids: list[str], fields: dict[str, str], said: str
) -> None:
    with pytest.raises(KamError) as caught:
        several.edit(BOOK, NOW, ids, fields)
    assert said in str(caught.value)


def test_all_are_archived_and_brought_back() -> None:
    change = several.archive(BOOK, NOW, [ACME.id, LIISA.id, "c-gone"])
    assert change.summary == "Archived 1 person and 1 account."
    book = BOOK.after(change.edits)
    assert book.accounts[ACME.id].archived
    back = several.archive(book, NOW, [ACME.id], archived=False)
    assert not book.after(back.edits).accounts[ACME.id].archived


def test_one_entry_for_each_account_holds_its_people_and_who_is_at_none_has_one_of_their_own() -> None:
    change = several.capture(BOOK, NOW, EVERYBODY, "sent the catalogue +mailing", CALM, "mail")
    made = [(each.record.account_id, each.record.contact_ids) for each in change.edits]  # type: ignore[union-attr]
    assert made == [
        (ACME.id, (LIISA.id, MATTI.id)),
        (GLOBEX.id, ()),
        (None, (LONER.id,)),
        (None, (OTHER.id,)),
    ]
    assert change.summary == "Mail, 4 people and 2 accounts: sent the catalogue"


def test_a_sale_to_several_makes_customers_of_all_prospects() -> None:
    book = BOOK.after(several.capture(BOOK, NOW, [ACME.id, GLOBEX.id], "licences", CALM, "sale").edits)
    assert book.accounts[GLOBEX.id].status == "customer"


def test_a_reminder_and_a_promise_are_made_for_each() -> None:
    change = several.capture(BOOK, NOW, [ACME.id, GLOBEX.id], "remind: fri tell them", CALM)
    assert [edit.record.id[0] for edit in change.edits] == ["r", "r"]
    assert change.summary == "A reminder for each, 2 accounts: Fri 20 Nov 2026: tell them"
    change = several.capture(BOOK, NOW, [ACME.id], "promise: fri a price list", CALM)
    assert change.summary == "A promise to each, Acme Oy: Fri 20 Nov 2026: a price list"


def test_an_entry_for_several_tells_of_their_reminders_and_promises_too() -> None:
    line = "the letter remind: fri ask them promise: mon prices"
    change = several.capture(BOOK, NOW, [ACME.id, GLOBEX.id], line, CALM, "newsletter")
    assert change.summary == (
        "Newsletter, 2 accounts: the letter · reminder Fri 20 Nov 2026: ask them"
        " · promised by Mon 23 Nov 2026: prices"
    )


@pytest.mark.parametrize("line", ["hello @globex", "", "remind: someday x"])
def test_a_line_that_is_not_for_all_is_refused(line: str) -> None:
    with pytest.raises(KamError):
        several.capture(BOOK, NOW, [ACME.id], line, CALM)


def test_tags_are_needed_to_tag() -> None:
    with pytest.raises(Invalid, match="no tag"):
        several.tag(BOOK, NOW, [ACME.id], ["+"], [])


def test_lines_are_done_together_each_in_its_own_way() -> None:
    change = several.complete(BOOK, NOW, CALM, KEYS, "went well")
    book = BOOK.after(change.edits)
    assert change.summary == "Done: 3 lines."
    assert book.promises[DRAWINGS.id].state == "kept"
    assert not items_of(book, CALM, TODAY, KEYS)
    assert sum("went well" in each.text for each in book.activities.values()) == 3


def test_lines_are_put_off_together() -> None:
    until = Moment(TODAY + timedelta(days=2))
    change = several.snooze(BOOK, NOW, CALM, [*KEYS, "reminder:r-gone:2026-01-01"], until)
    assert change.summary == "Snoozed 3 lines until Fri 20 Nov 2026."
    assert {each.until for each in BOOK.after(change.edits).occurrences.values()} == {until}
    assert several.snooze(BOOK, NOW, CALM, KEYS[:1], until).summary.endswith("Offer (Acme Oy)")
    with pytest.raises(Invalid):
        several.snooze(BOOK, NOW, CALM, KEYS, Moment(TODAY - timedelta(days=1)))
    with pytest.raises(NotFound):
        several.snooze(BOOK, NOW, CALM, ["reminder:r-gone:2026-01-01"], until)


def test_lines_pass_together_but_promises_stay() -> None:
    change = several.skip(BOOK, NOW, CALM, KEYS)
    assert change.summary == "Skipped 2 lines. 1 promise stays."
    assert DRAWINGS.id in {
        item.key.split(":")[1] for item in items_of(BOOK.after(change.edits), CALM, TODAY, KEYS)
    }
    with pytest.raises(Invalid, match="cannot be skipped"):
        several.skip(BOOK, NOW, CALM, KEYS[2:])


def test_of_lines_that_were_each_named_all_are_changed_or_none() -> None:
    until = Moment(TODAY + timedelta(days=2))
    gone = [*KEYS, "reminder:r-gone:2026-01-01"]
    for verb, rest in ((several.complete, ()), (several.snooze, (until,)), (several.move, (until,))):
        assert len(verb(BOOK, NOW, CALM, KEYS, *rest, strict=True).edits) >= 3
        with pytest.raises(NotFound, match="no longer open"):
            verb(BOOK, NOW, CALM, gone, *rest, strict=True)
    with pytest.raises(Invalid, match="cannot be skipped"):
        several.skip(BOOK, NOW, CALM, KEYS, strict=True)
    assert several.skip(BOOK, NOW, CALM, KEYS[:2], strict=True).summary == "Skipped 2 lines."

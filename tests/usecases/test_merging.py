"""Drafts meet the book: who is who, what is filled, what is left alone, and all of it in one change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from builders import NOW, TODAY, account, contact

from kam_tui.domain.book import Book
from kam_tui.domain.change import Change
from kam_tui.domain.contact import Contact
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.draft import Draft, Reject
from kam_tui.domain.identity import stamped, uid_of
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.usecases import merging
from kam_tui.usecases.import_plan import CONFLICT, UPDATED, Plan
from kam_tui.usecases.matching import Index

ACME = account("Acme Oy", aliases=("Acme Finland",))
ANNA = contact("Anna Berg", account_id=ACME.id, emails=(Labeled("anna@acme.example"),))


def draft(name: str = "", company: str = "", where: str = "line 2", **values: Any) -> Draft:
    person = {"name": name, **values} if name else {}
    return Draft(where, person, {"name": company} if company else {})


def mails(*addresses: str) -> tuple[Labeled, ...]:
    return tuple(map(Labeled, addresses))


def plan(book: Book, *drafts: Draft) -> Plan:
    return merging.plan(book, NOW, stamped(drafts, "test"))


def test_a_key_knows_one_id_or_several_each_once() -> None:
    index = Index()
    for key, record_id in (("a", "1"), ("a", "1"), ("b", "1"), ("b", "2"), ("b", "3"), ("b", "2")):
        index.add(key, record_id)
    assert (index.of("a"), index.of("b"), index.of("c")) == ({"1"}, {"1", "2", "3"}, set())


def merged(book: Book, *drafts: Draft) -> Book:
    return book.after(plan(book, *drafts).edits)


def outcome(book: Book, one: Draft) -> str:
    (line,) = plan(book, one).lines
    return line.outcome


def named(book: Book, name: str) -> list[Contact]:
    return [each for each in book.contacts.values() if each.name == name]


def test_what_needs_a_look_is_counted_where_it_comes_in() -> None:
    bad = draft("Bad Row", company="New Oy")
    bad = Draft(bad.where, bad.contact, bad.account, warnings=("x is no date.",), passed_over=("No photo.",))
    planned = plan(Book.of(ACME), bad, draft("Good Row", company="Other Oy", where="line 3"))
    first, second = planned.lines
    assert first.details == ("x is no date.", "New Oy is a new account.", "No photo.")
    assert (first.remarks, second.remarks) == (("x is no date.",), ())
    assert (first.needs_a_look, second.needs_a_look) == (True, False)
    assert planned.told == f"{planned.summary}; 1 to look at"
    assert plan(Book.of(ACME).after(planned.edits), bad).to_look_at == 0


# Who is who


def test_a_mail_address_that_one_person_has_tells_who_it_is() -> None:
    assert outcome(Book.of(ACME, ANNA), draft("Anna Berg", emails=mails("ANNA@acme.example"))) == "same"


def test_an_international_number_tells_who_it_is_however_it_is_written() -> None:
    book = Book.of(contact("Anna Berg", phones=mails("+358 (0)40 555 0101")))
    assert outcome(book, draft("Anna Berg", phones=mails("00358405550101"))) == "same"


def test_a_national_number_is_not_taken_for_an_international_one() -> None:
    book = Book.of(contact("Anna Berg", phones=mails("+358 40 5550101")))
    assert outcome(book, draft("Anna Berg", phones=mails("040 5550101"))) == "new"


def test_a_name_alone_never_tells_who_it_is() -> None:
    book = Book.of(ACME, ANNA)
    (line,) = plan(book, draft("Anna Berg", "Acme Oy")).lines
    assert line.outcome == "new"
    assert line.details == ("Another contact has the same name; not merged.",)


def test_people_who_share_a_mailbox_stay_apart_and_it_is_told() -> None:
    book = Book.of(contact("Anna Berg", emails=mails("info@acme.example")))
    bo = draft("Bo Lind", emails=mails("info@acme.example"))
    (line,) = plan(book, bo).lines
    assert line.outcome == "new"
    assert line.details == ("info@acme.example is also that of Anna Berg; not merged.",)
    assert plan(merged(book, bo), bo).edits == ()


def test_an_address_that_two_people_have_tells_nothing() -> None:
    shared = mails("info@acme.example")
    book = Book.of(contact("Anna Berg", "c-1", emails=shared), contact("Anna Berg", "c-2", emails=shared))
    assert outcome(book, draft("Anna Berg", emails=shared)) == "new"


def test_an_id_of_its_system_is_stronger_than_anything_else() -> None:
    book = Book.of(contact("Anna Berg", sources=("hubspot:7",), emails=mails("anna@acme.example")))
    changed = draft("Anna Lind", sources=("hubspot:7",), emails=mails("anna.lind@acme.example"))
    (line,) = plan(book, changed).lines
    assert line.outcome == "conflict"
    assert line.details == (
        "Mail: anna.lind@acme.example",
        "Name: the book has Anna Berg, the file has Anna Lind; the book's is kept.",
    )


def test_the_uid_of_our_own_card_is_known_without_being_stored() -> None:
    book = Book.of(ANNA)
    assert plan(book, draft("Anna Berg", sources=(f"uid:{uid_of(ANNA.id)}",))).edits == ()


def test_the_same_person_twice_in_a_file_is_one_and_two_of_one_name_are_two() -> None:
    twice = [draft("Anna Berg", emails=mails("a@x.example")) for _ in range(2)]
    apart = [draft("Maria Silva", company) for company in ("Acme Oy", "Beta")]
    book = merged(Book.of(), *twice, *apart)
    assert len(named(book, "Anna Berg")) == 1
    assert len(named(book, "Maria Silva")) == 2
    assert plan(book, *twice, *apart).edits == ()


def test_rows_that_nothing_identifies_are_known_again_and_never_by_the_name_alone() -> None:
    first = draft("Maria Silva", "Acme Oy")
    book = merged(Book.of(), first)
    assert outcome(book, stamped([first], "test")[0]) == "same"
    assert outcome(book, stamped([draft("Maria Silva", "Beta")], "test")[0]) == "new"
    assert outcome(book, stamped([first], "other kind of file")[0]) == "new"
    with_mail = draft("Maria Silva", "Acme Oy", emails=mails("maria@acme.example"))
    assert outcome(book, stamped([with_mail], "test")[0]) == "new"


# What is filled


def test_empty_fields_are_filled_and_lists_grow() -> None:
    more = draft(
        "Anna Berg",
        title="CFO",
        birthday=PartialDate(None, 4, 12),
        emails=mails("anna@acme.example", "anna@home.example"),
        phones=(Labeled("+358 40 1", "mobile"),),
        tags=("golf",),
    )
    book = Book.of(ACME, ANNA)
    (line,) = plan(book, more).lines
    assert line.outcome == "updated"
    assert line.details == (
        "Title: CFO", "Birthday: --04-12", "Mail: anna@home.example",
        "Phones: mobile: +358 40 1", "Tags: golf",
    )  # fmt: skip
    (anna,) = merged(book, more).contacts.values()
    assert [each.value for each in anna.emails] == ["anna@acme.example", "anna@home.example"]
    assert anna.account_id == ACME.id


def test_a_value_that_differs_is_told_and_left_alone() -> None:
    book = Book.of(contact("Anna Berg", title="CFO", emails=mails("a@x.example")))
    other = draft("Anna Berg", title="CEO", department="Finance", emails=mails("a@x.example"))
    (line,) = plan(book, other).lines
    assert line.outcome == "conflict"
    assert "Title: the book has CFO, the file has CEO; the book's is kept." in line.details
    (anna,) = merged(book, other).contacts.values()
    assert (anna.title, anna.department) == ("CFO", "Finance")


def test_case_and_accents_are_no_difference() -> None:
    book = Book.of(contact("Åsa Öberg", title="Head of  Sales", emails=mails("a@x.example")))
    assert outcome(book, draft("ASA OBERG", title="head of sales", emails=mails("A@X.EXAMPLE"))) == "same"


def test_a_birthday_learns_its_year_and_never_forgets_it() -> None:
    without, with_year = PartialDate(None, 4, 12), PartialDate(1980, 4, 12)
    for known, said, expected in ((without, with_year, with_year), (with_year, without, with_year)):
        book = Book.of(contact("Anna Berg", birthday=known, emails=mails("a@x.example")))
        book = merged(book, draft("Anna Berg", birthday=said, emails=mails("a@x.example")))
        assert [each.birthday for each in book.contacts.values()] == [expected]


def test_occasions_are_added_dated_or_told() -> None:
    own = (Occasion("wedding", PartialDate(None, 6, 15)), Occasion("nameday", PartialDate(None, 8, 2)))
    book = Book.of(contact("Anna Berg", occasions=own, emails=mails("a@x.example")))
    said = (
        Occasion("wedding", PartialDate(2010, 6, 15)),
        Occasion("nameday", PartialDate(None, 9, 9)),
        Occasion("other", PartialDate(2001, 9, 1), "Founding day"),
        Occasion("anniversary", PartialDate(None, 8, 2)),
    )
    one = draft("Anna Berg", occasions=said, emails=mails("a@x.example"))
    (line,) = plan(book, one).lines
    assert line.details == (
        "wedding: 2010-06-15", "Founding day: 2001-09-01",
        "nameday: the book has --08-02, the file has --09-09; the book's is kept.",
    )  # fmt: skip
    (anna,) = merged(book, one).contacts.values()
    assert [str(each.on) for each in anna.occasions] == ["2010-06-15", "--08-02", "2001-09-01"]


def test_columns_take_the_newest_text_and_raw_lines_grow() -> None:
    extra = {"columns": {"Owner": "Kim", "Old": "x"}, "vcard": ["X-A:1"], "newer": 5}
    book = Book.of(contact("Anna Berg", emails=mails("a@x.example"), extra=extra))
    said = {"columns": {"Owner": "Bo", "New": "y"}, "vcard": ["X-A:1", "X-B:2"]}
    one = draft("Anna Berg", emails=mails("a@x.example"), extra=said)
    book = merged(book, one)
    (anna,) = book.contacts.values()
    assert anna.extra == {
        "columns": {"Owner": "Bo", "Old": "x", "New": "y"}, "vcard": ["X-A:1", "X-B:2"], "newer": 5,
    }  # fmt: skip
    assert plan(book, one).edits == ()


def test_two_rows_of_one_person_with_different_columns_settle_at_once() -> None:
    rows = [
        draft("Anna Berg", emails=mails("a@x.example"), extra={"columns": {"Seen": when}})
        for when in ("May", "June")
    ]
    book = merged(Book.of(), *rows)
    assert plan(book, *rows).edits == ()


def test_a_person_known_to_be_dead_stays_so_and_an_active_one_learns_it() -> None:
    book = Book.of(contact("Anna Berg", emails=mails("a@x.example")))
    book = merged(book, draft("Anna Berg", standing="deceased", emails=mails("a@x.example")))
    assert [each.standing for each in book.contacts.values()] == ["deceased"]


# Accounts


def test_an_account_is_known_by_its_exact_name_or_alias() -> None:
    book = Book.of(ACME)
    book = merged(book, draft("Anna Berg", "ACME oy"), draft("Bo Lind", "Acme Finland"))
    assert len(book.accounts) == 1
    assert {each.account_id for each in book.contacts.values()} == {ACME.id}


def test_an_account_of_a_like_name_is_another() -> None:
    assert len(merged(Book.of(ACME), draft("Anna Berg", "Acme")).accounts) == 2


def test_a_new_account_is_a_prospect_until_the_file_says_otherwise() -> None:
    planned = plan(Book.of(), draft("Anna Berg", "Acme Oy"))
    assert planned.new_accounts == 1
    assert planned.lines[0].details == ("Acme Oy is a new account.",)
    (made,) = Book.of().after(planned.edits).accounts.values()
    assert (made.status, made.created) == ("prospect", TODAY)
    customer = Draft("line 3", account={"name": "Acme Oy", "status": "customer"})
    for drafts in ((draft("Anna Berg", "Acme Oy"), customer), (customer, draft("Anna Berg", "Acme Oy"))):
        (made,) = merged(Book.of(), *drafts).accounts.values()
        assert made.status == "customer"


def test_what_the_book_says_of_a_customer_stays() -> None:
    book = Book.of(account("Acme Oy", status="customer"))
    said = Draft("line 3", account={"name": "Acme Oy", "status": "prospect", "city": "Oulu"})
    (line,) = plan(book, said).lines
    assert line.outcome == "conflict"
    (acme,) = merged(book, said).accounts.values()
    assert (acme.status, acme.city) == ("customer", "Oulu")


def test_two_companies_of_one_name_in_one_system_stay_two() -> None:
    one, other = (Draft("line 2", account={"name": "Acme", "sources": (f"hubspot:{n}",)}) for n in (1, 2))
    book = merged(Book.of(), one, other)
    assert len(book.accounts) == 2
    assert plan(book, one, other).edits == ()
    anna = draft("Anna Berg", "Acme")
    (line,) = plan(book, anna).lines
    assert line.outcome == "new"
    assert "Several accounts are called Acme, and the file does not say which it means." in line.details
    book = merged(book, anna)
    assert named(book, "Anna Berg")[0].extra["columns"] == {"Company": "Acme"}
    assert plan(book, anna).edits == ()


def test_a_person_who_is_elsewhere_by_now_is_told_and_no_account_is_made() -> None:
    (line,) = plan(Book.of(ACME, ANNA), draft("Anna Berg", "Beta", emails=ANNA.emails)).lines
    assert line.outcome == "conflict"
    assert line.details == ("Account: the book has Acme Oy, the file has Beta; the book's is kept.",)


def test_a_person_without_an_account_gets_the_one_the_file_says() -> None:
    book = Book.of(ACME, contact("Anna Berg", emails=mails("a@x.example")))
    one = draft("Anna Berg", "Acme Oy", emails=mails("a@x.example"))
    (line,) = plan(book, one).lines
    assert line.details == ("Account: Acme Oy",)
    assert named(merged(book, one), "Anna Berg")[0].account_id == ACME.id


def test_nobody_becomes_their_own_superior() -> None:
    one = Draft("line 2", {"name": "A", "sources": ("s:1",)}, refs={"reports_to": "s:2"})
    two = Draft("line 3", {"name": "B", "sources": ("s:2",)}, refs={"reports_to": "s:1"})
    me = Draft("line 4", {"name": "C", "sources": ("s:3",)}, refs={"reports_to": "s:3"})
    book = merged(Book.of(), one, two, me)
    bosses = {each.name: each.reports_to for each in book.contacts.values()}
    assert bosses == {"A": named(book, "B")[0].id, "B": None, "C": None}
    assert plan(book, one, two, me).edits == ()


def test_a_birthday_that_an_import_brings_is_known_since_today() -> None:
    book = merged(
        Book.of(ACME, ANNA), draft("Anna Berg", birthday=PartialDate(None, 3, 1), emails=ANNA.emails)
    )
    (entry,) = book.contacts[ANNA.id].dates_learnt
    assert (entry.label, entry.value) == ("birthday --03-01", TODAY.isoformat())
    titled = merged(book, draft("Anna Berg", title="CFO", emails=ANNA.emails))
    assert titled.contacts[ANNA.id].dates_learnt == (entry,)
    kept = merged(Book.of(ACME, ANNA), draft("Anna Berg", title="CFO", emails=ANNA.emails))
    assert kept.contacts[ANNA.id].dates_learnt == ()


# The change


def test_a_whole_import_is_one_change_that_can_be_taken_back() -> None:
    book = Book.of(ACME, ANNA)
    drafts = [draft("Bo Lind", "Beta"), draft("Anna Berg", title="CFO", emails=ANNA.emails)]
    change = merging.merge(book, NOW, stamped(drafts, "test"), [Reject("line 9", "It is broken.")])
    assert isinstance(change, Change)
    assert change.summary == ("Import: 1 new, 1 updated, 0 same, 0 in conflict, 1 rejected; 1 new account")
    after = book.after(change.edits)
    assert (len(after.accounts), len(after.contacts)) == (2, 2)
    back = after.after(change.inverse("Took back", 1).edits)
    assert dict(back.accounts) == dict(book.accounts)
    assert dict(back.contacts) == dict(book.contacts)


def test_what_was_rejected_has_its_line_in_the_plan() -> None:
    planned = merging.plan(Book.of(), NOW, [], [Reject("line 9", "It is broken.")])
    assert [(line.where, line.outcome, line.details) for line in planned.lines] == [
        ("line 9", "rejected", ("It is broken.",))
    ]
    assert planned.counts == {"new": 0, "updated": 0, "same": 0, "conflict": 0, "rejected": 1}


def test_a_plan_writes_nothing() -> None:
    book = Book.of(ACME, ANNA)
    plan(book, draft("Bo Lind", "Beta"))
    assert (len(book.accounts), len(book.contacts)) == (1, 1)


def test_what_a_person_has_overrule_the_book_takes_the_place_of_what_differs() -> None:
    ours = replace(ANNA, title="Buyer", birthday=PartialDate(1980, 3, 4))
    book = Book.of(ACME, ours)
    one = draft(
        ANNA.name, "Beta Oy", emails=ANNA.emails, title="Head of buying", birthday=PartialDate(None, 3, 4)
    )
    (kept,) = plan(book, one).lines
    assert kept.outcome == CONFLICT
    planned = merging.plan(book, NOW, [one], overruling=[one.where])
    (line,) = planned.lines
    assert line.outcome == UPDATED
    after = book.after(planned.edits)
    anna = after.contacts[ANNA.id]
    assert anna.title == "Head of buying"
    assert anna.birthday == ours.birthday, "less of a date says nothing else"
    assert after.accounts[anna.account_id or ""].name == "Beta Oy"
    change = merging.merge(book, NOW, [one], overruling=[one.where])
    assert book.after(change.edits).contacts[ANNA.id].title == "Head of buying"


def test_a_day_of_the_year_is_overruled_as_well() -> None:
    ours = replace(ANNA, occasions=(Occasion("wedding", PartialDate(2010, 6, 1)),))
    other = (Occasion("wedding", PartialDate(2010, 6, 2)),)
    one = draft(ANNA.name, emails=ANNA.emails, occasions=other)
    book = Book.of(ACME, ours)
    assert outcome(book, one) == CONFLICT
    after = book.after(merging.plan(book, NOW, [one], overruling=[one.where]).edits)
    assert after.contacts[ANNA.id].occasions == other

"""Whatever a file says, a second time it changes nothing, loses nobody and overwrites nothing."""

from __future__ import annotations

from typing import Any

from builders import NOW, account, contact
from hypothesis import given, settings
from hypothesis import strategies as st

from kam_tui.domain.book import Book
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.draft import Draft
from kam_tui.domain.identity import stamped
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.occasion import Occasion
from kam_tui.usecases import merging

DAYS = [PartialDate(None, 4, 12), PartialDate(1980, 4, 12), PartialDate(1980), PartialDate(None, 2, 29)]
names = st.sampled_from(["Anna Berg", "Bo Lind", "A. Berg", "Berg Anna", "Anna"])
values = st.fixed_dictionaries(
    {"name": names},
    optional={
        "emails": st.lists(st.sampled_from(["a@x.example", "A@X.example", "info@x.example"]), max_size=2).map(
            lambda some: tuple(map(Labeled, some))
        ),
        "phones": st.lists(st.sampled_from(["+358401234567", "0401234567"]), max_size=2).map(
            lambda some: tuple(map(Labeled, some))
        ),
        "title": st.sampled_from(["CFO", "CEO"]),
        "about": st.sampled_from(["one", "one\n\ntwo", "two"]),
        "birthday": st.sampled_from(DAYS),
        "occasions": st.lists(
            st.builds(Occasion, st.sampled_from(["wedding", "anniversary"]), st.sampled_from(DAYS)),
            max_size=3,
        ).map(tuple),
        "sources": st.sampled_from([("s:1",), ("s:2",), ("uid:1", "s:1")]),
        "extra": st.sampled_from([{"columns": {"A": "1"}}, {"columns": {"A": "2"}, "vcard": ["X:1"]}]),
    },
)
named = st.sampled_from(
    [
        {"name": "Acme"},
        {"name": "ACME Oy"},
        {"name": "Acme", "sources": ("s:a",)},
        {"name": "Beta", "sources": ("s:b",)},
        {"name": "Acme", "sources": ("s:c",)},
    ]
)
"""Within one system an id has one name, and a name may have several ids."""
facts = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["customer", "prospect"]),
        "city": st.sampled_from(["Oulu", "Turku"]),
    },
)
companies = st.one_of(st.just({}), st.builds(lambda name, more: {**name, **more}, named, facts))
refs = st.dictionaries(
    st.sampled_from(["reports_to", "account_id"]), st.sampled_from(["s:1", "s:2", "s:a", "s:b"]), max_size=2
)


def person(values: dict[str, Any], company: dict[str, Any], refs: dict[str, str]) -> Draft:
    """A row about a person; as in real files, the company's id is that of the company it names."""
    if company:
        refs = {name: source for name, source in refs.items() if name != "account_id"}
        if "sources" in company:
            refs["account_id"] = company["sources"][0]
    return Draft("line 1", values, company, refs)


drafts = st.lists(
    st.one_of(
        st.builds(person, values, companies, refs),
        companies.filter(bool).map(lambda company: Draft("line 1", account=company)),
    ),
    max_size=6,
).map(lambda some: stamped(some, "test"))
books = st.sampled_from(
    [
        Book.of(),
        Book.of(
            account("Acme", "a-1"),
            contact("Anna Berg", "c-1", emails=(Labeled("a@x.example"),), title="COO", account_id="a-1"),
        ),
        Book.of(contact("Bo Lind", "c-2", birthday=DAYS[0], phones=(Labeled("+358 40 1234567"),))),
    ]
)


@given(books, drafts)
@settings(max_examples=80, deadline=None)
def test_the_same_file_a_second_time_changes_nothing(book: Book, some: list[Draft]) -> None:
    first = merging.plan(book, NOW, some)
    after = book.after(first.edits)
    again = merging.plan(after, NOW, some)
    assert again.edits == ()
    assert again.counts["new"] == again.counts["updated"] == 0
    assert len(first.lines) >= len(some)


@given(books, drafts)
@settings(max_examples=50, deadline=None)
def test_an_import_never_overwrites_what_the_book_says(book: Book, some: list[Draft]) -> None:
    after = book.after(merging.plan(book, NOW, some).edits)
    for record_id, before in book.contacts.items():
        now = after.contacts[record_id]
        assert now.name == before.name
        assert now.title == (before.title or now.title)
        assert now.account_id == (before.account_id or now.account_id)
        assert set(before.emails) <= set(now.emails)
    for account_id, kept in book.accounts.items():
        assert after.accounts[account_id].status == kept.status

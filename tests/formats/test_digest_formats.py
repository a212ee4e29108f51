"""The digest in its formats: the same facts in each, and a customer's words are words in all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from builders import account, activity, contact, reminder
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.domain.kinds import Labeled
from kam_tui.domain.text import clean, width_of
from kam_tui.formats.digest import FORMATS, letter, write
from kam_tui.formats.digest_markdown import escaped
from kam_tui.formats.digest_text import WIDTH, wrapped
from kam_tui.formats.digest_words import SUBJECT, subject, title
from kam_tui.rules.digest import Digest, digest
from kam_tui.settings import Settings

TODAY = date(2026, 11, 24)
"""A Tuesday."""
ACME = account("Acme Oy", created=TODAY)
LIISA = contact(
    "Liisa Korhonen",
    account_id=ACME.id,
    title="Buyer",
    role="champion",
    language="Finnish",
    birthday=PartialDate(1976, 11, 24),
    phones=(Labeled("+358 40 123", "mobile"),),
    created=TODAY,
)
EVIL = (
    "<script>alert(1)</script> & <img src=x onerror=y> &lt; \"'> "
    "[a](http://x.example) ![b](//x) `c` *d* _e_ ~f~"
)


def made(name: str = "", text: str = "Talked", since: date | None = None) -> Digest:
    """A digest with this name and this text wherever a person may write."""
    liisa = replace(LIISA, name=name or LIISA.name, title=text, phones=(Labeled(text, text),))
    return digest(
        Book.of(
            replace(ACME, name=name or ACME.name, tier="key"),
            liisa,
            activity(text, "t-1", account_id=ACME.id, kind="meeting", when=Moment(date(2026, 10, 2))),
            activity(text, "t-2", kind="gift", contact_ids=(LIISA.id,), when=Moment(date(2025, 11, 24))),
            reminder(text, "r-1", contact_ids=(LIISA.id,), due=Moment(TODAY - timedelta(days=3))),
            reminder(text, "r-2", contact_ids=(LIISA.id,), due=Moment(TODAY + timedelta(days=30))),
        ),
        Settings(),
        TODAY,
        since=since,
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_all_that_one_needs_to_act(name: str) -> None:
    text = write(name, made())
    for part in (
        "Liisa Korhonen, Acme Oy", "Birthday, turns 50", "Born 24 Nov 1976.",
        "Happy 50th birthday, Liisa!", "At risk",
    ):  # fmt: skip
        assert part in text, part
    assert write(name, Digest(TODAY))


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_who_goes_quiet_is_told_how_quiet(name: str) -> None:
    cold = account("Koe Oy", tier="key", created=date(2026, 1, 1))
    text = write(name, digest(Book.of(replace(cold, status="prospect")), Settings(), TODAY))
    assert "(cold)" in text
    assert "Key account" in text
    text = write(name, digest(Book.of(cold), Settings(), TODAY))
    assert "At risk" in text
    assert "since Thu 22 Jan" in text
    assert "Be in touch: gone cold" in text
    assert "Going quiet" not in text


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_an_open_complaint_is_named_on_what_else_is_to_be_done(name: str) -> None:
    wrong = activity("It rattles", kind="complaint", account_id=ACME.id, when=Moment(date(2026, 11, 20)))
    text = write(name, digest(Book.of(ACME, LIISA, wrong), Settings(), TODAY))
    assert "Open complaint" in text
    assert text.index("Birthday, turns 50") < text.index("Fri 20 Nov: It rattles") < text.index("At risk")
    assert "complaint open" in text


def test_the_text_is_laid_out_for_a_mail() -> None:
    ten = activity("Sent the offer", account_id=ACME.id, when=Moment(date(2026, 11, 20)))
    assert write("text", digest(Book.of(ACME, LIISA, ten), Settings(), TODAY)).splitlines() == [
        "Tue 24 Nov 2026: 1 thing needs you",
        "",
        "Today",
        "  z2nn  today  Liisa Korhonen, Acme Oy: Birthday, turns 50",
        "        Born 24 Nov 1976.",
        "        Buyer, Champion, speaks Finnish",
        "        Last contact Fri 20 Nov, call: Sent the offer",
        "        Call +358 40 123 (mobile)",
        "        Say “Happy 50th birthday, Liisa!”",
    ]


NAMES = st.text(st.characters(codec="utf-8"), max_size=60).map(clean).filter(bool) | (
    st.sampled_from([EVIL, "日本" * 40, "مخازن قمر الساحل 24", "e\u0301" * 90, "x" * 90])
)
ANY = st.text(st.characters(codec="utf-8"), max_size=60).filter(clean) | NAMES


@settings(max_examples=60, deadline=None)
@given(NAMES)
def test_no_line_is_wider_than_a_mail_but_for_a_word_that_is(name: str) -> None:
    for line in write("text", made(name, name)).splitlines():
        assert width_of(line) <= WIDTH or width_of(line.split()[-1]) > WIDTH - len("  xxxx  13 days late  ")


@settings(max_examples=60, deadline=None)
@given(NAMES)
def test_names_of_any_width_and_direction_come_after_the_columns(name: str) -> None:
    text = write("text", made(name))
    for section in text.split("\n\n")[1:]:
        heads = [line for line in section.splitlines() if re.match(r"  [0-9a-z]{4}  ", line)]
        assert heads
        for head in heads:
            assert re.match(
                r"  [0-9a-z]{4}  (today|tomorrow|\d+ days late|(since )?\w{3} \d+ \w{3}) +\S?", head
            ), head


@settings(max_examples=80)
@given(st.text(max_size=200).map(clean))
def test_wrapping_loses_nothing(text: str) -> None:
    lines = list(wrapped("head ", text, 4))
    assert "".join("".join(lines).split()) == "head" + "".join(text.split())


def test_an_address_is_not_broken() -> None:
    long = "a" * 90 + "@acme.example"
    assert list(wrapped("    ", f"Mail {long} (work)")) == ["    Mail", f"    {long}", "    (work)"]


class Page(HTMLParser):
    """The tags, the addresses and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self._style = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._style = tag == "style"
        names = {name for name, _value in attrs}
        assert names <= {"class", "href", "lang", "charset", "name", "content"}, names
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        self._style = self._style and tag != "style"

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.text += data


OURS = set("html head meta title style body main h1 h2 h3 article p ul li b bdi code a".split())


@settings(max_examples=60, deadline=None)
@given(NAMES, ANY)
def test_what_a_person_wrote_is_only_text_in_html(name: str, text: str) -> None:
    page = write("html", made(name, text))
    read = Page(page)
    assert read.tags <= OURS
    assert all(re.fullmatch(r"(tel|sms):\+?\d+|mailto:[^\"<>\s]+", link) for link in read.links)
    assert clean(name) in read.text
    assert clean(text) in " ".join(read.text.split()) or len(clean(text)) > 50


def test_nothing_in_the_page_is_fetched_and_it_is_readable_on_dark_ground() -> None:
    page = write("html", made())
    assert not re.search(r"url\(|@import|src=|https?:|<link|<script", page)
    assert "prefers-color-scheme: dark" in page
    assert '<a href="tel:+35840123">' in write("html", made(text="+358 40 123"))
    assert 'href="mailto' not in write("html", made(text="javascript:alert(1)"))


TRICKS = [
    "1. x", "12) x", "- x", "+ x", "# x", "> x", "===", "---", "***", "~~~", "```", "&lt;", "| a | b |",
    "[x]: y", "http://x.example", "see www.x.example", "a@example.com", "ftp://x", "<http://x>",
    "0.AL", "Acme.com Oy", "€.fi", "0.рф", "//localhost", "see //1.2",
    "\\", "*", "_a_", "$x$",
]  # fmt: skip


def tokens(text: str) -> Iterator[Token]:
    reader = MarkdownIt("gfm-like")
    assert reader.linkify
    reader.linkify.set({"fuzzy_email": True})
    for token in reader.parse(text):
        yield token
        yield from token.children or ()


@settings(max_examples=120, deadline=None)
@given(NAMES | st.sampled_from(TRICKS), ANY | st.sampled_from(TRICKS))
def test_what_a_person_wrote_is_only_text_in_markdown(name: str, text: str) -> None:
    found = list(tokens(write("markdown", made(name, text))))
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in found}
    assert kinds <= set("heading paragraph inline text bullet_list list_item code_inline strong em".split())
    shown = "".join(token.content for token in found if token.type in ("text", "text_special"))
    assert clean(name) in shown
    assert {token.content for token in found if token.type == "code_inline"} == {
        line.item.handle for line in made(name, text)
    }


def test_addresses_are_no_links_in_markdown_unless_they_are_marked_as_such() -> None:
    assert any(token.type == "link_open" for token in tokens("liisa@example.com"))
    assert escaped("www.acme.example") == "www\\.acme\\.example"
    assert escaped("Acme.fi: //acme, and/or A. Virtanen... so") == (
        "Acme\\.fi: \\//acme, and/or A. Virtanen... so"
    )
    assert (
        escaped("24.11. at 9.30, 1 + 1 - 1 = 1: (so) {be} it!")
        == "24\\.11. at 9.30, 1 + 1 - 1 = 1: (so) {be} it!"
    )


@settings(max_examples=60, deadline=None)
@given(NAMES, ANY)
def test_json_and_text_carry_no_control_characters(name: str, text: str) -> None:
    found = made(name, text)
    document = json.loads(write("json", found))
    assert document["sections"]["today"]["lines"][0]["people"][0]["name"] == clean(name)
    for format_ in FORMATS:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", write(format_, found))


@settings(max_examples=60, deadline=None)
@given(NAMES, ANY)
def test_a_subject_is_one_short_line(name: str, text: str) -> None:
    line = subject(made(name, text))
    assert len(line) <= SUBJECT
    assert "\n" not in line


def test_a_subject_names_the_first_things_as_far_as_they_fit() -> None:
    cold = account("Nordic Timber Oy", tier="key", created=date(2026, 10, 1))
    late = reminder("Send the contract and the drawings", account_id=ACME.id, due=Moment(date(2026, 11, 20)))
    found = digest(Book.of(ACME, LIISA, cold), Settings(), TODAY)
    assert subject(found) == "Tue 24 Nov: 2 things need you: Liisa 50, Nordic Timber at risk"
    found = digest(Book.of(ACME, LIISA, cold, late), Settings(), TODAY)
    assert subject(found).startswith("Tue 24 Nov: 3 things need you: Liisa 50, Acme: Send the")
    assert subject(found).endswith("…")
    ahead = reminder("Lunch", due=Moment(date(2026, 11, 26)))
    assert subject(digest(Book.of(ahead), Settings(), TODAY)) == "Tue 24 Nov: nothing needs you yet"
    assert subject(Digest(TODAY)) == "Tue 24 Nov: nothing needs you"
    assert title(Digest(TODAY)) == "Tue 24 Nov 2026: nothing needs you"


def test_what_was_missed_is_headed_by_the_day_of_the_last_look() -> None:
    since = date(2026, 11, 20)
    assert "\nMissed since Fri 20 Nov\n" in write("text", made(since=since))
    assert "\nMissed since Sun 1 Nov 2026\n" in write("text", made(since=date(2026, 11, 1)))


def test_a_line_that_has_closed_says_when_it_was() -> None:
    born = TODAY - timedelta(days=Settings().grace_days + 1)
    liisa = replace(LIISA, birthday=PartialDate.of(born.replace(year=1976)), created=date(2020, 1, 1))
    text = write("text", digest(Book.of(liisa), Settings(), TODAY))
    assert f"was Mon {born.day} Nov  Liisa Korhonen: Birthday, turned 50" in text
    assert "Say" not in text


def test_what_has_closed_long_ago_is_one_line_without_a_short_word() -> None:
    liisa = replace(LIISA, birthday=PartialDate(1976, 8, 20), created=date(2020, 1, 1))
    found = digest(Book.of(liisa), Settings(), TODAY, since=date(2026, 8, 24))
    line = next(iter(found))
    told = {name: write(name, found) for name in FORMATS}
    assert "\n        was Thu 20 Aug  Liisa Korhonen: Birthday, turned 50" in told["text"]
    assert "- was Thu 20 Aug · **Liisa Korhonen**: Birthday, turned 50" in told["markdown"]
    assert '<p class="when">was Thu 20 Aug</p>' in told["html"]
    assert json.loads(told["json"])["sections"]["missed"]["lines"][0]["gone"] is True
    for name in ("text", "markdown", "html"):
        assert line.item.handle not in told[name]
        assert "Born" not in told[name]


def test_a_card_goes_to_the_address_in_one_line() -> None:
    liisa = replace(LIISA, address="Katu 1\n33100 Tampere", channel="post")
    text = write("text", digest(Book.of(ACME, liisa), Settings(), TODAY))
    assert "Post to Katu 1, 33100 Tampere\n        Write “Happy 50th birthday, Liisa!”" in text


def test_a_letter_has_the_subject_the_text_and_the_page() -> None:
    found = made()
    sent = letter(found)
    assert sent.subject == subject(found)
    assert sent.text == write("text", found) + "\n"
    assert sent.html.startswith("<!DOCTYPE html>")
    assert sent.html.endswith("</html>\n")

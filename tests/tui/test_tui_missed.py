"""What was missed lately, and who is at risk, on the page of whom it is about."""

from __future__ import annotations

import pytest
from builders import TODAY, account, activity, contact, reminder
from desktop import Desktop, running

from kam_tui.domain.book import Book
from kam_tui.domain.dates.moment import Moment
from kam_tui.domain.dates.partial_date import PartialDate
from kam_tui.rules.agenda import AgendaItem
from kam_tui.tui.widgets.agenda_list import AgendaList

ACME = account("Acme Oy", "a-acme", created=TODAY)
ANNA = contact("Anna Koe", "c-anna", account_id=ACME.id, birthday=PartialDate(None, 10, 20))
CALL = reminder("Ask about the boat", account_id=ACME.id, contact_ids=(ANNA.id,), due=Moment(TODAY))


def colours(desk: Desktop, words: str) -> set[str]:
    """The colours that these words are written in."""
    strips = desk.app.screen._compositor.render_strips()
    return {
        str(segment.style.color)
        for strip in strips
        for segment in strip
        if words in segment.text and segment.style and segment.style.color
    }


@pytest.mark.parametrize(("place", "word"), [("2", "AccountPage"), ("3", "ContactPage")])
async def test_a_missed_occasion_stands_last_and_dimmed_and_can_still_be_done(place: str, word: str) -> None:
    async with running(Book.of(ACME, ANNA, CALL), size=(140, 40)) as desk:
        await desk.press(place, "enter")
        assert desk.place == word
        assert "was Tue 20 Oct" in desk.line("Birthday")
        assert desk.text.index("Ask about the boat") < desk.text.index("was Tue 20 Oct")
        assert colours(desk, "Birthday") == colours(desk, "was Tue 20 Oct")
        assert colours(desk, "Birthday").isdisjoint(colours(desk, "Ask about the boat"))
        rows = desk.app.screen.query_one(AgendaList).focus()
        rules = [line.rule for line in rows.lines if isinstance(line, AgendaItem)]
        assert (rules[0], rules[-1]) == ("reminder", "birthday")
        await desk.press("end", "d", "enter")
        assert [(a.text, a.contact_ids) for a in desk.book.activities.values()] == [("Birthday", (ANNA.id,))]
        assert "was Tue 20 Oct" not in desk.text


async def test_the_page_of_a_customer_at_risk_says_so_once() -> None:
    cold = account("Koe Oy", "a-koe", tier="key", created=TODAY.replace(year=2025))
    wrong = activity("It rattles", kind="complaint", account_id=cold.id, counts=False, when=Moment(TODAY))
    async with running(Book.of(cold, wrong), size=(140, 40)) as desk:
        await desk.press("2", "enter")
        assert desk.place == "AccountPage"
        assert "gone cold, complaint open" in desk.line("since")
        assert len([line for line in desk.lines if "Be in touch" in line]) == 1

"""Leads, as a person writes them."""

from __future__ import annotations

import pytest

from kam_tui.domain.contact import CONTACT
from kam_tui.domain.dates.reading import PLAIN
from kam_tui.domain.errors import Invalid
from kam_tui.domain.lead import LEAD_ACTIONS, Lead, read_leads, show_leads
from kam_tui.domain.reminder import ACTIONS


def test_what_can_be_done_for_an_occasion_is_something_a_reminder_can_ask_for() -> None:
    assert set(LEAD_ACTIONS) < set(ACTIONS)


@pytest.mark.parametrize(
    ("text", "leads", "shown"),
    [
        ("gift 14, card 5, call", (Lead("any", 14, "gift"), Lead("any", 5, "card"), Lead()), None),
        (" Birthday GIFT 14 ,", (Lead("birthday", 14, "gift"),), "birthday gift 14"),
        ("any call 0", (Lead(),), "call"),
        ("NONE", (), "none"),
        (",", (), "none"),
    ],
)
def test_leads_are_read_and_shown(text: str, leads: tuple[Lead, ...], shown: str | None) -> None:
    assert read_leads(text) == leads
    assert show_leads(leads) == (shown or text)
    assert read_leads(show_leads(leads)) == leads


@pytest.mark.parametrize(
    "text", ["gift -3", "gift 3 4", "3 gift", "birthday", "sing 3", "gift 181", "gift ²", "gift 14 card 5"]
)
def test_what_is_no_lead_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"not written like|nothing to do|lie between"):
        read_leads(text)
    with pytest.raises(Invalid, match=r"^For occasions: "):
        CONTACT.read_field(CONTACT.fields["leads"], text, PLAIN)


def test_a_form_keeps_them_tidy() -> None:
    values = CONTACT.read_form({"leads": " gift  14,call 0 "}, PLAIN)
    assert values == {"leads": "gift 14, call"}
    assert CONTACT.read_form({"leads": ""}, PLAIN) == {"leads": ""}

"""Fields: what a form is filled in with; the arrows lead from one to the next, and names complete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Select, TextArea

from kam_tui.domain.account import Account
from kam_tui.domain.completing import Names, Offer
from kam_tui.domain.contact import Contact
from kam_tui.domain.errors import KamError
from kam_tui.domain.kinds import Ref, Refs
from kam_tui.domain.lookup import find_account, find_contact
from kam_tui.tui.commands import FIELDS, NAMES, bindings
from kam_tui.tui.widgets.offer_list import OfferList
from kam_tui.tui.widgets.one_line import OneLine

FIELD = ".field"
"""Everything that the arrows stop at."""


class LineField(OneLine):
    """One line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIELDS)]

    def __init__(self, text: str, id: str) -> None:
        super().__init__(text, compact=True, id=id, classes="field", select_on_focus=True)

    def action_go(self, step: int) -> None:
        """Go to the next field, or the one before."""
        _go(self, step)


class NameField(LineField):
    """The names of accounts or people; what may be meant is offered beneath."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NAMES)]

    def __init__(self, text: str, id: str, kind: Ref) -> None:
        super().__init__(text, id)
        self.is_list = isinstance(kind, Refs)
        self.sort: type[Account | Contact] = Account if kind.table == "accounts" else Contact
        self.offers = OfferList()
        self.names: Names | None = None
        """All that can be offered; None until that is known."""
        self._taken = text

    def offer(self, account_id: str | None) -> None:
        """Show what the name that is being typed may mean; people of the account come first."""
        typed = self.value.rpartition(";")[2].strip() if self.is_list else self.value.strip()
        offers: Sequence[Offer] = ()
        if self.names and self.has_focus and typed and self.value != self._taken:
            offers = self.names.like(typed, self.sort, account_id)
        self.offers.offer(() if [offer.name for offer in offers] == [typed] else offers)

    def take(self) -> bool:
        """Put what is highlighted in the field; False where nothing is offered."""
        offer = self.offers.highlighted
        if not self.offers.is_open or offer is None or self.names is None:
            return False
        head, mark, _typed = self.value.rpartition(";") if self.is_list else ("", "", "")
        self._taken = f"{head}{mark} {self._called(self.names, offer)}".strip()
        self.offers.offer(())
        self.value = self._taken
        self.cursor_position = len(self.value)
        return True

    def _called(self, names: Names, offer: Offer) -> str:
        """The name, where that is enough to find whom it means; else with the account, else the id."""
        party: Any = offer.party
        find: Any = find_account if self.sort is Account else find_contact
        for name in (party.name, f"{party.name} ({offer.note})"):
            try:
                if find(names.book, name) == party and not (self.is_list and set(name) & set(",;")):
                    return name
            except KamError:
                continue
        return str(party.id)

    def action_go(self, step: int) -> None:
        """Go down or up in what is offered, else from field to field."""
        if self.offers.is_open:
            self.offers.choose(step)
        else:
            super().action_go(step)

    def action_take(self) -> None:
        """Take what is offered, and go on."""
        self.take()
        _go(self, 1)

    def action_cursor_right(self, select: bool = False) -> None:
        """At the end of the line, take the offered name, and stay."""
        if select or not self.cursor_at_end or not self.take():
            super().action_cursor_right(select)


class ChoiceField(Select[str]):
    """One of a few words."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIELDS)]

    def __init__(self, options: Sequence[tuple[Content, str]], text: str, id: str) -> None:
        chosen: Any = text or Select.NULL
        super().__init__(options, value=chosen, prompt="—", compact=True, id=id, classes="field")

    def action_go(self, step: int) -> None:
        """Go to the next field, or the one before."""
        _go(self, step)


class TextField(TextArea):
    """Text of several lines."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FIELDS)]

    def __init__(self, text: str, id: str) -> None:
        super().__init__(
            text, compact=True, id=id, classes="field", tab_behavior="focus", show_line_numbers=False
        )

    def action_go(self, step: int) -> None:
        """Go from line to line, and beyond the last one to the next field."""
        at = self.selection.end
        if step > 0:
            is_last = self.navigator.is_last_wrapped_line(at)
            _go(self, step) if is_last else self.action_cursor_down()
        else:
            is_first = self.navigator.is_first_wrapped_line(at)
            _go(self, step) if is_first else self.action_cursor_up()


def _go(field: LineField | ChoiceField | TextField, step: int) -> None:
    if step > 0:
        field.screen.focus_next(FIELD)
    else:
        field.screen.focus_previous(FIELD)

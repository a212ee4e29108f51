"""Keyboard: takes apart what a terminal sends, so that nothing but a key that was pressed is a key.

Textual 8.2 hands the letters of what it does not know on as keys: those of an answer that another program
has asked the terminal for, such as its colours, and those behind an escape character in a pasted text. Each
may be a command. So a sequence is read to its end first, whoever knows it, and what is pasted is a text.
"""

from __future__ import annotations

import re
from collections.abc import Generator

from textual import constants, events
from textual._parser import ParseTimeout, Peek1, Read1, TokenCallback
from textual._xterm_parser import _MAX_SEQUENCE_SEARCH_THRESHOLD as LONGEST
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

ESC = "\x1b"

_ANSWER = re.compile(r"\x1b(?:\]\d|P[\d!>]|_G)")
"""How an answer begins that is a string: OSC, DCS and APC of ECMA-48, as terminals send them."""

_MAY_GO_ON = re.compile(
    rf"\x1b(?:\[(?:M.{{0,2}}|\[?|[0-?]+[ -/]*|[ -/]+)|[]OP_]?)|{_ANSWER.pattern}[^\x07\x1b]*\x1b?", re.DOTALL
)
"""A sequence that is not at its end: CSI and SS3, as old consoles and mice send them too, and strings."""

_BY_HAND = re.compile(r"\x1b.?", re.DOTALL)
"""What a person may have pressed, though nothing more comes: Escape, or Alt and a key."""

_AS_BY_HAND = {"\x1b]", "\x1bP", "\x1b_"}
"""What is so too where it does not go on like an answer."""

PATIENCE = 0.5
"""Seconds that a slow line has for the next letter of a sequence."""

PASTING = 5.0
"""Seconds that it has for the next one of a pasted text; the end of which it may never send."""


class Keyboard(XTermParser):
    """The parser of Textual, given one key, sequence or pasted text at a time."""

    def parse(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """Tell each key, click and pasted text, and what the terminal says that Textual has asked for."""
        said = ""
        while True:
            said = said or (yield self.read1())
            following = ""
            while said[0] == ESC and _MAY_GO_ON.fullmatch(said):
                try:
                    sign = yield self.read1(constants.ESCAPE_DELAY if said == ESC else PATIENCE)
                except ParseTimeout:
                    break
                if (sign == ESC or said in _AS_BY_HAND) and not _MAY_GO_ON.fullmatch(said + sign):
                    following = sign
                    break
                said += sign
            if said == BRACKETED_PASTE_START:
                yield from self._paste(token_callback)
            elif len(said) <= LONGEST and not _ANSWER.match(said):
                self._hand_on(said, token_callback)
            said = following

    def _paste(self, token_callback: TokenCallback[Message]) -> Generator[Read1 | Peek1, str, None]:
        """A pasted text, whatever is in it."""
        text: list[str] = []
        while "".join(text[-len(BRACKETED_PASTE_END) :]) != BRACKETED_PASTE_END:
            try:
                text.append((yield self.read1(PASTING)))
            except ParseTimeout:
                break
        token_callback(events.Paste("".join(text).removesuffix(BRACKETED_PASTE_END)))

    def _hand_on(self, said: str, token_callback: TokenCallback[Message]) -> None:
        """Have Textual make of it what it knows. Of a whole sequence that it does not know, nothing comes."""
        known = super().parse(token_callback)
        wanted = next(known)
        try:
            for sign in said:
                wanted = known.send(sign)
            if wanted.timeout is not None and _BY_HAND.fullmatch(said):
                known.throw(ParseTimeout())
        except (ValueError, ArithmeticError):
            return  # the number of a letter that there is none of, or a click where the screen has no size

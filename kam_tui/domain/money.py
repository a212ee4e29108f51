"""Money: an amount with its currency, and the one that a line of text names.

An amount is a text such as `45.50 EUR`. It becomes a number only to be added to others of its currency.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kam_tui.domain.dates.reading import PLAIN, Reading
from kam_tui.domain.kinds import Kind
from kam_tui.domain.text import clean
from kam_tui.i18n import _

if TYPE_CHECKING:  # a capture adds nothing up
    from decimal import Decimal

_AMOUNT = r"(?P<whole>\d+|\d{1,3}(?:[ '\u2019]\d{3})+)(?:[.,](?P<part>\d{1,2}))?"
_CODE = r"(?P<code>[A-Z]{3})"
_SIGNS = {"€": "EUR", "£": "GBP"}
_EURO = r"(?i)\beuro(?:s|a)?\b"
_STORED = r"\d{1,15}(\.\d{1,2})? [A-Z]{3}"

# In a line of text: a number is all that may be one, so that no part of a longer one is taken for it.
_NUMBER = r"\d+(?:[ .,'\u2019]\d+)*"
_ALONE = r"(?<![\w.,+\-\u2010-\u2015\u2212/])(?<!\d[ '\u2019])"
_UNIT = r"(?:[€£]|(?i:eur|euros?|euroa)\b|[A-Z]{3}\b)"
_NAMED = (
    rf"{_ALONE}{_NUMBER} ?{_UNIT}(?!\w)"
    rf"|(?<!\w){_UNIT} ?{_NUMBER}(?![\w%\-\u2010-\u2015\u2212])"
)
_TIMES = r"\d ?[x×*] ?$"
_FOR_ONE = (
    r"(?i) ?(?:/|[x×*] ?\d|%|(?:per|each|apiece|a piece|a head|a month|a year|kappale|kappaleelta|kpl"
    r"|off|discount|cheaper|alennus)\b)"
)

_CURRENCIES = frozenset(
    "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF"
    " CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD"
    " HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL"
    " LYD MDL MGA MKD MMK MNT MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PGK PHP PKR PLN PYG"
    " QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SRD SSP STN SVC SYP SZL THB TJS TMT TND TRY TTD TWD"
    " TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split()
)
"""Codes of ISO 4217 that a line may name, but those that are words: nobody means lek with `3 ALL`."""


class Money(Kind):
    """An amount and the ISO 4217 code of its currency: `12000 EUR`, `99.50 SEK`."""

    def parse(self, text: str, reading: Reading) -> str:
        typed = re.sub(_EURO, "EUR", clean(text))
        for sign, code in _SIGNS.items():
            typed = typed.replace(sign, f" {code} ")
        typed = " ".join(typed.split()).upper()
        found = re.fullmatch(rf"{_AMOUNT} ?{_CODE}", typed) or re.fullmatch(rf"{_CODE} ?{_AMOUNT}", typed)
        whole = re.sub(r"\D", "", found["whole"]).lstrip("0") if found else ""
        if found is None or len(whole) > 15:
            raise ValueError(
                _("{text} is not an amount with its currency, such as 12000 EUR or 99.50 SEK.").format(
                    text=clean(text)
                )
            )
        return f"{whole or 0}{'.' + found['part'] if found['part'] else ''} {found['code']}"

    def decode(self, value: Any) -> str:
        text = str(super().decode(value))
        if not re.fullmatch(_STORED, text):
            raise ValueError(_("is not an amount such as 12000 EUR"))
        return text


MONEY = Money()


def read_money(text: str) -> str:
    """An amount that a person has typed, as it is kept. Raises ValueError with a sentence."""
    return MONEY.parse(text, PLAIN)


def named_in(text: str) -> list[tuple[str, str]]:
    """The amounts that a line of text names: each as it stands there, and as it is kept, which is empty
    where that is not certain (`€1,200`).

    What something costs by the piece, by the month or by percent is none, and neither is a part of a range.
    """
    return list(_named(text))


def _named(text: str) -> Iterator[tuple[str, str]]:
    if not re.search(r"\d", text):
        return
    text = " ".join(text.split())
    for found in re.finditer(_NAMED, text):
        code = re.search(r"\b[A-Z]{3}\b", found[0])
        if code and code[0] not in _CURRENCIES:
            continue
        if re.search(_TIMES, text[: found.start()]) or re.match(_FOR_ONE, text[found.end() :]):
            continue
        is_odd = re.search(r"(?<![\d.,'\u2019 ])0\d", found[0])  # the beginning of a phone number
        try:
            yield found[0], "" if is_odd else read_money(found[0])
        except ValueError:
            yield found[0], ""


def read_amount(text: str) -> tuple[str, str]:
    """The one amount that a text names; else none, and a sentence where that is because it is not certain."""
    named = list(_named(text))
    if not named or (named[0][1] and len({kept for _said, kept in named}) == 1):
        return (named[0][1], "") if named else ("", "")
    if len(named) == 1:
        doubt = _(
            "{amount} can be read in more than one way, so no amount is taken. Write it like 1 200 EUR."
        )
        return "", doubt.format(amount=named[0][0])
    doubt = _("Several amounts are named, {amounts}, so none is taken.")
    return "", doubt.format(amounts=", ".join(said for said, _kept in named))


def with_amount(text: str, amount: str) -> str:
    """A text and its amount behind it, unless the text names that itself."""
    if not amount or any(kept == amount for _said, kept in _named(text)):
        return text
    return _("{text} ({amount})").format(text=text, amount=amount) if text else amount


def currency_of(amount: str) -> str:
    """The code of its currency."""
    return amount[-3:]


def number_of(amount: str) -> Decimal:
    """How much it is, whatever of."""
    from decimal import Decimal  # which takes a millisecond to load

    return Decimal(amount[:-4])


def summed(amounts: Iterable[str]) -> dict[str, Decimal]:
    """Currency to the sum of the amounts in it, in the order in which they come up."""
    sums: dict[str, Decimal] = {}
    for amount in amounts:
        code = currency_of(amount)
        sums[code] = sums[code] + number_of(amount) if code in sums else number_of(amount)
    return sums


def show_sum(number: Decimal, currency: str) -> str:
    """A sum as amounts are written: `45.50 EUR`, and whole ones as `100 EUR`."""
    return f"{number:.0f} {currency}" if number == number.to_integral_value() else f"{number:.2f} {currency}"

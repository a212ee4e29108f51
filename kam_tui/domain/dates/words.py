"""The words people say days with, in English and Finnish, each turned into one symbol.

Symbols are upper case. Text is folded to lower case before, so nobody can type one, and the grammars
of `when.py` and `recurrence.py` are written once for both languages. A third language is more rows here.
"""

from __future__ import annotations

import re
import unicodedata

from kam_tui.i18n import N_

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
"""Full names, Monday first, as `date.weekday` counts."""

SHORT_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
"""Short names, Monday first."""

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
"""Full names, January first."""

SHORT_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
"""Short names, January first."""

NOISE = frozenset({"the", "of", "on"})
"""Words that say nothing about which day; dropped, except at the end of a phrase."""

_PHRASES = {
    "day after tomorrow": "OVERMORROW",
    "day before yesterday": "EREYESTERDAY",
    "from now": "HENCE",
    "from today": "HENCE",
    "new year": "NEXT YEAR",
    "uuden vuoden": "NEXT YEAR",
    "working day": "WORKDAY",
    "working days": "WORKDAY",
    "business day": "WORKDAY",
    "business days": "WORKDAY",
    "a couple of": "2",
    "couple of": "2",
}

_WEEKDAY_WORDS = (
    "mon monday|ma maanantai",
    "tue tues tuesday|ti tiistai",
    "wed weds wednesday|ke keskiviikko",
    "thu thur thurs thursday|to torstai",
    "fri friday|pe perjantai",
    "sat saturday|la lauantai",
    "sun sunday|su sunnuntai",
)
_MONTH_WORDS = (
    "jan january|tammikuu",
    "feb february|helmikuu",
    "mar march|maaliskuu",
    "apr april|huhtikuu",
    "may|toukokuu",
    "jun june|kesakuu",
    "jul july|heinakuu",
    "aug august|elokuu",
    "sep sept september|syyskuu",
    "oct october|lokakuu",
    "nov november|marraskuu",
    "dec december|joulukuu",
)
_FINNISH_ENDINGS = ("", "na", "ksi", "n", "hin", "on", "ta", "ssa")

_OTHERS = {
    "TODAY": "today tanaan",
    "TOMORROW": "tomorrow tmr huomenna huomiseksi",
    "YESTERDAY": "yesterday eilen",
    "OVERMORROW": "ylihuomenna overmorrow",
    "EREYESTERDAY": "toissapaivana toissapaiva",
    "DAY": "d day days pv paiva paivaa paivan paivana",
    "WEEK": "w wk week weeks vk vko viikko viikkoa viikon viikolla",
    "MONTH": "mo month months kk kuukausi kuukautta kuukauden kuussa kuun",
    "YEAR": "y yr year years vuosi vuotta vuoden vuonna",
    "HOUR": "h hour hours tunti tuntia tunnin",
    "MINUTE": "min mins minute minutes minuutti minuuttia minuutin",
    "AGO": "ago sitten",
    "HENCE": "hence later paasta kuluttua",
    "NEXT": "next ensi seuraava seuraavana tuleva tulevana",
    "LAST": "last previous viime viimeinen viimeisena",
    "THIS": "this tama tana talla tassa",
    "EARLY": "early alussa alkupuolella",
    "START": "start beginning",
    "MID": "mid middle puolivalissa",
    "LATE": "late loppupuolella",
    "END": "end lopussa",
    "AT": "at klo kello",
    "IN": "in",
    "EVERY": "every each joka",
    "OTHER": "other alternate toinen",
    "WORKDAY": "weekday weekdays workday workdays arkipaiva arkipaivana arkipaivan arkipaivaa "
    "tyopaiva tyopaivana tyopaivan tyopaivaa",
    "12:00": "noon midday keskipaivalla puoliltapaivin",
    "1": "a an one yksi yhden",
    "2": "two kaksi kahden pari parin",
    "3": "three kolme kolmen",
    "4": "four nelja neljan",
    "5": "five viisi viiden",
    "6": "six kuusi kuuden",
    "7": "seven seitseman",
    "8": "eight kahdeksan",
    "9": "nine yhdeksan",
    "10": "ten kymmenen",
    "11": "eleven",
    "12": "twelve",
    "1 TH": "first ensimmainen",
    "2 TH": "second",
    "3 TH": "third kolmas",
    "4 TH": "fourth neljas",
    "5 TH": "fifth viides",
}

_SYMBOLS: dict[str, str] = {word: symbol for symbol, words in _OTHERS.items() for word in words.split()}
for _prefix, _table, _first in (("WD", _WEEKDAY_WORDS, 0), ("MO", _MONTH_WORDS, 1)):
    for _index, _words in enumerate(_table, _first):
        _english, _finnish = _words.split("|")
        for _word in _english.split():
            _SYMBOLS[_word] = f"{_prefix}{_index}"
        for _word in _finnish.split():
            for _ending in _FINNISH_ENDINGS if len(_word) > 2 else ("",):
                _SYMBOLS[_word + _ending] = f"{_prefix}{_index}"


def plain(text: str) -> str:
    """`text` without case and accents; unlike `text.fold`, punctuation stays: dates are made of it."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def symbols(text: str) -> str:
    """`text` with every word it knows replaced by its symbol, one space between any two.

    `Ti klo 14` gives `WD1 AT 14`, `24th Nov.` gives `24 th MO11`; what it does not know stays.
    """
    text = plain(text).strip(" \t\n,;:!?")
    text = re.sub(r"(\d{4}-\d\d-\d\d)t(?=\d)", r"\1 ", text)
    text = re.sub(r"(?<=[a-z])\.|[,;]|(?<=[a-z])-(?=[a-z])", lambda m: "" if m[0] == "." else " ", text)
    text = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text)
    text = re.sub(r"\+ ?(?=\d)", "in ", text)
    words = f" {' '.join(text.split())} "
    for phrase, symbol in _PHRASES.items():
        words = words.replace(f" {phrase} ", f" {symbol} ")
    found = words.split()
    return " ".join(_SYMBOLS.get(w, w) for i, w in enumerate(found) if w not in NOISE or i == len(found) - 1)

"""Translation: every sentence a person reads passes through `_` or `ngettext`.

English is the language of the source. A catalogue is a gettext `.mo` file in
`kam_tui/locale/<language>/LC_MESSAGES/kam.mo`; where there is none the source text is used,
and the gettext machinery is not even imported, which keeps a capture fast.
"""

from __future__ import annotations

from collections.abc import Callable

DOMAIN = "kam"
"""Name of the message catalogue."""

_gettext: Callable[[str], str] | None = None
_ngettext: Callable[[str, str, int], str] | None = None


def _(message: str) -> str:
    """Translate a sentence into the language in use."""
    return _gettext(message) if _gettext else message


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a text for the catalogue; it is translated by `_` where it is shown."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """Choose and translate the singular or plural form for `count`."""
    if _ngettext:
        return _ngettext(one, many, count)
    return one if count == 1 else many


def use_language(language: str) -> bool:
    """Speak `language` (an ISO 639 code) from now on; False, and English, where there is no catalogue."""
    global _gettext, _ngettext
    _gettext = _ngettext = None
    if language in ("", "en"):
        return language == "en"
    import gettext
    import os

    folder = os.path.join(os.path.dirname(__file__), "locale")
    found = gettext.translation(DOMAIN, folder, languages=[language], fallback=True)
    if type(found) is gettext.NullTranslations:
        return False
    _gettext, _ngettext = found.gettext, found.ngettext
    return True

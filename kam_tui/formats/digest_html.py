"""The digest as a page of its own, for a mail or a browser: nothing is fetched from anywhere, all that a
person wrote is escaped, and one narrow column reads well on a phone, on a light ground and on a dark one.

Without its style sheet, which some mail programs drop, headings, paragraphs and lists remain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from kam_tui.domain.text import clean
from kam_tui.formats.digest_words import Fact, facts, sections, title, when
from kam_tui.i18n import _
from kam_tui.rules.digest import AT_RISK, MISSED, OVERDUE, TODAY, Digest
from kam_tui.rules.digest_line import DigestLine

STYLE = """\
body { margin: 0; padding: 24px 12px; background: #f4f5f7; color: #1c2330; overflow-wrap: anywhere;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 600px; margin: 0 auto; }
h1 { font-size: 22px; line-height: 1.3; margin: 0 4px 8px; }
h2 { font-size: 14px; margin: 28px 4px 8px; color: #566174; font-weight: 600; }
article { background: #ffffff; border: 1px solid #dfe3e8; border-left: 4px solid #8d99ab;
  border-radius: 6px; padding: 12px 16px; margin: 0 0 10px; }
article.late { border-left-color: #c4362c; }
article.now { border-left-color: #c77700; }
h3 { font-size: 17px; line-height: 1.35; margin: 0; }
p { margin: 2px 0; }
.what { font-size: 16px; }
.when { font-size: 14px; color: #566174; }
.late .when { color: #b02a21; font-weight: 600; }
.now .when { color: #8a5200; font-weight: 600; }
ul { list-style: none; margin: 8px 0 0; padding: 8px 0 0; border-top: 1px solid #e8ebef; font-size: 14px; }
li { margin: 3px 0; }
li b { font-weight: 600; color: #566174; }
code { font: 13px ui-monospace, Menlo, Consolas, monospace; color: #566174; }
a { color: #0b5cad; }
@media (prefers-color-scheme: dark) {
  body { background: #14171c; color: #e6e9ee; }
  h2, .when, li b, code { color: #a3adbb; }
  article { background: #1e232a; border-color: #333b46; border-left-color: #6d7889; }
  article.late { border-left-color: #ec6a5e; }
  article.now { border-left-color: #e0a03c; }
  .late .when { color: #ff8f84; }
  .now .when { color: #f0b65a; }
  ul { border-top-color: #333b46; }
  a { color: #7db8f7; }
}
"""


def write(digest: Digest) -> str:
    """The whole page, without a line end at its end."""
    head = escaped(title(digest))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escaped(_("en"))}">',  # the ISO 639 code of the language of these sentences
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="supported-color-schemes" content="light dark">',
            f"<title>{head}</title>",
            f"<style>\n{STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{head}</h1>",
            *_body(digest),
            "</main>",
            "</body>",
            "</html>",
        ]
    )


def escaped(text: str) -> str:
    """A text that shows as it stands, between tags and within quotes."""
    return escape(clean(text))


def _body(digest: Digest) -> Iterator[str]:
    for name, (heading, lines) in zip(digest.sections, sections(digest), strict=True):
        yield f"<h2>{escaped(heading)}</h2>"
        for line in lines:
            yield from _article(digest, line, name)


def _article(digest: Digest, line: DigestLine, section: str) -> Iterator[str]:
    item = line.item
    mark = {MISSED: "late", OVERDUE: "late", TODAY: "now", AT_RISK: "late"}.get(section, "")
    if not mark and item.due.day < digest.day:
        mark = "late"
    yield f'<article class="{mark}">' if mark else "<article>"
    yield f"<h3>{_isolated(item.who or item.told)}</h3>"
    if item.who:
        yield f'<p class="what">{_isolated(item.told)}</p>'
    handle = "" if line.gone else f" · <code>{escaped(item.handle)}</code>"
    yield f'<p class="when">{escaped(when(digest, line))}{handle}</p>'
    told = [f"<li>{_fact(fact)}</li>" for fact in facts(digest, line)]
    if told:
        yield from ("<ul>", *told, "</ul>")
    yield "</article>"


def _isolated(text: str) -> str:
    """A text of whatever direction, which turns nothing around it."""
    return f"<bdi>{escaped(text)}</bdi>"


def _fact(fact: Fact) -> str:
    text = _isolated(fact.text)
    if target := _target(fact):
        text = f'<a href="{escape(target)}">{text}</a>'
    return f"<b>{escaped(fact.label)}</b> {text}" if fact.label else text


def _target(fact: Fact) -> str:
    """What a phone does when the address is touched; nothing for what is no number and no mail address."""
    if fact.link == "mailto" and re.fullmatch(r"[^@\s]+@[^@\s]+", fact.address):
        return f"mailto:{quote(fact.address, safe='@')}"
    number = re.sub(r"[\s().\-/\u2010-\u2015]", "", fact.address)
    if fact.link in ("tel", "sms") and re.fullmatch(r"\+?\d{2,20}", number, re.ASCII):
        return f"{fact.link}:{number}"
    return ""

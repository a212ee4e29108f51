"""The shell takes the query that the filter of the screen takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from shell_run import Kam

SEGMENTS = '[segments]\nbest = "tier:key"\n"best quiet" = "segment:best quiet>10d"\nnobody = "tag:none"\n'


def listed(kam: Kam, *words: str) -> list[str]:
    ran = kam("--json", *words)
    assert ran.code == 0, ran.err
    return [each["name"] for each in next(iter(ran.json.values()))]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (("tier:key",), ["Acme Oy"]),
        (("-tier:key",), ["Nordic Timber Oy"]),
        (("timber", "status:prospect"), ["Nordic Timber Oy"]),
        (("tier:key timber",), []),
        (("quiet>19d", "quiet<21"), ["Acme Oy"]),
        (("tampere", "--status", "customer"), ["Acme Oy"]),
        (("due<7d",), ["Acme Oy"]),
        (("--", "-acme"), ["Nordic Timber Oy"]),
    ],
)
def test_a_list_of_accounts_is_narrowed_by_a_query(
    full: Kam, query: tuple[str, ...], names: list[str]
) -> None:
    assert listed(full, "account", "list", *query) == names


def test_a_list_of_people_is_narrowed_by_a_query(full: Kam) -> None:
    assert listed(full, "contact", "list", "tier:key", "birthday<7d") == ["Liisa Korhonen"]
    assert listed(full, "contact", "list", "due<30d", "--account", "acme") == ["Liisa Korhonen"]


def test_who_is_archived_is_listed_where_that_is_asked_for(full: Kam) -> None:
    full("account", "archive", "acme")
    assert listed(full, "account", "list", "archived:yes") == ["Acme Oy"]


def test_a_word_that_cannot_be_read_is_told(full: Kam) -> None:
    ran = full("contact", "list", "tier:key", "teir:key")
    assert (ran.code, ran.out) == (2, "")
    assert "teir:key asks for teir" in ran.err
    assert "Did you mean tier?" in ran.err


def test_segments_are_counted_and_stand_for_their_queries(full: Kam, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(SEGMENTS)
    assert full("segments").out == (
        "best        1 account   1 person  tier:key\n"
        "best quiet  1 account   1 person  segment:best quiet>10d\n"
        "nobody      0 accounts  0 people  tag:none\n"
    )
    assert full("segments", "--json").json["segments"][0] == {
        "name": "best", "query": "tier:key", "accounts": 1, "contacts": 1,
    }  # fmt: skip
    assert listed(full, "account", "list", 'segment:"best quiet"') == ["Acme Oy"]
    assert listed(full, "contact", "list", "-segment:best") == ["Liisa Virtanen"]


def test_where_there_are_no_segments_it_is_told_how_to_make_one(full: Kam) -> None:
    ran = full("segments")
    assert (ran.code, ran.out) == (0, "")
    assert "kam segments set NAME QUERY" in ran.err


def test_a_query_is_given_a_name_and_loses_it_again(full: Kam) -> None:
    assert full("segments", "set", "far off", "-city:tampere", "quiet>1d").code == 0
    assert listed(full, "account", "list", 'segment:"far off"') == ["Nordic Timber Oy"]
    assert full("segments", "remove", "far off", "--json").json["segments"] == {}
    assert full("segments").out == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("set", "x"), 2, "takes set NAME QUERY, or remove NAME"),
        (("remove",), 2, "takes set NAME QUERY, or remove NAME"),
        (("count",), 2, "takes set NAME QUERY, or remove NAME"),
        (("set", "x", "teir:key"), 2, "teir:key asks for teir"),
        (("remove", "x"), 3, "There is no segment x."),
    ],
)
def test_a_name_that_cannot_be_given_or_taken_is_told(
    full: Kam, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = full("segments", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_all_whom_a_query_means_are_edited_tagged_and_archived_as_one_change(full: Kam) -> None:
    said = full("account", "edit", "--where", "quiet>1d", "--industry", "Timber", "--city", "").out
    assert said == "Changed 2 accounts: Industry: Timber, City: –\n"
    assert listed(full, "account", "list", "industry:timber", "-has:city") == ["Acme Oy", "Nordic Timber Oy"]
    full("undo")
    assert listed(full, "account", "list", "industry:timber") == []
    assert full("contact", "tag", "--where", "liisa", "--on", "a,b").out == "Tagged 2 people: +a +b\n"
    assert full("contact", "tag", "liisa k", "--off", "+a").out == "Tagged Liisa Korhonen: -a\n"
    assert full("contact", "archive", "--where", "tag:a").out == "Archived Liisa Virtanen.\n"
    assert full("contact", "archive", "--where", "tag:a", "--restore").out == "Brought back Liisa Virtanen.\n"


def test_one_line_is_kept_for_each_account(full: Kam) -> None:
    said = full(
        "account", "log", "--where", "-tag:none", "--kind", "newsletter", "the", "autumn", "letter"
    ).out
    assert said == "Newsletter, 2 accounts: the autumn letter\n"
    said = full("contact", "log", "--where", "liisa", "remind: fri ask what they think").out
    assert said == "A reminder for each, 2 people: Fri 27 Nov 2026: ask what they think\n"
    assert full("remind", "list").out.count("ask what they think") == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("account", "edit", "--tier", "key"), 2, "kam account edit needs NAME or --where."),
        (("account", "edit", "acme", "--where", "x", "--tier", "key"), 2, "takes either NAME or --where."),
        (("account", "archive", "--where", ""), 2, "--where does not say whom it means."),
        (("account", "archive", "--where", "zebra"), 3, "Nobody is meant by zebra."),
        (("account", "archive", "--where", "teir:x"), 2, "teir:x asks for teir"),
        (("account", "tag", "acme"), 2, "There is no tag to put on or to take off."),
        (("account", "tag", "--on", "x"), 2, "needs NAME or --where."),
        (("contact", "log", "hello"), 2, "kam contact log needs --where."),
        (
            ("contact", "log", "--where", "liisa", "--kind", "dance", "x"),
            2,
            "dance is not a kind of activity",
        ),
        (("account", "edit", "--where", "tier:key", "--name", "X"), 2, "Name is each one's own."),
    ],
)
def test_what_is_wrong_with_a_wish_for_several_is_told(
    full: Kam, words: tuple[str, ...], code: int, said: str
) -> None:
    ran = full(*words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err

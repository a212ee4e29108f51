"""Every sample file comes in with exact counts, and a second time changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import NOW

from kam_tui.domain.book import Book
from kam_tui.domain.contact import Contact
from kam_tui.domain.draft import Options, Parsed
from kam_tui.formats.registry import read_file
from kam_tui.usecases import merging
from kam_tui.usecases.import_plan import Plan

SAMPLES = Path(__file__).parents[2] / "data" / "samples"

EXPECTED = {
    "google.csv": (6, 2, 5, 3),
    "google-old.csv": (3, 0, 2, 2),
    "outlook.csv": (4, 0, 3, 3),
    "outlook-com.csv": (2, 0, 2, 1),
    "hubspot-contacts.csv": (4, 0, 4, 2),
    "hubspot-companies.csv": (3, 0, 0, 3),
    "salesforce-report.csv": (3, 0, 3, 2),
    "salesforce-report-unicode.txt": (3, 0, 3, 2),
    "salesforce-Contact.csv": (3, 1, 3, 0),
    "salesforce-Account.csv": (2, 1, 0, 2),
    "linkedin.csv": (3, 1, 3, 3),
    "finnish.csv": (4, 1, 3, 2),
    "ambiguous-dates.tsv": (3, 0, 3, 1),
    "same-names.csv": (3, 0, 3, 2),
    "phone-2.1.vcf": (4, 1, 4, 2),
    "apple-3.0.vcf": (4, 1, 3, 3),
    "vcard-4.0.vcf": (5, 1, 4, 2),
}
"""File to new and rejected rows or cards, and to the contacts and accounts in the book afterwards."""


def read(name: str, options: Options | None = None) -> Parsed:
    return read_file(name, (SAMPLES / name).read_bytes(), options or Options())


def plan(book: Book, *parsed: Parsed) -> Plan:
    drafts = [draft for each in parsed for draft in each.drafts]
    return merging.plan(book, NOW, drafts, [reject for each in parsed for reject in each.rejects])


def imported(*names: str, into: Book | None = None) -> Book:
    book = into or Book.of()
    return book.after(plan(book, *map(read, names)).edits)


def person(book: Book, name: str) -> Contact:
    (found,) = [contact for contact in book.contacts.values() if contact.name == name]
    return found


def test_every_sample_is_expected() -> None:
    assert {file.name for file in SAMPLES.iterdir()} - {"README.md", ".gitattributes"} == set(EXPECTED)


def test_the_read_me_names_every_sample() -> None:
    page = (SAMPLES / "README.md").read_text("utf-8")
    assert not [name for name in EXPECTED if f"`{name}`" not in page]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_comes_in_whole_and_a_second_time_changes_nothing(name: str) -> None:
    new, rejected, contacts, accounts = EXPECTED[name]
    parsed = read(name)
    first = plan(Book.of(), parsed)
    assert first.counts == {"new": new, "updated": 0, "same": 0, "conflict": 0, "rejected": rejected}
    book = Book.of().after(first.edits)
    assert (len(book.contacts), len(book.accounts)) == (contacts, accounts)
    again = plan(book, parsed)
    assert again.edits == ()
    assert again.counts == {"new": 0, "updated": 0, "same": new, "conflict": 0, "rejected": rejected}


def test_all_samples_one_after_the_other_a_second_time_change_nothing() -> None:
    book = Book.of()
    for name in EXPECTED:
        book = imported(name, into=book)
    for name in EXPECTED:
        assert plan(book, read(name)).edits == (), name


def test_people_find_their_companies_that_come_in_a_later_import() -> None:
    book = imported("salesforce-Contact.csv")
    assert person(book, "Анна Смирнова").account_id is None
    book = imported("salesforce-Account.csv", into=book)
    account = book.accounts[person(book, "Анна Смирнова").account_id or ""]
    assert account.name == "Северстрой"
    assert "awaits" not in person(book, "Анна Смирнова").extra
    assert person(book, "Lina Haddad").extra["awaits"] == {"account_id": "salesforce:0015g00000QQQQQ"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("google.csv", "line 7: The row has 45 cells and the header 42"),
        ("google.csv", "line 12: The row has neither a name, a company nor a mail address."),
        ("finnish.csv", "line 5: A quotation mark is opened or closed in the wrong place."),
        ("salesforce-Contact.csv", "line 4: It is deleted where it comes from."),
        ("linkedin.csv", "line 6: The row has neither a name"),
        ("phone-2.1.vcf", "card 5 (line 40): The card has neither a name"),
        ("apple-3.0.vcf", "card 5 (line 284): The card is a group of others"),
    ],
)
def test_what_does_not_come_in_is_told_by_its_line(name: str, sentence: str) -> None:
    told = [f"{each.where}: {each.reason}" for each in read(name).rejects]
    assert any(each.startswith(sentence) for each in told), told


@pytest.mark.parametrize(
    ("name", "who", "sentence"),
    [
        ("ambiguous-dates.tsv", "Grace Hill", "Birthday: 3/4/1980 could be two dates, and was kept as text."),
        ("finnish.csv", "Päivi Mäkelä", "Birthday: 31.2.1970 is in no calendar."),
        ("google.csv", "Dana Miller", "Birthday: 70-7-14: the year has no century."),
        ("phone-2.1.vcf", "Half Broken", "The card has no end."),
        ("phone-2.1.vcf", "Half Broken", "Line 26 is no vCard line and was left out."),
        ("phone-2.1.vcf", "Marek Zieliński", "Birthday: 1960401 is not a date."),
        ("vcard-4.0.vcf", "Ama Owusu", "Birthday is in words and stays so: circa 1980"),
        ("vcard-4.0.vcf", "Θεοδώρα Παππά", "Birthday: 206-12-15 is not a date."),
    ],
)
def test_what_comes_in_only_in_part_is_told_and_its_text_is_kept(name: str, who: str, sentence: str) -> None:
    warnings = [each for draft in read(name).drafts if draft.name == who for each in draft.warnings]
    assert any(each.startswith(sentence) for each in warnings), warnings


def test_a_photo_is_told_and_is_nothing_to_look_at() -> None:
    (elsa,) = (draft for draft in read("apple-3.0.vcf").drafts if draft.name == "Dr. Elsa Virtanen")
    assert elsa.passed_over == ("PHOTO (17 KB) was left out.",)
    assert not [each for each in elsa.warnings if "PHOTO" in each]


def test_a_date_that_could_be_two_says_so_until_its_order_is_said() -> None:
    assert read("ambiguous-dates.tsv").with_two_dates
    assert not read("ambiguous-dates.tsv", Options(date_order="dmy")).with_two_dates


def test_a_date_order_said_for_the_file_settles_its_ambiguous_dates() -> None:
    parsed = read("ambiguous-dates.tsv", Options(date_order="dmy"))
    assert [str(draft.contact["birthday"]) for draft in parsed.drafts] == [
        "1980-04-03", "1975-06-05", "1991-07-07",
    ]  # fmt: skip
    assert not [warning for draft in parsed.drafts for warning in draft.warnings]


def test_an_ambiguous_date_is_kept_as_text() -> None:
    grace = person(imported("ambiguous-dates.tsv"), "Grace Hill")
    assert grace.birthday is None
    assert grace.extra["columns"] == {"Birthday": "3/4/1980", "Contract signed": "14/02/2020"}


def test_google_values_land_in_their_fields() -> None:
    aino = person(imported("google.csv"), "Aino Järvinen")
    assert [str(each) for each in aino.emails] == [
        "work: aino.jarvinen@northwind.example", "home: aino@home.example", "home: aino.j@home.example",
    ]  # fmt: skip
    assert [str(each) for each in aino.phones] == [
        "mobile: +358 40 555 0101", "mobile: +358 40 555 0102", "work: +358 9 555 0100",
    ]  # fmt: skip
    assert str(aino.birthday) == "--05-10"
    assert [(o.kind, str(o.on)) for o in aino.occasions] == [("anniversary", "2012-06-16")]
    assert aino.tags == ("key-people",)
    assert aino.about == "Met at the trade fair.\nPrefers calls before ten."
    assert aino.address == "Satamakatu 4\n00160 Helsinki\nFinland"
    assert aino.extra == {"columns": {"Coffee": "black"}, "vcard": ["N:Järvinen;Aino;;;"]}


def test_people_who_share_a_switchboard_stay_two() -> None:
    parsed = read("google.csv")
    (line,) = [each for each in plan(Book.of(), parsed).lines if each.name == "Mikko Salmi"]
    assert "+358 9 555 0100 is also that of Aino Järvinen; not merged." in line.details


def test_a_row_of_a_company_alone_is_an_account_with_its_mail_as_a_link() -> None:
    (lakeside,) = [a for a in imported("google.csv").accounts.values() if a.name == "Lakeside Printing"]
    assert [str(each) for each in lakeside.links] == [
        "work: mailto:hello@lakeside.example", "https://lakeside.example",
    ]  # fmt: skip
    assert [str(each) for each in lakeside.phones] == ["main: +44 20 7946 0123"]


def test_outlook_reads_no_date_as_none_and_the_rest_by_what_the_column_shows() -> None:
    book = imported("outlook.csv")
    clara, emile = person(book, "Clara Brückner"), person(book, "Émile Fontaine")
    assert (str(clara.birthday), str(emile.birthday)) == ("1981-07-24", "1970-03-04")
    assert clara.occasions == ()  # 9/3/2010 stands alone in its column
    assert clara.extra["columns"]["Anniversary"] == "9/3/2010"
    assert clara.tags == ("key", "golf")
    assert clara.about == 'Likes "plain" offers,\none page at most.'
    assert person(book, "Sam Okafor").birthday is None


def test_a_second_address_is_kept_beside_the_first() -> None:
    sam = person(imported("outlook.csv"), "Sam Okafor")
    assert sam.address == "1 Dock Road\nLiverpool"
    assert sam.extra["columns"] == {"Address (home)": "2 Hill Lane\nChester"}


def test_hubspot_people_find_their_companies_by_id_and_never_the_namesake() -> None:
    book = imported("hubspot-companies.csv", "hubspot-contacts.csv")
    assert len(book.accounts) == 3
    by_source = {source: a for a in book.accounts.values() for source in a.sources}
    assert person(book, "Inês Lopes").account_id == by_source["hubspot:9001"].id
    assert person(book, "Rui Lopes").account_id == by_source["hubspot:9003"].id
    assert person(book, "office@costafoods.example").account_id == by_source["hubspot:9002"].id
    assert [by_source[f"hubspot:{n}"].status for n in (9001, 9002)] == ["customer", "prospect"]


def test_the_order_of_the_files_does_not_matter_in_one_import() -> None:
    book = imported("hubspot-contacts.csv", "hubspot-companies.csv")
    assert len(book.accounts) == 3
    assert imported("hubspot-companies.csv", "hubspot-contacts.csv", into=book) is not book
    assert plan(book, read("hubspot-companies.csv"), read("hubspot-contacts.csv")).edits == ()


def test_salesforce_ids_of_report_and_export_are_the_same_people() -> None:
    book = imported("salesforce-Account.csv", "salesforce-Contact.csv")
    anna, igor = person(book, "Анна Смирнова"), person(book, "Игорь Волков")
    assert igor.reports_to == anna.id
    account = book.accounts[anna.account_id or ""]
    assert (account.status, account.city) == ("customer", "Vyborg")
    later = plan(book, read("salesforce-report-unicode.txt"))
    assert later.counts["new"] == 1
    assert [line.name for line in later.lines if line.outcome == "new"] == ["عمر حداد"]


def test_a_report_that_lacks_records_is_told() -> None:
    assert "The report says that it has 4 records, and 3 were found; is it whole?" in (
        read("salesforce-report-unicode.txt").warnings
    )
    assert not [w for w in read("salesforce-report.csv").warnings if "records" in w]


def test_people_of_one_name_without_an_address_stay_apart() -> None:
    book = imported("same-names.csv")
    assert sorted(contact.title for contact in book.contacts.values()) == ["Janitor", "Owner", "Teacher"]


def test_finnish_columns_are_known() -> None:
    book = imported("finnish.csv")
    jukka = person(book, "Jukka Äijälä")
    assert str(jukka.birthday) == "--12-03"
    assert jukka.title == "Ostaja"
    assert book.accounts[jukka.account_id or ""].name == "Kivikoski Oy"
    directors = [c for c in book.contacts.values() if c.title == "Toimitusjohtaja"]
    assert [(o.kind, str(o.on)) for o in directors[0].occasions] == [("nameday", "1968-01-26")]
    assert directors[0].about == "Soita; älä lähetä viestiä"


def test_an_apple_card_with_its_groups_labels_and_year_1604() -> None:
    book = imported("apple-3.0.vcf")
    elsa = person(book, "Dr. Elsa Virtanen")
    assert str(elsa.birthday) == "--02-29"
    assert [(o.kind, o.label, str(o.on)) for o in elsa.occasions] == [
        ("anniversary", "", "2010-06-15"), ("other", "Studio opening", "2019-09-01"),
    ]  # fmt: skip
    assert [str(each) for each in elsa.emails] == [
        "Studio: elsa@pohjola.example", "home: elsa.virtanen@home.example",
    ]  # fmt: skip
    assert elsa.department == "Studio, Interiors"
    assert elsa.about.startswith("Ostaa vain pohjoismaista muotoilua, ei koskaan tuontitavaraa; puhuu")
    assert str(person(book, "Luc Moreau").birthday) == "--11-05"


def test_commas_that_should_have_been_escaped_cost_no_text() -> None:
    book = imported("apple-3.0.vcf")
    jane = person(book, "Doe, Jane")
    assert (jane.title, jane.about) == ("Head, Sales", "Hello, world; commas are everywhere")
    assert book.accounts[jane.account_id or ""].name == "Acme, Inc."


def test_a_card_of_version_2_1_in_quoted_printable() -> None:
    hanna = person(imported("phone-2.1.vcf"), "Hanna-Käthe Ahonen")
    assert hanna.about == (
        "Tapasimme Pyhätunturilla; hyvä keskustelu.\nPitää näytteistä – lähetä uusi keväällä."
    )
    assert str(hanna.birthday) == "--04-15"
    assert [str(each) for each in hanna.phones] == ["work: +358 9 555 0900", "mobile: +358505550901"]
    assert hanna.address == "Tehtaankatu 2\n33100 Tampere\nFinland"
    assert person(imported("phone-2.1.vcf"), "Jürgen Müller").phones[0].label == "work fax"


def test_a_person_who_has_died_is_no_longer_reachable() -> None:
    assert not person(imported("vcard-4.0.vcf"), "Harold Finch").reachable

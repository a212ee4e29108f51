"""Mail: through a real server on loopback, and what is said when it does not go."""

from __future__ import annotations

import shlex
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from post_office import by_mail, certificate, free_port, open_office, silent_office

from kam_tui.delivery import mail
from kam_tui.delivery.mail import MailWay, send_mail
from kam_tui.domain.errors import Invalid, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.settings import Settings

NOW = datetime(2026, 11, 22, 7, 30, tzinfo=ZoneInfo("Europe/Helsinki"))
LETTER = Letter("Sunday: 2 things – née", "Call Åsa\n.a dot\nFrom the start\n", "<p>Call <b>Åsa</b></p>")


def send(settings: Settings, letter: Letter = LETTER, name: str = "kam.b00k.2026-11-22") -> None:
    send_mail(letter, MailWay.of(settings), NOW, name)


def printed(text: str) -> str:
    """A command that prints a text."""
    return shlex.join([sys.executable, "-c", f"print({text!r})"])


def test_a_letter_arrives_as_text_and_html_with_its_own_name() -> None:
    with open_office(port := free_port()) as box:
        send(by_mail(port, mail_to="Anna Ääri <anna@example.com>, bo@example.com"))
    (message,) = box.mails
    assert message["Subject"] == LETTER.subject
    assert message["From"] == "Anna Ääri <anna@example.com>"
    assert message["To"] == "Anna Ääri <anna@example.com>, bo@example.com"
    assert message["Message-ID"] == "<kam.b00k.2026-11-22@example.com>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Sun, 22 Nov 2026 07:30:00 +0200"
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert page is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert page.get_content().strip() == LETTER.html
    assert box.envelopes[0].rcpt_tos == ["anna@example.com", "bo@example.com"]


def test_a_letter_without_a_page_is_text_alone() -> None:
    with open_office(port := free_port()) as box:
        send(by_mail(port), Letter("Hello", "Text\n"))
    assert box.mails[0].get_content_type() == "text/plain"


def test_a_subject_cannot_smuggle_in_a_header() -> None:
    with open_office(port := free_port()) as box:
        send(by_mail(port), Letter("Hello\r\nBcc: eve@example.com\n\nbody", "Text\n"))
    assert box.mails[0]["Bcc"] is None
    assert box.mails[0]["Subject"] == "Hello Bcc: eve@example.com body"
    assert box.envelopes[0].rcpt_tos == ["anna@example.com"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_goes_encrypted_with_a_password_from_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    context, cert = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    port = free_port()
    way: dict[str, Any] = {"tls_context": context, "require_starttls": True} if security == "starttls" else {}
    over: dict[str, Any] = {"ssl_context": context, "auth_require_tls": False} if security == "tls" else {}
    with open_office(port, **way, **over) as box:
        send(by_mail(port, mail_security=security, mail_user="anna", mail_password_command=printed("secret")))
    assert box.logins == [("anna", "secret")]
    assert len(box.mails) == 1


def test_a_certificate_that_nobody_knows_is_not_trusted(tmp_path: Path) -> None:
    context, _cert = certificate(tmp_path)
    with (
        open_office(port := free_port(), tls_context=context) as box,
        pytest.raises(NotSent, match=r"its certificate cannot be trusted: self-signed certificate\.$"),
    ):
        send(by_mail(port, mail_security="starttls"))
    assert box.mails == []


def test_a_certificate_for_another_name_is_told_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, cert = certificate(tmp_path, names="DNS:mail.example.com")
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    said = r"its certificate cannot be trusted: IP address mismatch, .* not valid for '127\.0\.0\.1'\.$"
    with (
        open_office(port := free_port(), tls_context=context) as box,
        pytest.raises(NotSent, match=said) as refused,
    ):
        send(by_mail(port, mail_security="starttls"))
    assert box.mails == []
    assert "Is mail_server the name" in refused.value.hint


def test_a_server_that_is_asked_for_another_kind_of_encryption_is_told() -> None:
    with (
        open_office(port := free_port()),
        pytest.raises(NotSent, match=r"no encryption could be agreed on with it: wrong version number\.$"),
    ):
        send(by_mail(port, mail_security="tls"))


def test_a_wrong_password_is_told_and_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        open_office(port := free_port(), auth_require_tls=False) as box,
        pytest.raises(NotSent, match="it refused the log-in: 535") as refused,
    ):
        send(by_mail(port, mail_user="anna", mail_password_command=printed("hunter2")))
    assert "hunter2" not in str(refused.value) + refused.value.hint
    assert box.mails == []


def test_a_server_without_encryption_gets_no_mail() -> None:
    with (
        open_office(port := free_port()) as box,
        pytest.raises(NotSent, match="does not offer the encryption"),
    ):
        send(by_mail(port, mail_security="starttls"))
    assert box.mails == []


def test_mail_to_another_computer_never_goes_unencrypted() -> None:
    with pytest.raises(Invalid, match="would go unencrypted"):
        MailWay.of(Settings(mail_server="mail.example.com", mail_security="none", mail_to="a@example.com"))


@pytest.mark.parametrize(
    ("step", "answer", "said"),
    [
        ("MAIL", "451 4.3.0 Try later", "it said 451 4.3.0 Try later"),
        ("RCPT bo@example.com", "550 5.1.1 No such user", "it does not take bo@example.com: 550 5.1.1"),
        ("DATA", "554 5.6.0 Spam", "it said 554 5.6.0 Spam"),
        ("DATA", "452 4.2.2 Full", "it said 452 4.2.2 Full"),
        ("DATA", "hang up", "it hung up before it said that it has the mail"),
    ],
)
def test_a_refusal_is_told_with_the_servers_words_and_nobody_gets_the_mail(
    step: str, answer: str, said: str
) -> None:
    with open_office(port := free_port(), {step: answer}) as box, pytest.raises(NotSent, match=said):
        send(by_mail(port, mail_to="anna@example.com, bo@example.com"))
    assert box.mails == []


def test_a_server_that_hangs_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "TIMEOUT", 0.05)
    with silent_office() as port, pytest.raises(NotSent, match="it did not answer in time"):
        send(by_mail(port))


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(NotSent, match=r"through 127\.0\.0\.1:\d+: Connection refused\."):
        send(by_mail(free_port()))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/nowhere/at-all", "No such file"),
        (shlex.join([sys.executable, "-c", "import sys; sys.exit('locked')"]), "locked"),
        (shlex.join([sys.executable, "-c", "raise SystemExit(3)"]), "it ended with 3"),
        (shlex.join([sys.executable, "-c", "pass"]), "it printed nothing"),
    ],
)
def test_a_password_that_cannot_be_had_is_told_before_anything_is_sent(command: str, said: str) -> None:
    with pytest.raises(NotSent, match=said):
        send(by_mail(1, mail_user="anna", mail_password_command=command))


def test_the_command_runs_without_a_shell(tmp_path: Path) -> None:
    file = tmp_path / "made"
    with open_office(port := free_port(), auth_require_tls=False) as box:
        command = printed("secret") + f" ; touch {file}"
        send(by_mail(port, mail_user="anna", mail_password_command=command))
    assert len(box.mails) == 1
    assert not file.exists()


def test_without_a_command_the_keyring_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Invalid, match="Nobody can be asked for the mail password of anna"):
        send(by_mail(1, mail_user="anna"))
    program = tmp_path / "keyring"
    program.write_text('#!/bin/sh\n[ "$*" = "get kam anna" ] && echo secret\n', "utf-8")
    program.chmod(0o755)
    with open_office(port := free_port(), auth_require_tls=False) as box:
        send(by_mail(port, mail_user="anna"))
    assert box.logins == [("anna", "secret")]


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("smtp.example.com", "smtp.example.com", 587),
        ("smtp.example.com:2525", "smtp.example.com", 2525),
        ("::1", "::1", 587),
        ("[::1]", "::1", 587),
        ("[::1]:25", "::1", 25),
    ],
)
def test_a_server_is_named_with_its_port_or_without(text: str, host: str, port: int) -> None:
    way = MailWay.of(Settings(mail_server=text, mail_to="a@example.com"))
    assert (way.host, way.port) == (host, port)


@pytest.mark.parametrize("text", ["smtp.example.com:", "smtp.example.com:x", "a b", "x:70000", "http://x"])
def test_a_server_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="is no server such as"):
        MailWay.of(Settings(mail_server=text, mail_to="a@example.com"))


@pytest.mark.parametrize("text", ["anna", "anna@", "a@b, @c", "a@b\nBcc: c@d", "anna korhonen@example.com"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match=r"Setting mail_to: .* is no address"):
        MailWay.of(Settings(mail_server="localhost", mail_to=text))


def test_settings_that_are_missing_are_named() -> None:
    with pytest.raises(Invalid, match="needs the setting mail_server"):
        MailWay.of(Settings())
    with pytest.raises(Invalid, match="needs the setting mail_to"):
        MailWay.of(Settings(mail_server="localhost"))

"""Mail over SMTP (RFC 5321): encrypted unless the server is this very computer; taken by all or by nobody.

A header can hold no line end (the standard library refuses it, and texts are cleaned before), and a password
goes only over an encrypted way or to this computer.
"""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, getaddresses

from kam_tui.delivery.password import password_of
from kam_tui.domain.errors import Invalid, NotSent
from kam_tui.domain.letter import Letter
from kam_tui.domain.text import clean, shorten
from kam_tui.i18n import _
from kam_tui.settings import Settings

TIMEOUT = 30.0
"""Seconds that a server may keep us waiting, at each step."""

PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""Kind of security to the usual port (RFC 6409, RFC 8314)."""

_PLACE = (
    "[127.0.0.1]"  # what we call ourselves (RFC 5321 §4.1.4): a name would have to be looked up, and told
)


@dataclass(frozen=True, slots=True)
class MailWay:
    """How mail goes: from whom, to whom, through which server."""

    host: str
    """The server."""
    port: int
    """Its port."""
    security: str
    """`starttls`, `tls` or `none`."""
    user: str
    """Whom to log in as; empty for nobody."""
    password_command: str
    """What prints the password; empty for the keyring."""
    sender: Address
    """Whom it comes from."""
    receivers: tuple[Address, ...]
    """Whom it goes to."""

    @classmethod
    def of(cls, settings: Settings) -> MailWay:
        """What the settings say. Raises Invalid where they do not suffice."""
        for name in ("mail_server", "mail_to"):
            if not getattr(settings, name):
                raise Invalid(
                    _("Mail needs the setting {name}, which is empty.").format(name=name),
                    _("kam config says where the settings are, and what each is for."),
                )
        host, port = _server(settings.mail_server, PORTS[settings.mail_security])
        if settings.mail_security == "none" and not _is_here(host):
            raise Invalid(
                _("Mail to {host} would go unencrypted, which kam does to this computer alone.").format(
                    host=clean(host)
                ),
                _('Set mail_security to "starttls" or "tls".'),
            )
        receivers = _addresses("mail_to", settings.mail_to)
        sender = _addresses("mail_from", settings.mail_from)[0] if settings.mail_from else receivers[0]
        user, command = settings.mail_user, settings.mail_password_command
        return cls(host, port, settings.mail_security, user, command, sender, receivers)


def send_mail(letter: Letter, way: MailWay, now: datetime, name: str) -> None:
    """Return when the server has taken the mail for all its receivers.

    `name` makes the Message-ID: the same name, the same mail, so that one that comes twice is known.
    Raises NotSent where it did not go, or where nobody can tell whether it did.
    """
    data = mail_of(letter, way, now, name).as_bytes()
    password = password_of(way.password_command, way.user) if way.user else ""
    server = None
    try:
        server = _connect(way)
        if way.user:
            server.login(way.user, password)
        _hand_over(server, way, data)
    except ssl.SSLCertVerificationError as problem:
        said = clean(problem.verify_message).rstrip(".")
        raise _failed(
            way,
            _("its certificate cannot be trusted: {said}").format(said=said),
            _("Is mail_server the name that your provider gives for sending? Nothing was sent."),
        ) from None
    except ssl.SSLError as problem:
        said = (problem.reason or "").replace("_", " ").lower() or _said(problem)
        raise _failed(
            way,
            _("no encryption could be agreed on with it: {said}").format(said=said),
            _("Do mail_security and the port in mail_server fit each other? Nothing was sent."),
        ) from None
    except smtplib.SMTPAuthenticationError as problem:
        raise _failed(way, _("it refused the log-in: {said}").format(said=_reply(problem))) from None
    except smtplib.SMTPResponseException as problem:
        raise _failed(way, _("it said {said}").format(said=_reply(problem))) from None
    except smtplib.SMTPServerDisconnected as problem:
        # The standard library says so as well of a server that keeps still.
        if isinstance(problem.__context__, TimeoutError):
            raise _failed(way, _("it did not answer in time")) from None
        raise _failed(way, _("it hung up before it said that it has the mail")) from None
    except smtplib.SMTPNotSupportedError:
        raise _failed(way, _("it does not offer the encryption or the log-in that is asked for")) from None
    except TimeoutError:
        raise _failed(way, _("it did not answer in time")) from None
    except socket.gaierror:
        raise _failed(way, _("no server of that name is known")) from None
    except (OSError, smtplib.SMTPException) as problem:
        raise _failed(way, _said(problem)) from None
    except UnicodeEncodeError:
        raise _failed(way, _("the name or the password has letters that it cannot be told")) from None
    finally:
        if server is not None:
            _leave(server)


def mail_of(letter: Letter, way: MailWay, now: datetime, name: str) -> EmailMessage:
    """The mail itself, in plain text and, where the letter has it, HTML (RFC 5322, RFC 2046, RFC 3834)."""
    message = EmailMessage(policy=SMTP)
    message["From"] = way.sender
    message["To"] = way.receivers
    message["Subject"] = shorten(clean(letter.subject), 200)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{name}@{way.sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


def _connect(way: MailWay) -> smtplib.SMTP:
    if way.security == "tls":
        secure = ssl.create_default_context()
        return smtplib.SMTP_SSL(way.host, way.port, _PLACE, timeout=TIMEOUT, context=secure)
    server = smtplib.SMTP(way.host, way.port, _PLACE, timeout=TIMEOUT)
    if way.security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _hand_over(server: smtplib.SMTP, way: MailWay, data: bytes) -> None:
    """All receivers or none: a mail that went to some would go to them again with the next try."""
    server.ehlo_or_helo_if_needed()
    _must(way, server.mail(way.sender.addr_spec))
    for receiver in way.receivers:
        _must(way, server.rcpt(receiver.addr_spec), receiver.addr_spec)
    _must(way, server.data(data))


def _must(way: MailWay, answer: tuple[int, bytes], receiver: str = "") -> None:
    code, text = answer
    if not 200 <= code < 300:
        said = f"{code} {shorten(clean(text.decode('utf-8', 'replace')), 200)}"
        if receiver:
            raise _failed(way, _("it does not take {address}: {said}").format(address=receiver, said=said))
        raise _failed(way, _("it said {said}").format(said=said))


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; the mail is taken or is not by now, so that nothing here can fail."""
    with suppress(OSError, smtplib.SMTPException):
        if server.sock is not None:
            server.sock.settimeout(2)
            server.quit()
    server.close()


def _failed(way: MailWay, what: str, hint: str = "") -> NotSent:
    return NotSent(
        _("The mail did not go through {host}: {what}.").format(
            host=clean(f"{way.host}:{way.port}"), what=what.rstrip(".")
        ),
        hint or _("It goes with the next run; kam schedule --test tries it out."),
    )


def _reply(problem: smtplib.SMTPResponseException) -> str:
    text = problem.smtp_error
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{problem.smtp_code} {shorten(clean(said), 200)}"


def _said(problem: Exception) -> str:
    return shorten(clean(getattr(problem, "strerror", "") or str(problem)), 200)


def _server(text: str, port: int) -> tuple[str, int]:
    """Host and port of `host`, `host:587`, `[::1]:25` or a bare IPv6 address. Raises Invalid."""
    host, mark, given = text.rpartition(":")
    if not mark or text.endswith("]") or (":" in host and not host.endswith("]")):
        host, given = text, str(port)
    host = host.removeprefix("[").removesuffix("]")
    sound = host and host.isascii() and host.isprintable() and not set(host) & set(" /@<>[]")
    if not sound or not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise Invalid(
            _("Setting mail_server: {text} is no server such as smtp.example.com:587.").format(
                text=clean(text)
            )
        )
    return host, int(given)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _addresses(setting: str, text: str) -> tuple[Address, ...]:
    """The addresses of a setting. Raises Invalid for what is none."""
    found: list[Address] = []
    try:
        if clean(text) != text.strip() or not text.isprintable():
            raise ValueError
        for name, address in getaddresses([text]):
            if not address.isascii() or not all(address.rpartition("@")[::2]) or " " in address:
                raise ValueError
            found.append(Address(name, addr_spec=address))
        if not found:
            raise ValueError
    except (ValueError, IndexError):
        raise Invalid(
            _("Setting {name}: {text} is no address such as anna@example.com.").format(
                name=setting, text=clean(text)
            )
        ) from None
    return tuple(found)

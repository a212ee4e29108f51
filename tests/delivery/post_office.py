"""A real SMTP server on loopback, that takes, refuses, hangs or hangs up as a test wants."""

from __future__ import annotations

import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from kam_tui.settings import Settings


class Box:
    """What the server has taken, and what it is to answer."""

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers = answers
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Any] = []
        self.logins: list[tuple[str, str]] = []

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if answer := self.answers.get(f"RCPT {address}"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.answers.get("DATA", "250 OK")
        if answer == "hang up":
            server.transport.close()
            return "250 OK"
        if answer.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.mails.append(message)
            self.envelopes.append(envelope)
        return answer

    def log_in(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"secret", handled=False)


@contextmanager
def open_office(port: int, answers: dict[str, str] | None = None, **kwargs: Any) -> Iterator[Box]:
    """The server at a port, while it is open."""
    box = Box(answers or {})
    controller = Controller(box, hostname="127.0.0.1", port=port, authenticator=box.log_in, **kwargs)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def silent_office() -> Iterator[int]:
    """The port of a server that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@contextmanager
def office_that_goes(port: int) -> Iterator[None]:
    """A server that says yes to all, and is gone in the middle of the mail."""

    def serve() -> None:
        call, _address = listening.accept()
        with call, call.makefile("rwb", buffering=0) as line:
            line.write(b"220 Welcome\r\n")
            for said in iter(line.readline, b""):
                if said.startswith(b"data"):
                    line.write(b"354 Go on\r\n")
                    line.read(20)
                    return
                line.write(b"250 OK\r\n")

    with socket.create_server(("127.0.0.1", port)) as listening:
        listening.settimeout(10)
        serving = Thread(target=serve)
        serving.start()
        yield
        serving.join()


def free_port() -> int:
    """A port of loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


OURS = "IP:127.0.0.1,DNS:localhost"
"""The names of this computer."""


def certificate(folder: Path, names: str = OURS) -> tuple[ssl.SSLContext, Path]:
    """A certificate, for this computer unless said otherwise, that nobody has signed but itself: the server's
    side, and the file."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-nodes", "-keyout", str(key), "-out", str(cert), "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", f"subjectAltName={names}"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context, cert


def by_mail(port: int, **fields: Any) -> Settings:
    """Settings for mail to a server on loopback."""
    values: dict[str, Any] = {
        "mail_server": f"127.0.0.1:{port}",
        "mail_security": "none",
        "mail_to": "Anna Ääri <anna@example.com>",
    }
    return Settings(**values | fields)

"""Mail over real sockets: what arrives, whom we trust, and every bad day of a mail server."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from boxoffice.notices import mail
from boxoffice.notices.mail import Mail
from boxoffice.notices.protocol import Answer, Outcome, Why
from boxoffice.notices.settings import MailSettings, Security
from boxoffice.rehearsal.gateways.mail_server import MailServer, MailTrouble
from tests.notices.carriers import certificate, mail_settings, notice


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer(user="tickets", password="s3cret-word") as found:
        yield found


def test_what_arrives(server: MailServer) -> None:
    sender = Mail(mail_settings(server))
    assert sender.send(notice()) == Answer(Outcome.SENT)
    (taken,) = server.taken
    assert (taken.sender, taken.recipient) == ("tickets@venue.example", "visitor@example.org")
    message = taken.message
    assert message["From"].addresses[0].display_name == "网球公开赛"
    assert message["To"] == "visitor@example.org"
    assert message["Subject"] == "退款已发出:订单 3A-2K7Q".replace(":", "\uff1a")
    assert message["Message-ID"] == f"<{notice().id}@venue.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "zh-CN"
    assert "1,234.56元" in message.get_content()
    assert message["Date"].datetime.tzinfo is not None


def test_the_same_notice_again_has_the_same_number(server: MailServer) -> None:
    sender = Mail(mail_settings(server))
    server.spoil(MailTrouble.CUT_AFTER)
    assert sender.send(notice()) == Answer(Outcome.UNKNOWN, Why.SILENT)
    assert sender.send(notice()) == Answer(Outcome.SENT)
    first, second = (taken.message["Message-ID"] for taken in server.taken)
    assert first == second
    assert sender.can_ask is False


@pytest.mark.parametrize(
    ("trouble", "answer", "taken"),
    [
        (MailTrouble.NO_SUCH_RECIPIENT, Answer(Outcome.REFUSED, Why.ADDRESS), 0),
        (MailTrouble.GREYLISTED, Answer(Outcome.LATER, Why.ADDRESS), 0),
        (MailTrouble.CUT_BEFORE, Answer(Outcome.UNKNOWN, Why.SILENT), 0),
        (MailTrouble.CUT_AFTER, Answer(Outcome.UNKNOWN, Why.SILENT), 1),
        (MailTrouble.SILENT, Answer(Outcome.UNKNOWN, Why.SILENT), 1),
        (MailTrouble.SIGN_IN, Answer(Outcome.LATER, Why.SIGN_IN), 0),
        (MailTrouble.BUSY, Answer(Outcome.LATER, Why.BUSY), 0),
        (MailTrouble.FULL, Answer(Outcome.REFUSED, Why.CONTENT), 0),
    ],
)
def test_bad_days(
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    trouble: MailTrouble,
    answer: Answer,
    taken: int,
) -> None:
    if trouble is MailTrouble.SILENT:
        monkeypatch.setattr(mail, "ANSWER_WITHIN_S", 0.3)
    server.spoil(trouble)
    assert Mail(mail_settings(server)).send(notice()) == answer
    server.released.set()
    assert len(server.taken) == taken
    if answer.outcome is not Outcome.REFUSED:
        assert Mail(mail_settings(server)).send(notice()).outcome is Outcome.SENT


def test_nobody_there() -> None:
    with MailServer() as server:
        settings = mail_settings(server)
    assert Mail(settings).send(notice()) == Answer(Outcome.LATER, Why.UNREACHABLE)


@pytest.mark.parametrize(
    "address",
    ["", "visitor", "a b@example.org", "v@example.org\r\nRCPT TO:<x@example.org>", "访@例.cn"],
)
def test_what_is_no_address_is_not_tried(server: MailServer, address: str) -> None:
    assert Mail(mail_settings(server)).send(notice(address)) == Answer(Outcome.REFUSED, Why.ADDRESS)
    assert server.taken == []


def test_a_name_begins_no_header(server: MailServer) -> None:
    told = notice(order="3A\r\nBcc: x@example.org\r\n\r\nHello", language="en")
    assert Mail(mail_settings(server)).send(told).outcome is Outcome.SENT
    (taken,) = server.taken
    assert taken.message["Bcc"] is None
    assert "\n" not in taken.message["Subject"]


class TestTls:
    """Whom we trust."""

    def test_over_starttls_with_a_server_of_others(self, tmp_path: Path) -> None:
        """aiosmtpd, which is not ours: sign-in only after TLS."""
        context, proof = certificate(tmp_path)
        got: list[bytes] = []

        class Handler:
            async def handle_DATA(self, server, session, envelope):  # noqa: N802
                got.append(envelope.content)
                return "250 taken"

        def check(server, session, envelope, mechanism, data):
            right = data == LoginPassword(b"tickets", b"s3cret-word")
            return AuthResult(success=right)

        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(
            Handler(),
            hostname="127.0.0.1",
            port=port,
            tls_context=context,
            require_starttls=True,
            authenticator=check,
            auth_required=True,
        )
        controller.start()
        try:
            settings = MailSettings(
                host="localhost",
                port=port,
                sender="tickets@venue.example",
                user="tickets",
                password="s3cret-word",
                ca=str(proof),
            )
            assert Mail(settings).send(notice()) == Answer(Outcome.SENT)
            wrong = MailSettings(
                host="localhost",
                port=port,
                sender="tickets@venue.example",
                user="tickets",
                password="another",
                ca=str(proof),
            )
            assert Mail(wrong).send(notice()) == Answer(Outcome.LATER, Why.SIGN_IN)
        finally:
            controller.stop()
        assert len(got) == 1

    @pytest.mark.parametrize("name", ["localhost", "elsewhere.example"])
    def test_a_certificate_that_proves_nothing(self, tmp_path: Path, name: str) -> None:
        """One nobody vouches for, or of another name: name and password stay with us."""
        context, proof = certificate(tmp_path, name)
        ca = str(proof) if name != "localhost" else ""
        with MailServer(tls=context, user="tickets", password="s3cret-word") as server:
            settings = mail_settings(server, Security.STARTTLS, ca, host="localhost")
            assert Mail(settings).send(notice()) == Answer(Outcome.LATER, Why.NOT_TRUSTED)
            assert server.taken == []

    def test_tls_taken_out_by_somebody_in_between(self, tmp_path: Path) -> None:
        context, proof = certificate(tmp_path)
        with MailServer(tls=context, user="tickets", password="s3cret-word") as server:
            settings = mail_settings(server, Security.STARTTLS, str(proof), host="localhost")
            server.spoil(MailTrouble.NO_TLS)
            assert Mail(settings).send(notice()) == Answer(Outcome.LATER, Why.NOT_TRUSTED)
            assert Mail(settings).send(notice()) == Answer(Outcome.SENT)

    def test_old_tls_is_no_tls(self, tmp_path: Path) -> None:
        _, proof = certificate(tmp_path)
        trust = MailSettings(host="x", sender="x@y.example", ca=str(proof)).trust()
        assert trust.verify_mode is ssl.CERT_REQUIRED
        assert trust.check_hostname
        assert trust.minimum_version >= ssl.TLSVersion.TLSv1_2

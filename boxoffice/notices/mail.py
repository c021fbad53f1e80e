"""Notices by mail: one message per connection, over TLS that proves whom we speak with."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from boxoffice import clock
from boxoffice.notices.addresses import mail_address
from boxoffice.notices.kinds import Kind
from boxoffice.notices.protocol import Answer, Channel, Notice, Outcome, Why
from boxoffice.notices.render import words
from boxoffice.notices.settings import MailSettings, Security

ANSWER_WITHIN_S = 8.0
"""For each step of the conversation; a server that is slower is silent."""
_FOR_GOOD = range(500, 600)
_SIGN_IN = frozenset({454, 530, 534, 535, 538})
"""RFC 4954: our name or password, not the message."""
_RECIPIENT = frozenset({511, 550, 551, 553, 556})


class Mail:
    """Sends by one mail server."""

    channel = Channel.MAIL
    can_ask = False
    """SMTP has no question for it: a doubtful one goes again under the same Message-ID, by which
    servers and programs recognise it."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, notice: Notice) -> Answer:
        """Try once; a notice whose address is none is refused unsent."""
        try:
            address = mail_address(notice.address)
        except ValueError:
            return Answer(Outcome.REFUSED, Why.ADDRESS)
        message = self.message(notice, address).as_bytes()
        try:
            server = self._connect()
        except smtplib.SMTPAuthenticationError:
            return Answer(Outcome.LATER, Why.SIGN_IN)
        except smtplib.SMTPResponseException as error:
            return _said(error.smtp_code, Why.SIGN_IN if error.smtp_code in _SIGN_IN else Why.BUSY)
        except ssl.SSLError:
            return Answer(Outcome.LATER, Why.NOT_TRUSTED)
        except smtplib.SMTPNotSupportedError:
            # No STARTTLS, or no sign-in: it may have been taken out of what the server said.
            return Answer(Outcome.LATER, Why.NOT_TRUSTED)
        except (OSError, smtplib.SMTPException):
            return Answer(Outcome.LATER, Why.UNREACHABLE)
        try:
            return self._hand_over(server, address, message)
        finally:
            server.close()

    def ask(self, notice: Notice) -> Answer:
        """Nobody can be asked."""
        return Answer(Outcome.UNKNOWN)

    def message(self, notice: Notice, address: str) -> EmailMessage:
        """The mail itself, the same however often it is sent."""
        settings = self._settings
        said = words(Kind(notice.kind), notice.facts, notice.language)
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(settings.name, addr_spec=settings.sender)
        message["To"] = Address(addr_spec=address)
        message["Subject"] = said.subject
        message["Date"] = format_datetime(clock.venue(notice.created_at))
        message["Message-ID"] = f"<{notice.id}@{settings.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        # Base64: every server takes it, whatever the language.
        message.set_content(said.body, cte="base64")
        message["Content-Language"] = notice.language.replace("_", "-")
        return message

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        if settings.security is Security.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=ANSWER_WITHIN_S, context=settings.trust()
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=ANSWER_WITHIN_S)
        try:
            if settings.security is Security.STARTTLS:
                server.starttls(context=settings.trust())
            server.ehlo_or_helo_if_needed()
            if settings.user:
                _sign_in(server, settings)
        except BaseException:
            server.close()
            raise
        return server

    def _hand_over(self, server: smtplib.SMTP, address: str, message: bytes) -> Answer:
        try:
            for code, why in (
                (server.mail(self._settings.sender)[0], Why.CONTENT),
                (server.rcpt(address)[0], Why.ADDRESS),
            ):
                if code not in (250, 251):
                    return _said(code, why)
        except (OSError, smtplib.SMTPException):
            return Answer(Outcome.LATER, Why.UNREACHABLE)
        try:
            code, _ = server.data(message)
        except smtplib.SMTPDataError as error:
            return _said(error.smtp_code, Why.CONTENT)
        except (OSError, smtplib.SMTPException):
            # The message was on its way, or all of it there and only the answer lost.
            return Answer(Outcome.UNKNOWN, Why.SILENT)
        if code != 250:
            return _said(code, Why.CONTENT)
        with suppress(OSError, smtplib.SMTPException):  # it is theirs by now
            server.quit()
        return Answer(Outcome.SENT)


def _sign_in(server: smtplib.SMTP, settings: MailSettings) -> None:
    """Raises SMTPAuthenticationError, also where the server hangs up on a wrong password."""
    try:
        server.login(settings.user, settings.password)
    except smtplib.SMTPServerDisconnected:
        raise smtplib.SMTPAuthenticationError(535, "hung up") from None


def _said(code: int, why: Why) -> Answer:
    """What a refusal of a server means for the notice."""
    if code in _SIGN_IN:
        return Answer(Outcome.LATER, Why.SIGN_IN)
    if code in _FOR_GOOD and why is not Why.BUSY:
        return Answer(Outcome.REFUSED, Why.ADDRESS if code in _RECIPIENT else why)
    # Greylisting and a full mailbox are about this one recipient; the others go on.
    return Answer(Outcome.LATER, Why.ADDRESS if why is Why.ADDRESS else Why.BUSY)

"""The channels a home sends notices by, ready to be used."""

from __future__ import annotations

from boxoffice.notices import settings
from boxoffice.notices.mail import Mail
from boxoffice.notices.protocol import Channel, Sender
from boxoffice.notices.text_message import TextMessages
from boxoffice.settings import Home


def open_senders(home: Home) -> dict[Channel, Sender]:
    """Its senders by channel; nobody is called yet. Raises BadSetting and DiskTrouble."""
    found = settings.read(home)
    senders: list[Sender] = []
    if found.mail is not None:
        senders.append(Mail(found.mail))
    if found.text is not None:
        senders.append(TextMessages(found.text))
    return {sender.channel: sender for sender in senders}

"""Where the customer of an order is written to, in which language, and the code to ask by."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.domain.masking import mask_phone
from boxoffice.domain.short_codes import ALPHABET, PICKUP_LENGTH, normalise
from boxoffice.errors import BadContact
from boxoffice.notices.addresses import mail_address, mask_mail, mobile_number
from boxoffice.notices.protocol import Channel
from boxoffice.records.notices import Contact
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store
from boxoffice.services.office import Office
from boxoffice.settings import LANGUAGES


@dataclass(frozen=True, slots=True)
class Reach:
    """How the customer of an order is reached; "" where they are not."""

    language: str
    mail: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    def address(self, channel: Channel) -> str:
        """The address of a channel."""
        return self.mail if channel is Channel.MAIL else self.phone

    def masked(self) -> tuple[str, ...]:
        """Every address as it may be shown."""
        mail = (mask_mail(self.mail),) if self.mail else ()
        return (*mail, *((mask_phone(self.phone),) if self.phone else ()))


def note(
    *,
    office: Office,
    desk: Desk,
    order_id: str,
    language: str,
    mail: str | None = "",
    phone: str | None = "",
) -> None:
    """Note how a customer wants to hear from us; both may be empty. Raises BadContact.

    None leaves what was noted before. An empty phone leaves the one of the order.
    """
    desk.require(Right.SELL)
    if language not in LANGUAGES:
        raise ValueError(language)
    told = (_checked(mail, mail_address), _checked(phone, mobile_number))

    def write(store: Store) -> None:
        found = store.first(
            "SELECT mail_sealed, phone_sealed FROM contact WHERE order_id = ?", (order_id,)
        )
        before = (office.seal.seal(""), office.seal.seal("")) if found is None else found
        sealed = [
            was if one is None else office.seal.seal(one)
            for one, was in zip(told, before, strict=True)
        ]
        row = {
            "order_id": order_id,
            "language": language,
            "mail_sealed": sealed[0],
            "phone_sealed": sealed[1],
            "noted_at": clock.now(),
        }
        store.insert(
            Contact,
            [row],
            conflict="ON CONFLICT (order_id) DO UPDATE SET language = excluded.language, "
            "mail_sealed = excluded.mail_sealed, phone_sealed = excluded.phone_sealed, "
            "noted_at = excluded.noted_at",
        )

    office.write(write, [f"order:{order_id}"])


def _checked(address: str | None, check: Callable[[str], str]) -> str | None:
    """As it is written to; "" for none. Raises BadContact."""
    if address is None or not address.strip():
        return None if address is None else ""
    try:
        return check(address)
    except ValueError:
        raise BadContact(why=check.__name__) from None


def reach(
    store: Store, seal: Seal, order_id: str, language: str, *, noted_only: bool = False
) -> Reach:
    """How the customer of an order is reached; `language` where none was asked for.

    `noted_only`: only where it was asked at this window, for another one writes to the phone of the
    order.
    """
    found = store.first(
        "SELECT c.language, c.mail_sealed, c.phone_sealed, o.phone_sealed FROM orders o "
        "LEFT JOIN contact c ON c.order_id = o.id WHERE o.id = ?",
        (order_id,),
    )
    if found is None:
        return Reach(language)
    noted, of_order = seal.open(found[2] or ""), _mobile(seal.open(found[3] or ""))
    if noted_only and noted == of_order:
        noted = ""
    phone = noted if noted_only else noted or of_order
    return Reach(found[0] or language, seal.open(found[1] or ""), phone)


def _mobile(phone: str) -> str:
    """The phone of an order, where text messages reach it."""
    try:
        return mobile_number(phone)
    except ValueError:
        return ""


def ask_code(seal: Seal, order_id: str) -> str:
    """The code with which whoever has no address asks about an order: kept nowhere, always the
    same, and not to be guessed from the order's number."""
    digits = int(seal.hash(f"ask:{order_id}"), 16)
    letters = []
    for _ in range(PICKUP_LENGTH):
        digits, rest = divmod(digits, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def is_ask_code(seal: Seal, order_id: str, typed: str) -> bool:
    """Whether what was typed is the code of that order."""
    wanted = normalise(ask_code(seal, order_id))
    return secrets.compare_digest(wanted.encode(), normalise(typed).encode())

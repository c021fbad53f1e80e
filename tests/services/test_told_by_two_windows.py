"""Customers whose addresses were noted at two windows hear of a moved session once a channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.notices.protocol import Channel
from boxoffice.services.sales import orders
from boxoffice.services.sharing import following, sync
from boxoffice.services.telling import contacts, moved
from tests.faults.acts import pay, rows, take
from tests.homes import AtWork
from tests.services.test_outbox import Carrier
from tests.windows import two_windows

LATER = "2025-09-27T10:00:00.000000Z"
BUYER, OTHER, MAIL = "13800000000", "13900000000", "visitor@example.org"
Both = tuple[AtWork, AtWork]


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Both]:
    """Two windows that write to visitors by both channels, and have seen their sessions."""
    with two_windows(tmp_path) as found:
        yield tuple(_sending(work) for work in found)  # type: ignore[misc]


def _sending(work: AtWork) -> AtWork:
    senders = {channel: Carrier(channel) for channel in Channel}
    found = AtWork(replace(work.office, senders=senders), work.desk)
    moved.follow(found.office)
    return found


def sold(both: Both, phone: str) -> str:
    """Sold at the first window, whose customer left a phone with it, or none; known at both."""
    one, two = both
    basket = take(one, (2, 1))
    orders.set_buyer(office=one.office, desk=one.desk, basket=basket, name="", phone=phone)
    order = pay(one, basket).order_id
    sync.push(one.office)
    while following.pull_page(two.office).more:
        pass
    return order


def note(work: AtWork, order: str, *, mail: str | None = None, phone: str | None = None) -> None:
    contacts.note(
        office=work.office, desk=work.desk, order_id=order, language="en", mail=mail, phone=phone
    )


def heard(both: Both) -> list[tuple[str, str]]:
    """Channel and address of all that was told at either window, of a session that moved."""
    for work in both:
        work.office.write(
            lambda store: store.run("UPDATE session SET starts_at = ? WHERE code = 'O2'", (LATER,))
        )
        moved.follow(work.office)
    seals = [work.office.seal for work in both]
    told = [rows(work, "SELECT channel, address_sealed FROM notice") for work in both]
    return sorted(
        (str(channel), seal.open(str(sealed)))
        for seal, found in zip(seals, told, strict=True)
        for channel, sealed in found
    )


def test_a_phone_with_the_sale_and_a_mail_at_another_window(both: Both) -> None:
    order = sold(both, BUYER)
    note(both[1], order, mail=MAIL)
    assert clock.to_text(clock.now()) < LATER
    assert heard(both) == [("mail", MAIL), ("text", BUYER)]


def test_a_phone_at_one_and_a_mail_at_the_other(both: Both) -> None:
    order = sold(both, "")
    note(both[0], order, phone=BUYER)
    note(both[1], order, mail=MAIL)
    assert heard(both) == [("mail", MAIL), ("text", BUYER)]


def test_the_phone_of_the_sale_noted_again_elsewhere(both: Both) -> None:
    order = sold(both, BUYER)
    note(both[1], order, phone=BUYER)
    assert heard(both) == [("text", BUYER)]


def test_another_phone_noted_elsewhere_hears_too(both: Both) -> None:
    order = sold(both, BUYER)
    note(both[1], order, phone=OTHER)
    assert heard(both) == [("text", BUYER), ("text", OTHER)]

"""Asking somebody outside for money: intent first, every step stored before the next begins.

The attempt is committed with its number; only then is anyone asked. What the answer says is stored,
and what no answer says is asked about, undone, or left unknown with its seats held: never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from boxoffice import clock
from boxoffice.central.items import Items
from boxoffice.desk import Desk, Right
from boxoffice.domain.ids import new_id
from boxoffice.domain.statuses import AttemptStatus, step
from boxoffice.errors import AttemptLeft, CentralUnreachable
from boxoffice.payments.protocol import Ask
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Chain
from boxoffice.services.office import Office
from boxoffice.services.sales import checkout
from boxoffice.services.sales.attempts import (
    Pause,
    Paying,
    Talk,
    attempt,
    gateway_number,
    gateway_of,
    is_of,
    note_untold,
)
from boxoffice.services.sales.checkout import Share
from boxoffice.services.sales.conversing import Conversation, LaterOn
from boxoffice.services.sharing import custody, sync


def ask(
    *,
    office: Office,
    desk: Desk,
    basket: str,
    tender: str,
    code: str = "",
    amount_fen: int | None = None,
    line_ids: Sequence[str] = (),
    pause: Pause = Talk.pause,
) -> Paying:
    """Take a share of what is due by asking a gateway; waits until it is decided or unknown.

    Steps, each stored: the attempt and the wish for the documents; that it is sent; the charge
    itself; what its answers say; the sale or the deposit. `give_up` ends it from another thread.
    Raises what `checkout.pay` raises, or TenderNotSetUp; then nobody was asked.
    """
    desk.require(Right.SELL, shift=True)
    office.require_trusted()
    gateway = gateway_of(office, tender)
    with checkout.alone(office, basket):
        attempt_id = _begin(office, desk, basket, Share(tender, amount_fen), line_ids)
        talk = Talk()
        office.underway.talks[attempt_id] = talk
        try:
            charge = _send(office, attempt_id, desk, code)
            return Conversation(office, gateway, attempt_id, desk, talk, pause).charge(charge)
        finally:
            office.underway.talks.pop(attempt_id, None)
            office.changes.tell(checkout.sale_topics(basket))


def give_up(*, office: Office, attempt_id: str) -> bool:
    """It is wanted no more, and reversed. False where nobody talks of it."""
    talk = office.underway.talks.get(attempt_id)
    if talk is None:
        return False
    talk.given_up = True
    talk.wake.set()
    return True


def under_way(office: Office) -> int:
    """How many are being asked for money with their customer there."""
    return sum(not talk.behind for talk in tuple(office.underway.talks.values()))


def leave(office: Office) -> None:
    """The window closes: nobody waits for an answer any more.

    What is not decided is parked as unknown where it stands, with its seats held; what waits for
    an answer just now is found so at the next start. Either is asked about then.
    """
    for talk in tuple(office.underway.talks.values()):
        talk.left = True
        talk.wake.set()


def look_again(*, office: Office, attempt_id: str, reverse: bool = False) -> Paying:
    """Ask once more about an attempt that is open and that nobody talks of; after a crash, too.

    One that is wanted no more (`reverse`), or was given up before, is reversed. What it turns out
    to be is written down: money that came becomes the sale it was for, its tickets to be picked up.
    Raises TenderNotSetUp, and AttemptLeft for one that an ended epoch left (rule 17).
    """
    found = office.writing.call(lambda store: attempt(store, attempt_id))
    if not is_of(found.number, office.chain):
        raise AttemptLeft(order=found.order_id)
    gateway = gateway_of(office, found.tender)
    talk = Talk(given_up=reverse, behind=True)
    if found.over or office.underway.talks.setdefault(attempt_id, talk) is not talk:
        return found
    try:
        return Conversation(office, gateway, attempt_id, None, talk, _no_pause).look()
    finally:
        office.underway.talks.pop(attempt_id, None)
        office.changes.tell(checkout.sale_topics(found.order_id))


def unfinished(store: Store, chain: Chain) -> list[str]:
    """Attempts of this epoch that were sent and have no end, oldest first."""
    return [
        str(attempt_id)
        for attempt_id, number in store.all(
            "SELECT id, number FROM attempt WHERE ended_at IS NULL AND sent_at IS NOT NULL "
            "ORDER BY created_at, id"
        )
        if is_of(number, chain)
    ]


def _no_pause(talk: Talk, seconds: float) -> None:
    """Behind the clerk's back nobody waits: the next round asks again."""
    del talk, seconds
    raise LaterOn


def _begin(office: Office, desk: Desk, basket: str, share: Share, line_ids: Sequence[str]) -> str:
    request_id = new_id()
    found: list[checkout.Intent] = []

    def store_intent(store: Store) -> Items:
        found[:] = [checkout.begin(office, store, desk, basket, share, line_ids, request_id)]
        return Items(claims=found[0].due.claims)

    # Off line the claim is provisional; the push tells of a clash, which becomes a case.
    with suppress(CentralUnreachable):
        custody.take(office, order_id=basket, wish=store_intent, request_id=request_id)
    return found[0].attempt_id


def _send(office: Office, attempt_id: str, desk: Desk, code: str) -> Ask:
    """Stored as sent, before it is."""

    def send(store: Store) -> Ask:
        row = store.first(
            "SELECT number, amount_fen, currency, status, order_id FROM attempt WHERE id = ?",
            (attempt_id,),
        )
        assert row is not None
        status = step("attempt", AttemptStatus(row[3]), AttemptStatus.SENT)
        store.run(
            "UPDATE attempt SET status = ?, sent_at = ? WHERE id = ?",
            (status, clock.to_text(clock.now()), attempt_id),
        )
        note_untold(store, attempt_id)
        subject = office.settings.event_zh
        return Ask(gateway_number(office, row[0]), row[1], row[2], subject, desk.window, code)

    charge = office.write(send, ["payments"])
    sync.tell_attempts_behind(office)
    return charge

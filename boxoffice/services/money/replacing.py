"""Money whose way back is dead goes by bank transfer: two people, and an account of the payee.

The account is sealed in the payback; nobody sees it whole but the bank.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from boxoffice import clock
from boxoffice.bank import our_account, transfers
from boxoffice.bank.transfers import Account, Transfer
from boxoffice.desk import Desk, Right
from boxoffice.domain import accounts
from boxoffice.domain.gateway_numbers import to_a_bank
from boxoffice.domain.masking import mask_account, mask_name
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.errors import WrongStatus
from boxoffice.records.personal import Seal
from boxoffice.records.sales import Payback
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.money import books, cases
from boxoffice.services.money.cases import BANK, REFUSED, RETURNED
from boxoffice.services.office import Office
from boxoffice.services.sales.finishing import Signer
from boxoffice.services.sales.order_acts import change_order
from boxoffice.services.sales.undoing import payback_row
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval

TRANSFER = "transfer"
"""The act that a second person approves."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A transfer that waits for the next batch; `fen` minor units."""

    payback_id: str
    number: str
    """What the bank will know it by."""
    fen: int
    payee: str
    account: str
    """Both masked."""


def account_of(name: str, number: str, bank: str = "") -> Account:
    """An account as it was typed; `bank` is its 12 digits (CNAPS) or its BIC, "" for an IBAN."""
    known = "".join(bank.split()).upper()
    digits = known if known.isdigit() else ""
    return Account(name.strip(), transfers.plain(number), "" if digits else known, digits)


def order_transfer(
    *, office: Office, desk: Desk, approval: Approval | None, payback_id: str, to: Account
) -> Ordered:
    """Replace a dead payback by a transfer to an account.

    Steps: whether the bank booked it all the same, asked of central; the new payback, in one unit
    of work; the end of the case the bank's answer opened. Raises NotAllowed, NeedsApproval,
    SamePerson, BadTransfer for an account no bank takes, WrongStatus where the payback is not dead,
    was replaced or left with the bank, BadSetting, and what `change_order` raises.
    """
    if not desk.operator.may(Right.SELL):
        desk.require(Right.SETTLE_CASES)
    office.read(lambda store: approvals.require(store, desk, approval, TRANSFER))
    if office.link.call(lambda store, _: left_with_the_bank(store, payback_id)):
        raise WrongStatus(record="payback", status="booked", wanted=PaybackStatus.DEAD.value)
    order_id, _ = office.read(lambda store: _of(store, payback_id))
    done: list[Ordered] = []

    def act(unit: Unit) -> None:
        second = approvals.require(unit.store, desk, approval, TRANSFER)
        done[:] = [_order(unit, office, desk, second, payback_id, to)]

    topics = [f"order:{order_id}", "orders", "payments", "cases"]
    change_order(office, order_id, act, topics)
    old = to_a_bank(office.venue, office.read(lambda store: _of(store, payback_id))[1])
    keys = [f"{old}:{what}" for what in (REFUSED, RETURNED)]
    at = clock.now()
    books.of_window(office).write(
        lambda store: cases.end_all(store, BANK, keys, done[0].number, at)
    )
    return done[0]


def _of(store: Store, payback_id: str) -> tuple[str, str]:
    row = store.first("SELECT order_id, number FROM payback WHERE id = ?", (payback_id,))
    if row is None:
        raise LookupError(f"no payback {payback_id}")
    return str(row[0]), str(row[1])


def left_with_the_bank(store: Store, payback_id: str) -> bool:
    """At central: whether the bank booked a transfer and did not send it back."""
    row = store.first(
        "SELECT 1 FROM bank_transfer WHERE payback_id = ? AND booked_on IS NOT NULL "
        "AND returned_on IS NULL",
        (payback_id,),
    )
    return row is not None


def _order(
    unit: Unit, office: Office, desk: Desk, second: Approval, payback_id: str, to: Account
) -> Ordered:
    row = unit.store.first(
        "SELECT order_id, payment_id, amount_fen, currency, kind, act_id, status, (SELECT count(*) "
        "FROM payback n WHERE n.replaces = b.id) FROM payback b WHERE id = ?",
        (payback_id,),
    )
    assert row is not None
    order_id, payment_id, fen, currency, kind, act_id, status, replaced = row
    if status != PaybackStatus.DEAD or replaced:
        was = "replaced" if replaced else status
        raise WrongStatus(record="payback", status=was, wanted=PaybackStatus.DEAD.value)
    signer = Signer.at(desk)
    made = payback_row(
        unit, signer, order_id, payment_id, accounts.TRANSFER, fen, currency, kind, act_id, 0,
        second.operator_id, payback_id,
    )  # fmt: skip
    number = to_a_bank(office.venue, made["number"])
    bank = our_account.read(office.home)
    transfers.check_one(Transfer(number, fen, currency, to), bank is not None and bank.latin)
    unit.store.insert(Payback, [{**made, "payee": sealed(office.seal, to)}])
    masked = mask_account(to.number)
    unit.record(
        "order_transfer",
        author=signer.author,
        order_id=order_id,
        facts={
            "number": made["number"],
            "amount_fen": fen,
            "account": masked,
            "approver": second.operator_id,
        },
    )
    return Ordered(made["id"], number, fen, mask_name(to.name), masked)


def sealed(seal: Seal, to: Account) -> str:
    """An account as the records keep it."""
    return seal.seal(json.dumps([to.name, to.number, to.bic, to.bank_number], ensure_ascii=False))


def unsealed(seal: Seal, text: str) -> Account:
    """What `sealed` made. Raises RecordsUnreadable."""
    name, number, bic, bank_number = json.loads(seal.open(text))
    return Account(name, number, bic, bank_number)

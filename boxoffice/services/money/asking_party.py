"""An exception of a bill asked about once more: what the payment company says of it now.

It decides nothing. What was said is kept with the case, for whoever explains it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from boxoffice import clock
from boxoffice.bank.bill import Kind
from boxoffice.desk import Desk, Right
from boxoffice.domain.gateway_numbers import number_of
from boxoffice.domain.statuses import CaseStatus
from boxoffice.errors import NothingFound, WrongStatus
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author
from boxoffice.services.money import books, cases
from boxoffice.services.money.cases import BILL
from boxoffice.services.office import Office
from boxoffice.services.sales import paybacks
from boxoffice.services.sales.attempts import gateway_of
from boxoffice.services.sharing import sync


@dataclass(frozen=True, slots=True)
class Said:
    """What a company said of a charge or a refund; `fen` None where it named no amount."""

    kind: str
    """charge or refund."""
    outcome: str
    """An `Outcome` of a charge, a `RefundOutcome` of a refund."""
    why: str
    fen: int | None


def can_ask(facts: Mapping[str, Any], tenders: Collection[str]) -> bool:
    """Whether somebody can be asked about a case, of those who are set up here."""
    return bool(facts.get("number")) and facts.get("tender") in tenders


def ask(*, office: Office, desk: Desk, case_id: str) -> Said:
    """Ask about an open case, and keep what was said with it.

    Steps: the question, which moves nothing; the answer at the case, at central; a line in this
    window's journal. Raises NotAllowed, TenderNotSetUp, NothingFound where its refund is not of
    this venue, WrongStatus, CentralUnreachable.
    """
    desk.require(Right.SETTLE_CASES)
    facts = office.link.call(lambda store, _: _facts(store, case_id))
    said = _charge(office, facts) if facts["kind"] == Kind.CHARGE else _refund(office, facts)
    stamp = clock.to_text(clock.now())
    kept = {"outcome": said.outcome, "why": said.why, "fen": said.fen, "at": stamp}
    here = books.of_window(office, Author(desk.operator.id, desk.shift_id))
    here.write(lambda store: _keep(store, case_id, {**kept, "by": desk.operator.number}))
    here.note("ask_about_case", {"case": case_id, "number": facts["number"], **kept})
    sync.pull(office)
    return said


def _facts(store: Store, case_id: str) -> dict[str, Any]:
    row = store.first("SELECT facts, kind, status FROM cases WHERE id = ?", (case_id,))
    if row is None or row[1] != BILL or row[2] != CaseStatus.OPEN:
        status = CaseStatus.SETTLED if row is None else row[2]
        raise WrongStatus(record="case", status=status, wanted=CaseStatus.OPEN.value)
    found: dict[str, Any] = json.loads(row[0])
    return found


def _charge(office: Office, facts: Mapping[str, Any]) -> Said:
    answer = gateway_of(office, facts["tender"]).query(facts["number"])
    return Said("charge", answer.outcome.value, answer.why.value, answer.paid_fen)


def _refund(office: Office, facts: Mapping[str, Any]) -> Said:
    gateway = gateway_of(office, facts["tender"])
    ours = number_of(office.venue, facts["number"])
    back = office.link.call(lambda store, _: _payback(office, store, ours))
    answer = gateway.refund_state(back)
    return Said("refund", answer.outcome.value, answer.why.value, answer.refunded_fen)


def _payback(office: Office, store: Store, number: str) -> Any:
    row = store.first("SELECT id FROM payback WHERE number = ?", (number,)) if number else None
    if row is None:
        raise NothingFound(text=number or "–")
    return paybacks.asked_as(office, store, row[0])


def _keep(store: Store, case_id: str, said: Mapping[str, Any]) -> None:
    """Inside a transaction at central."""
    facts = {**_facts(store, case_id), "asked": said}
    store.run(
        "UPDATE cases SET facts = ? WHERE id = ?",
        (json.dumps(facts, ensure_ascii=False), case_id),
    )
    cases.tell(store, True)

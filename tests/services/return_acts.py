"""What the tests of refunds, voids and reprints share: policies, sales and returns in few words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from boxoffice import clock, exchange
from boxoffice.queries import orders
from boxoffice.queries.orders import OrderView
from boxoffice.services.aftersales import refunds, voids
from boxoffice.services.aftersales.refunds import Outlook
from boxoffice.services.aftersales.returns import Back
from boxoffice.services.programme import catalogue
from boxoffice.services.sharing import sync
from boxoffice.services.staff import approvals
from boxoffice.services.staff.approvals import Approval
from tests.faults.acts import name_all, pay, take
from tests.homes import REFUNDS, SESSIONS, AtWork

POLICY_HEAD, SESSION_HEAD = REFUNDS.splitlines()[0], SESSIONS.splitlines()[0]


OPEN = (
    "open,2025-08-01,168,,yes,20,,ticket,no,七日前20%,20 % until 7 days before",
    "open,2025-08-01,72,,yes,50,,ticket,no,三日前50%,50 % until 3 days before",
    "open,2025-08-01,24,,yes,80,,ticket,no,一日前80%,80 % until 1 day before",
    "open,2025-08-01,0,,yes,none,,ticket,no,一日内不退,none within the last day",
)
FINALS = (
    "finals,2025-08-01,,2025-09-20T12:00:00+08:00,no,20.6,,order,yes,整单20.6%,whole order 20.6 %",
    "finals,2025-08-01,,2025-09-28T23:59:59+08:00,yes,50,,order,yes,整单50%,whole order 50 %",
    "finals,2025-08-01,0,,yes,none,,order,yes,其后不退,none afterwards",
)
"""The policies of the tournament, as its file has them."""


def at(text: str) -> datetime:
    """A moment at the venue."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.VENUE_ZONE)


def be(text: str) -> None:
    """Let it be that moment at the venue."""
    moment = at(text)
    clock.use(lambda: moment)


def take_in(work: AtWork, folder: Path, name: str, text: str) -> None:
    """Import a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (report,) = catalogue.import_files(office=work.office, files=[exchange.read(path)])
    assert not report.refused, report


def policy(work: AtWork, folder: Path, *steps: str, extra: str = "") -> None:
    """Steps of policies as lines of a file; `extra` names further columns."""
    name = f"policy-{abs(hash(steps))}.csv"
    take_in(work, folder, name, "\n".join([POLICY_HEAD + extra, *steps]) + "\n")


def session(work: AtWork, folder: Path, code: str, starts: str, rules: str) -> None:
    """A session on Oak court under a policy, its gates open two hours before; no documents."""
    begins = at(starts)
    gates = f"{begins.date()}T{begins.hour - 2:02d}:00+08:00"
    line = f"{code},{begins.date()},Oak,day,场次,Session,{gates},{starts}+08:00,oak,,no,{rules}"
    take_in(work, folder, f"session-{code}.csv", f"{SESSION_HEAD}\n{line}\n")


def sell_at(work: AtWork, code: str, *places: tuple[int, int]) -> str:
    """Seats sold for cash; answers the order."""
    basket = take(work, *places, at=code)
    name_all(work, basket, first=sum(100 * a + b for a, b in places) + 1000 * len(code))
    pay(work, basket)
    return basket


def view(work: AtWork, order: str) -> OrderView:
    return work.office.read(lambda store: orders.order(store, work.office.seal, order))


def lines(work: AtWork, order: str) -> list[str]:
    return [line.id for line in view(work, order).lines]


def by_number(work: AtWork, number: str) -> str:
    found = work.office.read(
        lambda store: store.first("SELECT id FROM orders WHERE number = ?", (number,))
    )
    assert found is not None
    return str(found[0])


def quote(work: AtWork, order: str, wanted: Sequence[str] = ()) -> Outlook:
    return refunds.quote(
        office=work.office,
        desk=work.desk,
        order_id=order,
        line_ids=wanted or lines(work, order),
    )


def supervisor(work: AtWork, act: str) -> Approval:
    return approvals.approve(office=work.office, desk=work.desk, number="3001", pin="3001", act=act)


def refund(
    work: AtWork,
    order: str,
    wanted: Sequence[str] = (),
    *,
    approval: Approval | None = None,
    papers: bool = True,
) -> Back:
    """As it is done at the window: quoted, then refunded."""
    seen = quote(work, order, wanted)
    return refunds.refund(
        office=work.office,
        desk=work.desk,
        order_id=order,
        line_ids=wanted or lines(work, order),
        quoted_fen=seen.quote.amount_fen,
        papers_back=papers,
        approval=approval,
    )


def void(
    work: AtWork,
    order: str,
    wanted: Sequence[str] = (),
    *,
    approval: Approval | None = None,
    papers: bool = True,
    reason: str = "选错场次",
) -> Back:
    return voids.void(
        office=work.office,
        desk=work.desk,
        order_id=order,
        line_ids=wanted,
        papers_back=papers,
        reason=reason,
        approval=approval,
    )


def drawer(work: AtWork) -> int:
    """What the postings of the shift leave in the drawer."""
    return account(work, "cash:drawer")


def account(work: AtWork, name: str) -> int:
    found = work.office.read(
        lambda store: store.first(
            "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?", (name,)
        )
    )
    return int(found[0]) if found else 0


def unsent(work: AtWork) -> int:
    return work.office.read(lambda store: sync.unsent(store, 1, 1))


def policies(work: AtWork, folder: Path) -> AtWork:
    """With the two policies of the tournament, a session on 1 October under one, the final."""
    policy(work, folder, *OPEN, *FINALS)
    session(work, folder, "X1", "2025-10-01T12:30", "open")
    session(work, folder, "F1", "2025-10-05T12:30", "finals")
    be("2025-09-10T10:00")
    return work

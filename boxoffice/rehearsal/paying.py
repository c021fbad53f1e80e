"""How customers of a rehearsal pay: in cash, by code, by card, in parts; and what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from boxoffice import clock
from boxoffice.central.undecided import LEFT
from boxoffice.domain.accounts import ALIPAY, CARD, CASH, WECHAT
from boxoffice.queries import cases
from boxoffice.rehearsal import venue_clock
from boxoffice.rehearsal.counter import SECOND, SUPERVISOR, Counter
from boxoffice.rehearsal.venue_clock import Board
from boxoffice.services.follower import Rounds
from boxoffice.services.office import Office
from boxoffice.services.sales import asking, checkout, paybacks, undoing
from boxoffice.services.sales.attempts import Paying, Talk
from boxoffice.services.sales.finishing import Sale
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators, shifts
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.supervising import left_attempts

TENDERS = ((CASH, 12), (WECHAT, 4), (ALIPAY, 4), (CARD, 3))
"""Of so many customers each pays with it."""
IN_PARTS = 0.15
"""So many pay a part in cash first."""
GIVES_UP = 0.6
"""So many do not wait until the company has answered."""
CODES = {WECHAT: ("13", 18), ALIPAY: ("28", 18)}
"""How payment codes begin, and how long they are (DOMAIN.md, "Speed that matters")."""
ROUND_S = 61
"""Venue seconds from one look at what is undecided to the next, when all is over."""
MOST_ROUNDS = 60
"""By then any number that nobody knows is given up."""


def due(counter: Counter, order: str) -> int:
    """What its lines cost that are not paid in full (fen)."""
    found = counter.rows(
        "SELECT coalesce(sum(price_fen), 0) FROM order_line WHERE order_id = ? "
        "AND status IN ('open', 'reserved')",
        order,
    )
    return int(found[0][0])


def take(counter: Counter, order: str, some: Sequence[str] = ()) -> Sale | None:
    """The money for a basket or a reservation, for `some` of its lines where not for all.

    None where nothing was sold: it was refused, or is not known yet.
    """
    random = counter.random
    ((tender,),) = [random.choices([t for t, _ in TENDERS], [weight for _, weight in TENDERS])]
    whole = due(counter, order)
    if not some and whole > 1 and random.random() < IN_PARTS:
        _in_cash(counter, "deposit", order, (), random.randint(1, whole - 1))
    if tender != CASH:
        paying = _ask(counter, order, tender, some)
        if paying is not None and paying.sale is not None:
            return paying.sale if paying.sale.finished else None
        if paying is None or not paying.over or random.random() < 0.5:
            return None
    return _in_cash(counter, "sale", order, some, None)


def _in_cash(
    counter: Counter, act: str, order: str, some: Sequence[str], amount: int | None
) -> Sale | None:
    return counter.attempt(
        act,
        lambda: checkout.pay_cash(
            office=counter.office,
            desk=counter.desk,
            basket=order,
            tendered_fen=due(counter, order) + counter.random.choice((0, 5_000)),
            line_ids=some,
            amount_fen=amount,
        ),
        lambda sale: sold(counter, sale),
    )


def _ask(counter: Counter, order: str, tender: str, some: Sequence[str]) -> Paying | None:
    """By code or card; now and then the customer does not wait for the end of it."""
    code = ""
    if tender in CODES:
        start, length = CODES[tender]
        code = start + f"{counter.random.randrange(10**16):0{length - len(start)}}"
    return counter.attempt(
        f"pay_{tender}",
        lambda: asking.ask(
            office=counter.office,
            desk=counter.desk,
            basket=order,
            tender=tender,
            code=code,
            line_ids=some,
            pause=_patience(counter, tender),
        ),
        lambda paying: {"status": paying.status, **sold(counter, paying.sale)},
    )


def _patience(counter: Counter, tender: str) -> Callable[[Talk, float], None]:
    """Waits in venue time, which runs faster than ours; a terminal would wait two minutes."""
    gives_up = counter.random.random() < GIVES_UP or tender == CARD

    def pause(talk: Talk, seconds: float) -> None:
        talk.pause(seconds / venue_clock.PACE)
        talk.given_up = talk.given_up or gives_up

    return pause


def sold(counter: Counter, sale: Sale | None) -> dict[str, Any]:
    """What is noted of a sale: the money, and the tickets that went over the counter."""
    if sale is None or not sale.finished:
        return {"order": "" if sale is None else sale.order_id, "fen": 0, "tickets": []}
    # By its print jobs: of several payments no id says which is the last once a clock jumped.
    marks = ", ".join("?" * len(sale.print_jobs))
    given = counter.rows(
        "SELECT t.id FROM ticket t JOIN print_job p ON p.subject_id = t.id "
        f"WHERE p.id IN ({marks})",
        *sale.print_jobs,
    )
    return {
        "order": sale.order_id,
        "number": sale.number,
        "fen": sale.total_fen,
        "tickets": [row[0] for row in given],
    }


def clear_up(counter: Counter) -> None:
    """What a window sees to between two customers: money undecided, orders left part paid."""
    if counter.office.acts is None:
        # No follower works behind a window without threads.
        counter.done("follow", lambda: counter.rounds.go(venue_seconds()))
    left = counter.some("SELECT id FROM orders WHERE status = 'part_paid' ORDER BY id")
    if left is not None:
        order = str(left[0])
        counter.attempt(
            "undo",
            lambda: undoing.undo(office=counter.office, desk=counter.desk, order_id=order),
            lambda _: {"order": order},
        )


def settle(office: Office, board: Board) -> None:
    """With nothing wrong any more: ask until nothing is undecided, while venue time passes."""
    rounds = Rounds(office)
    for _ in range(MOST_ROUNDS):
        if not undecided(office):
            return
        rounds.go(board.now().timestamp())
        board.set_time(board.now() + timedelta(seconds=ROUND_S))


def settle_left(office: Office, board: Board) -> None:
    """Two people settle the payments that ended epochs of this window left open."""
    sync.pull(office)
    person = operators.operator_by_number(office=office, number=SECOND.number)
    boss = operators.operator_by_number(office=office, number=SUPERVISOR.number)
    desk = shifts.desk_for(office=office, operator=person)
    approval = Approval(boss.id, boss.number, boss.name, left_attempts.SETTLE)

    def wait(seconds: float) -> None:
        board.set_time(board.now() + timedelta(seconds=seconds))

    for _ in range(MOST_ROUNDS):
        left = _left(office)
        if not left:
            break
        for order in left:
            left_attempts.settle(
                office=office, desk=desk, approval=approval, order_id=order, wait=wait
            )
        wait(ROUND_S)
    left_attempts.follow(office)


def _left(office: Office) -> list[str]:
    """Orders of which an epoch of this window left a payment open: its terminal knows of it."""
    return [
        case.key
        for case in office.read(cases.open_cases)
        if case.kind == LEFT and case.facts["window"] == office.chain.window
    ]


def undecided(office: Office) -> list[str]:
    """Attempts and paybacks of this window that have no end."""
    chain = office.chain
    return office.writing.call(
        lambda store: [
            *asking.unfinished(store, chain),
            *paybacks.waiting(store, chain.window, chain.epoch),
        ]
    )


def venue_seconds() -> float:
    """The venue clock as a number that grows."""
    return clock.now().timestamp()

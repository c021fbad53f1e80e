"""Reservations killed at every step of what is done with them: the next start has it whole or not.

Every seventeenth step here; all of them with BOXOFFICE_EVERY_STEP=1.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.errors import SeatTaken
from boxoffice.services.printing import tickets
from tests.faults import reserved_acts as acts
from tests.faults.acts import rows, take, there
from tests.faults.test_kills import all_of
from tests.homes import NOON, AtWork, at_work, small_home
from tests.services.reserving import PRICE, pools, statuses

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

EVERY = 1 if os.environ.get("BOXOFFICE_EVERY_STEP") else 17
DEADLINE = clock.to_text(NOON + timedelta(minutes=acts.WAIT))
FREE = 38
"""Places of the session while nobody has any."""


def held_back(tmp_path: Path, *, seats_open: bool = False) -> Path:
    """A home with two seats reserved, which central has."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        acts.reserve(work, seats_open=seats_open)
    return home.path


def slips(work: AtWork) -> list[str]:
    return [str(row[0]) for row in rows(work, "SELECT status FROM print_job WHERE kind = 'slip'")]


def drawer(work: AtWork) -> int:
    sql = "SELECT sum(amount_fen) FROM posting WHERE account = 'cash:drawer'"
    return int(rows(work, sql)[0][0])


def reserve_is_whole(work: AtWork) -> None:
    """A basket or nothing, which can be reserved; or the reservation with its slip."""
    if not rows(work, "SELECT id FROM orders WHERE status = 'reserved'"):
        assert slips(work) == []
        acts.reserve(work)
    assert statuses(work, acts.made(work)) == ("reserved", ["reserved", "reserved"])
    (slip,) = slips(work)
    out = len(list(work.office.home.prints.glob("reservation*.pdf")))
    assert slip in ("queued", "printed", "doubtful")
    assert out in {"queued": (0,), "printed": (1,), "doubtful": (0, 1)}[slip]
    with pytest.raises(SeatTaken):
        take(work, acts.SEATS[0])
    acts.pay_later(work)
    assert pools(work) == {"free": FREE - 2, "sold": 2}
    assert drawer(work) == 50_000 + 2 * PRICE


def pay_is_whole(work: AtWork) -> None:
    """Not paid, with or without the names, and still to be paid; or sold, whole."""
    if statuses(work, acts.made(work))[0] == "reserved":
        assert drawer(work) == 50_000
        assert rows(work, "SELECT id FROM ticket WHERE order_id = ?", acts.made(work)) == []
        assert pools(work) == {"free": FREE - 2, "reserved": 2}
        acts.pay_later(work)
    assert statuses(work, acts.made(work)) == ("paid", ["sold", "sold"])
    assert drawer(work) == 50_000 + 2 * PRICE
    assert pools(work) == {"free": FREE - 2, "sold": 2}
    given = rows(work, "SELECT count(*) FROM hand_over WHERE order_id = ?", acts.made(work))
    assert given == [(2,)]
    queued = rows(work, "SELECT id FROM print_job WHERE status = 'queued'")
    tickets.print_jobs(office=work.office, desk=work.desk, job_ids=[str(row[0]) for row in queued])


def some_is_whole(work: AtWork) -> None:
    """One of the two is sold, or none, and then it can be."""
    if drawer(work) == 50_000:
        assert statuses(work, acts.made(work)) == ("reserved", ["reserved", "reserved"])
        acts.pay_some(work)
    assert statuses(work, acts.made(work)) == ("reserved", ["sold", "reserved"])
    assert drawer(work) == 50_000 + PRICE
    assert pools(work) == {"free": FREE - 2, "sold": 1, "reserved": 1}
    acts.expire(work)
    assert statuses(work, acts.made(work)) == ("paid", ["sold", "released"])
    assert pools(work) == {"free": FREE - 1, "sold": 1}


def extend_is_whole(work: AtWork) -> None:
    """It waits as long as before, or longer, and its entry says so."""
    ((deadline,),) = rows(work, "SELECT deadline FROM orders WHERE id = ?", acts.made(work))
    told = rows(work, "SELECT number FROM journal WHERE act = 'extend'")
    assert len(told) == (deadline != DEADLINE)
    if deadline == DEADLINE:
        acts.extend(work)
    acts.expire(work)
    assert statuses(work, acts.made(work))[0] == "reserved", "its new time is not over"
    acts.pay_later(work)


def release_is_whole(work: AtWork, act: Callable[[AtWork], None] = acts.let_go) -> None:
    """Both seats wait to be paid for, or both are free."""
    if statuses(work, acts.made(work))[0] == "reserved":
        assert pools(work) == {"free": FREE - 2, "reserved": 2}
        act(work)
    assert statuses(work, acts.made(work)) == ("released", ["released", "released"])
    assert pools(work) == {"free": FREE}
    assert (
        there(work, "SELECT order_id FROM custody_seat WHERE order_id = ?", acts.made(work)) == []
    )
    take(work, *acts.SEATS)


def expiry_is_whole(work: AtWork) -> None:
    """As if it had been let go; who comes to pay hears that it is over."""
    release_is_whole(work, acts.expire)


def swap_is_whole(work: AtWork) -> None:
    """It has both old seats or both new ones; the others are free."""
    new = [work.seat(*place) for place in acts.OTHERS]
    sql = "SELECT seat_id FROM order_line WHERE order_id = ? ORDER BY position"
    seats = [row[0] for row in rows(work, sql, acts.made(work))]
    if seats != new:
        assert seats == [work.seat(*place) for place in acts.SEATS]
        acts.swap(work)
    take(work, *acts.SEATS)
    with pytest.raises(SeatTaken):
        take(work, acts.OTHERS[0])
    assert pools(work) == {"free": FREE - 4, "reserved": 2, "window": 2}
    acts.pay_later(work)


def test_a_reservation_killed_while_it_is_made(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    with at_work(home):
        pass
    found = all_of(acts.RESERVE, home.path, tmp_path / "killed", reserve_is_whole, EVERY)
    assert found == {}


@pytest.mark.parametrize(
    ("act", "check"),
    [
        (acts.PAY_LATER, pay_is_whole),
        (acts.PAY_SOME, some_is_whole),
        (acts.EXTEND, extend_is_whole),
        (acts.LET_GO, release_is_whole),
        (acts.EXPIRE, expiry_is_whole),
    ],
    ids=lambda found: found if isinstance(found, str) else "",
)
def test_a_reservation_killed_later(
    tmp_path: Path, act: str, check: Callable[[AtWork], None]
) -> None:
    assert all_of(act, held_back(tmp_path), tmp_path / "killed", check, EVERY) == {}


def test_a_swap_killed_at_every_step(tmp_path: Path) -> None:
    pattern = held_back(tmp_path, seats_open=True)
    assert all_of(acts.SWAP, pattern, tmp_path / "killed", swap_is_whole, EVERY) == {}

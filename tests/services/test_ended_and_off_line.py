"""A window whose epoch has ended, started where nobody tells it: it holds nothing (rule 17)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice import settings
from boxoffice.central import fencing, freeing
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import BasketEmpty, CentralUnreachable, EpochRuns, Fenced
from boxoffice.services.sales import checkout
from boxoffice.services.sharing import allotments, epochs
from boxoffice.services.supervising import supervision
from boxoffice.settings import Home
from boxoffice.verify.proof import prove
from boxoffice.verify.sides import Side, Sides, WindowSide
from tests import servers
from tests.faults.acts import DEAF, Crash, faulty, pay, reading, rows, sell, take
from tests.homes import at_work
from tests.services.allotted import ahead, seats_of, wish
from tests.windows import window_home

BY = {"operator": "9001", "reason": "lost"}


def cut_off(home: Home) -> None:
    """Nobody answers at central's address any more."""
    wanted = settings.load(home)
    settings.save(home, replace(wanted, central="postgresql://127.0.0.1:1/nothing"))


@pytest.mark.parametrize("received", [False, True], ids=["heard", "received"])
def test_what_was_freed_is_not_sold_by_the_window_that_had_it(
    tmp_path: Path, received: bool
) -> None:
    """It told all, so nobody has to approve that what it held is freed."""
    database = servers.fresh_database()
    home, other = (window_home(tmp_path / str(n), database, n) for n in (1, 2))
    with at_work(home) as one:
        wish(one, seats_of(1), database)
        allotments.keep(one.office)
        seats = ahead(one)
        with closing(servers.as_owner(database)) as central:
            fencing.fence(central, 1, **BY)
        if not received:
            assert epochs.hear_end(one.office, Fenced(window=1))
    with closing(servers.as_owner(database)) as central:
        if received:
            assert supervision.receive(central, home)[3]
        assert freeing.free(central, 1, 1, **BY).seats == len(seats) == 2
        with closing(reading(home, "window")) as store:
            sides = Sides(Side("central", central), (WindowSide("window", store),))
            assert prove(sides).broken == ()
    with at_work(other) as two:
        sell(two, *seats)
    cut_off(home)
    with at_work(home) as one:
        assert ahead(one) == []
        with pytest.raises(CentralUnreachable):
            take(one, *seats)


def test_a_disk_is_received_of_ended_epochs_only(tmp_path: Path) -> None:
    """A running one keeps what it holds, whatever somebody tries."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as one:
        take(one, (1, 5))
    with closing(servers.as_owner(database)) as central, pytest.raises(EpochRuns):
        supervision.receive(central, home)
    with at_work(home) as one:
        assert len(rows(one, "SELECT 1 FROM held_seat")) == 1


def test_a_basket_that_was_being_paid_does_not_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed over the cash, fenced, begun anew: its seat is not this window's any more."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)

    def killed(*_: object) -> None:
        raise Crash

    with at_work(home) as one:
        basket = take(one, (1, 5))
        with monkeypatch.context() as patch:
            patch.setattr(checkout, "_finish", killed)
            with pytest.raises(Crash):
                pay(one, basket)
    with closing(servers.as_owner(database)) as central:
        fencing.fence(central, 1, **BY)
        assert supervision.receive(central, home)[3]
        fencing.new_epoch(central, CertifiedKey(1, 2, b"", b""))
    cut_off(home)
    with at_work(home) as one:
        with pytest.raises(BasketEmpty):
            pay(one, basket)
        assert rows(one, "SELECT status FROM attempt") == [("cancelled",)]


def test_a_sale_begun_before_the_end_was_heard_is_not_written_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Central has all of the epoch: what came later it would never hear of."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as one:
        basket = take(one, (1, 5))
        off = faulty(one, *[DEAF] * 9)
        find = checkout.begin

        def heard_meanwhile(*given: object) -> object:
            found = find(*given)  # type: ignore[arg-type]
            one.office.underway.stopped = Fenced(window=1)
            return found

        monkeypatch.setattr(checkout, "begin", heard_meanwhile)
        with pytest.raises(Fenced):
            pay(off, basket)
        assert rows(one, "SELECT status FROM orders WHERE id = ?", basket) == [("open",)]

"""A window that is fenced while it is on line, idle or in the middle of something (rules 5, 17)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from boxoffice.central import fencing, taking
from boxoffice.central.items import Items
from boxoffice.errors import Fenced
from boxoffice.services.keeper import Keeper
from boxoffice.services.sales import holds
from boxoffice.services.sharing import custody, wishes
from boxoffice.verify.proof import prove
from boxoffice.verify.sides import Side, Sides, WindowSide
from tests import servers
from tests.faults.acts import pay, reading, rows, take
from tests.homes import at_work
from tests.lines import until
from tests.windows import window_home


def test_idle_it_hears_of_it_and_sells_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wishes, "TELL_SECONDS", 0.2)
    database = servers.fresh_database()
    with at_work(window_home(tmp_path / "1", database, 1), threaded=True) as work:
        basket = take(work, (1, 5))
        keeper = Keeper(work.office)
        keeper.start()
        try:
            until(work, lambda: work.office.link.greeted)
            with closing(servers.as_owner(database)) as central:
                fencing.fence(central, 1, operator="9001", reason="replaced")
                until(work, lambda: work.office.underway.stopped is not None)
                with pytest.raises(Fenced):
                    pay(work, basket)
                until(work, lambda: fencing.epoch_row(central, 1, 1)[1] is not None)
        finally:
            keeper.close()


def test_a_grant_that_arrives_after_the_end_was_heard_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All it holds was told by then: nobody would know that it holds this too."""
    database = servers.fresh_database()
    with at_work(window_home(tmp_path / "1", database, 1)) as work:
        seats = Items(seats=((work.session("O2"), work.seat(1, 5)),))
        grant = taking.take

        def heard_meanwhile(*given: object) -> object:
            rows = grant(*given)  # type: ignore[arg-type]
            work.office.underway.stopped = Fenced(window=1)
            return rows

        monkeypatch.setattr(taking, "take", heard_meanwhile)
        with pytest.raises(Fenced):
            custody.take(work.office, order_id=None, wish=lambda _: seats)
        assert rows(work, "SELECT * FROM allotted_seat") == []


def test_what_it_holds_still_is_no_quarrel_with_central(tmp_path: Path) -> None:
    """Before it has heard of its end, and after: what stays off sale only central can tell."""
    database = servers.fresh_database()
    home = window_home(tmp_path / "1", database, 1)
    with at_work(home) as work:
        take(work, (1, 5))
        holds.take_places(
            office=work.office, desk=work.desk, session_id=work.session("G1"), count=2, basket=None
        )
    with closing(servers.as_owner(database)) as central, closing(reading(home, "window")) as store:
        sides = Sides(Side("central", central), (WindowSide("window", store),))
        assert prove(sides).broken == ()
        fencing.fence(central, 1, operator="9001", reason="lost")
        sides = Sides(Side("central", central), (WindowSide("window", store),))
        assert prove(sides).broken == ()

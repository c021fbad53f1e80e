"""Money on its way back that two look after at once: it moves, and is posted, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from boxoffice.payments.protocol import Back, BackAnswer
from boxoffice.services.aftersales import voids
from boxoffice.services.sales import paybacks
from boxoffice.services.sharing import sync
from tests.faults.acts import rows, take
from tests.gateways import Party, hours
from tests.homes import AtWork
from tests.services.left_money import Venue
from tests.services.test_left_paybacks import free, one, take_on

LATEST = "SELECT id, status, window_id, epoch FROM payback ORDER BY epoch DESC LIMIT 1"


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    with hours() as time:
        yield Venue(tmp_path, time)


def voided(work: AtWork, order: str, line: object) -> None:
    voids.void(
        office=work.office,
        desk=work.desk,
        order_id=order,
        line_ids=[str(line)],
        papers_back=True,
        reason="wrong",
    )
    sync.push(work.office)


def sold(venue: Venue, work: AtWork, *places: tuple[int, int]) -> tuple[str, list[object]]:
    order = take(work, *places)
    assert venue.ask(work, order).sale is not None
    lines = rows(work, "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", order)
    return order, [line for (line,) in lines]


class Meanwhile(Party):
    """Somebody else follows the same payback while the company thinks about the first question."""

    then: Callable[[], object] | None = None

    def refund(self, back: Back) -> BackAnswer:
        then, self.then = self.then, None
        if then is not None:
            then()
        return super().refund(back)


def test_whoever_took_an_order_on_leaves_what_is_begun_later_to_its_window(venue: Venue) -> None:
    with venue.at_work() as work:
        order, (first, second) = sold(venue, work, (1, 5), (1, 6))
        voided(work, order, first)
    venue.renewed()
    free(venue)
    with venue.at_two() as two:
        sync.pull(two.office)
        (done,) = take_on(venue, two, order)
        assert done.status == "arrived"
    with venue.at_work() as work:
        sync.pull(work.office)
        voided(work, order, second)
    with venue.at_two() as two:
        sync.pull(two.office)
        ((_, status, window, epoch),) = rows(two, LATEST)
        assert (status, window, epoch) == ("created", 1, 2)
        chain = two.office.chain
        waits = two.office.read(lambda store: paybacks.waiting(store, chain.window, chain.epoch))
        assert waits == []


@pytest.mark.parametrize("later", ["", "lost"])
def test_one_that_ended_meanwhile_is_not_ended_again(venue: Venue, later: str) -> None:
    """`later` is what the second hears, who asked first."""
    party = Meanwhile()
    venue.party = party
    with venue.at_work() as work:
        order, (line,) = sold(venue, work, (1, 5))
        voided(work, order, line)
        party.days = ["", later] if later else []
        party.then = lambda: one(work)
        one(work)
        _paid_once(work, "arrived")
    assert venue.broken() == ()


def test_one_given_up_meanwhile_goes_out_under_one_new_number(venue: Venue) -> None:
    party = Meanwhile()
    venue.party = party
    with venue.at_work() as work:
        order, (line,) = sold(venue, work, (1, 5))
        voided(work, order, line)
        party.days = ["closed", "lost"]
        party.then = lambda: one(work)
        one(work)
        assert sorted(rows(work, "SELECT status FROM payback")) == [("closed",), ("created",)]
    assert venue.broken() == ()


def test_one_that_was_sent_and_arrived_meanwhile_is_not_sent_anew(
    venue: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two begin at once: the first is through before the second says that it is sent."""
    with venue.at_work() as work:
        order, (line,) = sold(venue, work, (1, 5))
        voided(work, order, line)
        first = paybacks._store_sent

        def late(office: object, row: dict[str, object]) -> None:
            monkeypatch.setattr(paybacks, "_store_sent", first)
            one(work)
            first(office, row)  # type: ignore[arg-type]

        monkeypatch.setattr(paybacks, "_store_sent", late)
        one(work)
        _paid_once(work, "arrived")
    assert venue.broken() == ()


def _paid_once(work: AtWork, status: str) -> None:
    assert rows(work, "SELECT status FROM payback") == [(status,)]
    owed = "SELECT sum(amount_fen) FROM posting WHERE account = 'owed:refunds'"
    assert rows(work, owed) == [(0,)]

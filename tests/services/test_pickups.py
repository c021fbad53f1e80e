"""Handing over what was sold before: each ticket once, ever."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from boxoffice.central.enrolling import enrol
from boxoffice.domain.signing import CertifiedKey
from boxoffice.errors import CentralUnreachable, HandedOver, HeldElsewhere, WrongStatus
from boxoffice.services.printing import tickets
from boxoffice.services.sharing import sync
from boxoffice.settings import Home, HomeKind, Settings, save
from tests.faults.acts import (
    DEAF,
    broken,
    central_away,
    faulty,
    hand_over,
    proof,
    rows,
    sell,
    there,
    tickets_of,
    writing,
)
from tests.homes import AtWork, at_work, small_home


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[AtWork, AtWork]]:
    """Two windows at one central."""
    first = small_home(tmp_path)
    second = Home(Path(shutil.copytree(first.path, tmp_path / "second")))
    second.central_file.unlink()
    second.central_file.symlink_to(first.central_file)
    save(second, Settings(kind=HomeKind.TRAINING, window=2))
    with writing(first, "central") as store:
        enrol(store, 2, "2", CertifiedKey(2, 1, b"", b""))
    with at_work(first) as one, at_work(second) as other:
        yield one, other


def test_all_tickets_of_an_order(work: AtWork) -> None:
    order, ids = tickets_of(work, "TT0001")
    picked = hand_over(work, order, ids)
    assert (picked.tickets, len(picked.print_jobs)) == (2, 2)
    assert rows(work, "SELECT act FROM journal WHERE order_id = ?", order) == [("hand_over",)]
    assert rows(work, "SELECT * FROM held_order") == []
    assert broken(work) == ()


def test_some_now_and_the_rest_later(work: AtWork) -> None:
    order, (first, second) = tickets_of(work, "TT0001")
    hand_over(work, order, [first])
    with pytest.raises(HandedOver):
        hand_over(work, order, [first, second])
    assert rows(work, "SELECT ticket_id FROM hand_over") == [(first,)], "all or none"
    hand_over(work, order, [second])
    assert broken(work) == ()


def test_never_twice_and_it_says_when_and_where(work: AtWork) -> None:
    order, ids = tickets_of(work, "TT0001")
    hand_over(work, order, ids)
    with pytest.raises(HandedOver) as refused:
        hand_over(work, order, ids)
    assert refused.value.fields["window"] == 1
    assert there(work, "SELECT holder FROM custody_order WHERE order_id = ?", order) == [(None,)]
    assert rows(work, "SELECT count(*) FROM hand_over") == [(2,)]
    assert broken(work) == ()


def test_what_was_sold_here_was_handed_over_with_the_sale(work: AtWork) -> None:
    sale = sell(work, (1, 5))
    ids = [r[0] for r in rows(work, "SELECT id FROM ticket WHERE order_id = ?", sale.order_id)]
    with pytest.raises(HandedOver):
        hand_over(work, sale.order_id, ids)


@pytest.mark.parametrize("wrong", ["another order's", "void", "unknown"])
def test_a_ticket_that_is_not_there_leaves_the_order_with_central(work: AtWork, wrong: str) -> None:
    order, (first, second) = tickets_of(work, "TT0001")
    ticket = {"another order's": tickets_of(work, "TT0002")[1][0], "unknown": "x"}.get(wrong, first)
    if wrong == "void":
        with writing(work.office.home, "central") as store:
            store.run("UPDATE ticket SET status = 'void', live = 0 WHERE id = ?", (first,))
    with pytest.raises(WrongStatus if wrong == "void" else LookupError):
        hand_over(work, order, [second, ticket])
    sync.push(work.office)
    assert rows(work, "SELECT * FROM hand_over") == []
    assert rows(work, "SELECT * FROM held_order") == []
    assert there(work, "SELECT holder FROM custody_order WHERE order_id = ?", order) == [(None,)]


def test_off_line_only_what_is_held_here(work: AtWork) -> None:
    order, ids = tickets_of(work, "TT0001")
    with central_away(work.office.home), pytest.raises(CentralUnreachable):
        hand_over(work, order, ids)
    with pytest.raises(CentralUnreachable):
        hand_over(faulty(work, DEAF), order, ids)
    assert rows(work, "SELECT * FROM hand_over") == []
    hand_over(work, order, ids)
    assert broken(work) == ()


def test_the_line_breaks_after_the_grant(work: AtWork) -> None:
    """The hand-over is on record here; central hears of it later."""
    order, ids = tickets_of(work, "TT0001")
    hand_over(faulty(work, "", DEAF), order, ids)
    assert there(work, "SELECT * FROM hand_over") == []
    sync.push(work.office)
    assert there(work, "SELECT count(*) FROM hand_over") == [(2,)]
    assert broken(work) == ()


def test_a_payment_under_way_keeps_the_order_where_it_is(work: AtWork) -> None:
    order, ids = tickets_of(work, "TT0001")
    work.office.write(
        lambda store: store.run(
            "INSERT INTO attempt (id, number, order_id, tender, amount_fen, currency, "
            "status, created_at, "
            "ended_at) VALUES ('a', '1-1-9', ?, 'cash', 1, 'CNY', 'sent', "
            "'2025-09-27T04:00:00.000000Z', NULL)",
            (order,),
        )
    )
    with pytest.raises(WrongStatus):
        hand_over(work, order, ids)
    assert rows(work, "SELECT * FROM hand_over") == []


# --- two windows ---------------------------------------------------------------------------------


def test_two_windows_hand_over_once(two: tuple[AtWork, AtWork]) -> None:
    one, other = two
    order, (first, second) = tickets_of(one, "TT0001")
    hand_over(one, order, [first])
    with pytest.raises(HandedOver) as refused:
        hand_over(other, order, [first])
    assert refused.value.fields["window"] == 1
    assert rows(other, "SELECT ticket_id FROM hand_over") == [(first,)], "it knows now"
    hand_over(other, order, [second])
    sync.pull(one.office)
    for work, number in ((one, 1), (other, 2)):
        sync.pull(work.office)
        assert proof(work.office.home, number).broken == ()


def test_an_order_at_another_window_is_named(two: tuple[AtWork, AtWork]) -> None:
    one, other = two
    order, (first, second) = tickets_of(one, "TT0001")
    hand_over(faulty(one, "", DEAF), order, [first])
    with pytest.raises(HeldElsewhere) as refused:
        hand_over(other, order, [second])
    assert refused.value.fields == {"order": "TT0001", "window": "1"}
    sync.push(one.office)
    hand_over(other, order, [second])


def test_a_reported_order_may_go_on_elsewhere_before_the_answer_is_here(
    two: tuple[AtWork, AtWork],
) -> None:
    """Window 1 pushed, its answer was lost; window 2 has taken the order meanwhile."""
    from tests.faults.acts import LOST

    one, other = two
    order, (first, second) = tickets_of(one, "TT0001")
    hand_over(faulty(one, "", LOST), order, [first])
    hand_over(faulty(other, "", DEAF), order, [second])
    with pytest.raises(HeldElsewhere):
        hand_over(one, order, [second])
    sync.push(other.office)
    with pytest.raises(HandedOver) as refused:
        hand_over(one, order, [second])
    assert refused.value.fields["window"] == 2
    for work, number in ((one, 1), (other, 2)):
        sync.pull(work.office)
        assert proof(work.office.home, number).broken == ()
        assert there(work, "SELECT * FROM review") == []


def test_both_windows_sign_the_codes_of_what_they_hand_over(two: tuple[AtWork, AtWork]) -> None:
    one, other = two
    order, (first, second) = tickets_of(one, "TT0001")
    hand_over(one, order, [first])
    hand_over(other, order, [second])
    found = there(one, "SELECT id, code_window, code_epoch FROM ticket WHERE order_id = ?", order)
    assert sorted(found) == sorted([(first, 1, 1), (second, 2, 1)])
    jobs = [r[0] for r in rows(other, "SELECT id FROM print_job")]
    assert tickets.print_jobs(office=other.office, desk=other.desk, job_ids=jobs).printed == 1

"""In step with central: pushed once, reviewed alone, pulled around what is held here."""

from __future__ import annotations

import pytest

from boxoffice import bootstrap
from boxoffice.central import pulling, pushing
from boxoffice.central.items import Items
from boxoffice.errors import CentralUnreachable, Fenced, ForkedJournal, RecordsBehind
from boxoffice.records.head_file import read_head_file, write_head_file
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import head_of
from boxoffice.services.sharing import custody, following, sync
from tests.faults.acts import (
    DEAF,
    DIES,
    LOST,
    Crash,
    broken,
    faulty,
    hand_over,
    pay,
    proof,
    rows,
    sell,
    take,
    there,
    tickets_of,
    writing,
)
from tests.homes import AtWork, at_work, small_home


def unsent(work: AtWork) -> int:
    return work.office.read(lambda store: sync.unsent(store, 1, 1))


def versions(work: AtWork) -> tuple[object, object]:
    sql = "SELECT id, version FROM orders WHERE version > 0 ORDER BY id"
    return rows(work, sql), there(work, sql)


def test_a_push_whose_answer_is_lost_is_applied_once(work: AtWork) -> None:
    basket = take(work, (1, 5))
    off = faulty(work, LOST)
    pay(off, basket)
    assert unsent(work) == 1
    assert there(work, "SELECT count(*) FROM payment WHERE order_id = ?", basket) == [(1,)]
    sync.push(work.office)
    assert unsent(work) == 0
    assert there(work, "SELECT count(*) FROM payment WHERE order_id = ?", basket) == [(1,)]
    assert there(work, "SELECT count(*) FROM feed WHERE order_id = ?", basket) == [(1,)]
    assert broken(work) == ()


def test_the_program_ends_between_push_and_answer(work: AtWork) -> None:
    basket = take(work, (1, 5))
    off = faulty(work, DIES)
    with pytest.raises(Crash):
        pay(off, basket)
    bootstrap.recover(work.office)
    assert unsent(work) == 0
    assert broken(work) == ()


def test_an_order_under_report_is_not_changed_until_central_answered(work: AtWork) -> None:
    """Central has taken the order back with the push: who changes it here must ask for it again."""
    order, (first, second) = tickets_of(work, "TT0001")
    hand_over(faulty(work, "", LOST), order, [first])
    assert rows(work, "SELECT 1 FROM held_order WHERE order_id = ?", order), "no answer yet"
    hand_over(work, order, [second])
    assert unsent(work) == 0
    assert there(work, "SELECT count(*) FROM review") == [(0,)]
    here, at_central = versions(work)
    assert here == at_central
    assert broken(work) == ()


def test_an_order_under_report_is_refused_off_line(work: AtWork) -> None:
    order, (first, second) = tickets_of(work, "TT0001")
    hand_over(faulty(work, "", LOST), order, [first])
    with pytest.raises(CentralUnreachable):
        hand_over(faulty(work, DEAF, DEAF, DEAF), order, [second])
    sync.push(work.office)
    hand_over(work, order, [second])
    assert broken(work) == ()


def test_an_order_under_report_when_the_program_ended(tmp_path) -> None:
    home = small_home(tmp_path)
    with at_work(home) as work:
        order, (first, second) = tickets_of(work, "TT0001")
        with pytest.raises(Crash):
            hand_over(faulty(work, "", DIES), order, [first])
    with at_work(home) as work:
        hand_over(work, order, [second])
        assert there(work, "SELECT count(*) FROM review") == [(0,)]
    assert proof(home).broken == ()


def test_what_central_cannot_apply_goes_to_review_and_the_rest_is_applied(work: AtWork) -> None:
    """An order that breaks a rule of the tables: here a second live ticket for one seat."""
    first, second = take(work, (1, 5)), take(work, (1, 6))
    off = faulty(work, *[DEAF] * 9)
    pay(off, first)
    pay(off, second)
    with writing(work.office.home, "central") as store:  # somebody else's ticket, past all rules
        _sell_behind_the_back(store, work.seat(1, 5), work.session("O2"))
    sync.push(work.office)
    assert unsent(work) == 0, "a review never blocks what follows"
    assert there(work, "SELECT order_id FROM review") == [(first,)]
    assert there(work, "SELECT status FROM orders WHERE id = ?", second) == [("paid",)]
    assert there(work, "SELECT count(*) FROM journal WHERE order_id = ?", first) == [(1,)]
    assert there(work, "SELECT count(*) FROM posting WHERE order_id = ?", first) == [(2,)], (
        "money happened"
    )
    assert rows(work, "SELECT order_id FROM held_order") == [(first,)], "stays with this window"


def _sell_behind_the_back(store: Store, seat: int, session: int) -> None:
    """A line of some order, and its ticket, once more on another seat."""
    place = {"session_id": "?", "seat_id": "?", "position": "99"}
    for table, changes in (
        ("order_line", place),
        ("ticket", {**place, "line_id": "'x' || line_id"}),
    ):
        names = [row[1] for row in store.all(f"PRAGMA table_info({table})")]
        listed = ", ".join({"id": "'x' || id", **changes}.get(name, name) for name in names)
        store.run(
            f"INSERT INTO {table} SELECT {listed} FROM {table} WHERE order_id = "
            "(SELECT id FROM orders WHERE number = 'TT0002')",
            (session, seat),
        )


def test_an_order_whose_rows_do_not_fit_its_journal_goes_to_review(work: AtWork) -> None:
    first, second = take(work, (1, 5)), take(work, (1, 6))
    off = faulty(work, *[DEAF] * 9)
    pay(off, first)
    pay(off, second)
    work.office.write(
        lambda store: store.run("UPDATE orders SET buyer = 'changed' WHERE id = ?", (first,))
    )
    sync.push(work.office)
    reviews = there(work, "SELECT order_id, reason FROM review")
    assert reviews == [(first, "its rows do not fit the journal")]
    assert there(work, "SELECT id FROM orders WHERE version = 1 AND window_id = 1") == [(second,)]


def test_a_shift_closed_before_its_sales_were_pushed(work: AtWork) -> None:
    """Central takes the postings first, then that the shift is closed."""
    basket = take(work, (1, 5))
    pay(faulty(work, *[DEAF] * 9), basket)
    work.office.write(
        lambda store: store.run("UPDATE shift SET status = 'closed', closed_at = opened_at")
    )
    sync.push(work.office)
    assert unsent(work) == 0
    assert there(work, "SELECT status FROM shift") == [("closed",)]
    assert there(work, "SELECT count(*) FROM posting WHERE order_id = ?", basket) == [(2,)]


def test_a_late_answer_to_an_older_push_changes_nothing(work: AtWork) -> None:
    pages = []
    off = faulty(work, *[DEAF] * 9)
    first, second = take(work, (1, 5)), take(work, (1, 6))
    pay(off, first)
    pages.append(_page(work))
    pay(off, second)
    pages.append(_page(work))
    acks = [
        work.office.link.call(lambda store, who, page=page: pushing.push(store, who, page))
        for page in reversed(pages)
    ]
    for page, ack in zip(pages, reversed(acks), strict=True):
        work.office.write(lambda store, page=page, ack=ack: sync.acknowledge(store, page, ack))
    assert unsent(work) == 0
    assert rows(work, "SELECT * FROM held_order") == []
    assert broken(work) == ()


def _page(work: AtWork):
    return work.office.write(lambda store: sync.page_of(work.office.chain, store))


def test_a_fenced_window_says_so_and_stops_selling(work: AtWork) -> None:
    basket = take(work, (1, 5))
    with writing(work.office.home, "central") as store:
        store.run("UPDATE ticket_window SET epoch = 2")
    sale = pay(work, basket)
    assert sale.change_fen, "what was in the basket was sold: money happened"
    with pytest.raises(Fenced):
        sync.push(work.office)
    for act in (lambda: take(work, (1, 6)), lambda: pay(work, basket)):
        with pytest.raises(Fenced):
            act()


def test_a_forked_journal_stops_selling(work: AtWork) -> None:
    held = take(work, (1, 7))
    basket = take(work, (1, 5))
    pay(faulty(work, *[DEAF] * 9), basket)
    with writing(work.office.home, "central") as store:
        store.run(
            "INSERT INTO journal SELECT window_id, epoch, 2, at, operator_id, shift_id, act, "
            "order_id, order_version, order_digest, facts, postings, hash, 'other' "
            "FROM journal WHERE window_id = 1"
        )
    with pytest.raises(ForkedJournal) as forked:
        sync.push(work.office)
    assert forked.value.fields["number"] == 2
    with pytest.raises(ForkedJournal):
        take(work, (1, 6))
    with pytest.raises(ForkedJournal):
        pay(work, held)


def test_a_pull_never_touches_what_the_window_holds(work: AtWork) -> None:
    order, (first, _) = tickets_of(work, "TT0001")
    hand_over(faulty(work, "", *[DEAF] * 9), order, [first])
    mine = rows(work, "SELECT version, buyer FROM orders WHERE id = ?", order)
    with writing(work.office.home, "central") as store:
        store.run("UPDATE orders SET version = 9, buyer = 'x' WHERE id = ?", (order,))
    sync.pull(work.office)
    assert rows(work, "SELECT version, buyer FROM orders WHERE id = ?", order) == mine


def test_rule_6_what_was_taken_is_as_central_has_it(work: AtWork) -> None:
    """Its rows and their version come with the custody, whatever was known here before."""
    order, _ = tickets_of(work, "TT0001")
    with writing(work.office.home, "central") as store:
        store.run("UPDATE orders SET version = 5, buyer = 'new' WHERE id = ?", (order,))
    custody.take(work.office, order_id=order, wish=lambda _: Items(orders=(order,)))
    assert rows(work, "SELECT version, buyer FROM orders WHERE id = ?", order) == [(5, "new")]
    assert rows(work, "SELECT order_id, base_version FROM held_order") == [(order, 5)]


def test_a_pull_brings_what_others_changed_and_never_goes_back(work: AtWork) -> None:
    order, _ = tickets_of(work, "TT0001")
    with writing(work.office.home, "central") as store:
        store.run("UPDATE orders SET version = 5, buyer = 'new' WHERE id = ?", (order,))
    assert sync.pull(work.office) == 1
    assert rows(work, "SELECT version, buyer FROM orders WHERE id = ?", order) == [(5, "new")]
    cursor = rows(work, "SELECT value FROM meta WHERE key = 'feed_cursor'")
    (older,) = work.office.link.call(lambda store, _: pulling.orders_after(store, "", 1))
    assert older["orders"][0][0] == order
    older["orders"][0][1] = 0
    work.office.write(lambda store: following._keep_orders(store, [older]))
    assert rows(work, "SELECT version FROM orders WHERE id = ?", order) == [(5,)]
    assert rows(work, "SELECT value FROM meta WHERE key = 'feed_cursor'") == cursor
    assert sync.pull(work.office) == 0


def test_many_entries_travel_in_pages(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync, "ENTRIES_A_PAGE", 3)
    off = faulty(work, *[DEAF] * 99)
    for number in range(5, 10):
        pay(off, take(work, (2, number)))
    assert unsent(work) == 5
    sync.push(work.office)
    assert unsent(work) == 0
    assert rows(work, "SELECT * FROM held_order") == []
    assert broken(work) == ()


def test_an_order_changed_twice_comes_with_its_last_entry(
    work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One page ends between both changes: the order waits for the page of the later one."""
    monkeypatch.setattr(sync, "ENTRIES_A_PAGE", 2)
    order, (first, second) = tickets_of(work, "TT0001")
    off = faulty(work, "", *[DEAF] * 99)
    hand_over(off, order, [first])
    sync.push(work.office)
    sell(work, (1, 8))
    hand_over(work, order, [second])
    assert unsent(work) == 0
    here, at_central = versions(work)
    assert here == at_central
    assert broken(work) == ()


def test_rule_16_the_last_entry_is_kept_outside_the_file(work: AtWork) -> None:
    for seat in (5, 6):
        sell(work, (1, seat))
        head = work.office.read(lambda store: head_of(store, 1, 1))
        assert read_head_file(work.office.home.head_file) == (1, *head)


def test_old_records_put_back_are_refused(tmp_path) -> None:
    """The head outside the file is ahead of it, or names another entry (rule 16)."""
    home = small_home(tmp_path)
    with at_work(home) as work:
        sell(work, (1, 5))
    epoch, number, hashed = read_head_file(home.head_file)
    for claimed in ((number + 1, hashed), (number, "f" * 64)):
        write_head_file(home.head_file, epoch, *claimed)
        with pytest.raises(RecordsBehind) as refused, at_work(home):
            pass
        assert refused.value.fields["number"] == claimed[0]
    write_head_file(home.head_file, epoch, number, hashed)
    with at_work(home):
        pass

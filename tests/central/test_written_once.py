"""What is written at a server stays as it is, and whose functions run with its owner's rights."""

from __future__ import annotations

import peewee
import pytest

from boxoffice.central import pushing
from boxoffice.central.items import Page
from tests.central.conftest import Central
from tests.central.test_pushing import START, entry, head

pytestmark = pytest.mark.parametrize("central", ["server"], indirect=True)
OF_WINDOWS = {
    *("me", "my_epoch", "hello", "guard", "guard_ended", "received", "seen"),
    *("move_places", "draw_places"),
    *("allot", "raise_people", "notice_loss", "let_go", "reported", "end_left"),
}
OF_SUPERVISORS = {
    *("take_turn", "fence", "free_seats", "free_places", "free_orders", "free_claims"),
    *("raise_people", "list_left"),
}


def posting(number: int, shift: str | None = None) -> list[object]:
    """A posting of window 1 under an entry."""
    at = "2025-09-27T04:00:00.000000Z"
    return [1, 1, number, 1, at, "2025-09-27", shift, "cash:drawer", 5, "CNY", None]


@pytest.mark.parametrize("table", ["journal", "posting"])
def test_rule_27_what_is_written_is_changed_by_nobody(central: Central, table: str) -> None:
    """Nor by the owner, nor where a session has turned its triggers off."""
    page = Page([entry(central.one, START)], [posting(1)])
    pushing.push(central.of(central.one), central.one, page)
    store = central.store
    before = store.all(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
    for act in (f"UPDATE {table} SET at = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        for setting in ("origin", "replica"):
            store.execute(f"SET session_replication_role = {setting}")
            with (
                pytest.raises(peewee.IntegrityError, match="never changed"),
                store.transaction(),
            ):
                store.run(act)
    assert store.all(f"SELECT * FROM {table} ORDER BY 1, 2, 3") == before


def test_rule_1_a_seat_has_one_live_ticket(central: Central) -> None:
    """Whoever writes it: the index is the second wall behind custody."""
    one, other = central.store.all(
        "SELECT t.id, t.seat_id FROM ticket t JOIN orders o ON o.id = t.order_id "
        "WHERE o.number = 'TT0001' AND t.live = 1 ORDER BY 2"
    )
    with pytest.raises(peewee.IntegrityError, match="ticket_live_seat"):
        with_seat(central, one[0], other[1])
    with_seat(central, one[0], one[1])


def with_seat(central: Central, ticket: str, seat: int) -> None:
    """The owner writes another seat on a ticket."""
    with central.store.transaction():
        central.store.run("UPDATE ticket SET seat_id = ? WHERE id = ?", (seat, ticket))


def test_rule_23_a_closed_shift_takes_no_posting(central: Central) -> None:
    shift = ["s", 1, 1, "o", "closed", "x", "2025-09-27", 0, "CNY", None]
    first = entry(central.one, START)
    pushing.push(central.of(central.one), central.one, Page([first], [], shifts=[shift]))
    late = Page([entry(central.one, head(first))], [posting(2, "s")])
    with pytest.raises(peewee.IntegrityError, match="closed shift"):
        pushing.push(central.of(central.one), central.one, late)
    assert central.store.all("SELECT 1 FROM posting WHERE shift_id = 's'") == []


def test_rule_27_definer_functions_are_few_and_known(central: Central) -> None:
    """All others, as those of the triggers, nobody may call."""
    found = central.store.all(
        "SELECT p.proname, has_function_privilege('boxoffice_windows', p.oid, 'EXECUTE'), "
        "has_function_privilege('boxoffice_supervisor', p.oid, 'EXECUTE') "
        "FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = 'boxoffice' AND p.prosecdef"
    )
    assert {name for name, windows, _ in found if windows} == OF_WINDOWS
    assert {name for name, _, supervisors in found if supervisors} == OF_SUPERVISORS

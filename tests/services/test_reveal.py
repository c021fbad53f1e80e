"""Personal data in clear: by role, with a reason, on record, and the record without the data."""

from __future__ import annotations

import pytest

from boxoffice.errors import NotAllowed, ReasonMissing
from boxoffice.services.aftersales import reveal
from tests.faults.acts import broken, rows, there, tickets_of
from tests.homes import AtWork, at_work, small_home


@pytest.fixture
def supervisor(tmp_path):
    with at_work(small_home(tmp_path), number="3001") as work:
        yield work


def look(work: AtWork, number: str = "TT0001", reason: str = "观众没有证件") -> reveal.Revealed:
    order, _ = tickets_of(work, number)
    return reveal.reveal(office=work.office, desk=work.desk, order_id=order, reason=reason)


def test_a_supervisor_sees_it_and_the_record_says_so(supervisor: AtWork) -> None:
    found = look(supervisor)
    assert (found.buyer, found.phone) == ("试一", "19900000001")
    assert [person.document for person in found.people] == [
        "110101189001010016",
        "110101189001010024",
    ]
    ((act, operator, order, facts),) = rows(
        supervisor, "SELECT act, operator_id, order_id, facts FROM journal WHERE act = 'reveal'"
    )
    assert (act, order) == ("reveal", None)
    assert operator == supervisor.desk.operator.id
    assert "观众没有证件" in facts
    assert not any(secret in facts for secret in ("试一", "1990000", "1101011890"))
    assert there(supervisor, "SELECT count(*) FROM journal WHERE act = 'reveal'") == [(1,)]
    assert broken(supervisor) == ()


def test_what_is_revealed_does_not_print_itself(supervisor: AtWork) -> None:
    found = look(supervisor)
    assert "1101011890" not in f"{found} {found.people}"


def test_without_a_reason_nothing_is_shown(supervisor: AtWork) -> None:
    with pytest.raises(ReasonMissing):
        look(supervisor, reason="  ")
    assert rows(supervisor, "SELECT * FROM journal WHERE act = 'reveal'") == []


def test_a_clerk_may_not(work: AtWork) -> None:
    with pytest.raises(NotAllowed):
        look(work)
    assert rows(work, "SELECT * FROM journal WHERE act = 'reveal'") == []


def test_an_unknown_order_is_no_order(supervisor: AtWork) -> None:
    with pytest.raises(LookupError):
        reveal.reveal(
            office=supervisor.office, desk=supervisor.desk, order_id="none", reason="看看"
        )

"""Signing in, and what each role may do."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.desk import RIGHTS, Desk, Operator, Right, Role
from boxoffice.errors import BadOperator, NoOperators, NoShift, NotAllowed, Refused, WrongPin
from boxoffice.services.printing import tickets
from boxoffice.services.sales import checkout, holds, pickups
from boxoffice.services.staff import operators, shifts
from boxoffice.settings import Home, HomeKind, Settings
from tests.faults.acts import broken, rows, take, there, tickets_of, writing
from tests.homes import AtWork, at_work, small_home


def test_number_and_pin(work: AtWork) -> None:
    found = operators.sign_in(office=work.office, number=" 3001 ", pin="3001")
    assert (found.number, found.role) == ("3001", Role.SUPERVISOR)


@pytest.mark.parametrize(
    ("number", "pin"),
    [("1001", "1002"), ("1001", ""), ("7777", "1001"), ("", ""), ("1001", "100１")],
)
def test_which_of_the_two_is_wrong_is_not_told(work: AtWork, number: str, pin: str) -> None:
    with pytest.raises(WrongPin) as refused:
        operators.sign_in(office=work.office, number=number, pin=pin)
    assert refused.value.fields == {}


def test_an_unknown_number_takes_as_long_as_a_wrong_pin(work: AtWork) -> None:
    def cost(number: str) -> float:
        began = time.process_time()
        with pytest.raises(WrongPin):
            operators.sign_in(office=work.office, number=number, pin="0000")
        return time.process_time() - began

    cost("5555")  # the verifier that fits nobody is made once
    known = min(cost("1001") for _ in range(2))
    unknown = min(cost("7777") for _ in range(2))
    assert 0.4 < known / unknown < 2.5


def test_rule_28_a_verifier_alone_tells_no_pin(tmp_path: Path) -> None:
    """Who has read it can try no PIN against it without the pepper of the venue."""
    with at_work(small_home(tmp_path), number="9001") as work:
        operators.add_operator(
            office=work.office, number="55", name="五", role=Role.CLERK, pin="5555"
        )
        ((verifier,),) = there(
            work,
            "SELECT p.verifier FROM pin p JOIN operator o ON o.id = p.operator_id "
            "WHERE o.number = '55'",
        )
        with pytest.raises(operators.VerifyMismatchError):
            operators._hasher().verify(verifier, "5555")
        peppered = operators.peppered(work.office.pepper, "5555")
        assert operators._hasher().verify(verifier, peppered)


def test_who_is_no_longer_active_does_not_get_in(work: AtWork) -> None:
    work.office.write(
        lambda store: store.run("UPDATE operator SET active = 0 WHERE number = '1001'")
    )
    with pytest.raises(WrongPin):
        operators.sign_in(office=work.office, number="1001", pin="1001")
    with pytest.raises(WrongPin):
        operators.sign_in(office=work.office, number="1001", pin="0000")


def test_a_new_home_has_nobody(tmp_path) -> None:
    home = Home(tmp_path / "home")
    bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING))
    with bootstrap.open_office(home) as office:
        with pytest.raises(NoOperators):
            operators.sign_in(office=office, number="1001", pin="1001")
        operators.add_operator(
            office=office, number="5", name="一", role=Role.CLERK, pin="0123456789"
        )
        assert operators.sign_in(office=office, number="5", pin="0123456789").name == "一"


@pytest.mark.parametrize(
    ("number", "name", "pin", "why"),
    [
        ("1001", "x", "1234", "taken"),
        ("12a", "x", "1234", "number"),
        ("", "x", "1234", "number"),
        ("１２", "x", "1234", "number"),
        ("²", "x", "1234", "number"),
        ("77", "x", "123", "pin"),
        ("77", "x", "1" * 13, "pin"),
        ("77", "x", "12 34", "pin"),
        ("77", "x", "１２３４", "pin"),
        ("77", "  ", "1234", "name"),
    ],
)
def test_operators_that_cannot_be_entered(
    work: AtWork, number: str, name: str, pin: str, why: str
) -> None:
    before = rows(work, "SELECT count(*) FROM operator")
    with pytest.raises(BadOperator) as refused:
        operators.add_operator(
            office=work.office, number=number, name=name, role=Role.CLERK, pin=pin
        )
    assert refused.value.fields["why"] == why
    assert refused.value.fields["value"] != pin, "a PIN is repeated nowhere"
    assert rows(work, "SELECT count(*) FROM operator") == before


def test_pins_are_kept_as_argon2id_verifiers_and_entering_is_journalled(work: AtWork) -> None:
    operators.add_operator(office=work.office, number="77", name="新", role=Role.PICKUP, pin="4711")
    ((verifier,),) = rows(
        work,
        "SELECT p.verifier FROM pin p JOIN operator o ON o.id = p.operator_id "
        "WHERE o.number = '77'",
    )
    assert str(verifier).startswith("$argon2id$")
    with writing(work.office.home, "central") as store:
        found = store.all("SELECT facts FROM journal WHERE act = 'add_operator'")
    assert any('"77"' in facts for (facts,) in found)
    assert all("4711" not in facts and "argon2" not in facts for (facts,) in found)
    assert broken(work) == ()


# --- rights --------------------------------------------------------------------------------------

MAY = {
    Role.CLERK: {Right.SELL, Right.PICK_UP, Right.SHIFT},
    Role.PICKUP: {Right.PICK_UP, Right.SHIFT},
    Role.SUPERVISOR: {
        Right.SELL, Right.PICK_UP, Right.SHIFT, Right.APPROVE, Right.SETTLE_CASES,
        Right.IMPORT,
    },
    Role.ADMINISTRATOR: {Right.ADMINISTER, Right.SETTLE_CASES, Right.IMPORT},
}  # fmt: skip


def test_every_role_has_its_rights() -> None:
    known = set().union(*MAY.values())
    assert {role: rights & known for role, rights in RIGHTS.items()} == MAY


def acts(work: AtWork, desk: Desk) -> dict[str, tuple[Right, Callable[[], object]]]:
    office, basket = work.office, take(work, (1, 8))
    order, ids = tickets_of(work, "TT0001")
    return {
        "take seats": (Right.SELL, lambda: holds.take_seats(
            office=office, desk=desk, session_id=work.session("O2"), seat_ids=[work.seat(1, 9)],
            basket=None)),
        "take places": (Right.SELL, lambda: holds.take_places(
            office=office, desk=desk, session_id=work.session("G1"), count=1, basket=None)),
        "take best": (Right.SELL, lambda: holds.take_best(
            office=office, desk=desk, session_id=work.session("O2"), category="B", count=2,
            basket=None)),
        "park": (Right.SELL, lambda: holds.park(office=office, desk=desk, basket=basket)),
        "recall": (Right.SELL, lambda: holds.recall(office=office, desk=desk, basket=basket)),
        "pay": (Right.SELL, lambda: checkout.pay_cash(
            office=office, desk=desk, basket=basket, tendered_fen=100_000)),
        "hand over": (Right.PICK_UP, lambda: pickups.hand_over(
            office=office, desk=desk, order_id=order, ticket_ids=ids, checked="code")),
        "settle print": (Right.PICK_UP, lambda: tickets.settle_doubtful(
            office=office, desk=desk, job_id="none", came_out=True)),
        "open shift": (Right.SHIFT, lambda: shifts.open_shift(
            office=office, desk=desk, float_fen=0)),
    }  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_the_services_ask_for_them(work: AtWork, role: Role) -> None:
    desk = Desk(1, 1, Operator("x", "0", "x", role), work.desk.shift_id)
    for name, (right, act) in acts(work, desk).items():
        if right in MAY[role]:
            try:
                act()
            except NotAllowed:
                pytest.fail(f"{role} may {name}")
            except (Refused, LookupError):
                continue  # for another reason
        else:
            with pytest.raises(NotAllowed) as refused:
                act()
            assert refused.value.fields == {"act": right.value, "role": role.value}, name


@pytest.mark.parametrize("name", ["take seats", "take places", "take best", "pay", "hand over"])
def test_what_touches_money_or_tickets_wants_a_shift(work: AtWork, name: str) -> None:
    _, act = acts(work, Desk(1, 1, work.desk.operator, None))[name]
    with pytest.raises(NoShift):
        act()

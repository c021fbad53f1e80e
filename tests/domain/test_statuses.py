"""Statuses: each step that may be taken is listed here once more, every other one raises."""

from __future__ import annotations

from itertools import product

import pytest

from boxoffice.domain import statuses
from boxoffice.domain.statuses import NEXT, step
from boxoffice.errors import WrongStatus

KINDS = list(NEXT)
ALL = [member for kind in KINDS for member in kind]

STEPS = {
    "OrderStatus": "open>parked open>reserved open>part_paid open>paid open>abandoned parked>open "
    "parked>abandoned reserved>part_paid reserved>paid reserved>released part_paid>paid "
    "part_paid>reserved part_paid>released paid>returned "
    "paid>exchanging exchanging>paid",
    "LineStatus": "open>reserved open>sold reserved>sold reserved>released sold>returned",
    "TicketStatus": "issued>void issued>refunded issued>exchanged",
    "AttemptStatus": "created>sent created>cancelled sent>succeeded sent>declined sent>cancelled "
    "sent>unknown sent>reversed unknown>succeeded unknown>declined unknown>reversed",
    "PrintStatus": "queued>printing printing>printed printing>doubtful doubtful>printed "
    "doubtful>queued queued>dropped doubtful>dropped",
    "RefundStatus": "",
    "PaybackStatus": "created>sent created>arrived created>closed sent>accepted sent>arrived "
    "sent>closed sent>dead sent>unknown unknown>accepted unknown>arrived unknown>closed "
    "unknown>dead accepted>arrived accepted>closed accepted>dead arrived>dead owed>closed",
    "NoticeStatus": "queued>sending queued>failed queued>dropped sending>queued sending>sent "
    "sending>failed sending>dropped",
    "InvoiceStatus": "wanted>filed wanted>dropped filed>issued filed>refused refused>wanted",
    "RequestStatus": "asked>granted asked>refused giving>given giving>refused",
    "ShiftStatus": "open>closed",
    "CaseStatus": "open>settled",
}


def test_every_kind_of_status_has_its_steps():
    defined = {
        thing
        for thing in vars(statuses).values()
        if isinstance(thing, type) and thing.__module__ == statuses.__name__
    }
    assert defined == set(KINDS)
    assert {kind.__name__ for kind in KINDS} == set(STEPS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_listed_steps_and_no_others(kind):
    listed = {tuple(pair.split(">")) for pair in STEPS[kind.__name__].split()}
    for status, wanted in product(kind, kind):
        if (status.value, wanted.value) in listed:
            assert step("r1", status, wanted) is wanted
            continue
        with pytest.raises(WrongStatus) as refused:
            step("r1", status, wanted)
        assert refused.value.fields == {
            "record": "r1",
            "status": status.value,
            "wanted": wanted.value,
        }


def test_the_steps_of_one_kind_are_not_those_of_another():
    # "open" is a word of several kinds; what may follow it is not.
    assert step("s", statuses.ShiftStatus.OPEN, statuses.ShiftStatus.CLOSED)
    for kind in KINDS:
        for status, following in NEXT[kind].items():
            assert type(status) is kind
            assert {type(wanted) for wanted in following} <= {kind}


def test_no_step_is_listed_twice_under_equal_words():
    for kind in KINDS:
        assert len({member.value for member in kind}) == len(list(kind))

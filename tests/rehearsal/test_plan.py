"""One seed draws customers and faults, and always the same."""

from __future__ import annotations

from collections import Counter

import pytest

from boxoffice.rehearsal.plan import PHASES, Fault, Want, draw, faults_of


def test_the_same_seed_draws_the_same_plan() -> None:
    assert draw(7, 6, 300, Fault) == draw(7, 6, 300, Fault)
    assert draw(7, 6, 300, Fault) != draw(8, 6, 300, Fault)


def test_a_plan_with_fewer_faults_has_the_same_customers_and_the_same_of_those_faults() -> None:
    every, few = draw(3, 4, 100, Fault), draw(3, 4, 100, {Fault.SLOW, Fault.OLD_FILE})
    assert every.queues == few.queues
    assert few.troubles == tuple(
        trouble for trouble in every.troubles if trouble.fault in (Fault.SLOW, Fault.OLD_FILE)
    )


def test_all_customers_come_everybody_wants_something_and_each_fault_strikes() -> None:
    plan = draw(1, 6, 3000, Fault)
    came = Counter(customer.want for queue in plan.queues for customer in queue)
    assert came.total() - came[Want.CLOSE] == 3000
    assert set(came) == set(Want)
    assert {trouble.fault for trouble in plan.troubles} == set(Fault)
    assert all(trouble.at <= len(plan.queues[trouble.window - 1]) for trouble in plan.troubles)
    assert sum(phase.share for phase in PHASES) == pytest.approx(1)


def test_faults_are_named() -> None:
    assert faults_of("all") == set(Fault)
    assert faults_of("none") == set()
    assert faults_of("slow, kill-window") == {Fault.SLOW, Fault.KILL_WINDOW}
    with pytest.raises(ValueError, match="fire is none of"):
        faults_of("slow,fire")

"""Orders sold elsewhere stay below the caps of zones, and their cases end when they fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from boxoffice import exchange
from boxoffice.queries import cases
from boxoffice.services.programme import catalogue
from boxoffice.services.programme.catalogue import FileReport
from boxoffice.services.programme.importing import OrderException
from tests.faults.acts import broken, there
from tests.homes import PRESALE_HEAD, AtWork, resident_id
from tests.services.limiting import refused, rule, take
from tests.services.presale_rows import row

A = ("O2", "1", "1", "1", "adult", "680.00")
"""The first seat of the only zone; the tests have session O2 capped."""


def seats(number: str, *places: int) -> list[str]:
    return [row(number, A, resident_id(300 + place), seat=str(place)) for place in places]


def take_in(work: AtWork, folder: Path, *rows: str, name: str = "more.csv") -> FileReport:
    path = folder / name
    path.write_text(PRESALE_HEAD + "".join(rows), encoding="utf-8")
    (report,) = catalogue.import_files(office=work.office, files=[exchange.read(path)])
    assert report.errors == ()
    return report


def waiting(work: AtWork) -> list[tuple[str, str]]:
    found = work.office.read(cases.open_cases)
    return sorted((case.order_number, str(case.facts["reason"])) for case in found)


def test_an_order_over_the_cap_of_a_zone_stays_out_by_line(work: AtWork, tmp_path: Path):
    rule(work, "capacity_cap,2025-09-01,O2,1;4")
    rows = [*seats("TT7", 1, 2), *seats("TT8", 3, 4, 5), *seats("TT9", 6, 7)]
    report = take_in(work, tmp_path, *rows)
    expected = "no more than 4 in the zone"
    assert report.exceptions == (OrderException("TT8", 6, "cap", "O2 1", expected),)
    assert report.added == 2
    assert waiting(work) == [("TT8", "cap")]
    with refused("capacity_cap", 4, 5):
        take(work, (1, 10))
    assert broken(work) == ()


def test_what_stands_counts_and_what_came_before_is_not_asked_again(work: AtWork, tmp_path: Path):
    first = seats("TT7", 1)
    take_in(work, tmp_path, *first)
    rule(work, "capacity_cap,2025-09-01,O2,1;2")
    take(work, (1, 2))
    report = take_in(work, tmp_path, *first, *seats("TT8", 3))
    assert (report.added, report.unchanged) == (0, 1)
    assert [(e.order_number, e.expected) for e in report.exceptions] == [
        ("TT8", "no more than 2 in the zone")
    ]


@pytest.mark.parametrize(
    ("lines", "added"),
    [
        (("capacity_cap,2025-09-01,O2,1;1", "capacity_cap,2025-09-02,O2,1;none"), 1),
        (("capacity_cap,2025-09-28,O2,1;1",), 1),
        (("capacity_cap,2025-09-01,O1,1;1",), 1),
        (("capacity_cap,2025-09-01,Oak,1;1",), 0),
        (("capacity_cap,2025-09-01,*,1;1",), 0),
        (("capacity_cap,2025-09-01,Oak,1;1", "capacity_cap,2025-09-01,O2,1;2"), 1),
        (("capacity_cap,2025-09-01,O2,1;2", "capacity_cap,2025-09-02,O2,1;1"), 0),
    ],
)
def test_the_cap_in_force_today_counts(work: AtWork, tmp_path: Path, lines, added: int):
    rule(work, *lines)
    report = take_in(work, tmp_path, *seats("TT7", 1, 2))
    assert (report.added, [e.reason for e in report.exceptions]) == (added, ["cap"] * (1 - added))


def test_an_order_left_out_takes_nothing_of_the_cap(work: AtWork, tmp_path: Path):
    rule(work, "capacity_cap,2025-09-01,O2,1;2")
    taken = row("TT7", A, resident_id(301), seat="2") + row("TT7", A, resident_id(301), seat="3")
    report = take_in(work, tmp_path, taken, *seats("TT8", 4, 5))
    assert [e.reason for e in report.exceptions] == ["document_twice"]
    assert report.added == 1


def test_the_case_of_an_order_that_comes_corrected_is_settled(work: AtWork, tmp_path: Path):
    take_in(work, tmp_path, row("TT7", seat="99"), row("TT8", price="1.00"))
    assert waiting(work) == [("TT7", "seat_unknown"), ("TT8", "price_unknown")]
    take_in(work, tmp_path, row("TT7", seat="6"), name="corrected.csv")
    assert waiting(work) == [("TT8", "price_unknown")]
    facts = "SELECT facts FROM journal WHERE act = 'settle_cases'"
    assert there(work, facts) == [('{"cases":1,"file":"corrected.csv"}',)]
    take_in(work, tmp_path, row("TT7", seat="6"), row("TT8", seat="8"), name="corrected.csv")
    assert waiting(work) == []
    assert len(there(work, facts)) == 2
    assert broken(work) == ()


def test_every_case_of_the_order_is_settled(work: AtWork, tmp_path: Path):
    take_in(work, tmp_path, row("TT7", seat="99"))
    take_in(work, tmp_path, row("TT7", session="O9"))
    assert len(waiting(work)) == 2
    take_in(work, tmp_path, row("TT7"))
    assert waiting(work) == []


def test_a_case_that_differed_ends_when_the_file_agrees_and_may_come_again(
    work: AtWork, tmp_path: Path
):
    right, wrong = row("TT7", document=resident_id(5)), row("TT7", document=resident_id(6))
    take_in(work, tmp_path, right)
    for _ in range(3):
        for _ in range(2):
            take_in(work, tmp_path, wrong)
            assert waiting(work) == [("TT7", "order_differs")]
        take_in(work, tmp_path, right)
        assert waiting(work) == []
    statuses = there(work, "SELECT status FROM cases")
    assert statuses == [("settled",)] * 3


def test_cases_of_another_kind_are_left_alone(work: AtWork, tmp_path: Path):
    take_in(work, tmp_path, row("TT7", seat="99"))

    def clash(store):
        with store.transaction():
            store.run("UPDATE cases SET kind = 'document_clash'")

    work.office.link.lane.call(clash)
    take_in(work, tmp_path, row("TT7"))
    assert there(work, "SELECT status FROM cases") == [("open",)]

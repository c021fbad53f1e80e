"""Seat plans: what is read, and errors that name zone, row and seat."""

from __future__ import annotations

import json

import pytest

from boxoffice.errors import BadFile
from boxoffice.exchange import FileKind


@pytest.fixture
def plan(samples):
    return json.loads(samples["seat plan"])


def test_places_add_up_and_rows_count_on(read, samples):
    (plan,) = read(samples["seat plan"]).rows
    assert (plan.name, plan.width, plan.height) == ("Elm", 40.5, 30.0)
    assert plan.categories == ("A", "B")
    assert [(s.zone, s.row, s.number, s.x, s.y) for s in plan.seats] == [
        ("101", "1", "1", 21.5, 14.0),
        ("101", "1", "2", 22.5, 14.0),
        ("101", "2", "1", 21.5, 12.0),
    ]
    assert [(s.row_ordinal, s.seat_ordinal) for s in plan.seats] == [(1, 1), (1, 2), (2, 1)]


def seat(plan):
    return plan["zones"][0]["rows"][0]["seats"][1]


SEAT = "zone 101 row 1 seat 2"


@pytest.mark.parametrize(
    ("damage", "where", "value"),
    [
        (lambda p: p.pop("size"), "size", "nothing"),
        (lambda p: p["size"].update(width=0), "size width", "0"),
        (lambda p: p["size"].update(height=float("nan")), "size height", "nan"),
        (lambda p: p["size"].update(height=10**400), "size height", "1" + "0" * 79),
        (lambda p: p.update(name="  "), "name", "  "),
        (lambda p: p.update(name=True), "name", "True"),
        (lambda p: p.update(zones=[]), "zones", "no seats"),
        (lambda p: p.update(zones=[[]]), "zones", "a list"),
        (lambda p: p["zones"][0].update(zone_id="", name=None), "zone_id", "nothing"),
        (lambda p: p["zones"][0].update(rows={}), "zone 101 rows", "an object"),
        (lambda p: p["zones"][0].update(position=[1]), "zone 101 position", "a list"),
        (lambda p: p["zones"][0]["rows"][0].update(row_number=1.5), "zone 101 row_number", "1.5"),
        (lambda p: p["zones"][0]["rows"][0].update(seats=None), "zone 101 row 1 seats", "nothing"),
        (lambda p: p["zones"][0]["rows"][0].update(seats=[7]), "zone 101 row 1", "7"),
        (lambda p: seat(p).pop("seat_number"), "zone 101 row 1 seat_number", "nothing"),
        (lambda p: seat(p).update(seat_guid=[]), f"{SEAT} seat_guid", "a list"),
        (lambda p: seat(p).update(category=False), f"{SEAT} category", "False"),
        (lambda p: seat(p).update(category="\ud800"), f"{SEAT} category", "�"),
        (lambda p: seat(p).update(category="a\nb"), f"{SEAT} category", "a�b"),
        (lambda p: seat(p)["position"].update(x="1"), f"{SEAT} x", "1"),
        (lambda p: seat(p)["position"].update(y=float("-inf")), f"{SEAT} y", "-inf"),
        (lambda p: seat(p)["position"].update(y=10_001), f"{SEAT} y", "10001"),
    ],
)
def test_an_error_names_zone_row_and_seat(read, plan, damage, where, value):
    damage(plan)
    parsed = read(json.dumps(plan), "plan.json")
    assert parsed.kind is FileKind.PLAN
    assert parsed.rows == ()
    (error,) = parsed.errors
    assert (error.column, error.value) == (where, value)


def test_each_seat_once(read, plan):
    seat(plan)["seat_number"] = " 1 "
    (error,) = read(json.dumps(plan)).errors
    assert (error.column, error.value, error.expected) == (
        "zone 101 row 1",
        "1",
        "each seat once",
    )


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[]", "no zones"),
        ("{}", "no zones"),
        ('{"zones": 3}', "no zones"),
        ('{"zones": [', "JSON is broken"),
        ("{]", "JSON is broken"),
        ("[" * 200_000, "nested too deeply"),
        ('{"zones": [], "a": ' + '{"a":' * 100_000, "nested too deeply"),
        ('{"zones": [' + "9" * 5000 + "]}", "a number that is too long"),
    ],
)
def test_what_is_no_plan(read, content, why):
    with pytest.raises(BadFile) as refused:
        read(content)
    assert why in str(refused.value.fields["why"])


@pytest.mark.parametrize("cut", [10, 100, 300, 500])
def test_a_plan_that_was_cut(read, samples, cut):
    with pytest.raises(BadFile, match="JSON is broken"):
        read(samples["seat plan"][:cut])

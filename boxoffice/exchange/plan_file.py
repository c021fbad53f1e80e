"""Seat plans in pretix seating-plan JSON: zones of rows of seats, places adding up."""

from __future__ import annotations

import json
from typing import Any

from boxoffice.errors import BadFile
from boxoffice.exchange.columns import Unreadable, shown, text
from boxoffice.exchange.rows import FileKind, LineError, ParsedFile, PlanFile, PlanSeat
from boxoffice.sentences.phrases import phrase

LARGEST_METRES = 10_000.0


class _Wrong(Exception):
    def __init__(self, where: str, value: object, expected: str) -> None:
        super().__init__(where)
        self.found = LineError(1, where, _told(value), expected)


def read_plan(content: str, name: str, digest: str) -> ParsedFile:
    """One plan. Raises BadFile for text that is not JSON or no seat plan at all."""
    try:
        found = json.loads(content)
    except json.JSONDecodeError as error:
        raise BadFile(file=name, why=phrase("broken_json", error=str(error))) from None
    except (ValueError, RecursionError):
        raise BadFile(file=name, why=phrase("deep_json")) from None
    if not isinstance(found, dict) or not isinstance(found.get("zones"), list):
        raise BadFile(file=name, why=phrase("no_plan"))
    errors: list[LineError] = []
    try:
        plan = _plan(found, errors)
    except _Wrong as wrong:
        errors.append(wrong.found)
    rows = () if errors else (plan,)
    return ParsedFile(FileKind.PLAN, name, digest, rows, tuple(errors))


def _plan(found: dict[str, Any], errors: list[LineError]) -> PlanFile:
    """The plan; what is wrong with single seats goes to `errors`, the rest raises _Wrong."""
    size = _mapping(found.get("size"), "size")
    named = _categories(found.get("categories"))
    seats: list[PlanSeat] = []
    places: set[tuple[str, str, str]] = set()
    guids: set[str] = set()
    rows = 0
    for zone in found["zones"]:
        zone = _mapping(zone, "zones")
        zone_name = _text(zone.get("zone_id") or zone.get("name"), "zone_id")
        zx, zy = _place(zone.get("position"), f"zone {zone_name}")
        for row in _list(zone.get("rows"), f"zone {zone_name} rows"):
            row = _mapping(row, f"zone {zone_name} rows")
            rows += 1
            row_name = _text(row.get("row_number"), f"zone {zone_name} row_number")
            where = f"zone {zone_name} row {row_name}"
            rx, ry = _place(row.get("position"), where)
            for ordinal, seat in enumerate(_list(row.get("seats"), f"{where} seats"), start=1):
                try:
                    read = _seat(
                        seat, where, (zx + rx, zy + ry), zone_name, row_name, rows, ordinal
                    )
                except _Wrong as wrong:
                    errors.append(wrong.found)
                    continue
                place = (zone_name, row_name, read.number)
                if place in places:
                    errors.append(LineError(1, where, read.number, phrase("seat_once")))
                elif read.guid in guids:
                    told = f"{where} seat {read.number} seat_guid"
                    errors.append(LineError(1, told, shown(read.guid), phrase("guid_once")))
                if named and read.category not in named:
                    expected = phrase("category", names=", ".join(sorted(named)))
                    told = f"{where} seat {read.number} category"
                    errors.append(LineError(1, told, shown(read.category), expected))
                places.add(place)
                guids.add(read.guid)
                seats.append(read)
    if not seats and not errors:
        raise _Wrong("zones", "no seats", phrase("some_seat"))
    return PlanFile(
        name=_text(found.get("name"), "name"),
        width=_length(size.get("width"), "size width"),
        height=_length(size.get("height"), "size height"),
        categories=tuple(sorted({seat.category for seat in seats})),
        seats=tuple(seats),
    )


def _categories(value: Any) -> set[str]:
    """Names a plan lists for its categories; a plan may list none at all."""
    if value is None:
        return set()
    return {
        _text(_mapping(each, "categories").get("name"), "categories name")
        for each in _list(value, "categories")
    }


def _seat(
    seat: Any,
    where: str,
    origin: tuple[float, float],
    zone: str,
    row: str,
    row_ordinal: int,
    ordinal: int,
) -> PlanSeat:
    seat = _mapping(seat, where)
    number = _text(seat.get("seat_number"), f"{where} seat_number")
    x, y = _place(seat.get("position"), f"{where} seat {number}")
    return PlanSeat(
        guid=_text(seat.get("seat_guid"), f"{where} seat {number} seat_guid"),
        zone=zone,
        row=row,
        number=number,
        category=_text(seat.get("category"), f"{where} seat {number} category"),
        x=origin[0] + x,
        y=origin[1] + y,
        row_ordinal=row_ordinal,
        seat_ordinal=ordinal,
    )


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(where, value, phrase("object"))
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise _Wrong(where, value, phrase("list"))
    return value


def _text(value: Any, where: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(where, value, phrase("text"))
    try:
        return text(value.strip())
    except Unreadable as unreadable:
        raise _Wrong(where, value, unreadable.expected) from None


def _metres(value: Any, where: str) -> float:
    # Measures only, never money: floats are right here.
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Wrong(where, value, phrase("metres"))
    # Written so that NaN fails too.
    if not -LARGEST_METRES <= value <= LARGEST_METRES:
        raise _Wrong(where, value, phrase("metres"))
    return float(value)


def _length(value: Any, where: str) -> float:
    metres = _metres(value, where)
    if metres <= 0:
        raise _Wrong(where, value, phrase("metres_above_zero"))
    return metres


def _told(value: object) -> str:
    """A value in an error: containers by their kind alone, they may be very large or deep."""
    kinds = {dict: phrase("object"), list: phrase("list"), type(None): phrase("nothing")}
    return kinds.get(type(value)) or shown(str(value))


def _place(value: Any, where: str) -> tuple[float, float]:
    if value is None:
        return 0.0, 0.0
    place = _mapping(value, f"{where} position")
    return _metres(place.get("x"), f"{where} x"), _metres(place.get("y"), f"{where} y")

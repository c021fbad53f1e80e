"""A small venue for rehearsals: one court, a grounds pass, orders sold before, all invented."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from boxoffice.exchange.demo import REHEARSAL, demo_files

ROWS, SEATS = 16, 20
"""Of the court: small, so that windows meet over its seats."""
_LEVELS = "AAAABBBBBBCCCCCC"
_WIDTH, _DEPTH = 0.55, 0.9
"""Metres from seat to seat and from row to row."""


def files(first_day: date, into: Path) -> list[Path]:
    """The catalogue of the small venue, from `first_day` on, ready to import."""
    written = demo_files(first_day, into, REHEARSAL)
    plan = into / "plan.json"
    plan.write_text(_plan(), encoding="utf-8")
    return [plan, *written]


def _plan() -> str:
    half = ROWS // 2
    zones = [
        {
            "name": f"Elm {zone}",
            "zone_id": str(zone),
            "position": {"x": 1, "y": 1},
            "rows": [_row(row) for row in range((zone - 1) * half + 1, zone * half + 1)],
        }
        for zone in (1, 2)
    ]
    size = {"width": SEATS * _WIDTH + 1, "height": ROWS * _DEPTH + 1}
    return json.dumps({"name": "Elm", "categories": [], "zones": zones, "size": size})


def _row(row: int) -> dict[str, object]:
    seats = [
        {
            "seat_guid": f"E{row}-{number}",
            "seat_number": str(number),
            "category": _LEVELS[row - 1],
            "position": {"x": number * _WIDTH, "y": row * _DEPTH},
        }
        for number in range(1, SEATS + 1)
    ]
    return {"row_number": str(row), "position": {"x": 0, "y": 0}, "seats": seats}


Seat = tuple[str, str, str, str, int]
"""Session, zone, row, number, price in fen of an adult."""

_PRESALE = (
    "order_no,pickup_code,channel,paid_at,buyer,phone,session,section,row,seat,ticket_type,"
    "price_yuan,attendee,document_type,document_no,status"
)


def presale(seats: Sequence[Seat], orders: int, day: date, random: Random) -> str:
    """Orders sold before on seats nobody has, as a file: invented people, at most 3 seats each."""
    free = list(seats)
    random.shuffle(free)
    lines = [_PRESALE]
    paid_at = f"{(day - timedelta(days=20)).isoformat()}T10:00:00+08:00"
    for order in range(1, orders + 1):
        for _ in range(random.randint(1, 3)):
            if not free:
                break
            session, zone, row, number, fen = free.pop()
            lines.append(
                f"RH{order:06d},,web,{paid_at},试{order},199{order:08d},{session},{zone},{row},"
                f"{number},adult,{fen // 100}.{fen % 100:02d},试{len(lines)},resident_id,"
                f"{resident_id(SOLD_BEFORE + len(lines))},paid"
            )
    return "\n".join(lines) + "\n"


SOLD_BEFORE = 2_000_000
"""Serials of people who bought before; those who come to the windows have lower ones."""
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_id(serial: int) -> str:
    """A well-formed number of somebody born before 1900: of no living person."""
    serial, last = divmod(serial, 1000)
    serial, day = divmod(serial, 28)
    serial, month = divmod(serial, 12)
    year, region = 1800 + serial % 100, 101 + serial // 100
    body = f"110{region:03d}{year}{month + 1:02d}{day + 1:02d}{last:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]

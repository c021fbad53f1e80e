"""Small homes for tests: a little court with a plan, a grounds pass, a few orders sold before."""

# The tables below are files as they come: their lines are as long as they are.
# ruff: noqa: E501

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from boxoffice import bootstrap, clock, exchange
from boxoffice.desk import Desk
from boxoffice.services.office import Office
from boxoffice.services.programme import catalogue
from boxoffice.services.setup import training
from boxoffice.services.staff import operators, shifts
from boxoffice.settings import Home, HomeKind, Settings

NOON = datetime(2025, 9, 27, 4, 0, tzinfo=UTC)
"""Noon at the venue on the day the small tournament begins."""

ROWS, SEATS = 4, 10
CAPACITY = 38
"""Of the 40 seats of the plan."""

COURTS = """court,name_zh,name_en,seat_plan,nominal_capacity,saleable_capacity,approved_capacity,roof
Oak,橡树球场,Oak Court,Oak,40,38,39,no
Outer,外场,Outer courts,,100,100,100,no
"""
ACCESS = """price_plan,opens_courts
oak,Oak|Outer
grounds,Outer
"""
PRICES = """price_plan,category,ticket_type,price_yuan
oak,A,adult,680.00
oak,A,concession,340.00
oak,B,adult,280.00
oak,B,concession,140.00
oak,Companion,companion,0.00
grounds,,adult,50.00
grounds,,concession,25.00
"""
REFUNDS = """policy,valid_from,until_hours_before_start,until_at,inclusive,fee_percent,fee_yuan,per,whole_order_only,note_zh,note_en
standard,2025-08-01,24,,yes,20,,ticket,no,说明,note
standard,2025-08-01,0,,yes,none,,ticket,no,说明,note
"""
SESSIONS = """session,date,courts,kind,name_zh,name_en,gates_open,starts_at,price_plan,unnumbered_capacity,real_name,policy
O1,2025-09-27,Oak,day,橡树日场,Oak day session,2025-09-27T10:00+08:00,2025-09-27T12:30+08:00,oak,,yes,standard
O2,2025-09-28,Oak,day,橡树日场,Oak day session,2025-09-28T10:00+08:00,2025-09-28T12:30+08:00,oak,,no,standard
G1,2025-09-27,Outer,grounds,欢享票,Grounds pass,2025-09-27T10:00+08:00,2025-09-27T11:00+08:00,grounds,6,yes,standard
"""
PRESALE_HEAD = "order_no,pickup_code,channel,paid_at,buyer,phone,session,section,row,seat,ticket_type,price_yuan,attendee,document_type,document_no,status\n"
PRESALE = (
    PRESALE_HEAD
    + """TT0001,AAAA2222,app,2025-09-01T10:00:00+08:00,试一,19900000001,O1,1,1,1,adult,680.00,试一,resident_id,110101189001010016,paid
TT0001,AAAA2222,app,2025-09-01T10:00:00+08:00,试一,19900000001,O1,1,1,2,adult,680.00,试二,resident_id,110101189001010024,paid
TT0002,,web,2025-09-02T10:00:00+08:00,试三,19900000002,O1,1,4,1,adult,280.00,试三,passport,X0000001,paid
"""
)


def resident_id(serial: int) -> str:
    """A well-formed number of somebody born in 1890: of no living person."""
    body = f"11010118900{1 + serial // 28000 % 9}{1 + serial // 1000 % 28:02d}{serial % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def oak_plan() -> str:
    """Four rows of ten: row 1 and 2 level A, 3 and 4 level B, but the last two for companions."""
    rows = []
    for row in range(1, ROWS + 1):
        seats = [
            {
                "seat_guid": f"O1-{row}-{n}",
                "seat_number": str(n),
                "category": "Companion" if (row, n) in ((4, 9), (4, 10)) else "AABB"[row - 1],
                "position": {"x": n * 0.55, "y": row * 0.9},
            }
            for n in range(1, SEATS + 1)
        ]
        rows.append({"row_number": str(row), "position": {"x": 0, "y": 0}, "seats": seats})
    zone = {"name": "Oak 1", "zone_id": "1", "position": {"x": 1, "y": 1}, "rows": rows}
    return json.dumps(
        {"name": "Oak", "categories": [], "zones": [zone], "size": {"width": 8, "height": 6}}
    )


def catalogue_files(folder: Path) -> list[Path]:
    """The small catalogue as files."""
    texts = {
        "plan.json": oak_plan(),
        "courts.csv": COURTS,
        "access.csv": ACCESS,
        "prices.csv": PRICES,
        "refunds.csv": REFUNDS,
        "sessions.csv": SESSIONS,
        "presale.csv": PRESALE,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


@cache
def _pattern() -> Path:
    """One small home, made once and copied for each test."""
    folder = Path(mkdtemp(prefix="boxoffice-test-"))
    clock.use(lambda: NOON)
    home = Home(folder / "home")
    bootstrap.make_home(home, Settings(kind=HomeKind.TRAINING))
    with bootstrap.open_office(home) as office:
        for person in training.PEOPLE:
            training.enter(office=office, person=person)
        files = [exchange.read(path) for path in catalogue_files(folder)]
        reports = catalogue.import_files(office=office, files=files)
    assert not any(report.errors or report.exceptions for report in reports)
    return home.path


def small_home(folder: Path) -> Home:
    """A fresh copy of the small home in `folder`."""
    return Home(Path(shutil.copytree(_pattern(), folder / "home")))


@dataclass(frozen=True)
class AtWork:
    """An office with a clerk signed on and a shift open."""

    office: Office
    desk: Desk

    def session(self, code: str) -> int:
        """Id of a session."""
        found = self.office.read(
            lambda store: store.first("SELECT id FROM session WHERE code = ?", (code,))
        )
        assert found is not None
        return int(found[0])

    def seat(self, row: int, number: int) -> int:
        """Id of a seat of the small court."""
        found = self.office.read(
            lambda store: store.first(
                'SELECT id FROM seat WHERE "row" = ? AND number = ?', (str(row), str(number))
            )
        )
        assert found is not None
        return int(found[0])


@contextmanager
def at_work(home: Home, *, threaded: bool = False, number: str = "1001"):
    """Open a home at noon, with the clerk (or who has `number`) signed on and a shift open."""
    clock.use(lambda: NOON)
    with ExitStack() as closing:
        office = closing.enter_context(bootstrap.open_office(home, threaded=threaded))
        bootstrap.recover(office)
        operator = operators.operator_by_number(office=office, number=number)
        desk = shifts.desk_for(office=office, operator=operator)
        if desk.shift_id is None and number != "9001":
            desk = shifts.open_shift(office=office, desk=desk, float_fen=50_000)
        yield AtWork(office, desk)

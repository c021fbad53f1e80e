"""Many tickets for one session without numbers, sold by several tenders, as files bring them."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from boxoffice import exchange
from boxoffice.domain import accounts
from boxoffice.services.programme import catalogue
from tests.homes import COURTS as SMALL_COURTS
from tests.homes import PRESALE_HEAD, AtWork
from tests.services.return_acts import SESSION_HEAD

CODE = "R1"
YUAN = 50
ROOM = 20_000
COURTS = f"""{SMALL_COURTS.splitlines()[0]}
Meadow,草地,Meadow,,{ROOM},{ROOM},{ROOM},no
"""
ACCESS = "price_plan,opens_courts\nmeadow,Meadow\n"
PRICES = f"price_plan,category,ticket_type,price_yuan\nmeadow,,adult,{YUAN}.00\n"
SESSION = (
    f"{SESSION_HEAD}\n{CODE},2025-09-29,Meadow,grounds,草地票,Meadow pass,"
    f"2025-09-29T10:00+08:00,2025-09-29T11:00+08:00,meadow,{ROOM},no,standard\n"
)
TENDERS = ("app", accounts.WECHAT, accounts.CARD_APART)
"""A channel pays back by itself, one is asked, one waits for its customers."""


def bring(work: AtWork, folder: Path, tickets: int) -> int:
    """Sell so many tickets in orders of one to four; answers how many orders."""
    lines, order, left = [], 0, tickets
    while left:
        count = min(left, 1 + order % 4)
        tender = TENDERS[order % len(TENDERS)]
        lines += [
            f"RR{order:06d},,{tender},2025-09-01T10:00:00+08:00,试一,,{CODE},,,,adult,{YUAN}.00,"
            ",,,paid\n"
        ] * count
        order, left = order + 1, left - count
    texts = {
        "courts.csv": COURTS,
        "access.csv": ACCESS,
        "prices.csv": PRICES,
        "sessions.csv": SESSION,
        "presale.csv": PRESALE_HEAD + "".join(lines),
    }
    files = []
    for name, text in texts.items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        files.append(exchange.read(path))
    named = accounts.channel

    def tender_of(channel: str) -> str:
        return channel if channel in TENDERS[1:] else named(channel)

    with patch.object(accounts, "channel", tender_of):
        reports = catalogue.import_files(office=work.office, files=files)
    assert not any(report.refused or report.exceptions for report in reports), reports
    return order

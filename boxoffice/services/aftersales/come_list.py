"""The list of who must come in person for their money, as a file for those who call them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.documents.paper import Both
from boxoffice.documents.statement import StatementPaper, Table, TableColumn, statement_pdf
from boxoffice.documents.workbook import Cell, Tab, Yuan, workbook
from boxoffice.documents.z_report import Figure
from boxoffice.domain.money import format_yuan
from boxoffice.errors import DiskTrouble
from boxoffice.queries.rain_runs import InPerson
from boxoffice.services.office import Office
from boxoffice.settings import HomeKind

_HEADS = (
    Both("订单号", "Order"),
    Both("姓名", "Name"),
    Both("有电话", "Has a phone"),
    Both("原支付", "Paid by"),
    Both("原因", "Why"),
    Both("金额", "Amount"),
)
_SHARES = (4, 3, 2, 3, 3, 3)
_TENDERS = {"cash": "现金 cash", "card_apart": "POS 单机 terminal"}
_WHY = {"cash": "现金 cash", "card_apart": "须持卡 the card", "dead": "原路不通 no way back"}
_TITLE = Both("须到场领款名单", "Must come in person")


def save(
    *, office: Office, desk: Desk, people: Sequence[InPerson], session: str, path: Path
) -> None:
    """Write the list as XLSX, or as PDF where the name ends so; names stay masked.

    Raises NotAllowed, or DiskTrouble where it cannot be written.
    """
    desk.require(Right.SETTLE_CASES)
    as_pdf = path.suffix.lower() == ".pdf"
    data = _pdf(office, people, session) if as_pdf else _xlsx(people)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DiskTrouble(file=str(path), why=error.strerror or "") from error


def _cells(one: InPerson) -> list[str]:
    return [
        one.number,
        one.buyer,
        "是 yes" if one.reachable else "–",
        _TENDERS.get(one.tender, one.tender),
        _WHY.get(one.why, one.why),
    ]


def _xlsx(people: Sequence[InPerson]) -> bytes:
    heads = [f"{head.zh} {head.en}" for head in _HEADS]
    rows: list[list[Cell]] = [[*_cells(one), Yuan(one.amount_fen)] for one in people]
    total = sum(one.amount_fen for one in people)
    rows.append(["合计 Total", "", "", "", "", Yuan(total)])
    return workbook([Tab(_TITLE.zh, heads, rows)])


def _pdf(office: Office, people: Sequence[InPerson], session: str) -> bytes:
    settings = office.settings
    last = len(_HEADS) - 1
    columns = [
        TableColumn(head, share, figures=place == last)
        for place, (head, share) in enumerate(zip(_HEADS, _SHARES, strict=True))
    ]
    rows = [[*_cells(one), format_yuan(one.amount_fen)] for one in people]
    total = sum(one.amount_fen for one in people)
    figures = [
        Figure(Both("订单数", "Orders"), count=len(people)),
        Figure(Both("金额", "Amount"), fen=total),
    ]
    return statement_pdf(
        StatementPaper(
            event=Both(settings.event_zh, settings.event_en),
            title=_TITLE,
            number=session,
            about=((Both("场次", "Session"), session),),
            at=clock.now(),
            sections=((Both("合计", "Total"), figures),),
            tables=(Table(_TITLE, columns, rows),),
            signed=False,
            training=settings.kind is not HomeKind.REAL,
        )
    )

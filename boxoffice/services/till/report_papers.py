"""X and Z reports as paper: the figures of a report put into words, and on to the printer."""

from __future__ import annotations

from collections.abc import Sequence

from boxoffice import clock
from boxoffice.documents.paper import Both
from boxoffice.documents.z_report import CountPaper, Figure, ReportPaper, report_pdf
from boxoffice.domain import accounts
from boxoffice.queries.reports import Returned, ShiftReport
from boxoffice.services.office import Office
from boxoffice.settings import HomeKind


def print_report(*, office: Office, report: ShiftReport) -> None:
    """Print an X or Z report on the receipt printer. Raises PrinterTrouble or NoPrinter."""
    pdf, title = report_paper(office, report)
    office.receipt_printer.print(pdf, title)


def report_paper(office: Office, report: ShiftReport) -> tuple[bytes, str]:
    """A report as PDF, and the title of the print run."""
    close, settings = report.close, office.settings
    paper = ReportPaper(
        event=Both(settings.event_zh, settings.event_en),
        number=None if close is None else close.number,
        window=str(report.window),
        operator=f"{report.operator} {report.name}",
        business_day=report.business_day,
        opened_at=report.opened,
        at=clock.now() if close is None else clock.from_text(close.at),
        sections=_sections(report),
        count=_count(report),
        training=settings.kind is not HomeKind.REAL,
    )
    kind = "X report" if close is None else f"Z report {close.number}"
    return report_pdf(paper), f"{kind} window {report.window}"


def _sections(report: ShiftReport) -> Sequence[tuple[Both, Sequence[Figure]]]:
    return (
        (
            Both("售票", "Sales"),
            (
                Figure(Both("笔数", "Sales"), report.orders),
                Figure(Both("票数", "Tickets"), report.tickets),
                Figure(Both("票款", "Takings"), fen=report.sales_fen, bold=True),
                Figure(Both("找零", "Change given"), fen=report.change_fen),
            ),
        ),
        (Both("撤销", "Voids"), _returned(report.voids)),
        (Both("退票", "Refunds"), _returned(report.refunds)),
        (
            Both("按支付方式", "By tender"),
            tuple(
                figure
                for account, tender in report.tenders.items()
                for figure in (
                    Figure(_in(account, Both("收", "taken")), fen=tender.taken_fen),
                    Figure(_in(account, Both("退", "given back")), fen=tender.given_fen),
                )
            )
            or (Figure(Both("无", "none")),),
        ),
        (
            Both("现金", "Cash"),
            (
                Figure(Both("备用金", "Float"), fen=report.float_fen),
                Figure(Both("存入", "Paid in"), report.paid_in.count, report.paid_in.fen),
                Figure(Both("支出", "Paid out"), report.paid_out.count, report.paid_out.fen),
                Figure(Both("缴款入保险柜", "Drops"), report.drops.count, report.drops.fen),
            ),
        ),
        (
            Both("其他", "Other"),
            (
                Figure(Both("取票", "Pickups"), report.hand_overs),
                Figure(Both("补打", "Reprints"), report.reprints),
            ),
        ),
    )


def _in(account: str, what: Both) -> Both:
    if account == accounts.DRAWER:
        return Both(f"现金{what.zh}", f"Cash {what.en}")
    name = accounts.channel_of(account)
    return Both(f"渠道 {name} {what.zh}", f"Channel {name} {what.en}")


def _returned(what: Returned) -> Sequence[Figure]:
    return (
        Figure(Both("票数", "Tickets"), what.tickets, what.price_fen),
        Figure(Both("手续费", "Fees kept"), fen=what.fee_fen),
        Figure(Both("退还", "Given back"), fen=what.fen),
    )


def _count(report: ShiftReport) -> CountPaper | None:
    close = report.close
    if close is None:
        return None
    return CountPaper(
        counts={int(fen): number for fen, number in close.counts.items()},
        figures=(
            Figure(Both("实点", "Counted"), fen=close.counted_fen, bold=True),
            Figure(Both("应有", "Expected"), fen=report.expected_fen),
            Figure(Both("长款", "Over"), fen=report.over_fen, bold=True),
            Figure(Both("短款", "Short"), fen=report.short_fen, bold=True),
            Figure(Both("退备用金", "Float returned"), fen=close.float_returned_fen),
            Figure(Both("上缴票款", "Takings to the safe"), fen=close.takings_fen),
            Figure(Both("钱箱余额", "Left in the drawer"), fen=0),
        ),
        closed_by="" if close.closed_by == report.operator else close.closed_by,
        reason=close.reason,
    )

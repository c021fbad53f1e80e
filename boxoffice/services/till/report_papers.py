"""X and Z reports as paper: the figures of a report put into words, and on to the printer."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.documents.paper import Both
from boxoffice.documents.z_report import CountPaper, Figure, ReportPaper, report_pdf
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.office import Office
from boxoffice.services.till import figure_words
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
        sections=figure_words.sections(report),
        count=_count(report),
        training=settings.kind is not HomeKind.REAL,
    )
    kind = "X report" if close is None else f"Z report {close.number}"
    return report_pdf(paper), f"{kind} window {report.window}"


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

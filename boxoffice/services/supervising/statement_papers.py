"""Statements of shifts, windows and days as PDF and XLSX: one set of figures, put down twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.documents.paper import Both
from boxoffice.documents.statement import StatementPaper, Table, TableColumn, statement_pdf
from boxoffice.documents.workbook import Cell, Tab, Yuan, workbook
from boxoffice.documents.z_report import Figure
from boxoffice.domain import accounts
from boxoffice.domain.money import format_yuan
from boxoffice.queries import folding, reports, statements
from boxoffice.queries.folding import Fold
from boxoffice.queries.reports import Figures, ShiftReport
from boxoffice.queries.statements import DayFold, ShiftName, Statement
from boxoffice.records.store import Store
from boxoffice.services.till import figure_words
from boxoffice.services.till.figure_words import Section
from boxoffice.settings import HomeKind, Settings

_HASH_SHOWN = 16
_CENTRAL = Both("中央记录", "Central records")


@dataclass(frozen=True, slots=True)
class Report:
    """One statement with all that stands on it; `number` is empty for a reading."""

    title: Both
    number: str
    about: tuple[tuple[Both, str], ...]
    at: datetime
    figures: Figures
    accounts: Mapping[str, folding.Sums]
    day: DayFold | None
    names: Mapping[str, ShiftName]
    by_window: bool
    """Whether windows are listed one by one."""


def of_day(store: Store, day: DayFold, kept: Sequence[Statement]) -> Report:
    """The statement of a day, one of its parts, or all of them; a reading where none is kept."""
    about = [(Both("营业日", "Business day"), day.business_day)]
    makers = list(dict.fromkeys(one.operator or "–" for one in kept))
    if makers:
        about.append((Both("制表人", "Made by"), ", ".join(makers)))
    title = Both("日结报表", "Day statement")
    if kept and kept[0].part:
        title = Both("日结补充报表", "Supplement to a day statement")
    names = [kept[0].name, kept[-1].name] if len(kept) > 1 else [one.name for one in kept]
    whole = day.whole
    return Report(
        title=title,
        number=" – ".join(names),
        about=tuple(about),
        at=kept[-1].at if kept else clock.now(),
        figures=reports.figures(whole),
        accounts=whole.accounts(),
        day=day,
        names=statements.shift_names(store, day),
        by_window=True,
    )


def of_window(store: Store, day: DayFold, window: int) -> Report:
    """What one window did on a day; never kept, for it is part of the day's statement."""
    part = day.of_window(window)
    whole = part.whole
    return Report(
        title=Both("窗口报表", "Window statement"),
        number="",
        about=(
            (Both("营业日", "Business day"), day.business_day),
            (Both("窗口", "Window"), _window(window)),
        ),
        at=clock.now(),
        figures=reports.figures(whole),
        accounts=whole.accounts(),
        day=part,
        names=statements.shift_names(store, part),
        by_window=False,
    )


def of_shift(store: Store, shift_id: str) -> Report:
    """One shift as it stands, or as it was closed. Raises LookupError for an unknown one."""
    found: ShiftReport = reports.shift_report(store, shift_id)
    close = found.close
    return Report(
        title=Both("班次报表", "Shift report"),
        number="" if close is None else f"Z {found.window}/{found.epoch}/{close.number}",
        about=(
            (Both("营业日", "Business day"), found.business_day),
            (Both("窗口", "Window"), _window(found.window)),
            (Both("操作员", "Operator"), f"{found.operator} {found.name}"),
            (Both("上岗", "Opened"), f"{clock.venue(found.opened):%Y-%m-%d %H:%M:%S}"),
        ),
        at=clock.now() if close is None else clock.from_text(close.at),
        figures=found,
        accounts=folding.of_shift(store, shift_id).accounts(),
        day=None,
        names={},
        by_window=False,
    )


def _window(window: int) -> str:
    return str(window) if window else f"{_CENTRAL.zh} {_CENTRAL.en}"


def sections(report: Report) -> tuple[Section, ...]:
    """All figures, over and short among them."""
    count = (
        _amount(Both("长款", "Over"), report.figures.over_fen),
        _amount(Both("短款", "Short"), report.figures.short_fen),
    )
    return (*figure_words.sections(report.figures), (Both("盲点", "Blind count"), count))


def _amount(text: Both, fen: int) -> Figure:
    """An amount by itself."""
    return Figure(text, fen=fen)


# --- its tables, with cells as a workbook has them


@dataclass(frozen=True, slots=True)
class _Listed:
    title: Both
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Cell]]


_SUMS = (
    TableColumn(Both("笔数", "Sales"), 2, True),
    TableColumn(Both("票数", "Tickets"), 2, True),
    TableColumn(Both("票款", "Takings"), 4, True),
    TableColumn(Both("撤销退票", "Returned"), 4, True),
    TableColumn(Both("现金净额", "Net cash"), 4, True),
    TableColumn(Both("长款", "Over"), 3, True),
    TableColumn(Both("短款", "Short"), 3, True),
)


def _sums(fold: Fold) -> list[Cell]:
    found = reports.figures(fold)
    cash = found.tenders.get(accounts.DRAWER, folding.Tender(0, 0))
    back = found.voids.fen + found.refunds.fen
    return [
        found.orders,
        found.tickets,
        Yuan(found.sales_fen + found.presale.fen),
        Yuan(back),
        Yuan(cash.taken_fen - cash.given_fen),
        Yuan(found.over_fen),
        Yuan(found.short_fen),
    ]


def _tables(report: Report) -> Iterator[_Listed]:
    day = report.day
    if day is not None and report.by_window:
        yield _Listed(
            Both("按窗口", "By window"),
            (TableColumn(Both("窗口", "Window"), 4), *_SUMS),
            [[_window(number), *_sums(fold)] for number, fold in day.windows.items()],
        )
    if day is not None:
        yield _Listed(
            Both("按班次", "By shift"),
            (
                TableColumn(Both("窗口", "Window"), 3),
                TableColumn(Both("操作员", "Operator"), 4),
                TableColumn(Both("Z", "no."), 1, True),
                *_SUMS,
            ),
            [
                [_window(part.window), *_shift(part.shift_id, report.names), *_sums(part.fold)]
                for part in day.parts
            ],
        )
    yield _accounts(report)
    if day is not None:
        yield _Listed(
            Both("所含流水", "Journals included"),
            (
                TableColumn(Both("窗口", "Window"), 3),
                TableColumn(Both("代", "Epoch"), 1, True),
                TableColumn(Both("末号", "Last number"), 2, True),
                TableColumn(Both("校验", "Hash"), 5),
            ),
            [[_window(h.window), h.epoch, h.number, h.hash[:_HASH_SHOWN]] for h in day.heads],
        )


def _shift(shift_id: str | None, names: Mapping[str, ShiftName]) -> list[Cell]:
    if shift_id is None:
        return ["无班次 no shift", None]
    name = names.get(shift_id)
    if name is None:
        return [shift_id, None]
    return [name.operator, name.z_number or None]


def _accounts(report: Report) -> _Listed:
    rows: list[list[Cell]] = [
        [account, Yuan(debit), Yuan(credit), Yuan(debit - credit)]
        for account, (debit, credit) in report.accounts.items()
    ]
    debits = sum(debit for debit, _ in report.accounts.values())
    credits = sum(credit for _, credit in report.accounts.values())
    rows.append(["合计 Total", Yuan(debits), Yuan(credits), Yuan(debits - credits)])
    return _Listed(
        Both("科目", "Accounts"),
        (
            TableColumn(Both("科目", "Account"), 4),
            TableColumn(Both("借方", "Debit"), 3, True),
            TableColumn(Both("贷方", "Credit"), 3, True),
            TableColumn(Both("余额", "Balance"), 3, True),
        ),
        rows,
    )


# --- on paper, and as a workbook


def pdf(report: Report, settings: Settings) -> bytes:
    """The statement on A4."""
    return statement_pdf(
        StatementPaper(
            event=Both(settings.event_zh, settings.event_en),
            title=report.title,
            number=report.number,
            about=report.about,
            at=report.at,
            sections=sections(report),
            tables=[
                Table(one.title, one.columns, [[_words(cell) for cell in row] for row in one.rows])
                for one in _tables(report)
            ],
            signed=bool(report.number),
            training=_training(settings),
        )
    )


def _training(settings: Settings) -> bool:
    if settings.kind is HomeKind.CENTRAL:
        return bool(settings.training_time)
    return settings.kind is not HomeKind.REAL


def _words(cell: Cell) -> str:
    if isinstance(cell, Yuan):
        return format_yuan(cell.fen)
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell or ""


def xlsx(report: Report) -> bytes:
    """The statement as a workbook: what it is, its figures, and a sheet for every table."""
    about: list[list[Cell]] = [
        ["报表 Statement", f"{report.title.zh} {report.title.en}"],
        ["编号 Number", report.number],
    ]
    about += [[f"{label.zh} {label.en}", value] for label, value in report.about]
    about.append(["制表 Made", f"{clock.venue(report.at):%Y-%m-%d %H:%M:%S}"])
    listed: list[list[Cell]] = []
    for title, figures in sections(report):
        for figure in figures:
            listed.append(
                [
                    f"{title.zh} {title.en}",
                    f"{figure.text.zh} {figure.text.en}",
                    figure.count,
                    None if figure.fen is None else Yuan(figure.fen),
                ]
            )
    heads = ("组 Group", "项目 Figure", "数量 Count", "金额 CNY")
    tabs = [Tab("报表 Statement", ("项目", "Value"), about), Tab("数字 Figures", heads, listed)]
    for one in _tables(report):
        names = [f"{column.head.zh} {column.head.en}" for column in one.columns]
        tabs.append(Tab(f"{one.title.zh} {one.title.en}", names, one.rows))
    return workbook(tabs)

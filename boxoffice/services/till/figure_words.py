"""The figures of a report put into words for paper: the same for a shift, a window and a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from boxoffice.documents.paper import Both
from boxoffice.documents.tender_words import tender_name
from boxoffice.documents.z_report import Figure
from boxoffice.domain import accounts
from boxoffice.queries.folding import Exchanged, Moves, Returned
from boxoffice.queries.reports import Figures

Section = tuple[Both, Sequence[Figure]]

_OWED = {
    accounts.DEPOSITS: Both("未付清预收", "Deposits held"),
    accounts.REFUNDS_DUE: Both("待退款", "Refunds owed"),
}
_OTHER_ACTS = {
    "exchange": Both("改签换座", "Exchanges"),
    "rain": Both("雨天退票", "Rain refunds"),
    "cancelled": Both("取消场次退票", "Refunds of cancelled sessions"),
    "moved": Both("改期场次退票", "Refunds of moved sessions"),
}


def sections(report: Figures) -> tuple[Section, ...]:
    """All figures by what they are about; of what is rare only where there is something."""
    return (
        (Both("售票", "Sales"), tuple(_sales(report))),
        (Both("撤销", "Voids"), _returned(report.voids)),
        (Both("退票", "Refunds"), _returned(report.refunds)),
        *((_act(act), _exchanged(one)) for act, one in report.exchanged.items()),
        (Both("手续费", "Fees"), (Figure(Both("合计", "All fees"), fen=report.fees_fen),)),
        (Both("按支付方式", "By tender"), tuple(_tenders(report)) or (Figure(Both("无", "none")),)),
        *(((Both("应付顾客", "Owed to customers"), tuple(_owed(report))),) if report.owed else ()),
        (
            Both("现金", "Cash"),
            (
                Figure(Both("备用金", "Float"), fen=report.float_fen),
                _moves(Both("存入", "Paid in"), report.paid_in),
                _moves(Both("支出", "Paid out"), report.paid_out),
                _moves(Both("缴款入保险柜", "Drops"), report.drops),
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


def _sales(report: Figures) -> Iterator[Figure]:
    yield Figure(Both("笔数", "Sales"), report.orders)
    yield Figure(Both("票数", "Tickets"), report.tickets)
    yield Figure(Both("票款", "Takings"), fen=report.sales_fen, bold=True)
    yield Figure(Both("找零", "Change given"), fen=report.change_fen)
    for text, what in (
        (Both("预收", "Deposits taken"), report.deposits),
        (Both("预收退还", "Deposits given back"), report.undone),
        (Both("迟到款项", "Came too late"), report.late),
        (Both("渠道预售", "Presale of channels"), report.presale),
    ):
        if what.count:
            yield _moves(text, what)


def _moves(text: Both, what: Moves) -> Figure:
    return Figure(text, what.count, what.fen)


def _returned(what: Returned) -> Sequence[Figure]:
    return (
        Figure(Both("票数", "Tickets"), what.tickets, what.price_fen),
        Figure(Both("手续费", "Fees kept"), fen=what.fee_fen),
        Figure(Both("退还", "Given back"), fen=what.fen),
    )


def _act(act: str) -> Both:
    return _OTHER_ACTS.get(act, Both(act, act))


def _exchanged(what: Exchanged) -> Sequence[Figure]:
    return (
        Figure(Both("笔数", "Acts"), what.count),
        Figure(Both("新票款", "Sold"), fen=what.sold_fen),
        Figure(Both("旧票款", "Taken back"), fen=what.price_fen),
        Figure(Both("手续费", "Fees kept"), fen=what.fee_fen),
    )


def _tenders(report: Figures) -> Iterator[Figure]:
    for account, tender in report.tenders.items():
        name = tender_name(account)
        yield Figure(_joined(name, Both("收", "taken")), fen=tender.taken_fen)
        yield Figure(_joined(name, Both("退", "given back")), fen=tender.given_fen)
        if tender.came_home_fen:
            home = Both("退回未成", "could not be paid back")
            yield Figure(_joined(name, home), fen=tender.came_home_fen)


def _owed(report: Figures) -> Iterator[Figure]:
    for account, owed in report.owed.items():
        name = _OWED[account]
        yield Figure(_joined(name, Both("新增", "added")), fen=owed.added_fen)
        yield Figure(_joined(name, Both("结清", "settled")), fen=owed.settled_fen)


def _joined(name: Both, what: Both) -> Both:
    return Both(f"{name.zh}{what.zh}", f"{name.en} {what.en}")

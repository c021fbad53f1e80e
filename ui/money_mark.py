"""What the frame says of payments that are not settled: in the strip below, and a button on top."""

from __future__ import annotations

from PySide6.QtCore import QObject

from boxoffice.queries import payments
from boxoffice.queries.payments import OpenMoney
from boxoffice.services.office import Office
from ui import formats
from ui.widgets.status_strip import StatusItem
from ui.widgets.top_bar import TopBar


def look(office: Office) -> OpenMoney:
    """What is not settled at this window; reads the records."""
    chain, talked_of = office.chain, tuple(office.underway.talks)
    return office.read(
        lambda store: payments.open_money(store, chain.window, chain.epoch, talked_of)
    )


class MoneyMark(QObject):
    """Stays in sight until nothing is unknown or left half done, and nobody who paid late waits."""

    def __init__(self, top_bar: TopBar, parent: QObject) -> None:
        super().__init__(parent)
        self._top_bar = top_bar

    def show(self, money: OpenMoney) -> list[StatusItem]:
        """Mark it on top; answers what the strip says."""
        unknown, late, left = len(money.unknown), len(money.late), len(money.exchanges)
        said = [
            self.tr("%n payment(s) unknown", "", unknown) if unknown else "",
            self.tr("%n paid late", "", late) if late else "",
            self.tr("%n exchange(s) not ended", "", left) if left else "",
        ]
        self._top_bar.set_mark(formats.DOT.join(part for part in said if part))
        items = []
        if unknown:
            advice = self.tr("seats are held, hand nothing over; Alt Q shows them")
            items.append(StatusItem(said[0], "attention", advice))
        if late:
            advice = self.tr("hand over or refund; Alt Q shows them")
            items.append(StatusItem(said[1], "attention", advice))
        if left:
            advice = self.tr("their places are held; Alt Q shows them")
            items.append(StatusItem(said[2], "attention", advice))
        return items

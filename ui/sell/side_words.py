"""What the side of the sell page says in each of its states: title, what is missing, what F8 does.

The states stand here too, for those who ask which one it is.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject

from boxoffice.queries.deposits import Deposits
from boxoffice.queries.orders import OrderView
from boxoffice.queries.payments import (
    ExchangeLeft,
    GoingBack,
    OpenAttempt,
    PaidInPart,
    PaidLate,
)
from ui import formats
from ui.approval.limit_panel import LimitPanel
from ui.sell.cash_panel import CashPanel
from ui.sell.free_panel import FreePanel
from ui.sell.group_panel import GroupPanel
from ui.sell.open_money_panel import OpenMoneyPanel
from ui.sell.parked import ParkedPanel
from ui.sell.reserve_panel import ReservePanel
from ui.sell.share_panel import SharePanel
from ui.sell.tender_primary import TenderPrimary
from ui.sell.tender_words import TenderWords
from ui.sell.waiting_panel import WaitingPanel


class SideState(Enum):
    """What the side shows."""

    BASKET = "basket"
    CASH = "cash"
    SHARE = "share"
    """By a code, a card, or a terminal that stands alone."""
    FREE = "free"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    UNDONE = "undone"
    MONEY = "money"
    """Payments that are not settled."""
    DONE = "done"
    PARKED = "parked"
    RESERVE = "reserve"
    RESERVED = "reserved"
    GROUP = "group"
    LIMIT = "limit"


PAYING = (SideState.CASH, SideState.SHARE, SideState.FREE)
"""Where a tender is chosen."""
WITH_BACK = (
    *PAYING,
    SideState.WAITING,
    SideState.MONEY,
    SideState.PARKED,
    SideState.RESERVE,
    SideState.GROUP,
    SideState.LIMIT,
)
"""What Esc leaves for the basket, or gives up."""
AFTER = (SideState.DONE, SideState.RESERVED, SideState.UNKNOWN, SideState.UNDONE)
"""One customer is served; whatever is done next is for another one."""


class SideWords(QObject):
    """Reads the panels it is given; `view` is the basket, `here` what was paid of it."""

    def __init__(
        self,
        cash: CashPanel,
        parked: ParkedPanel,
        reserve: ReservePanel,
        group: GroupPanel,
        limit: LimitPanel,
        share: SharePanel,
        free: FreePanel,
        waiting: WaitingPanel,
        money: OpenMoneyPanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._parked = parked
        self._reserve, self._group, self._limit = reserve, group, limit
        self._share, self._free, self._waiting, self._money = share, free, waiting, money
        self._tenders = TenderWords(self)
        self.tender = TenderPrimary(cash, share, waiting, self)
        """What F8 says while money is taken."""
        self.view: OrderView | None = None
        self.here: Deposits | None = None

    @property
    def count(self) -> int:
        """Tickets in the basket."""
        return len(self.view.lines) if self.view is not None else 0

    def title(self, state: SideState) -> str:
        """The head of the side."""
        said = {
            SideState.DONE: self.tr("Sold"),
            SideState.PARKED: self.tr("Parked baskets"),
            SideState.CASH: self.tr("Cash"),
            SideState.RESERVE: self.tr("Reserve"),
            SideState.RESERVED: self.tr("Reserved"),
            SideState.GROUP: self.tr("Group list"),
            SideState.LIMIT: self.tr("Over the limit"),
            SideState.SHARE: self._tenders.name(self._share.tender),
            SideState.FREE: self.tr("Complimentary"),
            SideState.WAITING: self._tenders.name(self._waiting.tender),
            SideState.UNKNOWN: self.tr("Payment unknown"),
            SideState.UNDONE: self.tr("Given back"),
            SideState.MONEY: self.tr("Open payments"),
        }
        if state in said:
            return said[state]
        if not self.count:
            return self.tr("This basket")
        return self.tr("This basket: %n ticket(s)", "", self.count)

    def missing(self, state: SideState) -> str:
        """What has to happen before it can go on; "" for nothing."""
        if state is SideState.BASKET:
            return self.basket_missing()
        if state is SideState.RESERVE:
            return self._reserve.missing()
        if state is SideState.LIMIT:
            return self._limit.missing()
        if state is SideState.FREE:
            return self._free.missing()
        return ""

    def basket_missing(self) -> str:
        """What has to happen before the basket can be paid."""
        if self.view is None or not self.view.lines:
            return ""
        wanted, proofs = self.view.documents_wanted, self.view.proofs_wanted
        lacking = [self.tr("%n document(s) still to scan", "", wanted)] if wanted else []
        if proofs:
            lacking.append(self.tr("%n proof(s) still to see", "", proofs))
        return formats.DOT.join(lacking)

    def primary(self, state: SideState) -> tuple[str, bool]:
        """What F8 would do, and whether it may, as far as the side can tell."""
        if state in AFTER:
            return self.tr("Next customer"), True
        if state is SideState.PARKED:
            return self.tr("Bring this basket back"), bool(self._parked.current)
        named = {
            SideState.RESERVE: self._reserve_words,
            SideState.GROUP: self._group_words,
            SideState.CASH: lambda: self.tender.cash(self.count),
            SideState.LIMIT: self._limit.words,
            SideState.SHARE: lambda: self.tender.share(self.count),
            SideState.WAITING: self.tender.waiting,
            SideState.MONEY: self._money_words,
        }
        if state in named:
            return named[state]()
        if state is SideState.FREE:
            return self._free.words(self.count)
        said = self.tr("Take the rest") if self.here is not None else self.tr("Take the money")
        return said, self.count > 0 and not self.basket_missing()

    def _money_words(self) -> tuple[str, bool]:
        one = self._money.current
        if isinstance(one, OpenAttempt):
            name = self._tenders.name(one.tender)
            return self.tr("Ask {tender} again").format(tender=name), True
        if isinstance(one, PaidLate):
            said = self.tr("Hand over order {number}").format(number=one.number)
            return said, True
        if isinstance(one, PaidInPart):
            return self.tr("Go on with order {number}").format(number=one.number), True
        if isinstance(one, ExchangeLeft):
            return self.tr("Go on with order {number}").format(number=one.number), True
        if isinstance(one, GoingBack):
            return self.tr("Nothing to do"), False
        return self.tr("Nothing is open"), False

    def _group_words(self) -> tuple[str, bool]:
        preview = self._group.preview
        if preview is None:
            return self.tr("Paste a list first"), False
        if not self._group.ready:
            return self.tr("Nobody here gets a ticket"), False
        return self.tr("Name %n ticket(s)", "", preview.tickets), True

    def _reserve_words(self) -> tuple[str, bool]:
        said = self.tr("Reserve %n ticket(s)", "", self.count)
        if self._reserve.deadline is not None:
            until = self.tr("until {time}").format(time=formats.time(self._reserve.deadline))
            said = f"{said}{formats.DOT}{until}"
        return said, not self._reserve.missing()

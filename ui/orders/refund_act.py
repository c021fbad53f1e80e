"""Refund: tickets ticked, what they bring back said before anyone agrees, then done once."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication, QObject

from boxoffice import clock
from boxoffice.desk import Desk, Right
from boxoffice.domain.statuses import OrderStatus
from boxoffice.errors import BoxOfficeError, QuoteChanged
from boxoffice.queries import refunds as tiers
from boxoffice.queries.orders import OrderView
from boxoffice.queries.refunds import Offer, Offers
from boxoffice.queries.scanned_tickets import ScannedTicket, judge
from boxoffice.services.aftersales import refunds
from boxoffice.services.aftersales.refunds import REFUND, Outlook
from ui import formats
from ui.context import Context
from ui.orders.quote_sums import QuoteSums
from ui.orders.return_base import ReturnAct
from ui.widgets.action_button import ActionButton
from ui.widgets.row_model import Row


class RefundAct(ReturnAct):
    """What the ticked tickets bring is asked for with every tick; `tick_all()` ticks them all."""

    key = "Alt+T"

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self._order_id = ""
        self._offers: Offers | None = None
        self._outlook: Outlook | None = None
        self._seen: set[str] = set()
        self.sums = QuoteSums(self._words)
        self.body.middle.addWidget(self.sums.clauses)
        self.body.foot.addWidget(self.sums)
        self.body.foot.addWidget(self.sums.no_cash)
        self.all_button = ActionButton(key="Alt+A", act=self.tick_all)
        self.quiet = (self.all_button,)
        self.retranslate()

    # --- what the page asks

    @classmethod
    def title(cls) -> str:
        return QCoreApplication.translate("RefundAct", "Refund")

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        allowed = desk.operator.may(Right.SELL) and desk.shift_id is not None
        allowed = allowed and order.status != OrderStatus.EXCHANGING
        return allowed and any(line.ticket_live for line in order.lines)

    def begin(self, order: OrderView) -> None:
        self._order_id, self._offers, self._outlook = order.id, None, None
        self._seen = set()
        super().begin(order)
        self._show()
        self._load()

    def scanned(self, text: str) -> bool:
        """A ticket of this order: it is in hand, so it is ticked."""
        if self.back is not None:
            return False
        office = self._context.office
        self._asking.ask(lambda: office.read(lambda s: judge(s, text)), self._judged, self.refused)
        return True

    def retranslate(self) -> None:
        self._show()

    # --- asking

    def _load(self) -> None:
        order_id, office = self._order_id, self._context.office
        self._asking.ask(
            lambda: office.read(lambda s: tiers.offers(s, order_id, clock.now())),
            self._offered,
            self.refused,
        )

    def _offered(self, found: Offers) -> None:
        self._offers = found
        free = [offer.line.id for offer in found.lines if not offer.why]
        kept = self._ticked & set(free)
        if not kept and (len(free) == 1 or found.whole_with(free[:1]) == set(free)):
            kept = set(free)
        self._choose(kept)

    def _judged(self, found: ScannedTicket | None) -> None:
        if found is None or found.order_id != self._order_id:
            self._trouble = self.tr("That is no ticket of this order.")
            self._show()
        elif found.dead:
            self._trouble = self.tr("That code is dead: it was refunded or printed again.")
            self._show()
        else:
            self._seen.add(found.line_id)
            self.tick(found.line_id, True)

    # --- choosing

    def tick(self, line_id: str, on: bool) -> None:
        """Choose a ticket, or not; what only goes back together is chosen together."""
        if self._offers is None or self.back is not None:
            return
        self._trouble = ""
        together = self._offers.whole_with({line_id})
        self._choose(self._ticked | together if on else self._ticked - together)

    def tick_all(self) -> None:
        """Choose every ticket that brings something; none where all were chosen already."""
        if self._offers is not None and self.back is None:
            self._trouble = ""
            every = {offer.line.id for offer in self._offers.lines if not offer.why}
            self._choose(set() if self._ticked == every else every)

    def _choose(self, chosen: Collection[str]) -> None:
        self._ticked, self._outlook = set(chosen), None
        self._show()
        if not chosen:
            self._asking.forget()
            return
        office, desk, order_id = self._context.office, self._context.desk, self._order_id
        wanted = sorted(chosen)
        self._asking.ask(
            lambda: refunds.quote(office=office, desk=desk, order_id=order_id, line_ids=wanted),
            self._quoted,
            self.refused,
        )

    def _quoted(self, outlook: Outlook) -> None:
        self._outlook = outlook
        out = {part.line.id for part in outlook.quote.lines if part.line.handed_over}
        self.body.papers.setChecked(bool(out) and out <= self._seen)
        self.ask_approval(REFUND, outlook.approval)
        self._show()

    # --- doing

    def do(self) -> None:
        outlook, papers = self._outlook, self.body.papers.isChecked()
        if outlook is None:
            return
        office, desk, quote = self._context.office, self._context.desk, outlook.quote
        self.take_back(
            lambda approval: refunds.refund(
                office=office,
                desk=desk,
                order_id=quote.order_id,
                line_ids=[part.line.id for part in quote.lines],
                quoted_fen=quote.amount_fen,
                papers_back=papers,
                approval=approval,
            ),
            self._not_refunded,
        )

    def _not_refunded(self, error: BoxOfficeError) -> None:
        if isinstance(error, QuoteChanged):
            self._load()
        self.refused(error)

    # --- showing

    def show_choice(self) -> None:
        lines = self._offers.lines if self._offers is not None else ()
        self.body.set_rows([self._row(offer) for offer in lines])
        quote = self._outlook.quote if self._outlook is not None else None
        self.sums.show_quote(quote)
        papers = quote.papers if quote is not None else 0
        self.body.ask_papers(
            self.tr("%n paper ticket(s) taken back (Alt K)", "", papers) if papers else ""
        )
        self.all_button.setText(self.tr("All tickets"))
        self.all_button.setEnabled(any(not offer.why for offer in lines))
        self._say_next(papers)

    def _say_next(self, papers: int) -> None:
        """What is missing, and what the primary action will do."""
        outlook, missing = self._outlook, ""
        self.primary.setText(self.sums.what_happens(outlook.quote if outlook else None))
        if outlook is None:
            chosen = bool(self._ticked)
            missing = "" if chosen or self._offers is None else self._nothing_chosen()
        elif papers and not self.body.papers.isChecked():
            missing = self.tr("Take the paper tickets back, or scan them, and confirm it.")
        note = ""
        # The figure stays untold: what the drawer should hold is for after the blind count.
        if outlook is not None and outlook.quote.cash_fen > outlook.drawer_fen:
            note = self.tr("The drawer may hold too little cash: look before you promise it.")
        self.say_next(missing, ready=outlook is not None, note=note)

    def _nothing_chosen(self) -> str:
        assert self._offers is not None
        if any(not offer.why for offer in self._offers.lines):
            return self.tr("Tick the tickets that come back (Alt A: all).")
        return self.tr("Nothing of this order can be refunded.")

    def _row(self, offer: Offer) -> Row:
        part = None
        if self._outlook is not None:
            found = (x for x in self._outlook.quote.lines if x.line.id == offer.line.id)
            part = next(found, None)
        price = formats.money(offer.line.price_fen)
        return Row(
            key=offer.line.id,
            fact=self._words.place(offer.line),
            detail=self._words.about(offer.line),
            value=price if part is None else formats.money(part.amount_fen),
            note=self._words.why(offer) if part is None else self._words.fee(part.fee_fen),
            value_tone="good" if part is not None else "",
            ticked=offer.line.id in self._ticked,
            enabled=not offer.why,
        )

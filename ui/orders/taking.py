"""Taking the money for an order in the side of an act: every tender, as on the page that sells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from boxoffice.domain.accounts import CARD, CARD_APART, CASH, CODES, COMPLIMENTARY
from boxoffice.errors import BadReference, BoxOfficeError
from boxoffice.queries.deposits import Deposits
from boxoffice.services.printing import tickets
from boxoffice.services.printing.tickets import Printed
from boxoffice.services.sales import asking, at_counter, checkout, reservations
from boxoffice.services.sales.attempts import Paying
from boxoffice.services.sales.finishing import Sale
from ui import theme
from ui.asking import Asking
from ui.context import Context
from ui.sell.cash_panel import CashPanel
from ui.sell.charge_wait import ChargeWait
from ui.sell.free_panel import FreePanel
from ui.sell.paying_codes import payment_code, tender_of
from ui.sell.share_panel import SharePanel
from ui.sell.tender_bar import TenderBar
from ui.sell.tender_primary import TenderPrimary
from ui.sell.tender_words import TenderWords
from ui.sell.told_panel import UnknownPanel
from ui.sell.waiting_panel import WaitingPanel
from ui.widgets.action_button import ActionButton

_BEFORE = "nothing was begun"
_Panel = TenderBar | CashPanel | SharePanel | FreePanel | WaitingPanel | UnknownPanel


class Taking(QWidget):
    """The tenders, and the panel of the one chosen; `begin` says what is due.

    Emits `changed` where `words` may differ, `came(Sale, Printed)` with money, all or a part,
    `unknown` where nobody can say yet, which then stands here, `refused(error)`, `closed` on Esc in
    the approval. What was wrong with a charge stands in `trouble`.
    """

    changed = Signal()
    laid = Signal(object)
    """This panel is in front, or grew."""
    came = Signal(object, object)
    unknown = Signal()
    refused = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._order_id, self._due, self._count = "", 0, 0
        self._lines: tuple[str, ...] = ()
        self._begun: object = _BEFORE
        self._lost = False
        self.trouble = ""
        self.tender = CASH
        self.tenders = TenderBar(at_counter.offered(context.office))
        self.cash, self.share, self.free = CashPanel(), SharePanel(), FreePanel(context)
        self.waiting, self.not_known = WaitingPanel(), UnknownPanel()
        self.part_button = ActionButton(key="Alt+D", act=self.keep_part)
        self._primary = TenderPrimary(self.cash, self.share, self.waiting, self)
        self._words = TenderWords(self)
        self._asking = Asking(context, self, self)
        self._wait = ChargeWait(context, self.waiting, self)
        self._wait.moved.connect(self.changed)
        self.tenders.chosen.connect(self.choose)
        self.free.closed.connect(self.closed)
        for panel in (self.cash, self.share, self.free):
            panel.changed.connect(self._named)
        self.cash.changed.connect(self._change_said)
        for typed in (self.cash, self.share):
            typed.confirmed.connect(self.finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for part in self._panels:
            # The side of an act has a margin of its own.
            inner = part.layout()
            assert inner is not None
            inner.setContentsMargins(0, theme.px(8), 0, theme.px(8))
            column.addWidget(part)
        column.addWidget(self.part_button)
        self._lay()

    @property
    def _panels(self) -> tuple[_Panel, ...]:
        typed = (self.cash, self.share, self.free)
        return (self.tenders, *typed, self.waiting, self.not_known)

    # --- what the act asks

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._asking.busy

    @property
    def charging(self) -> bool:
        """Whether somebody outside is asked, with the customer there."""
        return self._wait.going

    def begin(
        self,
        order_id: str,
        due_fen: int,
        count: int,
        line_ids: Sequence[str] = (),
        here: Deposits | None = None,
    ) -> None:
        """Take that much for an order, or for some of its lines; `here` was paid of it before.

        The same once more changes nothing: what was typed stays. So does what is unknown, until
        `forget`.
        """
        begun = (order_id, due_fen, count, tuple(line_ids))
        if self._lost or begun == self._begun:
            return
        self._begun = begun
        self._order_id, self._due, self._count, self._lines = begun
        self.tenders.show_here(here.parts if here is not None else (), due_fen)
        self.choose(CASH)

    def forget(self) -> None:
        """Nothing is to be taken any more; an answer still to come is dropped."""
        self._begun, self.trouble, self._lost = _BEFORE, "", False
        self.free.forget()
        self._lay()

    def choose(self, tender: str) -> None:
        """Take it by that tender."""
        if self.charging or self._begun is _BEFORE:
            return
        if tender not in self.tenders.buttons:
            return
        self.tender, self.trouble = tender, ""
        if tender == CASH:
            self.cash.begin(self._due)
        elif tender == COMPLIMENTARY:
            self.free.begin()
        else:
            self.share.begin(tender, self._due)
        if tender != COMPLIMENTARY:
            self.free.forget()
        self.tenders.mark(tender)
        self._lay()
        if tender != COMPLIMENTARY:
            (self.cash if tender == CASH else self.share).take_focus()

    def words(self) -> tuple[str, bool]:
        """What F8 would do, and whether it may."""
        if self.charging:
            return self._primary.waiting()
        if self.tender == CASH:
            return self._primary.cash(self._count)
        if self.tender == COMPLIMENTARY:
            return self.free.words(self._count)
        return self._primary.share(self._count)

    def hint(self) -> str:
        """What may be done besides, or is missing; "" for nothing."""
        if self.charging:
            return self.tr("Esc gives it up.")
        if self.tender == COMPLIMENTARY:
            return self.free.missing()
        if self.tender != CASH or self.cash.amount.fen() is not None:
            return ""
        if any(code in self.tenders.buttons for code in CODES):
            return self.tr("Or scan the customer's payment code: it is charged at once.")
        return ""

    def scanned(self, text: str) -> bool:
        """A payment code pays; False where the text is none."""
        code = payment_code(text, expected=self.tender in CODES)
        if not code:
            return False
        tender = tender_of(code)
        if self.charging or self.busy:
            return True  # one charge at a time
        if tender == CARD or tender not in self.tenders.buttons:
            said = (
                self.tr("A UnionPay code: let the card terminal read it.")
                if tender == CARD
                else self.tr("This window is not set up for {tender}. Nothing was charged.")
            )
            self.trouble = said.format(tender=self._words.name(tender))
            self.changed.emit()
            return True
        share = self.share.share_fen if self.tender in CODES else self._due
        if share is None:
            self.trouble = self.tr("Type how much is paid by this code first.")
            self.changed.emit()
        else:
            self._charge(tender, share, code)
        return True

    def give_up(self) -> None:
        """The customer wants the charge no more."""
        self._wait.give_up()

    # --- taking

    def finish(self) -> None:
        """Take what the panel in front says."""
        if self.busy or not self.words()[1]:
            return
        if self.tender == CASH:
            self._take_cash(None)
        elif self.tender == COMPLIMENTARY:
            if self.free.complete():
                self._give_away()
        elif self.tender == CARD_APART:
            self._take_apart()
        elif self.tender == CARD and self.share.share_fen is not None:
            self._charge(CARD, self.share.share_fen, "")

    def keep_part(self) -> None:
        """The cash that was given is a part of what is due."""
        given = self.cash.amount.fen()
        if self.tender == CASH and given and self.cash.change_fen is None and not self.busy:
            self._take_cash(given)

    def _take_cash(self, part: int | None) -> None:
        office, desk, given = self._context.office, self._context.desk, self.cash.amount.fen()
        order_id, lines = self._order_id, self._lines
        assert given is not None  # the panel is complete
        self._take(
            lambda: checkout.pay_cash(
                office=office, desk=desk, basket=order_id, tendered_fen=given, line_ids=lines,
                amount_fen=part,
            )
        )  # fmt: skip

    def _take_apart(self) -> None:
        office, desk, typed = self._context.office, self._context.desk, self.share.reference.text()
        order_id, lines, fen = self._order_id, self._lines, self.share.share_fen
        self._take(
            lambda: at_counter.pay_apart(
                office=office, desk=desk, basket=order_id, typed=typed, amount_fen=fen,
                line_ids=lines,
            )
        )  # fmt: skip

    def _give_away(self) -> None:
        office, desk = self._context.office, self._context.desk
        order_id, lines = self._order_id, self._lines
        reason, approval = self.free.reason.text, self.free.approval
        self._take(
            lambda: at_counter.give_away(
                office=office, desk=desk, basket=order_id, reason=reason, approval=approval,
                line_ids=lines,
            )
        )  # fmt: skip

    def _take(self, pay: Callable[[], Sale]) -> None:
        office, desk, order_id = self._context.office, self._context.desk, self._order_id

        def work() -> tuple[Sale, Printed]:
            sale = reservations.in_hand(office, desk, order_id, pay)
            return sale, tickets.print_jobs(office=office, desk=desk, job_ids=sale.print_jobs)

        self.trouble = ""
        self._asking.ask(work, lambda answer: self._came(*answer), self._refused)
        self.changed.emit()

    def _charge(self, tender: str, fen: int, code: str) -> None:
        office, desk, order_id = self._context.office, self._context.desk, self._order_id
        lines, amount = self._lines, None if fen == self._due else fen

        def work() -> tuple[Paying, Printed | None]:
            # Once only: whoever was asked must not be asked again because a push came between.
            reservations.take_up(office=office, desk=desk, order_id=order_id)
            paying = asking.ask(
                office=office, desk=desk, basket=order_id, tender=tender, code=code,
                amount_fen=amount, line_ids=lines,
            )  # fmt: skip
            if paying.sale is None:
                return paying, None
            jobs = paying.sale.print_jobs
            return paying, tickets.print_jobs(office=office, desk=desk, job_ids=jobs)

        self.trouble = ""
        self._wait.begin(order_id, tender, fen)
        self._lay()
        self.waiting.setFocus()
        self._asking.ask(work, lambda answer: self._answered(*answer), self._refused)

    # --- what came of it

    def _came(self, sale: Sale, printed: Printed) -> None:
        self._begun = _BEFORE
        self.came.emit(sale, printed)

    def _answered(self, paying: Paying, printed: Printed | None) -> None:
        self._wait.end()
        if paying.sale is not None and printed is not None:
            self._came(paying.sale, printed)
        elif paying.over:
            said = self._wait.nothing_taken(paying)
            self.choose(paying.tender)
            self.trouble = said
            self.changed.emit()
        else:
            self._begun, self._lost = _BEFORE, True
            self.not_known.show_paying(paying)
            self._lay()
            self.unknown.emit()

    def _refused(self, error: BoxOfficeError) -> None:
        self._wait.end()
        self._lay()
        if isinstance(error, BadReference):
            self.share.say(self._context.troubles.sentence(error))
        else:
            self.refused.emit(error)

    # --- showing

    def _lay(self) -> None:
        if self._lost:
            shown: tuple[_Panel, ...] = (self.not_known,)
        elif self.charging:
            shown = (self.waiting,)
        else:
            panels: dict[str, _Panel] = {CASH: self.cash, COMPLIMENTARY: self.free}
            shown = (self.tenders, panels.get(self.tender, self.share))
        for panel in self._panels:
            panel.setVisible(panel in shown)
        self.laid.emit(shown[-1])
        self._named()

    def _change_said(self) -> None:
        """The change stands below what was typed, and the key that keeps a part below that."""
        if self.cash.isVisible() and self.cash.amount.fen() is not None:
            short = self.cash.change_fen is None
            self.laid.emit(self.part_button if short else self.cash.change)

    def _named(self) -> None:
        given, short = self.cash.amount.fen(), self.cash.change_fen is None
        taking = not self.charging and not self._lost
        part = taking and self.tender == CASH and bool(given) and short
        self.part_button.setVisible(part)
        self.part_button.setText(self._primary.part(given or 0))
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text again."""
        for part in self._panels:
            part.retranslate()
        self._named()

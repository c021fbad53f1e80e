"""The shift page: what the shift did so far, cash that moves without a sale, the blind close."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from boxoffice.desk import Right
from boxoffice.errors import Broken
from boxoffice.queries import reports
from boxoffice.queries.reports import ShiftReport
from boxoffice.services.staff import shifts
from boxoffice.services.staff.shifts import OpenShift
from boxoffice.services.till import cash_moves, closing, report_papers
from boxoffice.services.till.closing import Standing
from ui import formats
from ui.change_relay import touches
from ui.context import Context
from ui.shift.count_card import CountCard
from ui.shift.day_statements import DayStatements
from ui.shift.figures import FiguresCard
from ui.shift.move_form import Move
from ui.shift.papers import ShiftPapers
from ui.shift.side import ShiftSide
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page


class Mode(Enum):
    """What the page is at."""

    NOTHING = "nothing"
    READ = "read"
    MOVE = "move"
    COUNT = "count"
    STATEMENTS = "statements"


class ShiftPage(Page):
    """Emits `closed(ShiftReport, Broken or None)` when a shift was closed: its Z report, and what
    kept it from being printed. A supervisor without a shift sees, and may close, the one that
    somebody left open here.
    """

    closed = Signal(object, object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._mode = Mode.NOTHING
        self._subject: OpenShift | None = None
        self._float_fen = 0
        self._sure = False
        self.figures, self.count, self._empty = FiguresCard(), CountCard(), EmptyState()
        self.statements = DayStatements(context, self)
        nothing = Card(padding=32)
        nothing.body.addWidget(self._empty)
        self._cards = {
            Mode.NOTHING: nothing,
            Mode.READ: self.figures,
            Mode.MOVE: self.figures,
            Mode.COUNT: self.count,
            Mode.STATEMENTS: self.statements,
        }
        self._stack = QStackedWidget()
        for card in (nothing, self.figures, self.count, self.statements):
            self._stack.addWidget(card)
        self.body.addWidget(self._stack, 1)
        self.papers = ShiftPapers(context, self)
        self.desk_side = ShiftSide(context, self.panel, self)
        self._connect()
        self._show_mode(Mode.NOTHING)

    def _connect(self) -> None:
        side = self.desk_side
        side.primary_pressed.connect(self.press)
        side.move_pressed.connect(self.begin_move)
        side.print_pressed.connect(self.print_x)
        side.back_pressed.connect(self.back)
        side.statements_pressed.connect(self.begin_statements)
        self.statements.changed.connect(self._say_next)
        self.figures.z_list.chosen.connect(self.papers.z_report)
        side.form.changed.connect(self._say_next)
        side.form.confirmed.connect(self.press)
        side.form.quit.connect(self.back)
        self.count.changed.connect(self._count_changed)
        self.count.confirmed.connect(self.press)
        self._context.relay.changed.connect(self._changed)

    # --- what it stands on

    @property
    def mode(self) -> Mode:
        """What the page is at."""
        return self._mode

    @property
    def _absent(self) -> bool:
        """Whether the shift shown is somebody else's."""
        return self._context.desk.shift_id is None

    def shown(self) -> None:
        self.reload()
        self._focus()

    def left(self) -> None:
        """Another page came to the front: a count that was not given is not kept."""
        if self._mode in (Mode.MOVE, Mode.COUNT, Mode.STATEMENTS):
            self.back()

    def reload(self) -> None:
        """Ask again for the shift and its figures."""
        office, desk = self._context.office, self._context.desk

        def look() -> tuple[OpenShift | None, ShiftReport | None]:
            found = shifts.open_here(office=office)
            mine = found is not None and found.id == desk.shift_id
            if found is None or not (mine or desk.operator.may(Right.APPROVE)):
                return None, None
            return found, office.read(lambda store: reports.shift_report(store, found.id))

        self._context.act(self, look, self._came)
        self._context.ask(
            self, lambda store: reports.z_reports(store, desk.window), self.figures.z_list.show_rows
        )
        self.desk_side.reload()
        if self._mode is Mode.COUNT:
            self._ask_standing()

    def _came(self, found: tuple[OpenShift | None, ShiftReport | None]) -> None:
        if not self._context.signed_on:
            return
        self._subject, report = found
        if self._subject is None or report is None:
            if self._mode is not Mode.STATEMENTS:
                self._show_mode(Mode.NOTHING)
            return
        number, self._float_fen = self._subject.number, report.float_fen
        title = self.tr("Shift left open by {number}") if self._absent else self.tr("Open shift")
        self.figures.show_report(report, title.format(number=number))
        if self._mode is Mode.NOTHING:
            self._show_mode(Mode.READ)
        else:
            self._say_next()

    def _changed(self, topics: frozenset[str]) -> None:
        here = self.centre.isVisible() and self._context.signed_on
        if here and touches(topics, "shift", "orders", "baskets", "prints"):
            self.reload()

    # --- modes

    def begin_move(self, move: Move) -> None:
        """Cash in, out, or into the safe."""
        if self._subject is not None and not self._absent:
            self.desk_side.form.begin(move)
            self._show_mode(Mode.MOVE)

    def begin_count(self) -> None:
        """Count what is in the drawer; nothing that was sold is in sight from here on."""
        if self._subject is None:
            return
        self._sure = False
        self.count.begin(absent=self._absent, float_fen=self._float_fen)
        self.desk_side.show_standing(Standing(0, 0, 0, 0), absent=self._absent)
        self._show_mode(Mode.COUNT)
        self._ask_standing()

    def begin_statements(self) -> None:
        """The statements of the last days, for who may make them."""
        if self._may_state:
            self.statements.reload()
            self._show_mode(Mode.STATEMENTS)

    @property
    def _may_state(self) -> bool:
        context = self._context
        return context.signed_on and context.desk.operator.may(Right.SETTLE_CASES)

    def back(self) -> None:
        """Esc: to the figures; a count that was not given is forgotten."""
        self._sure = False
        self.desk_side.form.second.clear()
        self._show_mode(Mode.READ if self._subject is not None else Mode.NOTHING)

    def _show_mode(self, mode: Mode) -> None:
        self._mode = mode
        self._stack.setCurrentWidget(self._cards[mode])
        self.desk_side.show_mode(
            moving=mode is Mode.MOVE,
            counting=mode is Mode.COUNT,
            readable=mode is Mode.READ,
            stating=mode is Mode.STATEMENTS,
            may_state=mode in (Mode.READ, Mode.NOTHING) and self._may_state,
            movable=mode is Mode.READ and self._context.signed_on and not self._absent,
        )
        self._say_next()
        self._focus()

    def _focus(self) -> None:
        if self._mode is Mode.COUNT and self.centre.isVisible():
            self.count.take_focus()
        if self._mode is Mode.STATEMENTS and self.centre.isVisible():
            self.statements.rows.setFocus()

    def _ask_standing(self) -> None:
        self._context.ask(self, closing.standing, self._standing_came)

    def _standing_came(self, standing: Standing) -> None:
        if self._context.signed_on:
            self.desk_side.show_standing(standing, absent=self._absent)
            self._say_next()

    def _count_changed(self) -> None:
        self._sure = False
        self.error_band.clear()
        self._say_next()

    # --- the next thing to do

    def _say_next(self) -> None:
        side, form = self.desk_side, self.desk_side.form
        if self._mode is Mode.MOVE:
            missing = form.missing()
            side.say(form.title(), missing or form.words(), ready=not missing)
        elif self._mode is Mode.COUNT:
            missing = self.count.missing()
            amount = formats.money(self.count.notes.fen or 0)
            if self._sure:
                said = self.tr("Yes, {amount}: close for good").format(amount=amount)
            else:
                said = missing or self.tr("Close with {amount}").format(amount=amount)
            ready = not missing and not side.blocked
            side.say(self.tr("Close the shift"), said, ready=ready, sure=self._sure)
        elif self._mode is Mode.STATEMENTS:
            ready = self.statements.chosen is not None
            side.say(self.tr("Day statements"), self.statements.words(), ready=ready)
        elif self._mode is Mode.READ:
            theirs = self._context.signed_on and self._absent
            said = self.tr("Count and close for them") if theirs else self.tr("Count and close")
            side.say(self.tr("Shift"), said, ready=True)
        else:
            side.say(self.tr("Shift"), self.tr("Count and close"), ready=False)

    def press(self) -> None:
        """F8: whatever the large button says."""
        if not self.desk_side.primary.isEnabled():
            return
        if self._mode is Mode.READ:
            self.begin_count()
        elif self._mode is Mode.MOVE:
            self._move()
        elif self._mode is Mode.STATEMENTS:
            self.statements.make()
        elif self._mode is Mode.COUNT and not self._sure:
            self._sure = True
            self._say_next()
        elif self._mode is Mode.COUNT:
            self._close()

    # --- acts

    def _move(self) -> None:
        office, desk, form = self._context.office, self._context.desk, self.desk_side.form
        fen, reason, approval = form.fen, form.reason.text(), form.approval

        def work() -> int:
            if form_kind is Move.DROP:
                return cash_moves.drop(office=office, desk=desk, amount_fen=fen, approval=approval)
            if form_kind is Move.IN:
                cash_moves.pay_in(office=office, desk=desk, amount_fen=fen, reason=reason)
            else:
                cash_moves.pay_out(office=office, desk=desk, amount_fen=fen, reason=reason)
            return 0

        form_kind = form.move_kind
        self._context.act(
            self, work, lambda entry: self._moved(fen, entry), busy=self.desk_side.primary
        )

    def _moved(self, fen: int, drop: int) -> None:
        said = self.tr("Noted: {title} {amount}")
        title = self.desk_side.form.title()
        self.error_band.say("info", said.format(title=title, amount=formats.money(fen)))
        self.back()
        self.reload()
        if drop:
            self.papers.drop(drop)

    def print_x(self) -> None:
        """The X report on paper; the shift goes on."""
        if self._subject is not None:
            self.papers.x_report(self._subject.id)

    def _close(self) -> None:
        office, desk, subject = self._context.office, self._context.desk, self._subject
        counts = self.count.notes.numbers
        if subject is None or counts is None:
            return
        reason, pin, absent = self.count.reason.text(), self.count.pin.digits, self._absent

        def work() -> tuple[ShiftReport, Broken | None]:
            if absent:
                report = closing.close_absent(
                    office=office,
                    desk=desk,
                    shift_id=subject.id,
                    counts=counts,
                    reason=reason,
                    pin=pin,
                )
            else:
                report = closing.close_shift(office=office, desk=desk, counts=counts)
            try:
                report_papers.print_report(office=office, report=report)
            except Broken as trouble:
                return report, trouble
            return report, None

        def refused(error: BaseException) -> None:
            self._sure = False
            self.count.pin.clear()
            self._say_next()
            self.count.take_pin()
            self._context.troubles.show(self, error)  # type: ignore[arg-type]

        self._context.act(
            self,
            work,
            lambda found: self.closed.emit(*found),
            refused,
            busy=self.desk_side.primary,
        )

    # --- words

    def retranslate(self) -> None:
        self.figures.retranslate()
        self.count.retranslate()
        self.statements.retranslate()
        self.desk_side.retranslate()
        self._empty.set_texts(
            self.tr("No shift is open"),
            self.tr("Your role works without a cash drawer. Clerks open a shift as they sign on."),
        )
        self._say_next()
        if self._context.signed_on:
            self.reload()

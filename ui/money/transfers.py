"""Transfers: money without a way back gets one by two people, goes to the bank, is followed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from boxoffice.queries.transfers import Stage, TransferLine
from boxoffice.services.money import bank_folder, replacing
from boxoffice.services.money.bank_folder import Laid
from boxoffice.services.money.replacing import Ordered
from ui import formats
from ui.context import Context
from ui.money.part import MoneyPart
from ui.money.transfer_form import TransferForm
from ui.money.words import MoneyWords
from ui.pickup.sections import Said, Section
from ui.widgets.action_button import ActionButton
from ui.widgets.part import Act
from ui.widgets.row_model import Row


class TransfersPart(MoneyPart):
    """Lists what needs an account first, then what is on its way.

    Emits `file_wanted` where only the bank can say more.
    """

    file_wanted = Signal()

    def __init__(self, context: Context, words: MoneyWords) -> None:
        super().__init__(context, words)
        self._shown = ""
        self.what = Section()
        self.form = TransferForm(context)
        self.form.changed.connect(self._filled_in)
        self.open_order = ActionButton(key="Alt+O", act=self._open_order)
        for part in (self.what, self.form, self.open_order):
            self.aside.addWidget(part)
        self.aside.addStretch(1)

    # --- what is listed

    @property
    def line(self) -> TransferLine | None:
        """The one that is marked."""
        found = self.view.transfers if self.view is not None else ()
        return next((one for one in found if one.payback_id == self.rows.current), None)

    @property
    def waiting(self) -> list[TransferLine]:
        """What the next file to the bank will order."""
        found = self.view.transfers if self.view is not None else ()
        return [
            one
            for one in found
            if one.stage is Stage.ORDERED or (one.stage is Stage.AT_BANK and not one.written)
        ]

    def tab(self) -> str:
        found = self.view.transfers if self.view is not None else ()
        count = sum(one.stage is not Stage.ARRIVED for one in found)
        return self.tr("%n transfer(s)", "", count)

    def title(self) -> str:
        line = self.line
        if line is None:
            return self.tr("Transfers")
        return self.tr("Order {number}").format(number=line.number or "–")

    def list_rows(self) -> Sequence[Row]:
        found = self.view.transfers if self.view is not None else ()
        return [self._row(line) for line in found]

    def _row(self, line: TransferLine) -> Row:
        state, tone = self._words.stage(line)
        paid = self.tr("paid by {tender}").format(tender=self._words.tender(line.tender))
        return Row(
            key=line.payback_id,
            fact=self.tr("Order {number}").format(number=line.number or "–"),
            detail=paid,
            middle=state,
            middle_detail=line.known_as or formats.short_stamp(line.since),
            middle_tone=tone,
            value=formats.money(line.fen),
            note=line.reasons,
        )

    # --- the side

    def refresh_side(self) -> None:
        line = self.line
        wanted = line is not None and line.stage is Stage.NO_WAY
        self.form.setVisible(wanted)
        self.open_order.setVisible(line is not None)
        if line is None:
            self.what.set_lines(())
            self.form.forget()
            self._shown = ""
            return
        if line.payback_id != self._shown:
            self._shown = line.payback_id
            if wanted:
                self.form.begin()
            else:
                self.form.forget()
        self.open_order.setEnabled(bool(line.number))
        self.what.set_lines(self._facts(line))

    def _facts(self, line: TransferLine) -> list[Said]:
        state, tone = self._words.stage(line)
        said = [Said(formats.DOT.join((formats.money(line.fen), state)), tone)]
        if line.stage is Stage.NO_WAY:
            why = self.tr("It cannot go back the way it came. Ask the customer for an account.")
            said.append(Said(why))
        elif line.known_as:
            said.append(Said(self.tr("At the bank: {number}").format(number=line.known_as)))
        if line.reasons:
            said.append(Said(self.tr("Reason of the bank: {code}").format(code=line.reasons)))
        for day, words in (
            (line.booked_on, self.tr("Booked {day}")),
            (line.returned_on, self.tr("Came back {day}")),
        ):
            if day is not None:
                said.append(Said(words.format(day=formats.short_day(day))))
        if line.stage is Stage.AT_BANK and line.written:
            said.append(Said(self.tr("Take in what the bank answers (Alt F).")))
        return said

    def _open_order(self) -> None:
        if self.line is not None and self.line.number:
            self.order_wanted.emit(self.line.number)

    def _filled_in(self) -> None:
        if self.form.complete:
            self.side.ensureWidgetVisible(self.form.second)
        self.changed.emit()

    # --- F8

    def act(self) -> Act | None:
        line = self.line
        if line is not None and line.stage is Stage.NO_WAY:
            said = self.tr("Order the transfer of {amount}")
            return Act(said.format(amount=formats.money(line.fen)), self.form.missing())
        waiting = self.waiting
        if not waiting:
            at_bank = line is not None and line.stage is Stage.AT_BANK
            return Act(self.tr("Take in the bank's answer")) if at_bank else None
        words = self.tr("Write the bank's file: %n transfer(s)", "", len(waiting))
        if self.view is not None and not self.view.bank_set_up:
            return Act(words, self.tr("Set up [bank] in payments.toml first"))
        return Act(words)

    def press(self) -> None:
        act, line = self.act(), self.line
        if act is None or act.missing or self.doing:
            return
        no_way = line is not None and line.stage is Stage.NO_WAY
        if not no_way and not self.waiting:
            self.file_wanted.emit()
            return
        if line is not None and no_way:
            self._order(line)
        else:
            office, desk = self._context.office, self._context.desk
            self._doing.ask(
                lambda: bank_folder.write(office=office, desk=desk), self._written, self._refused
            )
        self.changed.emit()

    def _order(self, line: TransferLine) -> None:
        office, desk, approval = self._context.office, self._context.desk, self.form.approval
        account = replacing.account_of(*self.form.texts)
        self._doing.ask(
            lambda: replacing.order_transfer(
                office=office, desk=desk, approval=approval, payback_id=line.payback_id, to=account
            ),
            self._ordered,
            self._refused,
        )

    def _ordered(self, ordered: Ordered) -> None:
        self.form.forget()
        self._shown = ""
        said = self.tr("Ordered: {amount} to {payee}, {account}. It waits for the bank's file.")
        self.done.emit(
            said.format(
                amount=formats.money(ordered.fen), payee=ordered.payee, account=ordered.account
            )
        )

    def _written(self, laid: Laid) -> None:
        said = self.tr("Written to the folder {folder}: {files}").format(
            folder=bank_folder.FOLDER, files=", ".join(laid.names) or "–"
        )
        if laid.left:
            left = self.tr("Left for later, in hand elsewhere or not taken by the bank: {orders}")
            said += formats.DOT + left.format(orders=", ".join(laid.left))
        self.done.emit(said)

    def retranslate(self) -> None:
        self.what.set_heading(self.tr("This money"))
        self.form.retranslate()
        self.open_order.setText(self.tr("Open the order"))
        self.empty.set_texts(
            self.tr("No transfers"),
            self.tr(
                "Money that cannot go back the way it came, as when a card is gone, is listed here "
                "until it was transferred to an account of the customer."
            ),
        )
        super().retranslate()

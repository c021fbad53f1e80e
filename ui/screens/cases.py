"""The cases page: what waits for a person, in plain words, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget

from boxoffice.queries import cases
from boxoffice.queries.cases import CaseRow
from ui import formats
from ui.cases.left import LeftMoney
from ui.cases.settling import Settling
from ui.cases.words import CaseWords
from ui.change_relay import touches
from ui.context import Context
from ui.pickup.sections import Said, Sections
from ui.widgets.card import Card, Rule
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Text


class CasesPage(Page):
    """Lists open cases, oldest first; `badge_changed` tells how many there are."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._words = CaseWords(self)
        self._cases: tuple[CaseRow, ...] = ()
        self._title = Text(role="title")
        self.rows = RowList(roomy=True)
        self.rows.current_changed.connect(self._show_case)
        self.empty = EmptyState()
        listed = Card(padding=22, gap=12)
        listed.body.addWidget(self._title)
        listed.body.addWidget(Rule())
        listed.body.addWidget(self.rows, 1)
        calm = Card(padding=32)
        calm.body.addWidget(self.empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(listed)
        self._stack.addWidget(calm)
        self.body.addWidget(self._stack, 1)
        self._sections = Sections(3)
        self.what, self.advice, self.where = self._sections.parts
        self.panel.body.addWidget(self._sections)
        self.said = Text(wrap=True)
        self.said.set_tone("good")
        self.said.hide()
        self.settling = Settling(context, self.reload)
        self.left_money = LeftMoney(context, self._words.left, self._say)
        for part in (self.said, self.settling, self.left_money):
            self.panel.body.addWidget(part)
        context.relay.changed.connect(self._changed)

    @property
    def count(self) -> int:
        """How many cases are open, as far as was asked."""
        return len(self._cases)

    def reload(self) -> None:
        """Ask the records again; also for the count while another page is in front."""
        self._context.ask(self, cases.open_cases, self._show)

    def shown(self) -> None:
        self.reload()
        self.rows.setFocus()

    def left(self) -> None:
        self.said.hide()

    def _say(self, text: str) -> None:
        """What became of a case that is settled."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.reload()

    def retranslate(self) -> None:
        self.panel.set_title(self.tr("This case"))
        self.what.set_heading(self.tr("What happened"))
        self.where.set_heading(self.tr("Where it comes from"))
        self.advice.set_heading(self.tr("What to do"))
        self.empty.set_texts(
            self.tr("No open cases"),
            self.tr("All orders were taken in. What needs a person will be listed here."),
        )
        self.settling.retranslate()
        self.left_money.retranslate()
        self._show(self._cases)
        self.reload()

    def _changed(self, topics: frozenset[str]) -> None:
        if touches(topics, "cases"):
            self.reload()

    def _show(self, found: Sequence[CaseRow]) -> None:
        before, self._cases = len(self._cases), tuple(found)
        self._title.setText(self.tr("%n open case(s)", "", len(found)))
        self.rows.set_rows([self._row(case) for case in found])
        if found and not self.rows.current:
            self.rows.select(found[0].id)
        self._stack.setCurrentIndex(0 if found else 1)
        self._show_case(self.rows.current)
        if len(found) != before:
            self.badge_changed.emit(len(found))

    def _row(self, case: CaseRow) -> Row:
        number = case.order_number or "–"
        return Row(
            key=case.id,
            fact=self.tr("Order {number}").format(number=number),
            detail=self._words.origin(case),
            middle=self._words.reason(case),
            middle_detail=self._words.difference(case),
            middle_tone="attention",
            value=formats.short_stamp(case.opened_at),
        )

    def _show_case(self, key: str) -> None:
        case = next((case for case in self._cases if case.id == key), None)
        self.settling.show_case(case)
        self.left_money.show_case(case)
        if case is None:
            self.what.set_lines(())
            self.where.set_lines(())
            self.advice.set_lines([Said(self.tr("Nothing: go on serving."))])
            return
        said = [Said(self._words.reason(case), "attention"), Said(self._words.sentence(case))]
        self.what.set_lines(said)
        order = self.tr("Order {number}").format(number=case.order_number or "–")
        self.where.set_lines([Said(order), Said(self._words.origin(case))])
        self.advice.set_lines([Said(text) for text in self._words.advice(case)])

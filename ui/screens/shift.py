"""The shift page: what the open shift did so far, as the postings tell it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from boxoffice.queries import orders
from boxoffice.queries.orders import HandedOver
from boxoffice.services import shifts
from boxoffice.services.shifts import ShiftFigures
from ui import formats, theme
from ui.change_relay import touches
from ui.context import Context
from ui.widgets.card import Card, Rule
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import MoneyLabel, Text

_LATEST = 10


class ShiftPage(Page):
    """Float, cash, sales and hand-overs of the open shift; who was served last beside them."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent, sided=False)
        self._context = context
        self._figures: ShiftFigures | None = None
        self._title, self._since = Text(role="title"), Text(role="quiet")
        self._drawer_label, self.drawer = Text(role="heading"), MoneyLabel()
        self._drawer_note = Text(role="detail", wrap=True)
        self._labels = [Text(role="quiet") for _ in range(4)]
        self.values = [Text(role="title") for _ in range(4)]
        self._latest_title = Text(role="title")
        self.latest = RowList(roomy=True)
        self._nobody = EmptyState()
        self._empty = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._figures_card())
        nothing = Card(padding=32)
        nothing.body.addWidget(self._empty)
        self._stack.addWidget(nothing)
        row = QHBoxLayout()
        row.setSpacing(theme.px(theme.TOKENS.space.medium))
        row.addWidget(self._stack, 5)
        row.addWidget(self._latest_card(), 4)
        self.body.addLayout(row, 1)
        context.relay.changed.connect(self._changed)

    def _figures_card(self) -> Card:
        card = Card(padding=28, gap=12)
        card.body.addWidget(self._title)
        card.body.addWidget(self._since)
        card.body.addWidget(Rule())
        card.body.addSpacing(theme.px(8))
        self.drawer.setAlignment(Qt.AlignmentFlag.AlignLeft)
        for part in (self._drawer_label, self.drawer, self._drawer_note):
            card.body.addWidget(part)
        card.body.addSpacing(theme.px(8))
        card.body.addWidget(Rule())
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(26))
        for number, (label, value) in enumerate(zip(self._labels, self.values, strict=True)):
            pair = QVBoxLayout()
            pair.setSpacing(theme.px(4))
            pair.addWidget(label)
            pair.addWidget(value)
            grid.addLayout(pair, number // 2, number % 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        card.body.addSpacing(theme.px(8))
        card.body.addLayout(grid)
        card.body.addStretch(1)
        return card

    def _latest_card(self) -> QWidget:
        card = Card(padding=28, gap=12)
        self._latest_stack = QStackedWidget()
        self._latest_stack.addWidget(self.latest)
        self._latest_stack.addWidget(self._nobody)
        card.body.addWidget(self._latest_title)
        card.body.addWidget(Rule())
        card.body.addWidget(self._latest_stack, 1)
        return card

    @property
    def figures(self) -> ShiftFigures | None:
        """What is shown; None where no shift is open or nothing was asked yet."""
        return self._figures

    def shown(self) -> None:
        self._reload()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Open shift"))
        self._drawer_label.setText(self.tr("Cash that should be in the drawer"))
        self._drawer_note.setText(self.tr("Float and what was taken in cash, less the change"))
        said = (self.tr("Float"), self.tr("Taken in cash"), self.tr("Sales"), self.tr("Pickups"))
        for label, text in zip(self._labels, said, strict=True):
            label.setText(text)
        self._latest_title.setText(self.tr("Latest at this window"))
        self._nobody.set_texts(
            self.tr("Nobody served yet"),
            self.tr("Sales and pickups of this window appear here."),
        )
        self._empty.set_texts(
            self.tr("No shift is open"),
            self.tr("Your role works without a cash drawer. Clerks open a shift as they sign on."),
        )
        if self._context.signed_on:
            self._reload()

    def _reload(self) -> None:
        context, desk = self._context, self._context.desk
        context.act(self, lambda: shifts.figures(office=context.office, desk=desk), self._show)
        context.ask(
            self,
            lambda store: orders.recent_hand_overs(store, desk.window, _LATEST),
            self._show_latest,
        )

    def _show(self, figures: ShiftFigures | None) -> None:
        self._figures = figures
        self._stack.setCurrentIndex(0 if figures is not None else 1)
        if figures is None:
            return
        opened = formats.stamp(figures.opened_at)
        name = self._context.desk.operator.name if self._context.signed_on else ""
        said = self.tr("{name} since {time}").format(name=name, time=opened)
        self._since.setText(said)
        self.drawer.set_fen(figures.drawer_fen)
        texts = (
            formats.money(figures.float_fen),
            formats.money(figures.drawer_fen - figures.float_fen),
            formats.count(figures.sales),
            formats.count(figures.hand_overs),
        )
        for value, text in zip(self.values, texts, strict=True):
            value.setText(text)

    def _show_latest(self, rows: Sequence[HandedOver]) -> None:
        self.latest.set_rows(
            [
                Row(
                    key=row.order_id,
                    fact=row.name or row.number,
                    detail=row.number if row.name else "",
                    value=self.tr("%n ticket(s)", "", row.tickets),
                    note=formats.time(row.at),
                )
                for row in rows
            ]
        )
        self._latest_stack.setCurrentIndex(0 if rows else 1)

    def _changed(self, topics: frozenset[str]) -> None:
        here = self.centre.isVisible() and self._context.signed_on
        if here and touches(topics, "shift", "orders"):
            self._reload()

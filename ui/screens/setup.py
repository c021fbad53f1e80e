"""The setup page: the facts of this window, and the commands for those who run the venue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from boxoffice.desk import Right
from boxoffice.queries import window
from boxoffice.services.sharing import sync
from boxoffice.settings import HomeKind
from ui import formats, theme
from ui.change_relay import touches
from ui.context import Context
from ui.setup.import_card import ImportCard
from ui.translation import NAMES
from ui.widgets.card import Card, Rule
from ui.widgets.page import Page
from ui.widgets.text import Text


class _Facts(NamedTuple):
    version: int
    unsent: int
    acknowledged: int


class SetupPage(Page):
    """What may be set stands in settings.toml of the home; files are imported by who may."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent, sided=False)
        self._context = context
        self._facts: _Facts | None = None
        self._title, self._note = Text(role="title"), Text(role="quiet", wrap=True)
        self._rows: list[tuple[Text, QLabel]] = []
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(28))
        self._grid.setVerticalSpacing(theme.px(9))
        self._grid.setColumnStretch(1, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        card = Card(padding=28, gap=12)
        for part in (self._title, self._note, Rule()):
            card.body.addWidget(part)
        card.body.addWidget(scroll, 1)
        self.imports = ImportCard(context)
        self.imports.hide()
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(theme.TOKENS.space.medium))
        beside.addWidget(card, 1)
        beside.addWidget(self.imports, 1)
        # What became of files is more to read than the facts of the window.
        self.imports.told.connect(lambda long: beside.setStretch(1, 2 if long else 1))
        self.body.addLayout(beside, 1)
        context.relay.changed.connect(self._changed)

    @property
    def texts(self) -> dict[str, str]:
        """What is shown, by its label."""
        return {label.text(): value.text() for label, value in self._rows}

    def shown(self) -> None:
        self.imports.setVisible(self._context.desk.operator.may(Right.IMPORT))
        self._reload()

    def retranslate(self) -> None:
        self._title.setText(self.tr("This window"))
        self._note.setText(
            self.tr("Changes are made in settings.toml of the home; they hold from the next start.")
        )
        self.imports.retranslate()
        self._show()
        self._reload()

    def _reload(self) -> None:
        chain = self._context.office.chain

        def look(store: object) -> _Facts:
            return _Facts(
                window.records_version(store),  # type: ignore[arg-type]
                sync.unsent(store, chain.window, chain.epoch),  # type: ignore[arg-type]
                sync.acknowledged(store),  # type: ignore[arg-type]
            )

        self._context.ask(self, look, self._came)

    def _came(self, facts: _Facts) -> None:
        self._facts = facts
        self._show()

    def _changed(self, topics: frozenset[str]) -> None:
        if self.centre.isVisible() and touches(topics, "central"):
            self._reload()

    def _show(self) -> None:
        facts = [*self._window_facts(), *self._records_facts(), *self._commands()]
        while len(self._rows) < len(facts):
            self._add_row()
        for (label, value), (name, text, command) in zip(self._rows, facts, strict=True):
            label.setText(name)
            value.setText(text)
            value.setFont(
                QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
                if command
                else theme.font()
            )

    def _add_row(self) -> None:
        label, value = Text(role="quiet"), QLabel()
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._rows)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1)
        self._grid.setRowStretch(row, 0)
        self._grid.setRowStretch(row + 1, 1)
        self._rows.append((label, value))

    def _window_facts(self) -> Sequence[tuple[str, str, bool]]:
        settings = self._context.office.settings
        chinese = formats.language() == "zh_CN"
        venue = settings.venue_zh if chinese else settings.venue_en
        kinds = {
            HomeKind.REAL: self.tr("Real: money and tickets count"),
            HomeKind.TRAINING: self.tr("Training: nothing here is real"),
            HomeKind.DEMO: self.tr("Demo: nothing here is real"),
        }
        return [
            (self.tr("Venue"), venue, False),
            (self.tr("Window number"), str(settings.window), False),
            (self.tr("Kind"), kinds[settings.kind], False),
            (self.tr("Language at start"), NAMES[settings.language], False),
            (self.tr("Ticket printer"), self._printer(settings.ticket_printer), False),
            (self.tr("Receipt printer"), self._printer(settings.receipt_printer), False),
            (
                self.tr("Seats kept for a basket"),
                self.tr("%n minute(s)", "", settings.hold_minutes),
                False,
            ),
        ]

    def _printer(self, queue: str) -> str:
        return queue or self.tr("none: PDF files in the folder prints of the home")

    def _records_facts(self) -> Sequence[tuple[str, str, bool]]:
        office, facts = self._context.office, self._facts
        central = office.settings.central or self.tr("the file beside the window's own")
        if facts is None:
            sent = version = "…"
        else:
            version = str(facts.version)
            done = self.tr("everything, up to entry {number}")
            sent = done.format(number=formats.count(facts.acknowledged))
            if facts.unsent:
                sent = self.tr("%n entry(s) wait to be sent", "", facts.unsent)
        return [
            (self.tr("Home folder"), str(office.home.path), False),
            (self.tr("Central records"), central, False),
            (self.tr("Reported to central"), sent, False),
            (self.tr("Version of the records"), version, False),
        ]

    def _commands(self) -> Sequence[tuple[str, str, bool]]:
        home = self._context.office.home.path
        return [
            (self.tr("Import files"), f"python main.py import FILE… --home {home}", True),
            (self.tr("Public keys for gates"), f"python main.py keys --home {home}", True),
            (self.tr("Prove the records"), f"python main.py verify --home {home}", True),
            (
                self.tr("Enter an operator"),
                f"python main.py add-operator --home {home} --number 1005 --name … --role clerk",
                True,
            ),
        ]

"""The tickets of the basket, grouped by session, with one of them selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from boxoffice.queries.orders import LineView, OrderView
from ui import keys, theme
from ui.sell.basket_line import BasketLine, LineActions
from ui.sell.document_entry import DocumentEntry
from ui.sell.words import Words
from ui.widgets.empty_state import EmptyState
from ui.widgets.text import Line

NEXT_LINE, LINE_BEFORE = "Alt+Down", "Alt+Up"


class _Head(QWidget):
    """Names the session of the tickets below it."""

    def __init__(self) -> None:
        super().__init__()
        self.line = Line(theme.TOKENS.type.detail, role="grey")
        row = QVBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(2))
        row.addWidget(self.line)


class BasketPanel(QWidget):
    """Emits what the clerk wants with the selected ticket; keeps one selected while there is any.

    The selection goes to the next ticket that lacks its document after each one that was given.
    """

    type_wanted = Signal(str)
    remove_wanted = Signal(str)
    proof_seen = Signal(str)
    document_entered = Signal(str, str, str, str)
    """Line id, kind, number, name."""
    entry_closed = Signal()
    naming_wanted = Signal(str)
    """The document of this line is to be typed, or given a name."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._view: OrderView | None = None
        self._selected = ""
        self._lines: dict[str, BasketLine] = {}
        self._heads: dict[int, _Head] = {}
        self.tools = LineActions()
        self.entry = DocumentEntry(words)
        self.entry.hide()
        self.empty = EmptyState()
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        self._column.setSpacing(0)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty, 1)
        column.addWidget(self._scroll, 1)
        self.tools.type.clicked.connect(lambda: self.type_wanted.emit(self._selected))
        self.tools.remove.clicked.connect(lambda: self.remove_wanted.emit(self._selected))
        self.tools.proof.clicked.connect(lambda: self.proof_seen.emit(self._selected))
        self.tools.document.clicked.connect(lambda: self.naming_wanted.emit(self._selected))
        self.entry.entered.connect(self._entered)
        self.entry.closed.connect(self.close_entry)
        self.entry.resized.connect(self._reveal_soon)
        keys.current().bind(self, NEXT_LINE, lambda: self._step(1))
        keys.current().bind(self, LINE_BEFORE, lambda: self._step(-1))
        self.show_view(None)
        self.retranslate()

    @property
    def selected(self) -> str:
        """Id of the selected ticket, "" where there is none."""
        return self._selected

    @property
    def editing(self) -> bool:
        """Whether a document is being typed."""
        return self.entry.isVisibleTo(self)

    def line(self, line_id: str) -> LineView | None:
        """The ticket with that id."""
        return next((line for line in self._shown() if line.id == line_id), None)

    def show_view(self, view: OrderView | None) -> None:
        """Show the basket as it stands; None or an empty one says what to do."""
        known = {line.id for line in self._shown()}
        before = self.line(self._selected)
        self._view = view
        lines = self._shown()
        self.empty.setVisible(not lines)
        self._scroll.setVisible(bool(lines))
        fresh = [line.id for line in lines if line.id not in known]
        now = self.line(self._selected)
        missing = next((line.id for line in lines if line.document_wanted), "")
        was_given = bool(before and now and before.document_wanted and not now.document_wanted)
        if was_given and self.editing:
            self._go_on_typing(missing)
        elif was_given and missing:
            self._selected = missing
        elif fresh and not self.editing:
            self._selected = missing or fresh[0]
        elif now is None:
            self._selected = missing or (lines[-1].id if lines else "")
        if now is None and self.editing:
            self.close_entry()
        self._arrange()

    def _go_on_typing(self, missing: str) -> None:
        """A document was typed: the next visitor's follows."""
        if missing:
            self._selected = missing
            self.entry.begin()
        else:
            self.close_entry()

    def select(self, line_id: str) -> None:
        """Select a ticket."""
        if line_id != self._selected:
            self.close_entry()
            self._selected = line_id
            self._arrange()

    def open_entry(self, line_id: str, kind: str = "", number: str = "", name: str = "") -> None:
        """Let the clerk type the document of a ticket."""
        self.select(line_id)
        line = self.line(line_id)
        if line is None:
            return
        kind = kind or line.document_type or "resident_id"
        self.entry.begin(kind, number, name)
        self._arrange()

    def close_entry(self) -> None:
        """Nobody types a document any more."""
        if self.editing:
            self.entry.hide()
            self.entry_closed.emit()

    # --- the inside

    def _shown(self) -> Sequence[LineView]:
        return self._view.lines if self._view is not None else ()

    def _groups(self) -> list[list[LineView]]:
        groups: dict[int, list[LineView]] = {}
        for line in self._shown():
            groups.setdefault(line.session_id, []).append(line)
        return list(groups.values())

    def _arrange(self) -> None:
        """Put heads, tickets, and what belongs to the selected one in their order."""
        wanted: list[QWidget] = []
        sessions, ids = set(), set()
        for group in self._groups():
            head = self._head(group[0].session_id)
            head.line.set_text(self._words.session(group[0]))
            sessions.add(group[0].session_id)
            wanted.append(head)
            for visitor, line in enumerate(group, 1):
                ids.add(line.id)
                shown = self._line_widget(line.id)
                shown.show_line(line, visitor, selected=line.id == self._selected)
                wanted.append(shown)
                if line.id == self._selected:
                    wanted += [self.tools, self.entry]
        while self._column.takeAt(0) is not None:
            pass
        for widget in wanted:
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._throw_away(sessions, ids)
        self.tools.setVisible(bool(self._selected))
        current = self.line(self._selected)
        self.tools.proof.setVisible(current is not None and current.proof_wanted)
        self._reveal_soon()

    def _reveal_soon(self) -> None:
        QTimer.singleShot(0, self, self._reveal)

    def _line_widget(self, line_id: str) -> BasketLine:
        if line_id not in self._lines:
            line = BasketLine(self._words)
            line.picked.connect(self._clicked)
            self._lines[line_id] = line
        return self._lines[line_id]

    def _head(self, session_id: int) -> _Head:
        if session_id not in self._heads:
            self._heads[session_id] = _Head()
        return self._heads[session_id]

    def _throw_away(self, sessions: set[int], ids: set[str]) -> None:
        for session_id in set(self._heads) - sessions:
            self._heads.pop(session_id).deleteLater()
        for line_id in set(self._lines) - ids:
            self._lines.pop(line_id).deleteLater()

    def _reveal(self) -> None:
        shown = self._lines.get(self._selected)
        if shown is None:
            return
        last = self.entry if self.editing else self.tools
        bottom = last.mapTo(self._inner, QPoint(0, last.height()))
        self._scroll.ensureVisible(0, bottom.y(), 0, 0)
        self._scroll.ensureVisible(0, shown.y(), 0, theme.px(4))

    def _clicked(self, line_id: str) -> None:
        self.select(line_id)
        line = self.line(line_id)
        if line is not None and line.document_wanted:
            self.naming_wanted.emit(line_id)

    def _step(self, step: int) -> None:
        ids = [line.id for group in self._groups() for line in group]
        if ids:
            at = ids.index(self._selected) if self._selected in ids else -step
            self.select(ids[(at + step) % len(ids)])

    def _entered(self, kind: str, number: str, name: str) -> None:
        self.document_entered.emit(self._selected, kind, number, name)

    def retranslate(self) -> None:
        """Set every text again."""
        self.empty.set_texts(
            self.tr("Nothing chosen yet"),
            self.tr("Click a free seat, or take the best ones together. A pass is taken by count."),
        )
        self.tools.retranslate()
        self.entry.retranslate()
        self._arrange()

"""The list of every page: rows of one line of facts and one of detail."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.widgets.painting import paint_tick
from ui.widgets.row_model import ROW, Row, RowModel

_TONES = {"": "grey", "good": "accent", "attention": "attention", "danger": "danger"}
_BOX = 26
_EDGE = 12


class _RowPainter(QStyledItemDelegate):
    """Draws a row; `roomy` rows are taller, with larger facts."""

    def __init__(self, view: RowList, *, roomy: bool) -> None:
        super().__init__(view)
        tokens = theme.TOKENS
        self.height = theme.px(tokens.roomy_row_height if roomy else tokens.row_height)
        sizes = (tokens.type.label, tokens.type.text, tokens.type.detail)
        self._facts = [theme.font(size, bold=True) for size in (sizes if roomy else sizes[1:])]
        self._fact = self._facts[0]
        self._detail = theme.font(tokens.type.detail if roomy else tokens.type.small)
        self._urgent = theme.font(tokens.type.detail if roomy else tokens.type.small, bold=True)
        self._edge = 0

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.px(120), self.height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, option.state, index.row())
        inner = rect.adjusted(theme.px(_EDGE), 0, -theme.px(_EDGE), 0)
        if row.ticked is not None:
            self._box(painter, inner, row)
            inner.setLeft(inner.left() + theme.px(_BOX + 14))
        right = self._column_width(row.value, row.note)
        rooms: tuple[int, int] | None = None
        if row.middle or row.middle_detail:
            right = max(right, self._edge)
        left = inner.adjusted(0, 0, -right - theme.px(12) if right else 0, 0)
        if row.middle or row.middle_detail:
            half = left.width() * 48 // 100
            middle = left.adjusted(half + theme.px(12), 0, 0, 0)
            self._column(painter, middle, row.middle, row.middle_detail, row.middle_tone, row)
            left.setWidth(half)
        elif row.value and row.note:
            # Each line gives way to what stands at its own right end only.
            upper, lower = self._widths(row.value, row.note)
            room = inner.width() - theme.px(12)
            rooms = room - upper, room - lower
        self._column(painter, left, row.fact, row.detail, row.tone, row, rooms=rooms)
        edge = inner.adjusted(inner.width() - right, 0, 0, 0)
        self._column(painter, edge, row.value, row.note, row.value_tone, row, at_right=True)
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, at: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(theme.colour("accent_soft"))
            radius = theme.px(theme.TOKENS.radius.small)
            painter.drawRoundedRect(QRectF(rect).adjusted(0, 1, 0, -1), radius, radius)
            # A bar as well: what is chosen is never told by colour alone.
            painter.fillRect(
                rect.x(), rect.y() + theme.px(6), theme.px(3), rect.height() - theme.px(12),
                theme.colour("accent"),
            )  # fmt: skip
        elif at:
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, theme.colour("line"))

    def _box(self, painter: QPainter, inner: QRect, row: Row) -> None:
        side = theme.px(_BOX)
        box = QRectF(inner.x(), inner.center().y() + 0.5 - side / 2, side, side)
        painter.setPen(theme.colour("accent" if row.ticked else "grey"))
        painter.setBrush(theme.colour("accent" if row.ticked else "surface"))
        if not row.enabled:
            painter.setPen(theme.colour("faint"))
            painter.setBrush(theme.colour("ground"))
        radius = theme.px(theme.TOKENS.radius.small + 1)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if row.ticked:
            paint_tick(painter, box, theme.colour("on_accent" if row.enabled else "grey"))

    def align(self, rows: Sequence[Row]) -> None:
        """Let the middle of all rows begin at one place: beside the widest right end."""
        middles = (row for row in rows if row.middle or row.middle_detail)
        self._edge = max((self._column_width(row.value, row.note) for row in middles), default=0)

    def _widths(self, upper: str, lower: str) -> tuple[int, int]:
        fact, detail = QFontMetrics(self._fact), QFontMetrics(self._urgent)
        return fact.horizontalAdvance(upper), detail.horizontalAdvance(lower)

    def _column_width(self, upper: str, lower: str) -> int:
        return max(self._widths(upper, lower)) + 2 if upper or lower else 0

    def _fitting(self, text: str, width: int) -> QFont:
        """The largest of three sizes in which a fact is not cut short, else the smallest."""
        for font in self._facts:
            if QFontMetrics(font).horizontalAdvance(text) <= width:
                return font
        return self._facts[-1]

    def _column(
        self, painter: QPainter, place: QRect, upper: str, lower: str, tone: str, row: Row, *,
        at_right: bool = False, rooms: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """Two lines, together centred upright; a single one stands in the middle.

        `rooms` are their widths where they are not those of the place.
        """
        upper_room, lower_room = rooms or (place.width(), place.width())
        fact, detail = QFontMetrics(self._fact), QFontMetrics(self._urgent)
        gap = theme.px(1)
        high = (fact.height() if upper else 0) + (detail.height() + gap if lower else 0)
        top = place.y() + (place.height() - high) // 2
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        cut = Qt.TextElideMode.ElideRight
        if upper:
            toned = at_right and tone
            font = self._fitting(upper, upper_room)
            painter.setFont(font)
            role = _TONES[tone] if toned else "ink" if row.enabled else "grey"
            painter.setPen(theme.colour(role))
            line = QRect(place.x(), top, upper_room, fact.height())
            text = QFontMetrics(font).elidedText(upper, cut, upper_room)
            painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, text)
            top += fact.height() + gap
        if lower:
            painter.setFont(self._urgent if tone in ("attention", "danger") else self._detail)
            painter.setPen(theme.colour(_TONES[tone if not at_right else ""]))
            line = QRect(place.x(), top, lower_room, detail.height())
            text = QFontMetrics(painter.font()).elidedText(lower, cut, lower_room)
            painter.drawText(line, side, text)


class RowList(QListView):
    """Rows of 44 design units, or 72 where `roomy`.

    `current_changed(key)` follows the selection ("" for none), `activated_row(key)` is Enter or a
    double click, `ticked(key, on)` a box used by click or Space.
    """

    current_changed = Signal(str)
    activated_row = Signal(str)
    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None, *, roomy: bool = False) -> None:
        super().__init__(parent)
        self._model = RowModel(self)
        self._quiet = False
        self.setModel(self._model)
        self.setItemDelegate(_RowPainter(self, roomy=roomy))
        self.setProperty("rows", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model.ticked.connect(self.ticked)
        self.doubleClicked.connect(lambda index: self._activate(index.row()))
        self.selectionModel().currentChanged.connect(self._moved)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the current row stays current where its key stays."""
        before = self.current
        delegate = self.itemDelegate()
        assert isinstance(delegate, _RowPainter)
        delegate.align(rows)
        self._quiet = True
        self._model.set_rows(rows)
        self._quiet = False
        self.updateGeometry()
        if self.current != before:
            self.select(before)
            if self.current != before:
                self.current_changed.emit(self.current)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._model.rows

    @property
    def current(self) -> str:
        """Key of the current row, "" where there is none."""
        index = self.currentIndex()
        return self._model.rows[index.row()].key if index.isValid() else ""

    @property
    def ticked_keys(self) -> list[str]:
        """Keys of the rows that are ticked, in order."""
        return [row.key for row in self._model.rows if row.ticked]

    def select(self, key: str) -> None:
        """Make a row current without a signal; an unknown key changes nothing."""
        at = self._model.position(key)
        if at >= 0:
            self._quiet = True
            self.setCurrentIndex(self._model.index(at))
            self._quiet = False

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet:
            self.current_changed.emit(self._model.rows[now.row()].key if now.isValid() else "")

    def _activate(self, at: int) -> None:
        self.activated_row.emit(self._model.rows[at].key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        on_box = event.position().x() < theme.px(_EDGE + _BOX + 8)
        if index.isValid() and on_box and event.button() == Qt.MouseButton.LeftButton:
            self._model.flip(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(index.row())
        elif index.isValid() and event.key() == Qt.Key.Key_Space:
            self._model.flip(index.row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to typing and to scanners: they do not move the selection."""

    def sizeHint(self) -> QSize:
        delegate = self.itemDelegate()
        assert isinstance(delegate, _RowPainter)
        return QSize(theme.px(280), max(len(self._model.rows), 1) * delegate.height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(theme.TOKENS.row_height))

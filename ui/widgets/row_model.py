"""The rows of a RowList: what each says, and which of them are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a line of facts and one of detail, in up to three columns.

    Left `fact` over `detail`, then `middle` over `middle_detail`, at the right edge `value` over
    `note`. Tones colour the detail lines: "" (grey), "good", "attention", "danger". `ticked` is
    None where the row has no box to tick.
    """

    key: str
    fact: str
    detail: str = ""
    tone: str = ""
    value: str = ""
    note: str = ""
    value_tone: str = ""
    middle: str = ""
    middle_detail: str = ""
    middle_tone: str = ""
    ticked: bool | None = None
    enabled: bool = True

    def spoken(self) -> str:
        """Everything the row says, for those who listen."""
        parts = (
            self.fact, self.detail, self.middle, self.middle_detail, self.value, self.note,
        )  # fmt: skip
        return ", ".join(part for part in parts if part)


class RowModel(QAbstractListModel):
    """Holds rows; `ticked` tells (key, whether ticked) after a box was used."""

    ticked = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = list(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def position(self, key: str) -> int:
        """Where the row with that key is, -1 where there is none."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def flip(self, at: int) -> None:
        """Tick or untick the row at that position."""
        row = self._rows[at]
        if row.ticked is None or not row.enabled:
            return
        self._rows[at] = replace(row, ticked=not row.ticked)
        self.dataChanged.emit(self.index(at), self.index(at))
        self.ticked.emit(row.key, not row.ticked)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken()
        return row if role == ROW else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid() or not self._rows[index.row()].enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

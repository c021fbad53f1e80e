"""Where to: the session, the level and, where somebody wants certain ones, the seats."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from boxoffice.queries.exchanges import Target
from ui import formats, keys, theme
from ui.sell.words import Words
from ui.widgets.text import Text

KEY = "Alt+S"


class PlaceChoice(QWidget):
    """Emits `changed` with another choice; `session` and `level` are chosen, `seats` typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words(self)
        self._targets: tuple[Target, ...] = ()
        self._title = Text(role="heading")
        self.session_box, self.level_box = QComboBox(), QComboBox()
        self.seats_edit = QLineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(theme.TOKENS.space.small))
        column.addWidget(self._title)
        for box in (self.session_box, self.level_box):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(8)
            box.setFixedHeight(theme.px(40))
            column.addWidget(box)
        self.seats_edit.setFixedHeight(theme.px(40))
        column.addWidget(self.seats_edit)
        self.session_box.activated.connect(lambda _index: self._other_session())
        self.level_box.activated.connect(lambda _index: self._other_level())
        self.seats_edit.editingFinished.connect(self.changed)
        keys.current().bind(self, KEY, self.session_box.setFocus)
        self.retranslate()

    @property
    def session(self) -> int | None:
        """Id of the chosen session."""
        found: int | None = self.session_box.currentData()
        return found

    @property
    def level(self) -> str:
        """The chosen level; "" where places are not numbered."""
        return self.level_box.currentData() or ""

    @property
    def levels(self) -> list[str]:
        """Those that can be chosen in the session, dearest first."""
        return [str(self.level_box.itemData(at)) for at in range(self.level_box.count())]

    @property
    def seats(self) -> str:
        """Names of seats, as typed; "" for the best ones."""
        return self.seats_edit.text().strip()

    def offer(self, targets: Sequence[Target], session: int | None, level: str) -> None:
        """These can be chosen; session and level are what the tickets have now."""
        self._targets = tuple(targets)
        self.seats_edit.clear()
        self._fill(session, level)

    def choose(self, session: int, level: str, seats: str = "") -> None:
        """Make a choice as clicks would."""
        self._fill(session, level)
        self.seats_edit.setText(seats)
        self.changed.emit()

    def _fill(self, session: int | None, level: str) -> None:
        self.session_box.clear()
        for target in self._targets:
            name = target.name_zh if formats.language() == "zh_CN" else target.name_en
            stamp = formats.short_stamp(target.starts_at)
            self.session_box.addItem(f"{stamp}{formats.DOT}{name}", target.session_id)
        self.session_box.setCurrentIndex(max(self.session_box.findData(session), 0))
        self._fill_levels(level)

    def _fill_levels(self, level: str) -> None:
        self.level_box.clear()
        target = next((t for t in self._targets if t.session_id == self.session), None)
        for name, fen in target.levels if target is not None else ():
            said = self._words.whole_level(name) if name else self.tr("Unnumbered")
            self.level_box.addItem(f"{said}{formats.DOT}{formats.short_money(fen)}", name)
        self.level_box.setCurrentIndex(max(self.level_box.findData(level), 0))
        self.seats_edit.setVisible(target is not None and target.numbered)

    def _other_session(self) -> None:
        self._fill_levels(self.level)
        self.seats_edit.clear()
        self.changed.emit()

    def _other_level(self) -> None:
        self.seats_edit.clear()
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text again; what is chosen stays chosen."""
        self._title.setText(self.tr("Where to (Alt S)"))
        self.seats_edit.setPlaceholderText(self.tr("The best seats together, or zone-row-seat"))
        self.seats_edit.setAccessibleName(self.seats_edit.placeholderText())
        self.session_box.setAccessibleName(self.tr("Session"))
        self.level_box.setAccessibleName(self.tr("Level"))
        self._fill(self.session, self.level)

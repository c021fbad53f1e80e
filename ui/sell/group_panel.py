"""A group's list (团体名单): pasted or from a file, looked at, then bound to the tickets."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from boxoffice.exchange.people_list import Trouble
from boxoffice.services.sales.groups import Preview
from ui import formats, theme
from ui.error_presenter import field_text
from ui.sell.words import Words
from ui.widgets.action_button import ActionButton
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.text import Text

OPEN_KEY = "Alt+F"


class GroupPanel(QWidget):
    """Emits `edited(text)` as the list is pasted or typed, `file_wanted` for one from a file.

    `changed` tells that what the list would do is known anew.
    """

    edited = Signal(str)
    file_wanted = Signal()
    changed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._preview: Preview | None = None
        self._file = ""
        self._heading, self._hint = Text(role="heading"), Text(role="detail", wrap=True)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(64))
        self.text.setMaximumHeight(theme.px(110))
        self.text.textChanged.connect(self._typed)
        self._open = ActionButton(key=OPEN_KEY, act=self.file_wanted.emit)
        self._sums = Text(role="strong", wrap=True)
        self.rows = RowList()
        column = QVBoxLayout(self)
        edge = theme.px(12)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(8))
        for part in (self._heading, self._hint, self.text, self._open, self._sums):
            column.addWidget(part)
        column.addWidget(self.rows, 1)
        self.retranslate()

    # --- what is listed

    @property
    def preview(self) -> Preview | None:
        """What the list would do; None while nothing is listed, or it is being looked at."""
        return self._preview

    @property
    def ready(self) -> bool:
        """Whether binding would give anybody a ticket."""
        return self._preview is not None and self._preview.tickets > 0

    def begin(self) -> None:
        """An empty list; the cursor stands where it is pasted."""
        self.forget()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """Nothing of who was listed stays."""
        self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(False)
        self._file = ""
        self.show_preview(None)

    def show_file(self, name: str) -> None:
        """The list comes from a file of that name; what was pasted is gone."""
        self.forget()
        self._file = name
        self._say()

    def show_preview(self, preview: Preview | None) -> None:
        """Show what the list would do, who gets nothing first."""
        self._preview = preview
        rows = []
        if preview is not None:
            rows += [self._trouble_row(n, trouble) for n, trouble in enumerate(preview.errors)]
            wrong = {trouble.line for trouble in preview.errors}
            rows += [
                Row(
                    key=f"line {row.line}",
                    fact=row.name or self.tr("without a name"),
                    detail=f"{self._words.document(row.document_type)}{formats.DOT}{row.document}",
                    value=self._gets(row.tickets, row.bound),
                    value_tone="good" if row.bound else "" if row.tickets else "attention",
                )
                for row in preview.rows
                if row.line not in wrong
            ]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self._say()
        self.changed.emit()

    # --- words

    def _gets(self, tickets: int, bound: bool) -> str:
        if bound:
            return self.tr("has a ticket here")
        return self.tr("%n ticket(s)", "", tickets) if tickets else self.tr("no ticket left")

    def _trouble_row(self, number: int, trouble: Trouble) -> Row:
        where = self.tr("Line {line}").format(line=trouble.line)
        return Row(
            key=f"trouble {number}",
            fact=formats.DOT.join(part for part in (where, trouble.document) if part),
            detail=self.trouble_words(trouble),
            tone="attention",
        )

    def trouble_words(self, trouble: Trouble) -> str:
        """Why somebody gets no ticket."""
        said = {
            "no_document": self.tr("no document number"),
            "twice": self.tr("stands in line {other} already"),
            "too_many": self.tr("a list has at most {other} people"),
            "limit": self.tr("at most {other} tickets for one document"),
        }
        if trouble.why == "has_ticket":
            if not trouble.other:
                return self.tr("is in another basket for this session")
            return self.tr("has a ticket in order {other}").format(other=trouble.other)
        if trouble.why in said:
            return said[trouble.why].format(other=trouble.other)
        return field_text("expected", trouble.why)

    def _say(self) -> None:
        parts = [self._file] if self._file else []
        if self._preview is not None and (self._preview.rows or self._preview.errors):
            parts.append(self.tr("%n person(s) listed", "", len(self._preview.rows)))
            if self._preview.errors:
                parts.append(self.tr("%n line(s) need a look", "", len(self._preview.errors)))
            if self._preview.over:
                parts.append(self.tr("%n without a ticket", "", self._preview.over))
            if self._preview.free:
                parts.append(self.tr("%n ticket(s) stay without a person", "", self._preview.free))
        self._sums.setText(formats.DOT.join(parts))
        self._sums.setVisible(bool(parts))

    def _typed(self) -> None:
        self._file = ""
        self.edited.emit(self.text.toPlainText())

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(self.tr("Who comes with the group?"))
        self._hint.setText(self.tr("One person a line: name and document, in any order"))
        self.text.setPlaceholderText(self.tr("Paste the list here"))
        self.text.setAccessibleName(self.text.placeholderText())
        self._open.setText(self.tr("Open a file"))
        self.show_preview(self._preview)

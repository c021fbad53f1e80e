"""One page of the window: its middle, its right side, its band, and what it is told."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.widgets.band import Band
from ui.widgets.side_panel import SidePanel


class _Centre(QWidget):
    """The middle zone: the page's band on top, below it what is being chosen."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.error_band = Band()
        column = QVBoxLayout(self)
        edge = theme.px(theme.TOKENS.space.large)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(theme.TOKENS.space.medium))
        column.addWidget(self.error_band)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(theme.TOKENS.space.medium))
        column.addLayout(self.body, 1)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._page.retranslate()
        super().changeEvent(event)


class Page(QObject):
    """Base of every page. A subclass fills `body` and `side`, and overrides what it needs.

    `error_band` lies above the body: refusals of this page are shown there. `side` is None for a
    page made with `sided=False`; its middle then takes the whole width.
    """

    badge_changed = Signal(int)
    """How many things wait on this page changed; the navigation shows it."""

    def __init__(self, parent: QObject | None = None, *, sided: bool = True) -> None:
        super().__init__(parent)
        self._centre = _Centre(self)
        self.side: SidePanel | None = SidePanel() if sided else None

    @property
    def centre(self) -> QWidget:
        """The middle zone, as the window puts it in."""
        return self._centre

    @property
    def body(self) -> QVBoxLayout:
        """Where the page puts what is being chosen."""
        return self._centre.body

    @property
    def panel(self) -> SidePanel:
        """The right zone of a page that has one; raises RuntimeError for one that has none."""
        if self.side is None:
            raise RuntimeError("this page has no side")
        return self.side

    @property
    def error_band(self) -> Band:
        return self._centre.error_band

    def retranslate(self) -> None:
        """Set every text again: called once the page is made, and when the language changes."""

    def shown(self) -> None:
        """The page came to the front: ask again for what may have changed, and take the focus."""

    def left(self) -> None:
        """Another page came to the front."""

    def scanned(self, text: str) -> bool:
        """Something was scanned or typed into the window's field; False: it means nothing here."""
        return False

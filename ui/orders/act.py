"""OrderAct: one thing that can be done with an order, and what the side shows for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from boxoffice.desk import Desk
from boxoffice.errors import BoxOfficeError, HeldElsewhere
from boxoffice.queries.orders import OrderView
from ui.context import Context
from ui.widgets.action_button import ActionButton


class OrderAct(QObject):
    """Base of every act. A page lists those that fit, and gives the one begun its whole side.

    What it is called and when it fits is asked of its class: it is made when it is begun for the
    first time. `body` lies in the side between title and actions, `primary` and `quiet` are its
    actions; the page adds a way back. `done(text)` says that it was done and ends it; `quit` ends
    it without.
    """

    done = Signal(str)
    quit = Signal()

    key: str | None = None
    """The key that begins it, such as "Alt+T"."""

    body: QWidget
    primary: ActionButton
    quiet: tuple[ActionButton, ...] = ()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context

    @classmethod
    def title(cls) -> str:
        """What it is called, on its button and over its side."""
        raise NotImplementedError

    @classmethod
    def fits(cls, order: OrderView, desk: Desk) -> bool:
        """Whether it can be done with this order by who works here."""
        raise NotImplementedError

    def begin(self, order: OrderView) -> None:
        """The clerk chose it for this order."""
        raise NotImplementedError

    def scanned(self, text: str) -> bool:
        """Something was scanned meanwhile; False where it means nothing to this act."""
        return False

    def escape(self) -> bool:
        """Esc was pressed; True where the act used it for itself and goes on."""
        return False

    def said_by_page(self, error: BoxOfficeError) -> bool:
        """Whether the band of the page says it, which hears how it ends: another window has it."""
        if not isinstance(error, HeldElsewhere):
            return False
        self._context.troubles.show(self, error)
        return True

    def retranslate(self) -> None:
        """Set every text again."""

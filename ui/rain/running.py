"""A run that pays back, behind the screen: how far it is, pausing it, going on with it."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from boxoffice.errors import BoxOfficeError
from boxoffice.queries.rain_runs import RunState
from boxoffice.services.aftersales import rain_run
from boxoffice.services.staff.approvals import Approval
from ui.context import Context


class Running(QObject):
    """Emits `stepped(RunState)` after each batch, `ended(RunState)`, `failed(error)`.

    It goes on while other pages are in front. Where the window closes, or somebody else signs on,
    it pauses between two batches: whoever opens the page next goes on with it.
    """

    stepped = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    _told = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._stop = Event()
        self.session_id: int | None = None
        """Whose run is under way here."""
        self._told.connect(self.stepped, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._stop.set)
        app = QCoreApplication.instance()
        assert app is not None
        app.aboutToQuit.connect(self._stop.set)

    @property
    def under_way(self) -> bool:
        """Whether money is being paid back."""
        return self.session_id is not None

    @property
    def pausing(self) -> bool:
        """Whether it stops after the batch it is in."""
        return self.under_way and self._stop.is_set()

    def go(self, session_id: int, approval: Approval | None) -> None:
        """Begin the run of a session, or go on with the one begun."""
        if self.under_way:
            return
        self.session_id = session_id
        self._stop.clear()
        office, desk, stop = self._context.office, self._context.desk, self._stop.is_set

        def work() -> RunState:
            run_id = rain_run.start(
                office=office, desk=desk, session_id=session_id, approval=approval
            )
            return rain_run.go(
                office=office, desk=desk, run_id=run_id, stop=stop, progress=self._told.emit
            )

        self._context.act(self, work, self._ended, self._failed)

    def pause(self) -> None:
        """Stop after the batch that is under way."""
        self._stop.set()

    def _ended(self, state: RunState) -> None:
        self.session_id = None
        self.ended.emit(state)

    def _failed(self, error: BoxOfficeError) -> None:
        self.session_id = None
        self.failed.emit(error)

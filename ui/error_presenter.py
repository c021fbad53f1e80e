"""Turns what went wrong into a sentence and shows it: refused, broken, or a bug.

The one owner of the hooks for errors nobody caught: of Python, of its threads, and of Qt.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, cast

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QMessageBox, QWidget

from boxoffice.domain.money import Money
from boxoffice.errors import (
    BoxOfficeError,
    Broken,
    HeldElsewhere,
    OrderAway,
    PlacesAway,
    SeatAway,
    TogetherAway,
)
from boxoffice.sentences import NAMED_WINDOWS, in_words
from boxoffice.sentences.line_words import line_words
from boxoffice.sentences.phrases import PHRASES, Phrase
from boxoffice.services.sharing import wanting
from ui import formats
from ui.widgets.band import Band

log = logging.getLogger(__name__)
qt_log = logging.getLogger("qt")

_REFERENCE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_MONEY_FIELDS = frozenset({"due", "tendered", "amount", "change"})
NOT_HELD = (SeatAway, PlacesAway, TogetherAway, OrderAway)
"""Off line, and the window does not hold what was asked for."""
_HARMLESS_IN_QT = ("This plugin does not support propagateSizeHints()", "Detected locale ")
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class HasErrorBand(Protocol):
    """A page or window that has a place for what went wrong on it."""

    error_band: Band


def field_text(name: str, value: object) -> str:
    """One field of an error as staff read it: venue time, yuan, words of the trade."""
    if isinstance(value, Phrase):
        template = QCoreApplication.translate("phrases", PHRASES[value.token])
        return template.format(**{k: field_text(k, v) for k, v in value.fields.items()})
    if isinstance(value, datetime):
        return formats.short_stamp(value)
    if isinstance(value, Money):
        return formats.money(value)
    if type(value) is int:
        return formats.money(value) if name in _MONEY_FIELDS else formats.count(value)
    said = in_words(name, value)
    if name == "why" and said == str(value):
        said = line_words(said)
    return QCoreApplication.translate("values", said)


@dataclass(frozen=True)
class _Told:
    """What a band was told last, and how to say that again."""

    band: Band
    text: str
    again: Callable[[], object]
    order: str = ""
    """Number of the order that another window has or had, where that is what it says."""

    @property
    def stands(self) -> bool:
        """Whether it still says so."""
        return shiboken6.isValid(self.band) and self.band.text == self.text


class ErrorPresenter(QObject):
    """Shows errors; `sentences` holds one English sentence per error class."""

    _uncaught = Signal(object)

    def __init__(self, sentences: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sentences = sentences
        self._dialog: QMessageBox | None = None
        self._put_back: list[Callable[[], object]] = []
        self._shown: list[_Told] = []
        self._uncaught.connect(self._show_bug, Qt.ConnectionType.QueuedConnection)

    def sentence(self, error: BoxOfficeError) -> str:
        """What the error says, in the language of the window."""
        template = QCoreApplication.translate("errors", self._sentences[error.code])
        fields = {k: field_text(k, v) for k, v in error.fields.items()}
        if error.code in NAMED_WINDOWS:
            fields["window"] = formats.window(fields["window"])
        said = template.format(**fields)
        return said.replace("  ", " ")  # a field in the middle may be empty

    def show(
        self, owner: QObject, error: BoxOfficeError, retry: Callable[[], object] | None = None
    ) -> None:
        """Show it in the band nearest to the owner: of its page, else of its window.

        Broken things that may work the next time get a button for `retry`.
        """
        log.info("%s: %s", error.code, ", ".join(sorted(error.fields)))
        band = self._band_near(owner)
        if band is None:
            self._say(self.tr("That did not work"), self.sentence(error))
        else:
            self._tell(band, error, retry)

    def _tell(self, band: Band, error: BoxOfficeError, retry: Callable[[], object] | None) -> None:
        # Off line is a normal state: that something is not held here is a refusal like others.
        broken = isinstance(error, Broken) and not isinstance(error, NOT_HELD)
        tone = "danger" if broken else "attention"
        if isinstance(error, Broken) and error.retry and retry is not None:
            band.say(tone, self.sentence(error), self.tr("Try again"), retry)
        else:
            band.say(tone, self.sentence(error))
        waits = str(error.fields["order"]) if isinstance(error, HeldElsewhere) else ""
        self._note(_Told(band, band.text, lambda: self._tell(band, error, retry), waits))

    def _note(self, told: _Told) -> None:
        self._shown = [t for t in self._shown if t.band is not told.band and t.stands]
        self._shown.append(told)

    def retranslate(self) -> None:
        """Say again, in another language, what still stands in bands."""
        standing = [told for told in self._shown if told.stands]
        self._shown = []
        for told in standing:
            told.again()

    def wish_ended(self, order: str, how: str) -> None:
        """Whoever was told that another window has this order (its number) is told how that ended.

        `how` is one of the topics of `boxoffice.services.sharing.wanting`.
        """
        for told in self._shown:
            if order and told.order == order and told.stands:
                self._say_end(told.band, order, how)

    def _say_end(self, band: Band, order: str, how: str) -> None:
        if how == wanting.GOT:
            band.clear()
            return
        if how == wanting.FREE:
            said = self.tr("Order {order} is free now. Do it once more.")
        else:
            said = self.tr(
                "Order {order} was not let go: the other window is not asked any more. "
                "Do it once more, or send the visitor there."
            )
        band.say("info" if how == wanting.FREE else "attention", said.format(order=order))
        self._note(_Told(band, band.text, lambda: self._say_end(band, order, how), order))

    def bug(self, error: BaseException) -> None:
        """An error nobody meant: it is logged under a reference number; the window goes on.

        May be called on any thread.
        """
        reference = "".join(secrets.choice(_REFERENCE_LETTERS) for _ in range(6))
        log.error("bug %s", reference, exc_info=error)
        self._uncaught.emit(reference)

    def install(self) -> None:
        """Own the hooks of Python, of its threads and of Qt's messages until `uninstall`."""
        python, threads = sys.excepthook, threading.excepthook
        qt = qInstallMessageHandler(self._qt_said)
        sys.excepthook = self._python_said
        threading.excepthook = self._thread_said

        def put_back() -> None:
            sys.excepthook, threading.excepthook = python, threads
            qInstallMessageHandler(qt)

        self._put_back.append(put_back)

    def uninstall(self) -> None:
        """Give the hooks back."""
        while self._put_back:
            self._put_back.pop()()

    def _band_near(self, owner: QObject) -> Band | None:
        place: QObject | None = owner
        while place is not None:
            if isinstance(getattr(place, "error_band", None), Band):
                return cast(HasErrorBand, place).error_band
            # A page is no widget: its widgets are, and their parents lead to the window.
            place = place.parentWidget() if isinstance(place, QWidget) else place.parent()
        return None

    def _show_bug(self, reference: str) -> None:
        text = self.tr(
            "Something went wrong inside the program. Nothing that was finished is lost; you can "
            "go on. Please tell your supervisor this reference: {reference}"
        )
        self._say(self.tr("Unexpected error"), text.format(reference=reference))

    def _say(self, title: str, text: str) -> None:
        """One dialog at a time, and never one that waits: what follows is in the log."""
        if self._dialog is not None:
            return
        parent = self.parent()
        dialog = QMessageBox(parent if isinstance(parent, QWidget) else None)
        dialog.setIcon(QMessageBox.Icon.Warning)
        dialog.setWindowTitle(title)
        dialog.setText(text)
        dialog.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()

    def _closed(self) -> None:
        self._dialog = None

    def _python_said(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QCoreApplication.quit()
        else:
            self.bug(error)

    def _thread_said(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.bug(args.exc_value)

    def _qt_said(self, kind: QtMsgType, _where: QMessageLogContext, message: str | None) -> None:
        text = message or ""
        if not text.startswith(_HARMLESS_IN_QT):
            qt_log.log(_QT_LEVELS[kind], "%s", text)

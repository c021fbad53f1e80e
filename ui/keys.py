"""The one mechanism for keys: shortcuts, input methods that are composing, and scanners.

Three traps are dealt with here, so that no screen has to know them. Shortcuts and Enter fire while
an input method composes: as long as there is preedit text no command key gets through. Line edits
eat Alt+Backspace: a bound key reaches its shortcut before the field. A keyboard-wedge scanner types
into whatever has the focus: its burst is taken back out of there and given to the scan field.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol, cast

import shiboken6
from PySide6.QtCore import QElapsedTimer, QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.bursts import Bursts

log = logging.getLogger(__name__)

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COMMAND_KEYS = (*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MODIFIER_KEYS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
_COMMAND_MODIFIERS = (
    Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.MetaModifier
)
_SAID_OTHERWISE = {"Backspace": "⌫", "Return": "Enter", "Del": "Delete"}


class ScanTarget(Protocol):
    """A field that takes what is scanned; `ui.widgets.scan_field.ScanField` is the usual one."""

    def take_scan(self, text: str) -> None: ...
    def take_focus(self) -> None: ...


def caption(key: str) -> str:
    """How a key stands on its button: "Alt+C" is "Alt C"."""
    return " ".join(_SAID_OTHERWISE.get(part, part) for part in key.split("+"))


def _is_command(event: QKeyEvent) -> bool:
    function_key = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
    return (
        function_key or event.key() in _COMMAND_KEYS or bool(event.modifiers() & _COMMAND_MODIFIERS)
    )


class Keys(QObject):
    """Sees every key of the application first; made once by `install`."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._bound: set[QKeyCombination] = set()
        self._composing: QObject | None = None
        self._targets: list[QWidget] = []
        self._bursts = Bursts()
        self._steady = QElapsedTimer()
        self._steady.start()
        self._before: tuple[QLineEdit, str, int] | None = None
        app.installEventFilter(self)
        app.focusObjectChanged.connect(self._focus_moved)

    # --- shortcuts

    def bind(
        self, owner: QWidget, key: str, act: Callable[[], object], *, shared: bool = False
    ) -> QShortcut:
        """Let a key ("F8", "Alt+C") do something while `owner` is visible and enabled.

        Two pages may bind the same key as long as only one of them is shown. Plain letters belong
        to typing and Enter to the field that has the focus: they raise ValueError. A `shared` key
        does the same for all that bind it, so several of them may be shown together.
        """
        sequence = QKeySequence(key)
        if sequence.count() != 1:
            raise ValueError(f"{key!r} is not one key")
        combination: QKeyCombination = sequence[0]  # type: ignore[index]  # missing in the stubs
        pressed = QKeyEvent(
            QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers()
        )
        if not _is_command(pressed) or combination.key() in _ENTER:
            raise ValueError(f"{key!r} belongs to typing")
        self._bound.add(combination)
        shortcut = QShortcut(sequence, owner)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)
        if shared:
            shortcut.activatedAmbiguously.connect(act)
        else:
            shortcut.activatedAmbiguously.connect(lambda: log.error("key %s is bound twice", key))
        return shortcut

    # --- composing

    @property
    def composing(self) -> bool:
        """Whether an input method shows text that is not yet committed."""
        return self._composing is not None

    def _focus_moved(self, _now: QObject | None) -> None:
        self._composing = None
        self._bursts.drop()

    # --- scanning

    def add_scan_target(self, target: QWidget) -> None:
        """Register a `ScanTarget`; of those that can be seen the one added last gets the scans."""
        self._targets.append(target)
        target.destroyed.connect(self._forget_dead)

    def _forget_dead(self) -> None:
        self._targets = [target for target in self._targets if shiboken6.isValid(target)]

    def scan_target(self) -> ScanTarget | None:
        """The scan field of the window in front, None where it has none that can be used."""
        self._forget_dead()
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        for target in reversed(self._targets):
            if target.isVisible() and target.isEnabled() and target.window() is window:
                return cast(ScanTarget, target)
        return None

    def focus_scan_target(self) -> None:
        """Put the cursor into the scan field."""
        target = self.scan_target()
        if target is not None:
            target.take_focus()

    def _remember_focus(self) -> None:
        focus = QApplication.focusWidget()
        self._before = None
        if isinstance(focus, QLineEdit):
            self._before = (focus, focus.text(), focus.cursorPosition())

    def _take_back(self) -> None:
        """Undo what the burst typed into the field that happened to have the focus."""
        if self._before is None or not shiboken6.isValid(self._before[0]):
            return
        edit, text, cursor = self._before
        edit.setText(text)
        edit.setCursorPosition(cursor)
        self._before = None

    def _scanner_typed(self, event: QKeyEvent) -> bool:
        """Follow one key press at window level; True where it ended a scan and is used up."""
        if event.key() in _MODIFIER_KEYS:
            return False
        at_ms = event.timestamp() or self._steady.elapsed()  # some platforms stamp nothing
        if event.key() in _ENTER:
            text = self._bursts.finish(at_ms)
            target = self.scan_target() if text is not None else None
            if text is None or target is None:
                return False
            self._take_back()
            target.take_scan(text)
            return True
        if event.isAutoRepeat() or _is_command(event) or not event.text().isprintable():
            self._bursts.drop()
        elif event.text():
            if self._bursts.starts(at_ms):
                self._remember_focus()
            self._bursts.feed(event.text(), at_ms)
        return False

    # --- the filter

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod:
            preedit = cast(QInputMethodEvent, event).preeditString()
            self._composing = watched if preedit else None
        elif kind == QEvent.Type.ShortcutOverride:
            return self._override(cast(QKeyEvent, event))
        elif kind == QEvent.Type.KeyPress:
            pressed = cast(QKeyEvent, event)
            if self.composing and _is_command(pressed):
                return True
            # Each key passes twice, for the window and for the widget: scans look at the first.
            if watched.isWindowType() and not self.composing:
                return self._scanner_typed(pressed)
        return False

    def _override(self, event: QKeyEvent) -> bool:
        """Accepting keeps the key from every shortcut, ignoring it hands it to ours."""
        if self.composing and _is_command(event):
            event.accept()
            return True
        if event.keyCombination() in self._bound:
            event.ignore()
            return True
        return False


_installed: list[Keys] = []


def install(app: QApplication) -> Keys:
    """The keys of this application; made on the first call."""
    if not _installed or not shiboken6.isValid(_installed[0]):
        _installed[:] = [Keys(app)]
    return _installed[0]


def current() -> Keys:
    """The keys of the running application; raises RuntimeError where there is no application."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("keys need an application")
    return install(app)

"""A window in a process of its own whose company never answers: it is closed, and must end.

Run with a home; says on its output when it was closed, on the steady clock of the machine. With
"idle" nobody is charged.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer

from boxoffice import bootstrap, clock
from boxoffice.payments.protocol import Answer, Ask
from boxoffice.settings import Home
from tests.gateways import Party
from tests.ui.conftest import MORNING
from tests.ui.selling import resident_id
from ui.app import application, left, open_window, sign_in_demo
from ui.pages import SELL

EVERY_MS = 50
WECHAT_CODE = "134567890123456789"


class Mute(Party):
    """Takes a charge and holds its answer for longer than anybody waits."""

    def charge(self, ask: Ask) -> Answer:
        self.asked.append(("charge", ask.number))
        threading.Event().wait()
        raise AssertionError("nobody waits that long")


class Script:
    """Sells two seats by a code, then closes the window twice, a step each time it is asked."""

    def __init__(self, window, party: Party, *, idle: bool) -> None:
        self.window, self.party = window, party
        self.page = window.frame.page(SELL)
        selling = [self.choose, self.take, self.name, self.pay, self.close]
        self.steps = [self.ready if idle else step for step in selling] + [self.close_again]
        self.timer = QTimer()
        self.timer.timeout.connect(self.go)
        self.timer.start(EVERY_MS)

    def go(self) -> None:
        if self.steps and self.steps[0]():
            del self.steps[0]

    def ready(self) -> bool:
        return not self.page.busy and self.page.sessions.facts is not None

    def choose(self) -> bool:
        if not self.ready():
            return False
        self.page.choose_session("S1D")
        return True

    def take(self) -> bool:
        if self.page.busy or self.page.court.facts is None:
            return False
        self.page.take_best("B", 2)
        return True

    def name(self) -> bool:
        if self.page.busy or len(self.page.basket.lines) != 2:
            return False
        for person in (1, 2):
            self.page.scanned(resident_id(person))
        return True

    def pay(self) -> bool:
        if self.page.busy or self.page.counter.missing_words():
            return False
        return bool(self.page.scanned(WECHAT_CODE))

    def close(self) -> bool:
        if not self.party.asked:
            return False
        self.window.frame.close()
        assert self.window.frame.isVisible(), "the clerk is asked first"
        print(self.window.frame.error_band.text, flush=True)
        return True

    def close_again(self) -> bool:
        print(f"closed {time.monotonic()}", flush=True)
        self.window.frame.close()
        return True


def run(home: Home, *, idle: bool) -> int:
    """As `ui.app.run` does, with a company that is mute."""
    clock.use(lambda: MORNING)
    party = Mute()
    with ExitStack() as closing:
        office = closing.enter_context(bootstrap.open_office(home, threaded=True))
        office = replace(office, gateways={"wechat": party}, venue="v1")
        app = application(office.settings)
        window = open_window(app, office, closing, language="en")
        sign_in_demo(window, office)
        window.frame.show()
        script = Script(window, party, idle=idle)
        status = int(app.exec())
        script.timer.stop()
        return left(window, status)


if __name__ == "__main__":
    sys.exit(run(Home(Path(sys.argv[1])), idle="idle" in sys.argv[2:]))

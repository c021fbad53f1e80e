"""A program that is killed at the Nth step of a payment by code: each statement, each message.

Run as `python -m tests.faults.dying_paying ACT PATTERN FOLDER EVERY FIRST`: as `dying`, from step
FIRST on, but before and after messages to the payment company it is killed whatever EVERY says.
Prints how many steps there are, and how many of them are messages.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from boxoffice import clock
from boxoffice.payments import alipay_line, wechat_line
from boxoffice.payments.iso8583_line import Line
from boxoffice.payments.protocol import Gateway
from boxoffice.rehearsal.gateways.keys import Keys
from boxoffice.settings import Home
from tests.faults.dying import Countdown
from tests.faults.paying_acts import ACTS, HOURS, Act, company_beside, paying_at
from tests.faults.paying_companies import COMPANY
from tests.homes import at_work

MOST_MESSAGES = 4
"""Of a long conversation only so many are looked at, unless every step is."""


class Messages(Countdown):
    """Kills this process before or after it sends a message, too."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.messages: list[int] = []
        """The steps before a message; the one after is the next."""

    def __enter__(self) -> Messages:
        super().__enter__()
        for module in (wechat_line, alipay_line):
            module.send = self._sent(module.send)
        Line.ask = self._sent(Line.ask)  # type: ignore[method-assign]
        return self

    def _sent(self, send: Callable[..., Any]) -> Callable[..., Any]:
        def sent(*given: Any, **named: Any) -> Any:
            self.messages.append(self.steps)
            self._tick()
            reply = send(*given, **named)
            self._tick()
            return reply

        return sent

    def _tick(self) -> None:
        if self.left == self.steps:
            os.kill(os.getpid(), signal.SIGKILL)
        self.steps += 1


def run(act: Act, home: Home, gateway: Gateway, last: int) -> list[int]:
    """Do the act, and die before step `last` of it (-1: never); steps and messages there were."""
    with at_work(home) as work, Messages(last) as countdown:
        clock.use(HOURS.now)
        act.do(paying_at(work, gateway), act.tender)
        return [countdown.steps, *countdown.messages]


def main(name: str, pattern: Path, folder: Path, every: int, first: int) -> None:
    """One process for each step that is asked for; the counting one goes first and lives."""
    act, keys = ACTS[name], Keys.of(pattern / COMPANY)
    steps, *messages = _in_child(act, _copy(pattern, folder / "alive"), keys, -1)
    near = messages if every == 1 else messages[:: 1 + len(messages) // MOST_MESSAGES]
    wanted = {*range(first, steps, every), *near, *(step + 1 for step in near)}
    for last in sorted(wanted):
        if not _in_child(act, _copy(pattern, folder / f"{last:04d}"), keys, last):
            continue
        raise AssertionError(f"{name}: step {last} was never taken")
    print(steps, len(messages))


def _copy(pattern: Path, to: Path) -> Home:
    return Home(Path(shutil.copytree(pattern, to)))


def _report(writing: int, act: Act, home: Home, gateway: Gateway, last: int) -> NoReturn:
    """The process that does the act; it ends with this."""
    code = 1
    try:
        said = run(act, home, gateway, last)
        os.write(writing, " ".join(map(str, said)).encode("ascii"))
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _in_child(act: Act, home: Home, keys: Keys, last: int) -> list[int]:
    """What `run` says in a process of its own; nothing where it was killed."""
    HOURS.begin_at(60)
    with company_beside(home, act, keys) as gateway:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _report(writing, act, home, gateway, last)
        os.close(writing)
        with os.fdopen(reading, "rb") as answers:
            text = answers.read()
        _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return []
    assert status == 0, f"failed at {last}"
    return [int(number) for number in text.split()]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))

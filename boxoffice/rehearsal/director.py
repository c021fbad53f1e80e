"""Runs a rehearsal: starts windows, strikes as the plan says, heals all, and has it proved."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random

from boxoffice.rehearsal import window
from boxoffice.rehearsal.companies import Companies
from boxoffice.rehearsal.lines import Lines
from boxoffice.rehearsal.plan import Fault, Plan, Trouble
from boxoffice.rehearsal.server import ScratchServer
from boxoffice.rehearsal.stage import Stage
from boxoffice.rehearsal.troubles import COPIES, put_back
from boxoffice.rehearsal.venue_clock import Board
from boxoffice.settings import Home

LOOK = 0.004
"""Seconds between two looks at the windows."""
PATIENCE = 30.0
"""Seconds without any window getting on, after which a rehearsal counts as stuck."""
KILLED_PAYING = 0.5
"""So often, with a bad day of a company, the window that asks it is killed as well."""
LINE_FAULTS = (Fault.PARTITION, Fault.SLOW, Fault.LOSSY, Fault.LOST_ANSWERS)


_ENDS = {
    window.LET_IN: "was let in with records that are copied, or put back from a copy",
    window.LOCKED: "was locked without a reason",
}


class Stuck(Exception):
    """Windows that get on no more, or end in a way nobody foresaw."""


@dataclass
class Director:
    """One rehearsal while it runs."""

    plan: Plan
    posts: list[window.Post]
    board: Board
    lines: Lines
    turn: Callable[[int], object]
    """Begins a part of the day, counted from 0."""
    stage: Stage
    address: Callable[[int], str]
    """Where a window finds central: the address of its line."""
    companies: Companies
    server: ScratchServer | None
    """The server, where it is ours to kill."""
    struck: dict[str, int] = field(default_factory=dict)
    _running: dict[int, int] = field(default_factory=dict)
    """Window by process."""
    _due: list[Trouble] = field(default_factory=list)
    _kills: list[tuple[float, int]] = field(default_factory=list)
    _heals: list[tuple[float, int, bool]] = field(default_factory=list)
    _killed: set[int] = field(default_factory=set)
    _copies: list[Trouble] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    """Set when the rehearsal ends early: what waits a moment goes on at once."""

    def run(self) -> None:
        """All customers, with all faults; then nothing is wrong any more. Raises Stuck."""
        self._due = list(self.plan.troubles)
        for post in self.posts:
            self._start(post.number)
        parts = list(enumerate(self.plan.phases))
        total = sum(len(post.queue) for post in self.posts)
        seen, since = -1, time.monotonic()
        while self._running:
            now = time.monotonic()
            done = sum(self.board.done(post.number) for post in self.posts)
            self._try_copies()
            if parts and done >= parts[0][1][0] * total:
                self.turn(parts.pop(0)[0])
            self._reap()
            self._strike(now)
            if done != seen:
                seen, since = done, now
            if now - since > PATIENCE:
                self.end()
                raise Stuck(f"no window got on for {PATIENCE:.0f} seconds")
            self._over.wait(LOOK)
        self.lines.heal(0, cut=True)
        self.companies.heal()

    def all_do(self, work: Callable[[window.Post], int]) -> None:
        """Start every window anew for some work, and wait. Raises Stuck."""
        for post in self.posts:
            self._running[window.fork(post, work)] = post.number
        until = time.monotonic() + PATIENCE
        while self._running:
            self._reap()
            if time.monotonic() > until:
                self.end()
                raise Stuck(f"{work.__name__} took more than {PATIENCE:.0f} seconds")
            self._over.wait(LOOK)

    def end(self) -> None:
        """Kill what still runs; where it stood is written to its trace."""
        self._over.set()
        for pid in self._running:
            os.kill(pid, signal.SIGABRT)
        for pid in self._running:
            os.waitpid(pid, 0)
        self._running.clear()

    def _start(self, number: int) -> None:
        self._running[window.fork(self.posts[number - 1], window.serve)] = number

    def _reap(self) -> None:
        for pid in list(self._running):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            number = self._running.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            if code == -signal.SIGKILL and number in self._killed:
                self._killed.discard(number)
                self._start(number)
            elif code == window.GONE:
                self._count(Fault.OLD_FILE)
                self._put_back(self.posts[number - 1])
                self._start(number)
            elif code != window.DONE:
                self.end()
                raise Stuck(
                    f"window {number} {_ENDS.get(code, f'ended with {code}')}: "
                    f"{_last(self.posts[number - 1].trace)}"
                )

    def _put_back(self, post: window.Post) -> None:
        """Its file is an older one now: it is locked, until a supervisor gives it a new epoch."""
        self.lines.heal(post.number, cut=False)
        put_back(post.home, post.old_file)
        self._alone(post, window.stranger)
        file = self.stage.new_epoch(post.number, self.address(post.number), "file from a backup")
        self._alone(post, partial(window.renew, file=file))

    def _alone(self, post: window.Post, work: Callable[[window.Post], int]) -> None:
        """Run a process for a window to its end. Raises Stuck where it did not do its work."""
        pid = window.fork(post, work)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if code != window.DONE:
            self.end()
            said = f"window {post.number} {_ENDS.get(code, f'ended with {code}')}"
            raise Stuck(f"{said}: {_last(post.trace)}")

    def _try_copies(self) -> None:
        """Homes that were copied are started beside the ones they were copied from."""
        for trouble in list(self._copies):
            post = self.posts[trouble.window - 1]
            copy = post.copy(trouble)
            if not copy.exists():
                continue
            self._copies.remove(trouble)
            # On the same computer, or on another one.
            folder = post.folder
            if trouble.fault is Fault.DUPLICATE_WINDOW:
                folder = post.folder / "elsewhere"
                folder.mkdir(exist_ok=True)
            self._alone(replace(post, home=Home(copy), folder=folder), window.stranger)

    def _strike(self, now: float) -> None:
        for trouble in list(self._due):
            if self.board.begun(trouble.window) >= trouble.at:
                self._due.remove(trouble)
                self._begin(trouble, now)
        for kill in [kill for kill in self._kills if kill[0] <= now]:
            self._kills.remove(kill)
            self._kill(kill[1])
        for heal in [heal for heal in self._heals if heal[0] <= now]:
            self._heals.remove(heal)
            self.lines.heal(heal[1], cut=heal[2])

    def _begin(self, trouble: Trouble, now: float) -> None:
        fault, number, random = trouble.fault, trouble.window, Random(trouble.seed)
        if fault is not Fault.OLD_FILE:
            self._count(fault)  # that one only where the file is another than it was
        if fault is Fault.KILL_WINDOW:
            self._kills.append((now + random.uniform(0, 0.08), number))
        elif fault is Fault.PAYMENTS:
            self.companies.spoil(number, trouble.seed)
            if random.random() < KILLED_PAYING:
                self._count(Fault.KILL_WINDOW)
                self._kills.append((now + random.uniform(0, 0.5), number))
        elif fault in COPIES:
            self._copies.append(trouble)
        elif fault is Fault.KILL_CENTRAL:
            self._kill_central(random)
        elif fault in LINE_FAULTS:
            self._spoil(fault, number, random)
            self._heals.append((now + random.uniform(0.2, 1.0), number, random.random() < 0.5))

    def _count(self, fault: Fault) -> None:
        self.struck[fault.value] = self.struck.get(fault.value, 0) + 1

    def _spoil(self, fault: Fault, number: int, random: Random) -> None:
        if fault is Fault.PARTITION:
            if random.random() < 0.5:
                self.lines.tell(number, hole=True)
            else:
                self.lines.tell(number, refuses=True)
        elif fault is Fault.SLOW:
            self.lines.tell(number, delay=random.uniform(0.01, 0.06))
        elif fault is Fault.LOSSY:
            self.lines.tell(number, loss=random.uniform(0.02, 0.1), seed=random.random())
        else:
            self.lines.tell(number, lose_answers=random.randint(1, 2))

    def _kill(self, number: int) -> None:
        for pid, its in self._running.items():
            if its == number:
                self._killed.add(number)
                os.kill(pid, signal.SIGKILL)

    def _kill_central(self, random: Random) -> None:
        if self.server is None:
            # Another's server is not killed: all lines to it break at once.
            self.lines.tell(0, cut=True)
            return
        self.server.kill()
        self._over.wait(random.uniform(0, 0.2))
        self.server.start()


def _last(trace: Path) -> str:
    """What the process said before it ended."""
    return trace.read_text(encoding="utf-8").strip() if trace.exists() else ""

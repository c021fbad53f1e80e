"""The lines from windows to central: a relay in a process of its own, with faults on demand."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random

PIECE = 65536
COMMITTED = b"C\x00\x00\x00\x0bCOMMIT\x00"
GRANTED = b"grant_items\x00", b"C\x00\x00\x00\x0dSELECT 1\x00"
"""How a server tells that a commit, or a take in one statement, is done: the answer that may get
lost."""


Served = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class _Line:
    """One window's line and what is wrong with it."""

    window: int
    hole: asyncio.Event = field(default_factory=asyncio.Event)
    """Set while packets pass."""
    refuses: bool = False
    delay: float = 0.0
    loss: float = 0.0
    """How likely a packet is cut in the middle, and the connection with it."""
    lose_answers: int = 0
    """So many of the next commits are never told."""
    random: Random = field(default_factory=Random)
    open: set[asyncio.StreamWriter] = field(default_factory=set)

    def cut(self) -> None:
        for writer in list(self.open):
            writer.transport.abort()


class Lines:
    """The lines of all windows. Made in the parent, before anything runs; started by a fork."""

    def __init__(self, windows: int, host: str, port: int) -> None:
        self._target = (host, port)
        self._sockets = [_listening() for _ in range(windows)]
        self.ports = [int(found.getsockname()[1]) for found in self._sockets]
        self._here, self._there = socket.socketpair()
        self.pid = 0

    def start(self) -> None:
        """Fork the relay."""
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                self._here.close()
                asyncio.run(_relay(self._sockets, self._there, self._target))
                code = 0
            finally:
                os._exit(code)
        self._there.close()
        for found in self._sockets:
            found.close()

    def stop(self) -> None:
        """End the relay and every line."""
        self._here.close()
        os.waitpid(self.pid, 0)

    def tell(self, window: int, **what: object) -> None:
        """Change a line: hole, refuses, delay, loss, lose_answers, cut, seed; window 0 is all."""
        self._here.sendall(json.dumps({"window": window, **what}).encode() + b"\n")

    def heal(self, window: int, *, cut: bool) -> None:
        """A line as it should be; `cut` loses what was on the way."""
        self.tell(window, hole=False, refuses=False, delay=0, loss=0, lose_answers=0, cut=cut)


def _listening() -> socket.socket:
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    made.listen(64)
    return made


async def _relay(
    sockets: Sequence[socket.socket], commands: socket.socket, target: tuple[str, int]
) -> None:
    lines = [_Line(number) for number in range(1, len(sockets) + 1)]
    for line, listening in zip(lines, sockets, strict=True):
        line.hole.set()
        await asyncio.start_server(_serve(line, target), sock=listening)
    reader, _ = await asyncio.open_connection(sock=commands)
    while text := await reader.readline():
        told = json.loads(text)
        for line in lines:
            if told["window"] in (0, line.window):
                _change(line, told)
    os._exit(0)  # the lines end with it; nobody reads what is left on them


def _change(line: _Line, told: dict[str, object]) -> None:
    if told.get("cut"):
        line.cut()
    if "hole" in told:
        (line.hole.clear if told["hole"] else line.hole.set)()
    if "refuses" in told:
        line.refuses = bool(told["refuses"])
        if line.refuses:
            line.cut()
    line.delay = float(str(told.get("delay", line.delay)))
    line.loss = float(str(told.get("loss", line.loss)))
    line.lose_answers = int(str(told.get("lose_answers", line.lose_answers)))
    if "seed" in told:
        line.random.seed(str(told["seed"]))


def _serve(line: _Line, target: tuple[str, int]) -> Served:
    async def serve(here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        if line.refuses:
            back.transport.abort()
            return
        line.open.add(back)
        try:
            await line.hole.wait()
            there, forth = await asyncio.open_connection(*target)
        except OSError:
            line.open.discard(back)
            back.transport.abort()
            return
        line.open.add(forth)
        pumps = [
            asyncio.create_task(_pump(line, here, forth, answers=False)),
            asyncio.create_task(_pump(line, there, back, answers=True)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            for writer in (back, forth):
                line.open.discard(writer)
                writer.transport.abort()

    return serve


def _is_done(answer: bytes) -> bool:
    return COMMITTED in answer or all(part in answer for part in GRANTED)


async def _pump(
    line: _Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool
) -> None:
    """Pass on what comes until the line ends, or is to break."""
    try:
        while data := await reader.read(PIECE):
            if line.delay:
                await asyncio.sleep(line.delay)
            await line.hole.wait()
            if answers and line.lose_answers and _is_done(data):
                line.lose_answers -= 1
                return
            if line.loss and line.random.random() < line.loss:
                writer.write(data[: len(data) // 2])
                await writer.drain()
                return
            writer.write(data)
            await writer.drain()
    except OSError:
        return  # the other end is gone, and this one goes with it

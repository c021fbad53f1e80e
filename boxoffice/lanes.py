"""The queues that work runs on; each lane owns what it works with, so nothing is shared."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Lane(Generic[R]):
    """One thread and the resource only it touches (a store, a connection), opened on first use.

    With `threaded=False` the work runs where it is asked for: commands and tests need no threads.
    """

    def __init__(
        self, name: str, resource: Callable[[], R], close: Callable[[R], None], *, threaded: bool
    ) -> None:
        self.name = name
        self._make = resource
        self._close = close
        self._resource: R | None = None
        self._thread: int | None = None
        self._executor = (
            ThreadPoolExecutor(1, thread_name_prefix=name, initializer=self._mark)
            if threaded
            else None
        )

    def _mark(self) -> None:
        self._thread = threading.get_ident()

    def _run(self, work: Callable[[R], T]) -> T:
        if self._resource is None:
            self._resource = self._make()
        return work(self._resource)

    def submit(self, work: Callable[[R], T]) -> Future[T]:
        """Queue `work(resource)`; the future carries its answer or its error."""
        if self._executor is not None:
            return self._executor.submit(self._run, work)
        future: Future[T] = Future()
        try:
            future.set_result(self._run(work))
        except BaseException as error:
            future.set_exception(error)
        return future

    def call(self, work: Callable[[R], T]) -> T:
        """Do `work(resource)` in its turn and wait for the answer."""
        if self._executor is None or threading.get_ident() == self._thread:
            return self._run(work)
        return self._executor.submit(self._run, work).result()

    def another(self) -> R:
        """A second resource like the lane's own, for the caller to use and to close."""
        return self._make()

    def drop(self) -> None:
        """Close the resource; the next work opens it anew (after a lost connection)."""

        def close(_: object) -> None:
            if self._resource is not None:
                self._close(self._resource)
                self._resource = None

        if self._executor is None or threading.get_ident() == self._thread:
            close(None)
        else:
            self._executor.submit(close, None).result()

    def close(self) -> None:
        """Finish what is queued, close the resource and end the thread."""
        self.drop()
        if self._executor is not None:
            self._executor.shutdown(wait=True)


class Pool:
    """A few threads for work that owns nothing: printing, hashing, acts made of several steps."""

    def __init__(self, name: str, size: int) -> None:
        self._executor = ThreadPoolExecutor(size, thread_name_prefix=name)
        self._open: set[Future[Any]] = set()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue `work`; the future carries its answer or its error."""
        future = self._executor.submit(work)
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        return future

    def offer(self, work: Callable[[], T]) -> Future[T] | None:
        """Queue `work`; None where the pool is closing and takes nothing more."""
        try:
            return self.submit(work)
        except RuntimeError:
            return None

    def end_within(self, seconds: float) -> bool:
        """Take nothing more, and wait so long for what is queued; False where some of it goes on.

        Then nothing but the end of the process ends it.
        """
        self._executor.shutdown(wait=False)
        return not wait(tuple(self._open), seconds).not_done

    def close(self) -> None:
        """Finish what is queued and end the threads."""
        self._executor.shutdown(wait=True)

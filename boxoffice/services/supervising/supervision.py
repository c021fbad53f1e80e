"""Central records for a supervisor's acts: on a server, or in the file beside a window's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from boxoffice import settings
from boxoffice.central import fencing
from boxoffice.central.freeing import Freed, free
from boxoffice.domain.signing import RootKey, WindowKey
from boxoffice.errors import (
    EpochRuns,
    ForeignHome,
    NoEpoch,
    NoFile,
    NoHome,
    NoSeat,
    NotAWindow,
    OnlyAtCentral,
    ReasonMissing,
    StillAtWork,
    WindowUnknown,
)
from boxoffice.records.file_store import open_records
from boxoffice.records.keys import Keys, load_keys, new_secret, replace_keys
from boxoffice.records.lock import HomeLock
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import head_of
from boxoffice.services.setup import windows
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.sharing import epochs, forks
from boxoffice.settings import Home, HomeKind, Settings


@contextmanager
def open_central_of(home: Home) -> Iterator[Store]:
    """The central records of a central home, or of the window that has them beside its own.

    Raises NotACentralHome, OnlyAtCentral for a window whose central is on a server, HomeInUse.
    """
    if home.exists and settings.load(home).kind is not HomeKind.CENTRAL:
        wanted = settings.load(home)
        if wanted.central:
            raise OnlyAtCentral()
        key = load_keys(home, wanted.kind).raw("records")
        with (
            HomeLock(home.path),
            closing(open_records(home.central_file, key, "CENTRAL")) as store,
        ):
            yield store
        return
    with open_central(home) as central:
        yield central.store


@dataclass(frozen=True, slots=True)
class Fence:
    """An epoch that has ended, and what it holds still."""

    window: int
    epoch: int
    before: fencing.Ended | None
    """How it had ended already: then nothing was changed."""
    left: fencing.Left


def end_epoch(central: Store, window: str, *, operator: str, reason: str) -> Fence:
    """Fence a window, by number or name. Raises ReasonMissing, WindowUnknown."""
    if not reason.strip():
        raise ReasonMissing()
    number = windows.find(central, window)[0]
    epoch, now = fencing.end(central, number, operator=operator, reason=reason)
    before = None if now else fencing.how_ended(central, number, epoch)
    return Fence(number, epoch, before, fencing.held(central, number, epoch))


def free_held(
    central: Store,
    window: str,
    *,
    operator: str,
    reason: str,
    approver: str = "",
    epoch: int | None = None,
    seats: Sequence[str] = (),
) -> tuple[int, int, Freed]:
    """Free what the last ended epoch of a window held (or `epoch`), or only these seats of it.

    A seat is named SESSION:BLOCK-ROW-NUMBER. Answers window, epoch, and how much was freed. Raises
    WindowUnknown, NoSeat for a seat, and what `freeing.free` raises.
    """
    number = windows.find(central, window)[0]
    if epoch is None:
        found = central.first(
            "SELECT max(epoch) FROM window_epoch WHERE window_id = ? AND ended_at IS NOT NULL",
            (number,),
        )
        if found is None or found[0] is None:
            found = central.first("SELECT epoch FROM ticket_window WHERE id = ?", (number,))
        if found is None:
            raise WindowUnknown(window=window)
        epoch = int(found[0])
    elif not central.first(
        "SELECT 1 FROM window_epoch WHERE window_id = ? AND epoch = ?", (number, epoch)
    ):
        raise NoEpoch(window=number, epoch=epoch)
    places = [_place(central, text) for text in seats]
    freed = free(
        central,
        number,
        epoch,
        operator=operator,
        reason=reason,
        approver=approver,
        seats=places if seats else None,
    )
    return number, epoch, freed


def _place(central: Store, text: str) -> tuple[int, int]:
    session, _, place = text.partition(":")
    found = central.first(
        "SELECT s.id, p.id FROM session s JOIN seat p ON p.plan_id = s.plan_id "
        "WHERE s.code = ? AND p.zone || '-' || p.\"row\" || '-' || p.number = ?",
        (session, place),
    )
    if found is None:
        raise NoSeat(seat=text)
    return int(found[0]), int(found[1])


def receive(central: Store, home: Home) -> tuple[int, int, int, bool]:
    """Push all that a recovered window did in its ended epoch; its home is left locked as it is.

    Answers window, epoch, how many entries central has of it now, and whether that is all there
    can be. What a copy did on its own is kept as an epoch of its own. Raises what opening the home
    raises, NoFile, NotAWindow, ForeignHome for records of another venue, or StillAtWork.
    """
    if not home.path.exists():
        raise NoFile(file=str(home.path))
    if not home.exists:
        raise NoHome(home=str(home.path))
    wanted = settings.load(home)
    if wanted.kind is HomeKind.CENTRAL:
        raise NotAWindow(home=str(home.path))
    with HomeLock(home.path):
        keys = load_keys(home, wanted.kind)
        _require_certified(central, home, wanted.window, keys)
        try:
            epoch, all_there = _receive(central, home, wanted, keys.raw("records"))
        except EpochRuns:
            raise StillAtWork(home=str(home.path), window=wanted.window) from None
    number, _ = head_of(central, wanted.window, epoch)
    return wanted.window, epoch, number, all_there


def _require_certified(central: Store, home: Home, window: int, keys: Keys) -> None:
    """Numbers of windows are everywhere the same: what was done elsewhere is none of our copies."""
    public = WindowKey(keys.raw("signing")).public_key.hex()
    if not central.first(
        "SELECT 1 FROM window_epoch WHERE window_id = ? AND public_key = ?", (window, public)
    ):
        raise ForeignHome(home=str(home.path), window=window)


def _receive(central: Store, home: Home, wanted: Settings, key: bytes) -> tuple[int, bool]:
    with closing(open_records(home.window_file, key, "WINDOW")) as store:
        epoch = epochs.epoch_of(store)
        behind = epochs.older_file(store, home, wanted, epoch)
        fork = forks.found(store, central, wanted.window, epoch)
        if fork is not None:
            # A copy: what others that were made of it did, it cannot tell.
            forks.report(store, central, wanted.window, fork)
            return epoch, False
        return epoch, epochs.push_ended(
            store, central, wanted.window, epoch, complete=behind is None
        )


def begin_anew(home: Home, *, operator: str, reason: str) -> tuple[int, int]:
    """A window with its central beside it, put back from a backup or copied on purpose, goes on.

    Its epoch ends and a new one begins, under a new key; what it held is freed as of any ended
    epoch. Answers window and new epoch. Steps, each safe to repeat: central, the key, the file.
    """
    wanted = settings.load(home)
    keys = load_keys(home, wanted.kind)
    key = keys.raw("records")
    with (
        HomeLock(home.path),
        closing(open_records(home.central_file, key, "CENTRAL")) as central,
    ):
        with closing(open_records(home.window_file, key, "WINDOW")) as store:
            old = epochs.epoch_of(store)
            behind = epochs.older_file(store, home, wanted, old)
            fencing.fence(central, wanted.window, operator=operator, reason=reason)
            fork = forks.found(store, central, wanted.window, old)
            if fork is not None:
                forks.report(store, central, wanted.window, fork)
            else:
                epochs.push_ended(store, central, wanted.window, old, complete=behind is None)
        last = windows.find(central, str(wanted.window))[2]
        signing = new_secret()
        public = WindowKey(bytes.fromhex(signing)).public_key
        certified = RootKey(keys.raw("root")).certify(wanted.window, last + 1, public)
        fencing.new_epoch(central, certified)
        replace_keys(home, wanted.kind, replace(keys, signing=signing))
        if fork is not None:
            forks.set_aside(home, key, fork, {"epoch": str(last + 1)})
        with closing(open_records(home.window_file, key, "WINDOW")) as store:
            epochs.begin_epoch(home, store, central, wanted.window, last + 1)
    return wanted.window, last + 1

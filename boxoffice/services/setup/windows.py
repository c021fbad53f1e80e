"""Windows at a central home: added, replaced, and given another password; each gets its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from boxoffice.addresses import split_address
from boxoffice.central import enrolling, fencing, founding
from boxoffice.central.rights import window_role
from boxoffice.domain.signing import CertifiedKey, WindowKey
from boxoffice.errors import (
    CentralUnreachable,
    FileStands,
    LoginKnown,
    NumberKnown,
    WindowKnown,
    WindowUnknown,
)
from boxoffice.records.keys import new_password, new_secret
from boxoffice.records.store import Store
from boxoffice.services.homes import FIRST_EPOCH
from boxoffice.services.setup import enrolment_file
from boxoffice.services.setup.central_home import CentralHome
from boxoffice.services.setup.enrolment_file import Enrolment, Part


def add_window(
    central: CentralHome, *, name: str, out: Path, number: int | None = None, address: str = ""
) -> Enrolment:
    """Enter a new window and write its enrolment file.

    `address` is what the window is told, where it differs from what the central home uses. Raises
    WindowKnown or NumberKnown for what is taken, LoginKnown, FileStands, DiskTrouble.
    """

    def enter(store: Store) -> Enrolment:
        chosen = _next_number(store) if number is None else number
        if store.first("SELECT 1 FROM ticket_window WHERE name = ?", (name,)):
            raise WindowKnown(window=name)
        taken = store.first("SELECT name FROM ticket_window WHERE id = ?", (chosen,))
        if taken is not None:
            raise NumberKnown(number=chosen, window=taken[0])
        _refuse_login(store, window_role(central.schema, chosen))
        enrolment, key = _enrolment(central, chosen, name, FIRST_EPOCH, address)
        enrolling.enrol(store, chosen, name, key)
        return enrolment

    return _hand_out(central, "add_window", out, enter)


def replace_window(central: CentralHome, *, window: str, out: Path, address: str = "") -> Enrolment:
    """A new epoch of a window, named by name or number, for another computer or a lost file.

    Raises WindowUnknown, or what `fencing.new_epoch` raises while its old epoch has not ended.
    """

    if out.exists():
        raise FileStands(file=str(out))
    number, name, epoch = find(central.store, window)
    enrolment, key = _enrolment(central, number, name, epoch + 1, address)
    fencing.new_epoch(central.store, key)
    # A break before the file is written costs an epoch that nobody uses: the next try ends it.
    return _hand_out(central, "", out, lambda _: enrolment)


def change_password(
    central: CentralHome, *, window: str, out: Path, address: str = ""
) -> Enrolment:
    """Another password for a window whose own may be known to others; those are hung up on.

    Raises WindowUnknown, FileStands, DiskTrouble.
    """

    def enter(store: Store) -> Enrolment:
        number, name, epoch = find(store, window)
        enrolment, _ = _enrolment(central, number, name, epoch, address)
        return replace(
            enrolment, part=Part.PASSWORD, personal="", hashing="", pepper="", signing=""
        )

    return _hand_out(central, "change_password", out, enter)


def find(store: Store, window: str) -> tuple[int, str, int]:
    """Number, name and epoch of a window, by number or name. Raises WindowUnknown."""
    number = int(window) if window.isascii() and window.isdigit() else -1
    found = store.first(
        "SELECT id, name, epoch FROM ticket_window WHERE name = ? OR id = ? "
        "ORDER BY name = ? DESC LIMIT 1",
        (window, number, window),
    )
    if found is None:
        raise WindowUnknown(window=window)
    return int(found[0]), str(found[1]), int(found[2])


def _next_number(store: Store) -> int:
    found = store.first("SELECT coalesce(max(id), 0) + 1 FROM ticket_window")
    assert found is not None
    return int(found[0])


def _refuse_login(store: Store, role: str) -> None:
    # Logins belong to the whole server: another database on it may have this one in use.
    if store.first("SELECT 1 FROM pg_roles WHERE rolname = ?", (role,)):
        raise LoginKnown(login=role)


def _enrolment(
    central: CentralHome, window: int, name: str, epoch: int, address: str
) -> tuple[Enrolment, CertifiedKey]:
    home, keys, wanted = central.home, central.keys, central.settings
    signing = new_secret()
    certified = central.root.certify(window, epoch, WindowKey(bytes.fromhex(signing)).public_key)
    enrolment = Enrolment(
        address=split_address(address)[0] if address else wanted.central,
        schema=central.schema,
        password=new_password(),
        window=window,
        name=name,
        epoch=epoch,
        root=central.root.public_key.hex(),
        ca=home.ca_file.read_text(encoding="ascii") if home.ca_file.exists() else "",
        personal=keys.personal,
        hashing=keys.hashing,
        pepper=keys.pepper,
        signing=signing,
        training_time=wanted.training_time,
        language=wanted.language,
        venue_zh=wanted.venue_zh,
        venue_en=wanted.venue_en,
        event_zh=wanted.event_zh,
        event_en=wanted.event_en,
    )
    return enrolment, certified


def _hand_out(
    central: CentralHome, act: str, out: Path, enter: Callable[[Store], Enrolment]
) -> Enrolment:
    """One transaction: the window as it is to be, its login, the entry; then the file."""
    written = False
    try:
        with central.unit() as unit:
            enrolment = enter(unit.store)
            window = enrolment.window
            founding.let_in(unit.store, central.schema, window, enrolment.password)
            if act:
                facts = {"window": window, "name": enrolment.name, "epoch": enrolment.epoch}
                unit.record(act, facts=facts)
            enrolment_file.write(out, enrolment)
            written = True
    except CentralUnreachable:
        raise  # the commit may stand: the file is kept, for then it opens
    except BaseException:
        if written:
            out.unlink(missing_ok=True)
        raise
    with central.store.transaction():
        # With the old password nobody comes back; who is in has to go.
        founding.hang_up(central.store, central.schema, window)
    return enrolment

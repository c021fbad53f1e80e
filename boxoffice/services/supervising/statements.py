"""The statement of a business day over all windows, made at central and kept there, numbered.

Made again after something came late, it gets a supplement; what is kept is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import peewee

from boxoffice import clock
from boxoffice.central import guard, stating
from boxoffice.central.guard import CENTRAL
from boxoffice.central.items import Credentials
from boxoffice.desk import Desk, Right
from boxoffice.errors import DayNotOver
from boxoffice.queries import statements
from boxoffice.queries.statements import STATE, DayFold, Statement
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Author, unit_of_work
from boxoffice.services.office import Office
from boxoffice.services.sharing import sync

_TRIES = 3
"""Somebody else may be making the same statement: then theirs stands, and is looked at again."""


def latest(office: Office) -> list[Statement]:
    """What was kept last, newest first. Raises CentralUnreachable."""
    return office.link.call(lambda store, _: statements.latest(store))


def kept(office: Office, day: date) -> list[Statement]:
    """The statement of a day and its supplements. Raises CentralUnreachable."""
    return office.link.call(lambda store, _: statements.of_day(store, day.isoformat()))


def pending(store: Store, day: date) -> DayFold:
    """At central: what of a day no statement has yet."""
    before = statements.of_day(store, day.isoformat())
    return _pending(store, day, before)


def _pending(store: Store, day: date, before: Sequence[Statement]) -> DayFold:
    since = before[-1].day.heads if before else ()
    # The heads first: what is committed meanwhile lies past them.
    return statements.fold_day(store, day.isoformat(), statements.heads(store), since)


def make(*, office: Office, desk: Desk, day: date) -> list[Statement]:
    """Keep the statement of a day, or what came since as its supplement; answers all parts of it.

    Steps, each safe to repeat: what this window did is reported; the statement at central; a line
    in this window's journal. Nothing is kept where nothing is new. Raises NotAllowed, DayNotOver,
    CentralUnreachable.
    """
    desk.require(Right.SETTLE_CASES)
    author = Author(desk.operator.id, desk.shift_id)
    return _make(office, day, desk.operator.number, author)


def make_unsigned(*, office: Office, day: date) -> list[Statement]:
    """The same by a command at this computer, which names nobody."""
    return _make(office, day, "", Author())


def _make(office: Office, day: date, operator: str, author: Author) -> list[Statement]:
    sync.push(office)
    window = office.chain.window

    def at_central(store: Store, who: Credentials) -> tuple[bool, list[Statement]]:
        for _ in range(_TRIES - 1):
            try:
                return _keep(store, who, day, operator, window)
            except peewee.IntegrityError:
                continue
        return _keep(store, who, day, operator, window)

    new, found = office.link.call(at_central)
    if new:
        facts = _facts(day, found[-1])
        office.unit(lambda unit: unit.record(STATE, author=author, facts=facts), ["central"])
        sync.report(office)
    return found


def _keep(
    store: Store, who: Credentials, day: date, operator: str, window: int
) -> tuple[bool, list[Statement]]:
    with store.transaction():
        guard.check(store, who)
        new = keep_pending(store, day, operator=operator, window=window)
        return new, statements.of_day(store, day.isoformat())


def make_at_central(central: Store, day: date) -> list[Statement]:
    """The same by the owner of central, with a line in central's own journal. Raises DayNotOver."""
    with unit_of_work(central, CENTRAL) as unit:
        new = keep_pending(unit.store, day, operator="", window=CENTRAL.window)
        found = statements.of_day(unit.store, day.isoformat())
        if new:
            unit.record(STATE, facts=_facts(day, found[-1]))
    return found


def keep_pending(store: Store, day: date, *, operator: str, window: int) -> bool:
    """Inside a transaction at central: keep what no statement has; False where there is nothing."""
    require_over(store, day)
    before = statements.of_day(store, day.isoformat())
    found = _pending(store, day, before)
    if not found:
        return False
    stating.keep(
        store,
        day.isoformat(),
        len(before),
        found.content(),
        operator=operator,
        window=window,
    )
    return True


def require_over(store: Store, day: date) -> None:
    """Raises DayNotOver while the day runs and somebody works on."""
    if day < clock.business_day(clock.now()):
        return
    count = statements.open_shifts(store, day.isoformat())
    if count or day > clock.business_day(clock.now()):
        raise DayNotOver(day=day.isoformat(), open=count)


def _facts(day: date, one: Statement) -> dict[str, object]:
    return {"business_day": day.isoformat(), "number": one.number, "part": one.part}

"""Courts, what their tickets open, and sessions: stored, and corrected as far as sales allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from boxoffice import clock
from boxoffice.central import stock
from boxoffice.exchange import LineError, ParsedFile
from boxoffice.records.catalogue import Access, Court, Session, SessionCourt
from boxoffice.records.custody import CENTRAL_PLACES
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.sentences.phrases import Phrase, phrase
from boxoffice.services.programme.importing import (
    Counts,
    Fixed,
    merge_numbered,
    names,
    one_of,
    refuse,
)

_COURT_MAY = ("name_zh", "name_en", "nominal_capacity", "saleable_capacity", "approved_capacity")
_SESSION_MAY = ("name_zh", "name_en", "gates_open", "starts_at", "real_name", "policy", "capacity")
_SESSION_UNSOLD = ("business_day", "kind", "price_plan", "plan")
_SOLD = phrase("sold")

_CAPACITY = (
    "(SELECT min(n.places) FROM (SELECT c.saleable_capacity AS places "
    "UNION ALL SELECT c.approved_capacity "
    "UNION ALL SELECT count(*) FROM seat q WHERE q.plan_id = p.id) n)"
)
"""Of a court `c` with plan `p`."""


def courts(unit: Unit, parsed: ParsedFile) -> Counts:
    """Courts, each with the name of its plan where its seats are numbered.

    A capacity that changes goes on to the sessions of the court, never below what is gone.
    """
    store = unit.store
    plans = names(store, "SELECT name FROM plan")
    refuse(
        LineError(row.line, "seat_plan", row.seat_plan, one_of(plans))
        for row in parsed.rows
        if row.seat_plan and row.seat_plan not in plans
    )
    busiest = _busiest(store)
    played = names(
        store,
        "SELECT c.code FROM session_court k JOIN court c ON c.id = k.court_id",
    )
    fixed: dict[int, dict[str, Phrase]] = {}
    rows = []
    for row in parsed.rows:
        row_fixed = fixed.setdefault(row.line, {})
        if row.court in played:
            row_fixed["plan_name"] = phrase("on_sale")
        gone, session = busiest.get(row.court, (0, ""))
        for column in ("saleable_capacity", "approved_capacity"):
            if getattr(row, column) < gone:
                row_fixed[column] = phrase("gone_of", count=gone, session=session)
        rows.append(
            (
                row.line,
                {
                    "code": row.court,
                    "name_zh": row.name_zh,
                    "name_en": row.name_en,
                    "plan_name": row.seat_plan or None,
                    "nominal_capacity": row.nominal_capacity,
                    "saleable_capacity": row.saleable_capacity,
                    "approved_capacity": row.approved_capacity,
                    "roof": int(row.roof),
                },
            )
        )
    may = (*_COURT_MAY, "roof", "plan_name")
    merged = merge_numbered(store, Court, ["code"], rows, may_change=may, fixed=fixed)
    for changed in merged.changed:
        for session, was, capacity in store.all(
            f"SELECT s.id, s.capacity, {_CAPACITY} FROM session s "
            "JOIN session_court k ON k.session_id = s.id JOIN court c ON c.id = k.court_id "
            "JOIN plan p ON p.id = s.plan_id WHERE c.code = ?",
            (changed["code"],),
        ):
            store.run("UPDATE session SET capacity = ? WHERE id = ?", (capacity, session))
            stock.resize_session(store, session, capacity - was)
    return merged.counts()


def _busiest(store: Store) -> dict[str, tuple[int, str]]:
    """By court: how many places are gone of the numbered session with most of them gone."""
    found: dict[str, tuple[int, str]] = {}
    for court, session, gone in store.all(
        "SELECT c.code, s.code, s.capacity - coalesce(o.places, 0) FROM session s "
        "JOIN session_court k ON k.session_id = s.id JOIN court c ON c.id = k.court_id "
        f"LEFT JOIN {CENTRAL_PLACES} o ON o.session_id = s.id WHERE s.plan_id IS NOT NULL"
    ):
        found[court] = max(found.get(court, (0, "")), (int(gone), str(session)))
    return found


def access(unit: Unit, parsed: ParsedFile) -> Counts:
    """Which courts a price plan opens: the file says it whole."""
    store = unit.store
    known = names(store, "SELECT code FROM court")
    refuse(
        LineError(row.line, "opens_courts", court, one_of(known))
        for row in parsed.rows
        for court in row.opens_courts
        if court not in known
    )
    opened: dict[str, set[str]] = {}
    for price_plan, court in store.all("SELECT price_plan, court FROM access"):
        opened.setdefault(price_plan, set()).add(court)
    added = unchanged = changed = 0
    for row in parsed.rows:
        standing = opened.get(row.price_plan, set())
        wanted = set(row.opens_courts)
        if standing == wanted:
            unchanged += len(wanted)
            continue
        if standing:
            changed += 1
        else:
            added += len(wanted)
        for court in sorted(standing - wanted):
            store.run(
                "DELETE FROM access WHERE price_plan = ? AND court = ?", (row.price_plan, court)
            )
        more = [court for court in row.opens_courts if court not in standing]
        store.insert(Access, [{"price_plan": row.price_plan, "court": court} for court in more])
    return Counts(added, unchanged, changed=changed)


def sessions(unit: Unit, parsed: ParsedFile) -> Counts:
    """Sessions, each with its custody rows and its pool of places."""
    store = unit.store
    by_code = {
        row[0]: row[1:]
        for row in store.all(
            f"SELECT c.code, c.id, p.id, {_CAPACITY} "
            "FROM court c LEFT JOIN plan p ON p.name = c.plan_name"
        )
    }
    plans = names(store, "SELECT DISTINCT price_plan FROM price")
    policies = names(store, "SELECT DISTINCT policy FROM refund_tier")
    errors, rows, played = [], [], {}
    for row in parsed.rows:
        wrong = [
            LineError(row.line, "courts", court, one_of(set(by_code)))
            for court in row.courts
            if court not in by_code
        ]
        if row.price_plan not in plans:
            wrong.append(LineError(row.line, "price_plan", row.price_plan, one_of(plans)))
        if row.policy not in policies:
            wrong.append(LineError(row.line, "policy", row.policy, one_of(policies)))
        if wrong:
            errors += wrong
            continue
        plan_id, capacity = None, row.unnumbered_capacity
        if capacity is None:
            if len(row.courts) != 1 or by_code[row.courts[0]][1] is None:
                expected = phrase("court_or_capacity")
                errors.append(LineError(row.line, "courts", "|".join(row.courts), expected))
                continue
            _, plan_id, capacity = by_code[row.courts[0]]
        played[row.session] = {by_code[court][0] for court in row.courts}
        rows.append((row.line, _session(row, plan_id, capacity)))
    refuse(errors)
    return _merge_sessions(store, parsed, rows, played)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A session as it stands: places gone, whether a ticket was ever sold, where it is played."""

    id: int
    plan: int | None
    capacity: int
    gone: int
    sold: bool
    courts: set[int]


def _merge_sessions(
    store: Store,
    parsed: ParsedFile,
    rows: list[tuple[int, dict[str, Any]]],
    played: dict[str, set[int]],
) -> Counts:
    standing = _standing(store)
    moved = {code for code in played if code in standing and standing[code].courts != played[code]}
    kept = [
        LineError(row.line, "courts", "|".join(row.courts), phrase("as_sold", reason=_SOLD))
        for row in parsed.rows
        if row.session in moved and standing[row.session].sold
    ]
    kept_lines = {error.line for error in kept}
    asked = [(line, row) for line, row in rows if line not in kept_lines]
    fixed = {line: _fixed(standing.get(row["code"]), row) for line, row in asked}
    may = (*_SESSION_MAY, *_SESSION_UNSOLD)
    merged = merge_numbered(store, Session, ["code"], asked, may_change=may, fixed=fixed)
    for made in merged.fresh:
        _play(store, made["id"], played[made["code"]])
        stock.open_session(store, made["id"], made["plan"], made["capacity"])
    for changed in merged.changed:
        was = standing[changed["code"]]
        if changed["plan"] != was.plan:
            stock.replan_session(store, was.id, changed["plan"])
        stock.resize_session(store, was.id, changed["capacity"] - was.capacity)
    # Where it is played stands beside the row: a session may have moved and be as it was else.
    refused = {error.line for error in merged.not_changed}
    moving = {row["code"] for line, row in asked if line not in refused} & moved
    for code in moving:
        _play(store, standing[code].id, played[code])
    only_moved = len(moving - {changed["code"] for changed in merged.changed})
    listed = sorted((*kept, *merged.not_changed), key=lambda error: error.line)
    return Counts(
        added=len(merged.fresh),
        unchanged=merged.unchanged - only_moved,
        changed=len(merged.changed) + only_moved,
        not_changed=tuple(listed),
    )


def _standing(store: Store) -> dict[str, _Standing]:
    found = {
        str(code): _Standing(id_, plan, capacity, gone, bool(gone or sold), set())
        for code, id_, plan, capacity, gone, sold in store.all(
            "SELECT s.code, s.id, s.plan_id, s.capacity, s.capacity - coalesce(o.places, 0), "
            "EXISTS (SELECT 1 FROM order_line l WHERE l.session_id = s.id) FROM session s "
            f"LEFT JOIN {CENTRAL_PLACES} o ON o.session_id = s.id"
        )
    }
    for code, court in store.all(
        "SELECT s.code, k.court_id FROM session_court k JOIN session s ON s.id = k.session_id"
    ):
        found[code].courts.add(int(court))
    return found


def _fixed(was: _Standing | None, row: dict[str, Any]) -> Fixed:
    if was is None:
        return {}
    fixed = dict.fromkeys(_SESSION_UNSOLD, _SOLD) if was.sold else {}
    if row["capacity"] < was.gone:
        fixed["capacity"] = phrase("gone", count=was.gone)
    return fixed


def _play(store: Store, session: int, courts: Iterable[int]) -> None:
    store.run("DELETE FROM session_court WHERE session_id = ?", (session,))
    store.insert(SessionCourt, [{"session": session, "court": court} for court in sorted(courts)])


def _session(row: Any, plan_id: int | None, capacity: int) -> dict[str, Any]:
    return {
        "code": row.session,
        "business_day": row.date.isoformat(),
        "kind": row.kind,
        "name_zh": row.name_zh,
        "name_en": row.name_en,
        "gates_open": clock.to_text(row.gates_open),
        "starts_at": clock.to_text(row.starts_at),
        "price_plan": row.price_plan,
        "plan": plan_id,
        "capacity": capacity,
        "real_name": int(row.real_name),
        "policy": row.policy,
    }

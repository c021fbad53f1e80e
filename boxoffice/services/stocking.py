"""The catalogue's files, one function each: plan, courts, access, prices, policies, sessions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from boxoffice import clock
from boxoffice.central import stock
from boxoffice.exchange import LineError, ParsedFile, PlanFile
from boxoffice.records.catalogue import (
    Access,
    Court,
    Plan,
    Price,
    RainPolicy,
    RefundTier,
    Seat,
    Session,
    SessionCourt,
)
from boxoffice.records.journal import canonical
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.importing import Counts, FileRefused, add_rows

FROM_THE_START = ""
"""`valid_from` of prices whose file names no date; sorts before every date."""


def plan(unit: Unit, parsed: ParsedFile) -> Counts:
    """A seat plan; one of the same name must be the same plan."""
    found: PlanFile = parsed.rows[0]
    seats = [
        (s.guid, s.zone, s.row, s.number, s.category, *_mm(s.x, s.y), s.row_ordinal, s.seat_ordinal)
        for s in found.seats
    ]
    digest = hashlib.sha256(canonical(seats).encode()).hexdigest()
    width, height = _mm(found.width, found.height)
    known = unit.store.first(
        "SELECT digest, width_mm, height_mm FROM plan WHERE name = ?", (found.name,)
    )
    if known is not None:
        if tuple(known) != (digest, width, height):
            raise FileRefused([LineError(1, "name", found.name, "the plan as imported before")])
        return Counts(0, len(seats))
    plan_id = _next_id(unit.store, "plan")
    row = {"id": plan_id, "name": found.name, "width_mm": width, "height_mm": height}
    unit.store.insert(Plan, [{**row, "digest": digest}])
    first = _next_id(unit.store, "seat")
    names = ("guid", "zone", "row", "number", "category", "x_mm", "y_mm", "row_no", "ordinal")
    unit.store.insert(
        Seat,
        [
            {"id": first + n, "plan": plan_id, **dict(zip(names, seat, strict=True))}
            for n, seat in enumerate(seats)
        ],
    )
    return Counts(len(seats), 0)


def courts(unit: Unit, parsed: ParsedFile) -> Counts:
    """Courts, each with the name of its plan where its seats are numbered."""
    plans = _names(unit.store, "SELECT name FROM plan")
    errors = [
        LineError(row.line, "seat_plan", row.seat_plan, _one_of(plans))
        for row in parsed.rows
        if row.seat_plan and row.seat_plan not in plans
    ]
    _refuse(errors)
    return _numbered(
        unit.store,
        Court,
        ["code"],
        [
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
            for row in parsed.rows
        ],
    )[0]


def access(unit: Unit, parsed: ParsedFile) -> Counts:
    """Which courts a price plan opens."""
    known = _names(unit.store, "SELECT code FROM court")
    _refuse(
        LineError(row.line, "opens_courts", court, _one_of(known))
        for row in parsed.rows
        for court in row.opens_courts
        if court not in known
    )
    opened: dict[str, set[str]] = {}
    for price_plan, court in unit.store.all("SELECT price_plan, court FROM access"):
        opened.setdefault(price_plan, set()).add(court)
    _refuse(
        LineError(row.line, "opens_courts", "|".join(row.opens_courts), _as_imported(standing))
        for row in parsed.rows
        if (standing := opened.get(row.price_plan)) and standing != set(row.opens_courts)
    )
    rows = [
        (row.line, {"price_plan": row.price_plan, "court": court})
        for row in parsed.rows
        for court in row.opens_courts
    ]
    return add_rows(unit.store, Access, ["price_plan", "court"], rows)[0]


def prices(unit: Unit, parsed: ParsedFile) -> Counts:
    """Prices of a price plan by category and ticket type."""
    rows = [
        (
            row.line,
            {
                "price_plan": row.price_plan,
                "category": row.category,
                "ticket_type": row.ticket_type,
                "amount_fen": row.price_fen,
                "currency": "CNY",
                "valid_from": FROM_THE_START,
            },
        )
        for row in parsed.rows
    ]
    key = ["price_plan", "category", "ticket_type", "valid_from"]
    return _numbered(unit.store, Price, key, rows)[0]


def refund_policy(unit: Unit, parsed: ParsedFile) -> Counts:
    """Tiers of refund policies, in the order of the file; a version that stands keeps its tiers."""
    position: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    rows = []
    for row in parsed.rows:
        version = (row.policy, row.valid_from.isoformat())
        position[version] = position.get(version, 0) + 1
        last[version] = row.line
        rows.append(
            (
                row.line,
                {
                    "policy": row.policy,
                    "valid_from": row.valid_from.isoformat(),
                    "position": position[version],
                    "until_hours_before_start": row.until_hours_before_start,
                    "until_at": row.until_at,
                    "inclusive": int(row.inclusive),
                    "refundable": int(row.refundable),
                    "fee_basis_points": row.fee_basis_points,
                    "fee_fen": row.fee_fen,
                    "per": row.per,
                    "whole_order_only": int(row.whole_order_only),
                    "note_zh": row.note_zh,
                    "note_en": row.note_en,
                    "resale_after_minutes": row.resale_after_minutes,
                },
            )
        )
    standing = {
        (row[0], row[1]): int(row[2])
        for row in unit.store.all(
            "SELECT policy, valid_from, count(*) FROM refund_tier GROUP BY policy, valid_from"
        )
    }
    _refuse(
        LineError(
            last[version], "valid_from", f"{count} tiers", f"as imported: {standing[version]}"
        )
        for version, count in position.items()
        if standing.get(version, count) != count
    )
    return _numbered(unit.store, RefundTier, ["policy", "valid_from", "position"], rows)[0]


def rain_policy(unit: Unit, parsed: ParsedFile) -> Counts:
    """What counts as held when it rains."""
    rows = [
        (
            row.line,
            {
                "policy": row.policy,
                "valid_from": row.valid_from.isoformat(),
                "held_if_matches_completed": row.held_if_matches_completed,
                "held_if_minutes_over": row.held_if_minutes_over,
                "remedy": row.remedy,
                "note_zh": row.note_zh,
                "note_en": row.note_en,
            },
        )
        for row in parsed.rows
    ]
    return _numbered(unit.store, RainPolicy, ["policy", "valid_from"], rows)[0]


def sessions(unit: Unit, parsed: ParsedFile) -> Counts:
    """Sessions, each with its custody rows and its pool of places."""
    store = unit.store
    by_code = {
        row[0]: row[1:]
        for row in store.all(
            "SELECT c.code, c.id, p.id, min(c.saleable_capacity, c.approved_capacity, "
            "(SELECT count(*) FROM seat s WHERE s.plan_id = p.id)) "
            "FROM court c LEFT JOIN plan p ON p.name = c.plan_name"
        )
    }
    plans = _names(store, "SELECT DISTINCT price_plan FROM price")
    policies = _names(store, "SELECT DISTINCT policy FROM refund_tier")
    errors, rows, played = [], [], {}
    for row in parsed.rows:
        wrong = [
            LineError(row.line, "courts", court, _one_of(set(by_code)))
            for court in row.courts
            if court not in by_code
        ]
        if row.price_plan not in plans:
            wrong.append(LineError(row.line, "price_plan", row.price_plan, _one_of(plans)))
        if row.policy not in policies:
            wrong.append(LineError(row.line, "policy", row.policy, _one_of(policies)))
        if wrong:
            errors += wrong
            continue
        plan_id, capacity = None, row.unnumbered_capacity
        if capacity is None:
            if len(row.courts) != 1 or by_code[row.courts[0]][1] is None:
                expected = "one court with a seat plan, or an unnumbered capacity"
                errors.append(LineError(row.line, "courts", "|".join(row.courts), expected))
                continue
            _, plan_id, capacity = by_code[row.courts[0]]
        played[row.session] = [by_code[court][0] for court in row.courts]
        rows.append((row.line, _session(row, plan_id, capacity)))
    _refuse(errors)
    _refuse_other_courts(store, parsed)
    counts, fresh = _numbered(store, Session, ["code"], rows)
    for made in fresh:
        store.insert(
            SessionCourt,
            [{"session": made["id"], "court": court} for court in played[made["code"]]],
        )
        stock.open_session(store, made["id"], made["plan"], made["capacity"])
    return counts


def _refuse_other_courts(store: Store, parsed: ParsedFile) -> None:
    """A session that stands is played where its tickets say."""
    played: dict[str, set[str]] = {}
    for session, court in store.all(
        "SELECT s.code, c.code FROM session_court k JOIN session s ON s.id = k.session_id "
        "JOIN court c ON c.id = k.court_id"
    ):
        played.setdefault(session, set()).add(court)
    _refuse(
        LineError(row.line, "courts", "|".join(row.courts), _as_imported(standing))
        for row in parsed.rows
        if (standing := played.get(row.session)) and standing != set(row.courts)
    )


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


def _numbered(
    store: Store, table: Any, key: list[str], rows: Sequence[tuple[int, dict[str, Any]]]
) -> tuple[Counts, list[Mapping[str, Any]]]:
    """`add_rows` for tables whose identities central hands out; a row that stands keeps its own."""
    name = table._meta.table_name
    listed = ", ".join(f'"{table._meta.fields[field].column_name}"' for field in key)
    known = {tuple(row[1:]): row[0] for row in store.all(f'SELECT id, {listed} FROM "{name}"')}
    following = _next_id(store, name)
    numbered = []
    for line, row in rows:
        standing = known.get(tuple(row[field] for field in key))
        numbered.append((line, {"id": following if standing is None else standing, **row}))
        following += standing is None
    return add_rows(store, table, key, numbered)


def _next_id(store: Store, table: str) -> int:
    found = store.first(f'SELECT max(id) FROM "{table}"')
    return int(found[0] or 0) + 1 if found else 1


def _mm(*metres: float) -> tuple[int, ...]:
    return tuple(round(length * 1000) for length in metres)


def _names(store: Store, sql: str) -> set[str]:
    return {str(row[0]) for row in store.all(sql)}


def _as_imported(names: set[str]) -> str:
    return f"as imported: {'|'.join(sorted(names))}"


def _one_of(names: set[str]) -> str:
    return f"one of: {', '.join(sorted(names))}" if names else "nothing of that kind is imported"


def _refuse(errors: Any) -> None:
    listed = list(errors)
    if listed:
        raise FileRefused(listed)

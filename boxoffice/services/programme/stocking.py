"""The catalogue's files, one function each: plan, prices, policies, rules."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from boxoffice.exchange import LineError, ParsedFile, PlanFile
from boxoffice.records.catalogue import Plan, Price, RainPolicy, RefundTier, RuleRow, Seat
from boxoffice.records.journal import canonical
from boxoffice.records.rules import EACH, EVERYWHERE, RuleKind
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.sentences.phrases import phrase
from boxoffice.services.programme.importing import (
    Counts,
    FileRefused,
    merge_numbered,
    names,
    next_id,
    one_of,
    refuse,
)

_VERSION_STANDS = phrase("new_version")

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
            expected = phrase("same_plan")
            raise FileRefused([LineError(1, "name", found.name, expected)])
        return Counts(0, len(seats))
    plan_id = next_id(unit.store, "plan")
    row = {"id": plan_id, "name": found.name, "width_mm": width, "height_mm": height}
    unit.store.insert(Plan, [{**row, "digest": digest}])
    first = next_id(unit.store, "seat")
    names = ("guid", "zone", "row", "number", "category", "x_mm", "y_mm", "row_no", "ordinal")
    unit.store.insert(
        Seat,
        [
            {"id": first + n, "plan": plan_id, **dict(zip(names, seat, strict=True))}
            for n, seat in enumerate(seats)
        ],
    )
    return Counts(len(seats), 0)


def prices(unit: Unit, parsed: ParsedFile) -> Counts:
    """Prices of a price plan by category and ticket type.

    Another amount is a new version from today on: what was sold keeps the price it was sold at.
    """
    store, today = unit.store, unit.business_day
    standing = {
        (row[0], row[1], row[2]): (str(row[3]), int(row[4]))
        for row in store.all(
            "SELECT price_plan, category, ticket_type, valid_from, amount_fen FROM price "
            "WHERE valid_from <= ? ORDER BY valid_from",
            (today,),
        )
    }
    used = {
        (row[0], row[1], row[2])
        for row in store.all(
            "SELECT price_plan, category, ticket_type FROM price p WHERE valid_from = ? "
            "AND EXISTS (SELECT 1 FROM order_line l WHERE l.price_id = p.id)",
            (today,),
        )
    }
    rows, fixed, versions = [], {}, 0
    for row in parsed.rows:
        key = (row.price_plan, row.category, row.ticket_type)
        since, amount = standing.get(key, (FROM_THE_START, row.price_fen))
        if amount != row.price_fen and since != today:
            versions += 1
            since = today
        if key in used:
            fixed[row.line] = {"amount_fen": phrase("sold_today")}
        rows.append((row.line, _price(row, since)))
    key_columns = ["price_plan", "category", "ticket_type", "valid_from"]
    counts = merge_numbered(
        store, Price, key_columns, rows, may_change=["amount_fen"], fixed=fixed
    ).counts()
    return replace(counts, added=counts.added - versions, changed=counts.changed + versions)


def _price(row: Any, valid_from: str) -> dict[str, Any]:
    return {
        "price_plan": row.price_plan,
        "category": row.category,
        "ticket_type": row.ticket_type,
        "amount_fen": row.price_fen,
        "currency": "CNY",
        "valid_from": valid_from,
    }


_LATER_OF_TIERS = (
    *("until_minutes_before_start", "until_minutes_after_purchase", "fee_base"),
    *("handling_basis_points", "handling_base", "least_fee_fen", "most_fee_fen", "again"),
)
_LATER_OF_RAIN = (
    *("ticket_type", "category", "held_needs", "half_if_matches_completed"),
    *("half_if_minutes_over", "half_basis_points", "courts_counted", "courts_together"),
    *("minutes_counted", "latest_start_minutes", "refund_value"),
)
"""Columns that files and tables call alike."""


def refund_policy(unit: Unit, parsed: ParsedFile) -> Counts:
    """Tiers of refund policies, in the order of the file; a version that stands keeps its tiers."""
    position: dict[tuple[str, str], int] = {}
    rows = []
    for row in parsed.rows:
        version = (row.policy, row.valid_from.isoformat())
        position[version] = position.get(version, 0) + 1
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
                    **{name: getattr(row, name) for name in _LATER_OF_TIERS},
                    "complimentary_excluded": int(row.complimentary_excluded),
                },
            )
        )
    back = _reaching_back(unit.store, list(position))
    kept = {
        version: LineError(line, "valid_from", version[1], phrase("after_sales", day=back[version]))
        for line, row in reversed(rows)
        if (version := (row["policy"], row["valid_from"])) in back
    }
    rest = [(n, row) for n, row in rows if (row["policy"], row["valid_from"]) not in back]
    counts = _versions(unit.store, RefundTier, ["policy", "valid_from"], rest, ["position"])
    told = sorted((*kept.values(), *counts.not_changed), key=lambda error: error.line)
    return replace(counts, not_changed=tuple(told))


def _reaching_back(store: Store, versions: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """New versions that would take over from the one tickets were sold under, with the last day.

    What was sold keeps its version. Where there was none that day, the first one counts.
    """
    standing: dict[str, list[str]] = {}
    for policy, valid_from in store.all("SELECT DISTINCT policy, valid_from FROM refund_tier"):
        standing.setdefault(policy, []).append(valid_from)
    fresh = [v for v in versions if v[1] not in standing.get(v[0], [v[1]])]
    if not fresh:
        return {}
    found: dict[tuple[str, str], str] = {}
    for policy, day in store.all(
        "SELECT DISTINCT l.policy, y.business_day FROM order_line l "
        "JOIN payment y ON y.id = l.payment_id WHERE l.status = 'sold'"
    ):
        under = max((v for v in standing.get(policy, ()) if v <= day), default=None)
        for version in fresh:
            if version[0] == policy and under is not None and under < version[1] <= day:
                found[version] = max(day, found.get(version, ""))
    return found


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
                **{name: getattr(row, name) for name in _LATER_OF_RAIN},
                "held_minutes_inclusive": int(row.held_minutes_inclusive),
                "half_minutes_inclusive": int(row.half_minutes_inclusive),
                "latest_start_at": row.latest_start_at and row.latest_start_at.isoformat(),
            },
        )
        for row in parsed.rows
    ]
    case = ["ticket_type", "category"]
    return _versions(unit.store, RainPolicy, ["policy", "valid_from"], rows, case)


def rules(unit: Unit, parsed: ParsedFile) -> Counts:
    """Purchase limits, real name, proofs and caps; see records/rules.py for what they name."""
    store = unit.store
    scopes = names(store, "SELECT code FROM session UNION SELECT code FROM court")
    zones = names(store, "SELECT DISTINCT zone FROM seat")
    refuse(
        LineError(row.line, "session", row.session, one_of(scopes))
        for row in parsed.rows
        if row.session not in (EVERYWHERE, EACH) and row.session not in scopes
    )
    refuse(
        LineError(row.line, "value", row.subject, phrase("zone", names=one_of(zones)))
        for row in parsed.rows
        if row.rule == RuleKind.CAP and row.subject not in zones
    )
    rows = [
        (
            row.line,
            {
                "rule": row.rule,
                "session": row.session,
                "subject": row.subject,
                "valid_from": row.valid_from.isoformat(),
                "value": row.value,
            },
        )
        for row in parsed.rows
    ]
    return _versions(store, RuleRow, ["rule", "session", "subject", "valid_from"], rows)


def _versions(
    store: Store,
    table: Any,
    version: list[str],
    rows: Sequence[tuple[int, dict[str, Any]]],
    part: Sequence[str] = (),
) -> Counts:
    """Add versions; one that stands is never changed, since tickets were sold under it.

    A version may have several rows, told apart by `part`: it stands or differs as a whole.
    """
    name = table._meta.table_name
    listed = ", ".join(f'"{column}"' for column in version)
    standing = {
        tuple(row[:-1]): int(row[-1])
        for row in store.all(f'SELECT {listed}, count(*) FROM "{name}" GROUP BY {listed}')
    }
    lines: dict[tuple[Any, ...], list[int]] = {}
    for line, row in rows:
        lines.setdefault(tuple(row[column] for column in version), []).append(line)
    other = {v for v, found in lines.items() if standing.get(v, len(found)) != len(found)}
    kept = [
        LineError(
            lines[v][-1],
            "valid_from",
            phrase("rows", count=len(lines[v])),
            phrase("as_imported_why", value=standing[v], reason=_VERSION_STANDS),
        )
        for v in lines
        if v in other
    ]
    same = [(n, row) for n, row in rows if tuple(row[c] for c in version) not in other]
    merged = merge_numbered(store, table, [*version, *part], same, why=_VERSION_STANDS)
    listed_errors = sorted((*kept, *merged.not_changed), key=lambda error: error.line)
    return replace(merged.counts(), not_changed=tuple(listed_errors))


def _mm(*metres: float) -> tuple[int, ...]:
    return tuple(round(length * 1000) for length in metres)

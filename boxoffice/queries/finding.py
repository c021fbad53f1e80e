"""One field finds an order by whatever the visitor has: code, number, phone, document or name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from boxoffice import clock
from boxoffice.domain import identity, ticket_code
from boxoffice.domain.masking import mask_name, mask_phone
from boxoffice.domain.recognise import ScanKind, recognise
from boxoffice.errors import BadDocument
from boxoffice.exchange.columns import tidy_name
from boxoffice.records.personal import Seal
from boxoffice.records.store import Store

MOST = 50
"""Longest list a desk can read."""


@dataclass(frozen=True, slots=True)
class OrderHit:
    """An order that fits what was typed or scanned."""

    id: str
    number: str
    name: str
    """Masked."""
    phone: str
    """Masked."""
    tickets: int
    handed_over: int
    session_zh: str
    session_en: str
    business_day: str
    status: str
    deadline: datetime | None
    """Until when a reservation waits."""
    to_pay: int
    """How many of its tickets are reserved and not paid for."""


Question = tuple[str, tuple[str, ...]]
"""SQL that names order ids, and its parameters."""

_HIT = """
SELECT o.id, o.number, o.buyer, o.phone_sealed,
  (SELECT count(*) FROM ticket t WHERE t.order_id = o.id AND t.live = 1),
  (SELECT count(*) FROM hand_over h WHERE h.order_id = o.id),
  s.name_zh, s.name_en, s.business_day, o.status, o.deadline,
  (SELECT count(*) FROM order_line w WHERE w.order_id = o.id AND w.status = 'reserved')
FROM orders o
JOIN order_line l ON l.order_id = o.id
  AND l.position = (SELECT min(position) FROM order_line f WHERE f.order_id = o.id)
JOIN session s ON s.id = l.session_id
WHERE o.version > 0 AND o.id IN ({ids}) ORDER BY s.starts_at, o.number LIMIT {most}
"""

# Indexes of personal columns leave empty ones out; the condition <> '' lets them be used.
_BY_TICKET = "SELECT order_id FROM ticket WHERE id = ?"
_BY_PHONE = "SELECT id FROM orders WHERE phone_hash = ? AND phone_hash <> ''"
_BY_DOCUMENT = "SELECT order_id FROM order_line WHERE document_hash = ? AND document_hash <> ''"
_BY_NAME = """
SELECT id FROM orders WHERE buyer {fits} AND buyer <> ''
UNION SELECT order_id FROM order_line WHERE attendee {fits} AND attendee <> ''
"""


def find(store: Store, seal: Seal, text: str) -> list[OrderHit]:
    """Orders that fit; candidates are tried in the order of likelihood, the first that hits wins.

    Raises BadTicketCode for a ticket code that is damaged.
    """
    for ids, params in _questions(text, seal):
        rows = store.all(_HIT.format(ids=ids, most=MOST), params)
        if rows:
            return [
                OrderHit(
                    id=row[0],
                    number=row[1] or "",
                    name=mask_name(row[2]),
                    phone=mask_phone(seal.open(row[3])),
                    tickets=row[4],
                    handed_over=row[5],
                    session_zh=row[6],
                    session_en=row[7],
                    business_day=row[8],
                    status=row[9],
                    deadline=None if row[10] is None else clock.from_text(row[10]),
                    to_pay=row[11],
                )
                for row in rows
            ]
    return []


def exactly(store: Store, seal: Seal, text: str) -> list[str]:
    """Ids of orders by code, number, phone or document; the surest reading that hits wins.

    Raises BadTicketCode for a ticket code that is damaged.
    """
    for ids, params in _questions(text, seal, names=False):
        rows = store.all(
            f"SELECT id FROM orders WHERE version > 0 AND id IN ({ids}) LIMIT {MOST}", params
        )
        if rows:
            return [str(row[0]) for row in rows]
    return []


def _questions(text: str, seal: Seal, *, names: bool = True) -> Iterator[Question]:
    # A scanner in the wrong layout may send halves of characters, which no question can hold.
    text = text.encode("utf-8", "replace").decode()
    scans = recognise(text)
    for scan in scans:
        if names or scan.kind is not ScanKind.NAME:
            yield from _question(scan.kind, scan.value, seal)
    if any(scan.kind in (ScanKind.TICKET_CODE, ScanKind.MACHINE_LINES) for scan in scans):
        return
    compact = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if compact:
        # Other sellers shape their numbers as they like, and phones abroad have no one shape.
        yield _by_code(compact)
        yield _BY_PHONE, (seal.hash(compact.replace("-", "")),)


def _question(kind: ScanKind, value: str, seal: Seal) -> Iterator[Question]:
    """How to look a reading up, the surest way first; nothing for what finds no order."""
    if kind is ScanKind.TICKET_CODE:
        claim, _, _ = ticket_code.parse(value)
        yield _BY_TICKET, (claim.ticket.hex,)
    elif kind in (ScanKind.PICKUP_CODE, ScanKind.ORDER_NUMBER):
        yield _by_code(value)
    elif kind is ScanKind.PHONE:
        yield _BY_PHONE, (seal.hash(value),)
    elif kind is ScanKind.DOCUMENT:
        yield _BY_DOCUMENT, (seal.hash(value),)
    elif kind is ScanKind.MACHINE_LINES:
        number = _passport(value)
        if number:
            yield _BY_DOCUMENT, (seal.hash(number),)
    elif kind is ScanKind.NAME:
        yield from _by_name(tidy_name(value))


_LATIN_NAME = re.compile(r"[^\d]*[A-Za-z][^\d]*")


def _by_name(name: str) -> Iterator[Question]:
    """As written; a Latin name then in any case, the usual ones before what walks all names."""
    yield _BY_NAME.format(fits="= ?"), (name, name)
    if _LATIN_NAME.fullmatch(name):
        usual = (name.title(), name.upper(), name.lower())
        yield _BY_NAME.format(fits="IN (?, ?, ?)"), (*usual, *usual)
        yield _BY_NAME.format(fits="= ? COLLATE NOCASE"), (name, name)


def _by_code(value: str) -> Question:
    """By pickup code or number, whichever it is, and as it may have been misread."""
    readings = list(dict.fromkeys((value, value.replace("-", ""), *_likely_numbers(value))))
    marks = ", ".join("?" * len(readings))
    return (
        f"SELECT id FROM orders WHERE pickup_code IN ({marks}) "
        f"UNION SELECT id FROM orders WHERE number IN ({marks})",
        (*readings, *readings),
    )


_HEAD, _TAIL = re.compile(r"[A-Z01]+", re.ASCII), re.compile(r"[\dOI]{6,12}", re.ASCII)
_LETTERS = str.maketrans("01", "OI")
_FIGURES = str.maketrans("OI", "01")


def _likely_numbers(value: str) -> Iterator[str]:
    """CO250000001 for C025OOO00OI: letters first, then figures, as other sellers number orders."""
    plain = value.replace("-", "")
    for length in range(2, 5):
        head, tail = plain[:length], plain[length:]
        if _HEAD.fullmatch(head) and _TAIL.fullmatch(tail):
            yield head.translate(_LETTERS) + tail.translate(_FIGURES)


def _passport(lines: str) -> str:
    try:
        return identity.clean(identity.read_mrz(lines).number)
    except BadDocument:
        return ""

"""The kinds of table: which columns make one, and the row each line becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from boxoffice.domain import exchanging, identity
from boxoffice.domain.exchanging import ExchangeKind
from boxoffice.domain.masking import mask_document
from boxoffice.errors import BadDocument
from boxoffice.exchange import columns as c
from boxoffice.exchange.columns import TYPE_NAMES, Column
from boxoffice.exchange.fee_cells import fee_yuan
from boxoffice.exchange.rain_kinds import MATCHES, RAIN_POLICY
from boxoffice.exchange.refund_kind import REFUND_POLICY
from boxoffice.exchange.rows import (
    AccessRow,
    CourtRow,
    FileKind,
    LineError,
    PresaleRow,
    PriceRow,
    RuleRow,
    SessionRow,
)
from boxoffice.exchange.tabular import Complaint, Table
from boxoffice.sentences.phrases import phrase


def _check_session(v: Mapping[str, Any], cells: Mapping[str, str]) -> Iterator[Complaint]:
    if v["gates_open"] > v["starts_at"]:
        yield "gates_open", phrase("before_start")


def _price(line: int, v: Mapping[str, Any]) -> PriceRow:
    return PriceRow(line, v["price_plan"], v["category"], v["ticket_type"], v["price_yuan"])


def _presale(line: int, v: Mapping[str, Any]) -> PresaleRow:
    values = dict(v)
    values["price_fen"] = values.pop("price_yuan")
    problems = list(values.pop("problems", ()))
    number = values["document_no"]
    if values["document_type"] and not number and not problems:
        problems.append(LineError(line, "document_no", "", phrase("number_or_no_type")))
    elif number and not problems:
        try:
            values["document_no"] = identity.check(values["document_type"], number)
        except BadDocument as bad:
            expected = str(bad.fields["expected"])
            problems.append(LineError(line, "document_no", mask_document(number), expected))
    return PresaleRow(line=line, problems=tuple(problems), **values)


RULES = (
    "purchase_limit_per_document",
    "purchase_limit_per_phone",
    "purchase_limit_per_turn",
    "real_name",
    "concession_proof",
    "capacity_cap",
    "off_line_sale",
    "exchange",
)


def _rule_value(rule: str, value: str) -> tuple[str, str]:
    """What a rule is about, and its value in normal form. Raises Unreadable."""
    if rule in ("real_name", "off_line_sale"):
        return "", "yes" if c.yes_no(value) else "no"
    if rule == "concession_proof":
        named, *words = c.parts(value)
        subject = c.one_of("ticket_type", *TYPE_NAMES)(named)
        if not words or len(words) > 2:
            raise c.Unreadable(phrase("proof"))
        none = len(words) == 1 and c.is_none(words[0])
        return subject, "none" if none else ";".join(c.filled(word) for word in words)
    if rule == "capacity_cap":
        split = c.parts(value)
        if len(split) != 2:
            raise c.Unreadable(phrase("cap"))
        return c.filled(split[0]), "none" if c.is_none(split[1]) else str(c.whole(split[1]))
    if rule == "exchange":
        return _exchange_fee(value)
    if c.is_none(value):
        return "", "none"
    if c.whole(value) < 1:
        raise c.Unreadable(phrase("limit"))
    return "", str(c.whole(value))


_EXCHANGE = c.one_of("exchange", *ExchangeKind)


def _exchange_fee(value: str) -> tuple[str, str]:
    """seat;none, level;20元, session;10% or session;no: the kind, and what it costs."""
    split = c.parts(value)
    if len(split) != 2:
        raise c.Unreadable(phrase("exchange_fee"))
    kind, said = _EXCHANGE(split[0]), split[1]
    if said.casefold() in _NOT_DONE:
        return kind, exchanging.REFUSED
    if c.is_none(said):
        return kind, exchanging.FREE
    fee = fee_yuan(said)
    if not fee.refundable or fee.handling_rate or (fee.rate and fee.fixed_fen):
        raise c.Unreadable(phrase("exchange_fee"))
    return kind, exchanging.value_of(fen=fee.fixed_fen or 0, basis_points=fee.rate or 0)


_NOT_DONE = frozenset(("no", "refused", "不可", "不办理", "否"))


def _rule(line: int, v: Mapping[str, Any]) -> RuleRow:
    subject, value = _rule_value(v["rule"], v["value"])
    scope = "*" if v["session"] in ("*", "每场") else v["session"]
    return RuleRow(line, v["rule"], v["valid_from"], scope, subject, value)


def _check_rule(v: Mapping[str, Any], cells: Mapping[str, str]) -> Iterator[Complaint]:
    try:
        _rule_value(v["rule"], v["value"])
    except c.Unreadable as unreadable:
        yield "value", unreadable.expected


_TYPES = c.one_of("ticket_type", *TYPE_NAMES)
_DOCUMENTS = c.one_of("document_type", *identity.DocumentKind, "")

TABLES: tuple[Table, ...] = (
    Table(
        FileKind.PRESALE,
        (
            Column("order_no", c.code),
            Column("pickup_code", c.optional_code, needed=False),
            Column("channel", c.filled),
            Column("paid_at", c.moment),
            Column("buyer", c.person),
            Column("phone", c.phone, needed=False),
            Column("session", c.filled),
            Column("section", c.text),
            Column("row", c.text),
            Column("seat", c.text),
            Column("ticket_type", _TYPES),
            Column("price_yuan", c.yuan),
            Column("attendee", c.person, needed=False),
            Column("document_type", _DOCUMENTS, needed=False),
            Column("document_no", c.text, needed=False),
            Column("status", c.one_of("status", "paid", "refunded", "cancelled"), needed=False),
        ),
        _presale,
        tolerant=frozenset(
            {"session", "ticket_type", "price_yuan", "document_type", "status", "paid_at"}
        ),
    ),
    Table(
        FileKind.SESSIONS,
        (
            Column("session", c.filled),
            Column("date", c.day),
            Column("courts", c.names),
            Column("kind", c.one_of("kind", "day", "night", "grounds")),
            Column("name_zh", c.filled),
            Column("name_en", c.filled),
            Column("gates_open", c.moment),
            Column("starts_at", c.moment),
            Column("price_plan", c.filled),
            Column("unnumbered_capacity", c.optional_whole),
            Column("real_name", c.yes_no),
            Column("policy", c.filled),
        ),
        lambda line, v: SessionRow(line=line, **v),
        key=("session",),
        check=_check_session,
    ),
    Table(
        FileKind.COURTS,
        (
            Column("court", c.filled),
            Column("name_zh", c.filled),
            Column("name_en", c.filled),
            Column("seat_plan", c.text),
            Column("nominal_capacity", c.whole),
            Column("saleable_capacity", c.whole),
            Column("approved_capacity", c.whole),
            Column("roof", c.yes_no),
        ),
        lambda line, v: CourtRow(line=line, **v),
        key=("court",),
    ),
    REFUND_POLICY,
    RAIN_POLICY,
    MATCHES,
    Table(
        FileKind.RULES,
        (
            Column("rule", c.one_of("rule", *RULES)),
            Column("valid_from", c.day),
            Column("session", c.text, needed=False),
            Column("value", c.filled),
        ),
        _rule,
        key=("rule", "session", "subject", "valid_from"),
        check=_check_rule,
    ),
    Table(
        FileKind.PRICES,
        (
            Column("price_plan", c.filled),
            Column("category", c.text),
            Column("ticket_type", _TYPES),
            Column("price_yuan", c.yuan),
        ),
        _price,
        key=("price_plan", "category", "ticket_type"),
    ),
    Table(
        FileKind.ACCESS,
        (Column("price_plan", c.filled), Column("opens_courts", c.names)),
        lambda line, v: AccessRow(line=line, **v),
        key=("price_plan",),
    ),
)
"""The kind with more columns stands before one whose columns it contains."""

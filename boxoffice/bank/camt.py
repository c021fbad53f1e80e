"""Reads camt.053 (statements) and camt.054 (notices of bookings), versions 01 to 14.

Field names are those of the ISO 20022 message definitions BankToCustomerStatement and
BankToCustomerDebitCreditNotification.
"""

from __future__ import annotations

from boxoffice.bank.camt_entries import read_entry
from boxoffice.bank.message import Kind, Message, open_message
from boxoffice.bank.node import Node
from boxoffice.bank.statements import BOOKED, Balance, Entry, Statement, StatementFile
from boxoffice.domain.money import format_yuan
from boxoffice.sentences.phrases import Phrase, phrase

_PARTS = {Kind.STATEMENT: "Stmt", Kind.NOTICE: "Ntfctn"}
_OPENING = ("OPBD", "PRCD")
_CLOSING = ("CLBD",)
_BETWEEN = "ITBD"
_COPIES = {"COPY", "DUPL", "CODU"}


def read_statements(file: str, raw: bytes) -> StatementFile:
    """Read a statement or a notice, named `file` in errors.

    Raises BadFile where it is neither, or where an amount or a direction cannot be read truly: then
    nothing of it is. What is only odd stands in the warnings of the answer.
    """
    return statements_in(open_message(file, raw, {Kind.STATEMENT, Kind.NOTICE}))


def statements_in(message: Message) -> StatementFile:
    """As `read_statements`, from a message that is open."""
    warnings = list(message.warnings)
    body = Node(message.body, message.file, warnings)
    parts = body.all(_PARTS[message.kind])
    if not parts:
        raise body.refuse("bank_lacks", _PARTS[message.kind])
    statements = tuple(_statement(part, message.kind) for part in parts)
    for statement in statements:
        warnings += _doubts(statement)
    head = body.find("GrpHdr") or body
    return StatementFile(
        message.kind,
        message.version,
        head.text("MsgId"),
        head.moment("CreDtTm"),
        statements,
        tuple(warnings),
    )


def _statement(part: Node, kind: Kind) -> Statement:
    balances = [_balance(node) for node in part.all("Bal")]
    # A statement is of what is booked; a notice may only announce it.
    unsaid = BOOKED if kind is Kind.STATEMENT else ""
    entries = tuple(read_entry(node, unsaid) for node in part.all("Ntry"))
    currency = part.text("Acct", "Ccy") or _currency(balances, entries)
    account = part.find("Acct", "Id")
    copy = part.find("CpyDplctInd")
    if copy and copy.text() in _COPIES:
        copy.warn("bank_copy")
    _count(part, entries)
    for entry in entries:
        if entry.currency != currency:
            part.warnings.append(
                phrase(
                    "bank_other_currency",
                    line=entry.line,
                    currency=entry.currency,
                    wanted=currency,
                )
            )
    return Statement(
        kind=kind,
        number=part.text("Id"),
        account=(account.text("IBAN") or account.text("Othr", "Id")) if account else "",
        currency=currency,
        made_at=part.moment("CreDtTm"),
        opening=_first(balances, currency, *_OPENING),
        closing=_last(balances, currency, *_CLOSING),
        entries=entries,
    )


def _balance(node: Node) -> Balance:
    fen, currency = node.need("Amt").money()
    credit = node.credit(fallback=True)
    return Balance(node.code("Tp", "CdOrPrtry"), fen if credit else -fen, currency, node.day("Dt"))


def _currency(balances: list[Balance], entries: tuple[Entry, ...]) -> str:
    """The currency of an account that does not name it."""
    named = [balance.currency for balance in balances] + [entry.currency for entry in entries]
    return named[0] if named else ""


def _first(balances: list[Balance], currency: str, *codes: str) -> Balance | None:
    """The balance of the first of the codes that is there; on a later page the first between."""
    ours = [balance for balance in balances if balance.currency == currency]
    for code in (*codes, _BETWEEN):
        for balance in ours:
            if balance.code == code:
                return balance
    return None


def _last(balances: list[Balance], currency: str, *codes: str) -> Balance | None:
    """As `_first`, but the last between: it closes every page but the last."""
    found = _first(balances, currency, *codes)
    if found is None or found.code != _BETWEEN:
        return found
    between = [b for b in balances if b.code == _BETWEEN and b.currency == currency]
    opens = any(b.code in _OPENING for b in balances)
    return between[-1] if opens or len(between) > 1 else None


def _count(part: Node, entries: tuple[Entry, ...]) -> None:
    said = part.text("TxsSummry", "TtlNtries", "NbOfNtries")
    if said.isdecimal() and int(said) != len(entries):
        part.warnings.append(
            phrase(
                "bank_summary",
                account=part.text("Acct", "Id", "IBAN") or part.text("Acct", "Id", "Othr", "Id"),
                said=int(said),
                count=len(entries),
            )
        )


def _doubts(statement: Statement) -> list[Phrase]:
    """What the balances of a statement say against its entries."""
    if statement.kind is not Kind.STATEMENT:
        return []
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None:
        return [phrase("bank_no_balance", account=statement.account)]
    if statement.adds_up:
        return []
    return [
        phrase(
            "bank_balance",
            account=statement.account,
            opening=format_yuan(opening.fen),
            entries=format_yuan(statement.booked_fen),
            closing=format_yuan(closing.fen),
        )
    ]

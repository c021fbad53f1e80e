"""What the rehearsed bank writes: answers (pain.002), notices (camt.054), statements (camt.053).

In the older form (pain.002.001.03, camt.05x.001.02) or the newer (pain.002.001.10,
camt.05x.001.08), whichever goes with the orders it got.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one transfer: an ISO status, and a reason where there is one."""

    number: str
    batch: str
    fen: int
    currency: str
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One booking on the account; `reason` where it is a transfer that came back."""

    number: str
    fen: int
    currency: str
    credit: bool
    reference: str
    payee: str
    text: str
    reason: str = ""


class Letters:
    """Writes in one of the two forms, at one moment (aware)."""

    def __init__(self, new: bool, at: datetime) -> None:
        self._new = new
        self._at = at.isoformat(timespec="seconds")

    def answer(
        self, number: str, original: str, orders: str, status: str, said: Iterable[Said], why: str
    ) -> bytes:
        """A pain.002: `number` its own, `original` that of the file of orders, of version `orders`,
        `why` the reason of a status for the whole file."""
        root, body = self._document("pain.002.001.10", "pain.002.001.03", "CstmrPmtStsRpt")
        self._head(body, number)
        group = _add(body, "OrgnlGrpInfAndSts")
        _add(group, "OrgnlMsgId", original)
        _add(group, "OrgnlMsgNmId", orders)
        _add(group, "GrpSts", status)
        _reason(group, why)
        batches: dict[str, list[Said]] = {}
        for one in said:
            batches.setdefault(one.batch, []).append(one)
        for batch, answers in batches.items():
            part = _add(body, "OrgnlPmtInfAndSts")
            _add(part, "OrgnlPmtInfId", batch)
            for one in answers:
                entry = _add(part, "TxInfAndSts")
                _add(entry, "OrgnlInstrId", one.number)
                _add(entry, "OrgnlEndToEndId", one.number)
                _add(entry, "TxSts", one.status)
                _reason(entry, one.reason)
                amount = _add(_add(entry, "OrgnlTxRef"), "Amt")
                _amount(amount, "InstdAmt", one.fen, one.currency)
        return _bytes(root)

    def notice(self, number: str, account: str, day: date, lines: Iterable[Line]) -> bytes:
        """A camt.054 of what was booked on a day."""
        names = ("camt.054.001.08", "camt.054.001.02", "BkToCstmrDbtCdtNtfctn")
        root, body = self._document(*names)
        self._head(body, number)
        part = _add(body, "Ntfctn")
        self._account(part, number, account)
        for line in lines:
            self._entry(part, day, line)
        return _bytes(root)

    def statement(
        self, number: str, account: str, day: date, opening: int, lines: Iterable[Line]
    ) -> bytes:
        """A camt.053 of a day, with its balances; `opening` in hundredths."""
        booked = list(lines)
        currency = booked[0].currency if booked else "CNY"
        root, body = self._document("camt.053.001.08", "camt.053.001.02", "BkToCstmrStmt")
        self._head(body, number)
        part = _add(body, "Stmt")
        self._account(part, number, account)
        closing = opening + sum(line.fen if line.credit else -line.fen for line in booked)
        for code, fen in (("OPBD", opening), ("CLBD", closing)):
            balance = _add(part, "Bal")
            _add(_add(_add(balance, "Tp"), "CdOrPrtry"), "Cd", code)
            _amount(balance, "Amt", abs(fen), currency)
            _add(balance, "CdtDbtInd", _direction(fen >= 0))
            _add(_add(balance, "Dt"), "Dt", day.isoformat())
        for line in booked:
            self._entry(part, day, line)
        return _bytes(root)

    def _document(self, new: str, old: str, name: str) -> tuple[Any, Any]:
        space = f"urn:iso:std:iso:20022:tech:xsd:{new if self._new else old}"
        root = etree.Element(f"{{{space}}}Document", nsmap={None: space})
        return root, _add(root, name)

    def _head(self, body: Any, number: str) -> None:
        head = _add(body, "GrpHdr")
        _add(head, "MsgId", number)
        _add(head, "CreDtTm", self._at)

    def _account(self, part: Any, number: str, account: str) -> None:
        _add(part, "Id", number)
        _add(part, "CreDtTm", self._at)
        identity = _add(_add(part, "Acct"), "Id")
        if account[:2].isalpha():
            _add(identity, "IBAN", account)
        else:
            _add(_add(identity, "Othr"), "Id", account)

    def _entry(self, part: Any, day: date, line: Line) -> None:
        entry = _add(part, "Ntry")
        _amount(entry, "Amt", line.fen, line.currency)
        _add(entry, "CdtDbtInd", _direction(line.credit))
        if self._new:
            _add(_add(entry, "Sts"), "Cd", "BOOK")
        else:
            _add(entry, "Sts", "BOOK")
        for name in ("BookgDt", "ValDt"):
            _add(_add(entry, name), "Dt", day.isoformat())
        _add(entry, "AcctSvcrRef", line.reference)
        domain = _add(_add(entry, "BkTxCd"), "Domn")
        _add(domain, "Cd", "PMNT")
        family = _add(domain, "Fmly")
        _add(family, "Cd", "ICDT")
        _add(family, "SubFmlyCd", "RRTN" if line.credit else "DMCT")
        self._details(_add(_add(entry, "NtryDtls"), "TxDtls"), line)

    def _details(self, details: Any, line: Line) -> None:
        refs = _add(details, "Refs")
        _add(refs, "AcctSvcrRef", line.reference)
        _add(refs, "EndToEndId", line.number)
        if self._new:
            _amount(details, "Amt", line.fen, line.currency)
            _add(details, "CdtDbtInd", _direction(line.credit))
        else:
            whole = _add(_add(details, "AmtDtls"), "TxAmt")
            _amount(whole, "Amt", line.fen, line.currency)
        party = _add(_add(details, "RltdPties"), "Dbtr" if line.credit else "Cdtr")
        _add(_add(party, "Pty") if self._new else party, "Nm", line.payee)
        if line.text:
            _add(_add(details, "RmtInf"), "Ustrd", line.text[:140])
        if line.reason:
            back = _add(details, "RtrInf")
            _add(_add(back, "Rsn"), "Cd", line.reason)


def _add(parent: Any, name: str, text: str | None = None) -> Any:
    element = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    element.text = text
    return element


def _amount(parent: Any, name: str, fen: int, currency: str) -> None:
    whole, rest = divmod(fen, 100)
    _add(parent, name, f"{whole}.{rest:02d}").set("Ccy", currency)


def _direction(credit: bool) -> str:
    return "CRDT" if credit else "DBIT"


def _reason(parent: Any, code: str) -> None:
    if code:
        _add(_add(_add(parent, "StsRsnInf"), "Rsn"), "Cd", code)


def _bytes(root: Any) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written

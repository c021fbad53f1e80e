"""Writes pain.001, orders of transfers to a bank, in the versions 03 and 09.

Element names and their order are those of the ISO 20022 message definition
CustomerCreditTransferInitiation. Each batch carries transfers of one currency.
"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from lxml import etree

from boxoffice.bank.transfers import (
    NAME_LENGTH,
    TEXT_LENGTH,
    Account,
    Batch,
    Orders,
    Transfer,
    check,
    cleaned,
    plain,
)
from boxoffice.errors import BadTransfer
from boxoffice.sentences.phrases import phrase

VERSIONS = ("pain.001.001.03", "pain.001.001.09")
_UNKNOWN_BANK = "NOTPROVIDED"
_CHARGES = {"EUR": "SLEV", "CNY": "SHAR"}
"""Who bears the charges: by the rule of the scheme in SEPA, shared elsewhere."""


def write_orders(orders: Orders) -> bytes:
    """The file to send, UTF-8. Raises BadTransfer for what no bank would take."""
    check(orders)
    if orders.version not in VERSIONS:
        raise BadTransfer(
            number=orders.number, why=phrase("transfer_version", message=orders.version)
        )
    for batch in orders.batches:
        if len({transfer.currency for transfer in batch.transfers}) > 1:
            raise BadTransfer(number=batch.number, why=phrase("transfer_currency_mixed"))
    return _Writer(orders).write()


class _Writer:
    """Puts together one file."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._new = orders.version >= "pain.001.001.09"
        self._space = f"urn:iso:std:iso:20022:tech:xsd:{orders.version}"

    def write(self) -> bytes:
        orders = self._orders
        document = etree.Element(f"{{{self._space}}}Document", nsmap={None: self._space})
        root = self._add(document, "CstmrCdtTrfInitn")
        head = self._add(root, "GrpHdr")
        every = [transfer for batch in orders.batches for transfer in batch.transfers]
        self._add(head, "MsgId", orders.number)
        made = orders.made_at.astimezone(UTC)
        self._add(head, "CreDtTm", made.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self._counts(head, every)
        initiator = self._add(head, "InitgPty")
        self._add(initiator, "Nm", self._name(orders.initiator))
        for batch in orders.batches:
            self._batch(root, batch)
        written: bytes = etree.tostring(
            document, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )
        return written

    def _add(self, parent: Any, name: str, text: str | None = None) -> Any:
        element = etree.SubElement(parent, f"{{{self._space}}}{name}")
        if text is not None:
            element.text = text
        return element

    def _counts(self, parent: Any, transfers: list[Transfer]) -> None:
        self._add(parent, "NbOfTxs", str(len(transfers)))
        # The control sum adds the bare numbers, whatever their currencies.
        self._add(parent, "CtrlSum", decimal(sum(transfer.fen for transfer in transfers)))

    def _batch(self, root: Any, batch: Batch) -> None:
        currency = batch.transfers[0].currency
        info = self._add(root, "PmtInf")
        self._add(info, "PmtInfId", batch.number)
        self._add(info, "PmtMtd", "TRF")
        self._add(info, "BtchBookg", "true" if batch.booked_as_one else "false")
        self._counts(info, list(batch.transfers))
        if currency == "EUR":
            level = self._add(self._add(info, "PmtTpInf"), "SvcLvl")
            self._add(level, "Cd", "SEPA")
        day = batch.execute_on.isoformat()
        if self._new:
            self._add(self._add(info, "ReqdExctnDt"), "Dt", day)
        else:
            self._add(info, "ReqdExctnDt", day)
        self._add(self._add(info, "Dbtr"), "Nm", self._name(batch.payer.name))
        self._account(info, "DbtrAcct", batch.payer, currency)
        self._bank(info, "DbtrAgt", batch.payer)
        self._add(info, "ChrgBr", _CHARGES[currency])
        for transfer in batch.transfers:
            self._transfer(info, transfer)

    def _transfer(self, info: Any, transfer: Transfer) -> None:
        entry = self._add(info, "CdtTrfTxInf")
        ids = self._add(entry, "PmtId")
        self._add(ids, "InstrId", transfer.number)
        self._add(ids, "EndToEndId", transfer.number)
        amount = self._add(self._add(entry, "Amt"), "InstdAmt", decimal(transfer.fen))
        amount.set("Ccy", transfer.currency)
        if transfer.to.bic or transfer.to.bank_number:
            self._bank(entry, "CdtrAgt", transfer.to)
        self._add(self._add(entry, "Cdtr"), "Nm", self._name(transfer.to.name))
        self._account(entry, "CdtrAcct", transfer.to, "")
        self._remittance(entry, transfer)

    def _account(self, parent: Any, name: str, account: Account, currency: str) -> None:
        element = self._add(parent, name)
        number = self._add(element, "Id")
        if account.is_iban:
            self._add(number, "IBAN", plain(account.number))
        else:
            self._add(self._add(number, "Othr"), "Id", plain(account.number))
        if currency:
            self._add(element, "Ccy", currency)

    def _bank(self, parent: Any, name: str, account: Account) -> None:
        bank = self._add(self._add(parent, name), "FinInstnId")
        if account.bic:
            self._add(bank, "BICFI" if self._new else "BIC", account.bic)
        if account.bank_number:
            member = self._add(bank, "ClrSysMmbId")
            self._add(self._add(member, "ClrSysId"), "Cd", "CNAPS")
            self._add(member, "MmbId", account.bank_number)
        if not account.bic and not account.bank_number:
            self._add(self._add(bank, "Othr"), "Id", _UNKNOWN_BANK)

    def _remittance(self, entry: Any, transfer: Transfer) -> None:
        """Our number as that of a credit note, with the text; or both in one line of text."""
        said = cleaned(transfer.text, self._orders.latin, TEXT_LENGTH)
        information = self._add(entry, "RmtInf")
        if not self._orders.structured:
            line = f"{transfer.number} {said}".strip()
            self._add(information, "Ustrd", line[:TEXT_LENGTH].rstrip())
            return
        structured = self._add(information, "Strd")
        document = self._add(structured, "RfrdDocInf")
        kind = self._add(self._add(document, "Tp"), "CdOrPrtry")
        self._add(kind, "Cd", "CREN")
        self._add(document, "Nb", transfer.number)
        if said:
            self._add(structured, "AddtlRmtInf", said)

    def _name(self, name: str) -> str:
        return cleaned(name, self._orders.latin, NAME_LENGTH)


def decimal(fen: int) -> str:
    """Hundredths as a bank writes them: 1234 is 12.34."""
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}"

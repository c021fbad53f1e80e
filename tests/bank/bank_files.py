"""Files of banks as tests need them, put together by hand after the public message definitions."""

from __future__ import annotations

from datetime import UTC, date, datetime

from boxoffice.bank.transfers import Account, Batch, Orders, Transfer

PAYER = Account("Example Arena Co", "DE89370400440532013000", bic="COBADEFFXXX")
CHINESE_PAYER = Account("示例体育中心有限公司", "110900000012345678", bank_number="102100099996")
PAYEE = Account("Mustermann GmbH", "FR1420041010050500013M02606")
CHINESE_PAYEE = Account("测试旅行社有限公司", "6222000000000000001", bank_number="103100000018")


def transfer(number: str = "RB-2026-000001", fen: int = 98_000, **other: object) -> Transfer:
    """A transfer of 980.00 CNY, or as said."""
    values: dict[str, object] = {"currency": "CNY", "to": CHINESE_PAYEE, "text": "Order K7M2P9"}
    return Transfer(number, fen, **{**values, **other})  # type: ignore[arg-type]


def orders(*transfers: Transfer, payer: Account = CHINESE_PAYER, **other: object) -> Orders:
    """One batch of transfers in one file."""
    batch = Batch("B-2026-0001", payer, date(2026, 10, 5), transfers or (transfer(),))
    values: dict[str, object] = {
        "number": "F-2026-0001",
        "made_at": datetime(2026, 10, 4, 9, 30, tzinfo=UTC),
        "initiator": "示例体育中心有限公司",
        "batches": (batch,),
    }
    return Orders(**{**values, **other})  # type: ignore[arg-type]


def document(message: str, inner: str) -> bytes:
    """A document of that version around what stands below its message element."""
    names = {
        "pain.002": "CstmrPmtStsRpt",
        "camt.053": "BkToCstmrStmt",
        "camt.054": "BkToCstmrDbtCdtNtfctn",
        "camt.052": "BkToCstmrAcctRpt",
    }
    name = names[message[:8]]
    space = f"urn:iso:std:iso:20022:tech:xsd:{message}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{space}"><{name}>\n'
        f"<GrpHdr><MsgId>BANK-1</MsgId><CreDtTm>2026-10-06T08:00:00+08:00</CreDtTm></GrpHdr>\n"
        f"{inner}</{name}></Document>"
    ).encode()


def answer(inner: str = "", group: str = "", message: str = "pain.002.001.10") -> bytes:
    """A pain.002 for the file of `orders`."""
    return document(
        message,
        "<OrgnlGrpInfAndSts><OrgnlMsgId>F-2026-0001</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts>\n{inner}",
    )


def said(number: str, status: str, reason: str = "", more: str = "") -> str:
    """The answer to one transfer."""
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn>{more}</StsRsnInf>" if reason else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{number}</OrgnlEndToEndId>"
        f"<TxSts>{status}</TxSts>{why}</TxInfAndSts>\n"
    )


def batch(inner: str, status: str = "") -> str:
    """The answers to the batch of `orders`."""
    state = f"<PmtInfSts>{status}</PmtInfSts>" if status else ""
    return (
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>B-2026-0001</OrgnlPmtInfId>{state}{inner}"
        "</OrgnlPmtInfAndSts>"
    )


def balance(code: str, amount: str, day: str = "2026-10-05", direction: str = "CRDT") -> str:
    """One balance of a statement, in CNY."""
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='CNY'>{amount}</Amt>"
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def entry(amount: str, direction: str = "DBIT", details: str = "", new: bool = True) -> str:
    """One entry in CNY; `details` are whole TxDtls elements, or a Btch and such."""
    status = "<Sts><Cd>BOOK</Cd></Sts>" if new else "<Sts>BOOK</Sts>"
    inside = f"<NtryDtls>{details}</NtryDtls>" if details else ""
    return (
        f"<Ntry><Amt Ccy='CNY'>{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>{status}\n"
        "<BookgDt><Dt>2026-10-05</Dt></BookgDt><ValDt><Dt>2026-10-05</Dt></ValDt>"
        "<AcctSvcrRef>BK1</AcctSvcrRef><BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd>"
        f"{inside}</Ntry>\n"
    )


def tx(number: str, amount: str = "", direction: str = "DBIT", more: str = "") -> str:
    """One transaction of an entry, as versions from 04 on have it."""
    money = f"<Amt Ccy='CNY'>{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>" if amount else ""
    return f"<TxDtls><Refs><EndToEndId>{number}</EndToEndId></Refs>{money}{more}</TxDtls>\n"


def statement(
    inner: str, message: str = "camt.053.001.08", opening: str = "5000.00", closing: str = "4020.00"
) -> bytes:
    """A statement of one account with its balances."""
    balances = balance("OPBD", opening) + balance("CLBD", closing)
    return document(message, "<Stmt>" + _account("ST-1") + balances + inner + "</Stmt>")


def notice(inner: str, message: str = "camt.054.001.08") -> bytes:
    """A notice of bookings on one account."""
    return document(message, "<Ntfctn>" + _account("NO-1") + inner + "</Ntfctn>")


def _account(number: str) -> str:
    return (
        f"<Id>{number}</Id><CreDtTm>2026-10-06T08:00:00+08:00</CreDtTm><Acct><Id><Othr>"
        "<Id>110900000012345678</Id></Othr></Id><Ccy>CNY</Ccy></Acct>\n"
    )

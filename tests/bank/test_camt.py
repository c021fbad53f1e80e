"""Statements and notices of a bank, in several versions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.bank.camt import read_statements
from boxoffice.bank.message import Kind
from boxoffice.errors import BadFile
from tests.bank.bank_files import balance, document, entry, notice, statement, tx

ONE, TWO = "RB-2026-000001", "RB-2026-000002"
NEW = ["04", "06", "08", "10", "13"]


def tokens(raw: bytes) -> list[str]:
    return [warning.token for warning in read_statements("s.xml", raw).warnings]


@pytest.mark.parametrize("version", NEW)
def test_a_statement_is_read_whole(version):
    new = version >= "07"
    details = tx(ONE, "980.00", more="<RmtInf><Ustrd>Order K7M2P9</Ustrd></RmtInf>")
    raw = statement(entry("980.00", details=details, new=new), f"camt.053.001.{version}")
    read = read_statements("s.xml", raw)
    assert read.warnings == ()
    assert (read.kind, read.message) == (Kind.STATEMENT, "BANK-1")
    assert read.made_at == datetime(2026, 10, 6, 0, 0, tzinfo=UTC)
    (found,) = read.statements
    assert (found.number, found.account) == ("ST-1", "110900000012345678")
    assert found.opening is not None
    assert found.closing is not None
    assert (found.opening.fen, found.closing.fen, found.booked_fen) == (500_000, 402_000, -98_000)
    assert found.adds_up is True
    (booking,) = found.bookings
    assert (booking.end_to_end, booking.fen, booking.credit) == (ONE, 98_000, False)
    assert booking.booked
    assert booking.booked_on == date(2026, 10, 5)
    assert booking.bank_reference == "BK1"
    assert "Order K7M2P9" in booking.remittance


def test_the_first_version_has_its_amounts_elsewhere():
    amount = "<AmtDtls><TxAmt><Amt Ccy='CNY'>{}</Amt></TxAmt></AmtDtls>"
    details = tx(ONE, more=amount.format("700.00")) + tx(TWO, more=amount.format("280.00"))
    raw = statement(entry("980.00", details=details, new=False), "camt.053.001.02")
    read = read_statements("s.xml", raw)
    assert read.warnings == ()
    assert [(b.end_to_end, b.fen) for b in read.statements[0].bookings] == [
        (ONE, 70_000),
        (TWO, 28_000),
    ]


BACK = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Account closed</AddtlInf></RtrInf>"


@pytest.mark.parametrize("version", ["02", *NEW])
def test_a_returned_transfer_says_why(version):
    details = tx(ONE, "" if version == "02" else "980.00", "CRDT", BACK)
    inner = entry("980.00", "CRDT", details, new=version >= "07")
    read = read_statements("n.xml", notice(inner, f"camt.054.001.{version}"))
    assert read.warnings == ()
    assert read.kind is Kind.NOTICE
    assert read.statements[0].adds_up is None
    (booking,) = read.statements[0].bookings
    assert booking.returned
    assert (booking.return_reason, booking.return_said) == ("AC04", "Account closed")
    assert (booking.end_to_end, booking.fen, booking.credit) == (ONE, 98_000, True)


def test_a_reversal_says_which_way_it_went_itself():
    inner = entry("980.00", "CRDT").replace("<Sts>", "<RvslInd>true</RvslInd><Sts>")
    (booking,) = read_statements("n.xml", notice(inner)).statements[0].bookings
    assert booking.reversal
    assert booking.returned
    assert booking.credit


def test_a_batch_of_both_ways_adds_up():
    details = tx(ONE, "1000.00") + tx(TWO, "20.00", "CRDT")
    read = read_statements("s.xml", statement(entry("980.00", details=details)))
    assert read.warnings == ()
    assert [b.credit for b in read.statements[0].bookings] == [False, True]


def test_transactions_that_are_not_their_entry_are_said():
    batch = "<Btch><PmtInfId>B-1</PmtInfId><NbOfTxs>3</NbOfTxs></Btch>"
    details = batch + tx(ONE, "500.00") + tx(TWO, "400.00")
    raw = statement(entry("980.00", details=details))
    assert tokens(raw) == ["bank_batch_count", "bank_batch_sum"]
    assert len(read_statements("s.xml", raw).statements[0].bookings) == 2


def test_charges_are_told_and_explain_the_difference():
    charge = "<Chrgs><Rcrd><Amt Ccy='CNY'>5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>"
    details = tx(ONE, "500.00", more=charge) + tx(TWO, "475.00")
    read = read_statements("s.xml", statement(entry("980.00", details=details)))
    assert read.warnings == ()
    assert [b.charges_fen for b in read.statements[0].bookings] == [500, 0]


def test_transactions_without_amounts_are_one_booking():
    raw = statement(entry("980.00", details=tx(ONE) + tx(TWO)))
    (booking,) = read_statements("s.xml", raw).statements[0].bookings
    assert tokens(raw) == ["bank_parts_without_amount"]
    assert (booking.fen, booking.end_to_end) == (98_000, "")


def test_a_batch_booked_as_one_has_its_number():
    batch = "<Btch><PmtInfId>B-2026-0001</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
    read = read_statements("s.xml", statement(entry("980.00", details=batch)))
    (booking,) = read.statements[0].bookings
    assert (booking.batch, booking.fen) == ("B-2026-0001", 98_000)
    assert read.warnings == ()


def test_balances_that_do_not_add_up_are_said_with_the_figures():
    raw = statement(entry("980.00", details=tx(ONE, "980.00")), closing="4020.01")
    (said,) = read_statements("s.xml", raw).warnings
    assert said.token == "bank_balance"
    assert said.fields["opening"] == "5,000.00"
    assert said.fields["entries"] == "-980.00"
    assert said.fields["closing"] == "4,020.01"
    assert read_statements("s.xml", raw).statements[0].adds_up is False


def test_only_what_is_booked_counts_for_the_balances():
    pending = entry("10.00").replace("BOOK", "PDNG")
    assert tokens(statement(entry("980.00") + pending)) == []


def test_an_entry_without_a_status_is_booked_in_a_statement_only():
    silent = entry("980.00").replace("<Sts><Cd>BOOK</Cd></Sts>", "")
    for raw, booked in ((statement(silent), True), (notice(silent), False)):
        (found,) = read_statements("s.xml", raw).statements[0].bookings
        assert found.booked is booked
        assert tokens(raw) == ["bank_misplaced"]


@pytest.mark.parametrize(
    ("balances", "adds_up"),
    [
        (balance("PRCD", "100.00") + balance("CLBD", "90.00"), True),
        (balance("OPBD", "100.00") + balance("ITBD", "90.00"), True),
        (balance("ITBD", "100.00") + balance("ITBD", "90.00"), True),
        (balance("ITBD", "100.00") + balance("CLBD", "90.00"), True),
        (balance("OPBD", "5.00", direction="DBIT") + balance("CLBD", "15.00", direction="DBIT"), 1),
        (balance("OPBD", "100.00") + balance("CLAV", "90.00"), None),
        (balance("CLBD", "90.00"), None),
        ("", None),
    ],
)
def test_which_balances_open_and_close(balances, adds_up):
    inner = (
        "<Stmt><Id>S</Id><Acct><Id><Othr><Id>1</Id></Othr></Id><Ccy>CNY</Ccy></Acct>"
        f"{balances}{entry('10.00')}</Stmt>"
    )
    raw = document("camt.053.001.08", inner)
    read = read_statements("s.xml", raw)
    assert read.statements[0].adds_up == adds_up
    assert ("bank_no_balance" in tokens(raw)) is (adds_up is None)


def test_several_statements_and_the_counts_of_their_entries():
    inner = statement(entry("980.00")).split(b"<GrpHdr>")[1].split(b"</GrpHdr>\n")[1]
    stmt = inner.split(b"</BkToCstmrStmt>")[0].decode()
    summary = "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>"
    second = stmt.replace("<Ntry>", f"{summary}<Ntry>").replace("ST-1", "ST-2")
    read = read_statements("s.xml", document("camt.053.001.08", stmt + second))
    assert [one.number for one in read.statements] == ["ST-1", "ST-2"]
    assert [warning.token for warning in read.warnings] == ["bank_summary"]


def test_a_copy_and_an_entry_in_another_currency_are_said():
    other = entry("1.00").replace("'CNY'", "'EUR'")
    raw = statement(entry("980.00") + other).replace(
        b"<Acct>", b"<CpyDplctInd>DUPL</CpyDplctInd><Acct>"
    )
    assert tokens(raw) == ["bank_copy", "bank_other_currency"]


def test_names_and_words_of_people_stay_out_of_what_is_logged():
    more = (
        "<RltdPties><Cdtr><Pty><Nm>Mustermann GmbH</Nm></Pty></Cdtr></RltdPties>"
        "<RmtInf><Ustrd>secret words</Ustrd></RmtInf>"
    )
    (booking,) = (
        read_statements("s.xml", statement(entry("980.00", details=tx(ONE, "980.00", more=more))))
        .statements[0]
        .bookings
    )
    assert booking.party == "Mustermann GmbH"
    assert "secret" not in repr(booking)
    assert "Mustermann" not in repr(booking)


WRONG = {
    "12.345": "bank_amount",
    "-5.00": "bank_amount",
    "1,50": "bank_amount",
    "1e3": "bank_amount",
    "": "bank_amount",
    "٣": "bank_amount",
    "NaN": "bank_amount",
}


@pytest.mark.parametrize("amount", WRONG)
def test_an_amount_that_cannot_be_read_truly_refuses_the_file(amount):
    with pytest.raises(BadFile) as refused:
        read_statements("s.xml", statement(entry(amount)))
    assert refused.value.fields["why"].token == WRONG[amount]
    assert refused.value.fields["why"].fields["line"] > 1


@pytest.mark.parametrize("currency", ["", "JPY", "yuan"])
def test_a_currency_without_hundredths_refuses_the_file(currency):
    with pytest.raises(BadFile) as refused:
        read_statements("s.xml", statement(entry("980.00").replace("CNY", currency)))
    assert refused.value.fields["why"].token == "bank_currency"


@pytest.mark.parametrize("direction", ["", "IN", "CREDIT"])
def test_a_direction_that_is_not_known_refuses_the_file(direction):
    with pytest.raises(BadFile) as refused:
        read_statements("s.xml", statement(entry("980.00", direction)))
    assert refused.value.fields["why"].token == "bank_direction"


def test_zeros_behind_two_decimals_do_no_harm():
    (found,) = read_statements("s.xml", statement(entry("980.00000"))).statements
    assert found.entries[0].fen == 98_000


def test_a_date_that_cannot_be_read_is_said_and_left_out():
    raw = statement(entry("980.00").replace("2026-10-05", "05.10.2026", 1))
    assert "bank_date" in tokens(raw)
    assert read_statements("s.xml", raw).statements[0].bookings[0].booked_on is None


@given(st.lists(st.tuples(st.integers(0, 10**10), st.booleans()), min_size=1, max_size=6))
def test_amounts_are_read_to_the_fen_and_balances_checked(amounts):
    inner = "".join(
        entry(f"{fen // 100}.{fen % 100:02d}", "CRDT" if credit else "DBIT")
        for fen, credit in amounts
    )
    total = sum(fen if credit else -fen for fen, credit in amounts)
    opening = 10**13
    closing = opening + total
    raw = statement(
        inner, opening=f"{opening // 100}.00", closing=f"{closing // 100}.{closing % 100:02d}"
    )
    (found,) = read_statements("s.xml", raw).statements
    assert [(e.fen, e.credit) for e in found.entries] == amounts
    assert found.adds_up is True

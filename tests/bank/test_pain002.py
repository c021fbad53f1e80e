"""Answers of a bank: what may be concluded for a transfer, and what never."""

from __future__ import annotations

import pytest

from boxoffice.bank.answers import TransferState
from boxoffice.bank.pain002 import read_answers
from boxoffice.bank.transfer_reasons import NEXT, Next, next_step
from boxoffice.sentences.bank_reasons import BANK_REASONS, reason_words
from tests.bank.bank_files import answer, batch, said

R, A, S, O = (  # noqa: E741
    TransferState.REFUSED,
    TransferState.ACCEPTED,
    TransferState.SETTLED,
    TransferState.OPEN,
)
ONE, TWO = "RB-2026-000001", "RB-2026-000002"
RJCT = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"
DOUBLE = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>DU01</Cd></Rsn></StsRsnInf>"


def state(raw: bytes, number: str = ONE) -> TransferState | None:
    return read_answers("a.xml", raw).state_of(number, "B-2026-0001")[0]


def tokens(raw: bytes) -> list[str]:
    return [w.token for w in read_answers("a.xml", raw).warnings]


@pytest.mark.parametrize("message", ["pain.002.001.03", "pain.002.001.10", "pain.002.001.12"])
@pytest.mark.parametrize(
    ("status", "expected"),
    [
        *(("RJCT", R), ("ACCP", A), ("ACSP", A), ("ACTC", A), ("ACWC", A)),
        *(("ACSC", S), ("PDNG", O), ("RCVD", O)),
    ],
)
def test_each_status_of_a_transfer(message, status, expected):
    reason = "AC04" if status == "RJCT" else ""
    raw = answer(batch(said(ONE, status, reason)), message=message)
    read = read_answers("a.xml", raw)
    assert read.original == "F-2026-0001"
    assert read.state_of(ONE, "B-2026-0001")[0] is expected
    assert read.state_of(TWO, "B-2026-0001") == (None, ())
    # The first version has no such status; banks use it all the same.
    assert tokens(raw) == (["bank_misspelt"] if (status, message[-2:]) == ("RCVD", "03") else [])


def test_a_later_version_is_read_with_a_warning():
    raw = answer(batch(said(ONE, "RJCT", "AC04")), message="pain.002.001.99")
    assert state(raw) is R
    assert tokens(raw) == ["bank_unknown_version"]
    (warning,) = read_answers("a.xml", raw).warnings
    assert warning.startswith("pain.002.001.99 is a version not known here")


def test_a_refusal_has_its_reason_and_the_words_of_the_bank():
    more = "<AddtlInf>Account </AddtlInf><AddtlInf>closed</AddtlInf>"
    read = read_answers("a.xml", answer(batch(said(ONE, "RJCT", "AC04", more))))
    _, (reason,) = read.state_of(ONE, "B-2026-0001")
    assert (reason.code, reason.said) == ("AC04", "Account closed")
    assert next_step(reason.code) is Next.OTHER_ACCOUNT


LEVELS = {
    "the file is refused": (answer(group=RJCT), R),
    "the file is taken on": (answer(group="<GrpSts>ACCP</GrpSts>"), A),
    "the file in part, nothing of this one": (
        answer(batch(said(TWO, "RJCT", "AC01")), "<GrpSts>PART</GrpSts>"),
        None,
    ),
    "the batch is refused": (answer(batch("", "RJCT")), R),
    "the batch in part, the file taken on": (
        answer(batch(said(TWO, "RJCT"), "PART"), "<GrpSts>ACCP</GrpSts>"),
        None,
    ),
    "the batch goes before the file": (answer(batch("", "ACSC"), "<GrpSts>ACCP</GrpSts>"), S),
    "its own goes before all": (
        answer(batch(said(ONE, "RJCT", "AC01"), "ACCP"), "<GrpSts>ACCP</GrpSts>"),
        R,
    ),
    "the file refused, its own not": (answer(batch(said(ONE, "ACSP")), RJCT), O),
    "the file refused, another one not": (answer(batch(said(TWO, "ACSP")), RJCT), O),
    "the file refused, its batch not": (answer(batch("", "ACCP"), RJCT), O),
    "the batch refused, another one not": (answer(batch(said(TWO, "ACSC"), "RJCT")), O),
    "refused and taken on": (answer(batch(said(ONE, "RJCT", "AC01") + said(ONE, "ACSC"))), O),
    "taken on and settled": (answer(batch(said(ONE, "ACCP") + said(ONE, "ACSC"))), S),
    "the file refused as a duplicate": (answer(group=DOUBLE), O),
    "refused as a duplicate": (answer(batch(said(ONE, "RJCT", "AM05"))), O),
    "a status nobody knows": (answer(batch(said(ONE, "ZZZZ"))), O),
}


@pytest.mark.parametrize("case", LEVELS)
def test_what_is_concluded_for_a_transfer(case):
    raw, expected = LEVELS[case]
    assert state(raw) is expected


def test_what_cannot_be_relied_on_is_said():
    assert tokens(LEVELS["the file refused, its own not"][0]) == ["bank_contradiction"]
    assert tokens(LEVELS["refused as a duplicate"][0]) == ["bank_double"]
    assert tokens(LEVELS["the file refused as a duplicate"][0]) == ["bank_double"]
    assert "bank_unknown_status" in tokens(LEVELS["a status nobody knows"][0])


def test_an_answer_without_a_number_is_said_and_left_out():
    raw = answer(batch("<TxInfAndSts><TxSts>RJCT</TxSts></TxInfAndSts>"))
    assert read_answers("a.xml", raw).answers == ()
    assert tokens(raw) == ["bank_no_number"]


def test_the_amount_the_bank_read_is_kept():
    again = (
        f"<TxInfAndSts><OrgnlEndToEndId>{ONE}</OrgnlEndToEndId><TxSts>ACCP</TxSts><OrgnlTxRef>"
        "<Amt><InstdAmt Ccy='CNY'>980.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>"
    )
    (found,) = read_answers("a.xml", answer(batch(again))).answers
    assert (found.fen, found.currency) == (98_000, "CNY")


def test_every_reason_with_words_says_what_comes_next_or_goes_to_the_bank():
    assert {code for code in BANK_REASONS if next_step(code) is Next.ASK_BANK} == {
        "AC05",
        "MS02",
        "MS03",
    }
    assert set(NEXT.values()) == set(Next) - {Next.ASK_BANK}
    assert reason_words("XYZ1") == "XYZ1"
    assert next_step("XYZ1") is Next.ASK_BANK

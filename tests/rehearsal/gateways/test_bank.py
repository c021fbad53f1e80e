"""The rehearsed bank: our orders go in, its answers, notices and statements are read by us."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.bank.answers import TransferState
from boxoffice.bank.booked import Effect, booked
from boxoffice.bank.camt import read_statements
from boxoffice.bank.pain001 import VERSIONS, write_orders
from boxoffice.bank.pain002 import read_answers
from boxoffice.domain.money import Money
from boxoffice.errors import BadFile
from boxoffice.rehearsal.gateways.bank import BadDay, BadFileDay, Bank
from tests.bank.bank_files import orders, transfer

DAY = date(2026, 10, 5)
NUMBERS = [f"RB-2026-{n:06d}" for n in range(1, 4)]
OURS = dict.fromkeys(NUMBERS, Money(98_000))
ONE = NUMBERS[0]


@pytest.fixture(autouse=True)
def _moment():
    clock.use(lambda: datetime(2026, 10, 5, 3, 0, tzinfo=UTC))


def send(bank: Bank, version: str = VERSIONS[1], name: str = "orders.xml", **other: object) -> None:
    asked = orders(*(transfer(number) for number in NUMBERS), version=version, **other)
    (bank.incoming / name).write_bytes(write_orders(asked))


def states(path: Path) -> list[TransferState | None]:
    read = read_answers(path.name, path.read_bytes())
    assert [w for w in read.warnings if w.token != "bank_double"] == []
    return [read.state_of(number, "B-2026-0001")[0] for number in NUMBERS]


def effects(paths: list[Path], kind: str) -> list[tuple[str, Effect]]:
    found = []
    for path in paths:
        if kind in path.name:
            read = read_statements(path.name, path.read_bytes())
            assert read.warnings == ()
            for statement in read.statements:
                assert statement.adds_up in (None, True)
                pairs = booked(statement.bookings, OURS, {})
                assert not any(one.other_amount for one in pairs)
                found += [(one.number, one.effect) for one in pairs]
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_a_good_day_in_both_versions(tmp_path, version):
    bank = Bank(tmp_path)
    send(bank, version)
    (answer,) = bank.take()
    assert states(answer) == [TransferState.SETTLED] * 3
    written = bank.close_day(DAY)
    expected = [(number, Effect.LEFT) for number in NUMBERS]
    assert effects(written, "camt054") == expected
    assert effects(written, "camt053") == expected
    assert bank.close_day(date(2026, 10, 6)) == []


@pytest.mark.parametrize(
    ("bad", "first"),
    [
        (BadDay.REFUSED, TransferState.REFUSED),
        (BadDay.SHORT, TransferState.REFUSED),
        (BadDay.PENDING, TransferState.OPEN),
        (BadDay.RETURNED, TransferState.SETTLED),
        (BadDay.BACK_AT_ONCE, TransferState.SETTLED),
        (BadDay.NEVER_BOOKED, TransferState.SETTLED),
    ],
)
def test_the_first_answer_on_each_bad_day(tmp_path, bad, first):
    bank = Bank(tmp_path, {ONE: bad})
    send(bank)
    (answer,) = bank.take()
    found = states(answer)
    assert found == [first, TransferState.SETTLED, TransferState.SETTLED]
    partly = first is not TransferState.SETTLED
    read = read_answers(answer.name, answer.read_bytes())
    assert read.status == ("PART" if partly else "ACSC")


def booked_on(bank: Bank, *days: int) -> list[list[Effect]]:
    """What is booked for the first transfer on each of these days of October."""
    return [
        [effect for number, effect in effects(bank.close_day(date(2026, 10, day)), "camt053")
         if number == ONE]
        for day in days
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (BadDay.NONE, [[Effect.LEFT], [], []]),
        (BadDay.REFUSED, [[], [], []]),
        (BadDay.NEVER_BOOKED, [[], [], []]),
        (BadDay.RETURNED, [[Effect.LEFT], [], [Effect.CAME_BACK]]),
        (BadDay.BACK_AT_ONCE, [[Effect.LEFT, Effect.CAME_BACK], [], []]),
    ],
)
def test_what_is_booked_on_each_bad_day(tmp_path, bad, expected):
    bank = Bank(tmp_path, {ONE: bad})
    send(bank)
    bank.take()
    assert booked_on(bank, 5, 6, 7) == expected


def test_a_pending_transfer_is_answered_again_and_booked(tmp_path):
    bank = Bank(tmp_path, {ONE: BadDay.PENDING})
    send(bank)
    bank.take()
    second, *rest = bank.close_day(DAY)
    assert states(second) == [TransferState.SETTLED] * 3
    assert (ONE, Effect.LEFT) in effects(rest, "camt053")


def test_a_returned_transfer_says_that_the_account_is_closed(tmp_path):
    bank = Bank(tmp_path, {ONE: BadDay.BACK_AT_ONCE})
    send(bank)
    bank.take()
    statement = bank.close_day(DAY)[-1]
    back = [
        one
        for one in read_statements("s", statement.read_bytes()).statements[0].bookings
        if one.returned
    ]
    assert [(one.end_to_end, one.return_reason) for one in back] == [(ONE, "AC04")]


def test_the_same_file_again_is_refused_and_nothing_is_paid_twice(tmp_path):
    bank = Bank(tmp_path)
    send(bank)
    bank.take()
    send(bank, name="again.xml")
    (answer,) = bank.take()
    read = read_answers("a", answer.read_bytes())
    assert [reason.code for reason in read.reasons] == ["DU01"]
    assert states(answer) == [TransferState.OPEN] * 3
    assert effects(bank.close_day(DAY), "camt053") == [(n, Effect.LEFT) for n in NUMBERS]


def test_the_same_transfers_in_another_file_are_paid_once(tmp_path):
    bank = Bank(tmp_path)
    send(bank)
    send(bank, name="other.xml", number="F-2026-0002")
    bank.take()
    assert len(effects(bank.close_day(DAY), "camt053")) == 3


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ((b"<NbOfTxs>3</NbOfTxs>", b"<NbOfTxs>2</NbOfTxs>"), "AM10"),
        ((b"<CtrlSum>2940.00", b"<CtrlSum>2940.01"), "AM10"),
        ((b"<PmtMtd>TRF</PmtMtd>", b""), "FF01"),
        ((b"</Document>", b""), "FF01"),
    ],
)
def test_a_damaged_file_is_refused_whole(tmp_path, damage, reason):
    bank = Bank(tmp_path)
    send(bank)
    path = bank.incoming / "orders.xml"
    assert damage[0] in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(*damage, 1))
    (answer,) = bank.take()
    read = read_answers("a", answer.read_bytes())
    assert (read.status, [r.code for r in read.reasons]) == ("RJCT", [reason])
    assert bank.close_day(DAY) == []


def test_a_web_page_in_place_of_an_answer_and_the_answer_later(tmp_path):
    bank = Bank(tmp_path)
    send(bank)
    (page,) = bank.take(BadFileDay.WRONG_FILE)
    with pytest.raises(BadFile) as refused:
        read_answers("a", page.read_bytes())
    assert refused.value.fields["why"].token == "bank_page"
    assert states(bank.close_day(DAY)[0]) == [TransferState.SETTLED] * 3


def test_a_silent_bank_answers_when_the_day_closes(tmp_path):
    bank = Bank(tmp_path)
    send(bank)
    assert bank.take(BadFileDay.SILENT) == []
    assert states(bank.close_day(DAY)[0]) == [TransferState.SETTLED] * 3


def test_the_books_are_found_again_after_the_bank_was_killed(tmp_path):
    script = {ONE: BadDay.RETURNED}
    send(Bank(tmp_path))
    Bank(tmp_path, script).take()
    assert booked_on(Bank(tmp_path, script), 5) == [[Effect.LEFT]]
    again = Bank(tmp_path)
    opening = read_statements("s", again.close_day(date(2026, 10, 7))[-1].read_bytes())
    (statement,) = opening.statements
    assert statement.opening is not None
    assert statement.opening.fen == 1_000_000_00 - 3 * 98_000
    assert [one.end_to_end for one in statement.bookings if one.returned] == [ONE]

"""What a bank books (camt.053, camt.054): what left has arrived, what came back is owed again.

The notice and the statement tell of the same booking; the bank's own number says that it is one.
"""

from __future__ import annotations

from datetime import date, timedelta

from boxoffice import clock
from boxoffice.bank import booked as bookings
from boxoffice.bank.booked import Booked, Effect, FoundBy
from boxoffice.bank.message import Kind
from boxoffice.bank.statements import Statement, StatementFile
from boxoffice.bank.transfer_reasons import next_step
from boxoffice.bank.transfers import plain
from boxoffice.domain.money import Money
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.errors import BadFile, HeldElsewhere
from boxoffice.records.store import Store
from boxoffice.sentences.phrases import phrase
from boxoffice.services.money import transfer_rows
from boxoffice.services.money.books import Books
from boxoffice.services.money.cases import RETURNED
from boxoffice.services.money.intake import Intake
from boxoffice.services.money.transfer_rows import TransferRow


def follow(intake: Intake, read: StatementFile) -> None:
    """Every booking in the file. Raises BadFile where it is of another account than ours."""
    bank = intake.bank
    for statement in read.statements:
        if bank is not None and plain(statement.account) != plain(bank.payer.number):
            why = phrase("bank_other_account", account=statement.account[-4:])
            raise BadFile(file=intake.report.name, why=why)
    for statement in read.statements:
        _follow(intake, statement)


def _follow(intake: Intake, statement: Statement) -> None:
    here = intake.here
    rows: dict[str, TransferRow] = here.read(transfer_rows.transfers)
    batches: dict[str, Money] = here.read(transfer_rows.batch_amounts)
    ours = {number: row.amount for number, row in rows.items()}
    for one in bookings.booked(statement.bookings, ours, batches):
        numbers = [one.number] if one.number else []
        if one.found_by is FoundBy.BATCH:
            numbers = [n for n, row in rows.items() if row.batch == one.batch]
        _sum_up(intake, one, [rows[number] for number in numbers])
        if not numbers:
            continue
        if one.effect in (Effect.LEFT, Effect.CAME_BACK) and not one.sure:
            what = "other_amount" if one.other_amount else "not_sure"
            _unsure(intake, one, what, rows[numbers[0]])
            continue
        for number in numbers:
            if one.effect is Effect.LEFT:
                _left(intake, one, rows[number])
            elif one.effect is Effect.CAME_BACK:
                _came_back(intake, one, rows[number])
            rows |= _now(here, number)
    if statement.kind is Kind.STATEMENT and intake.bank is not None:
        _not_booked(intake, statement, rows, intake.bank.booked_within_days)
    if statement.adds_up is False:
        intake.case(f"{statement.account[-4:]}/{statement.number}", "balances")


def _now(here: Books, number: str) -> dict[str, TransferRow]:
    """A transfer as it stands after what was just done."""
    found: dict[str, TransferRow] = here.read(
        lambda store: transfer_rows.transfers(store, number=number)
    )
    return found


def _sum_up(intake: Intake, one: Booked, rows: list[TransferRow]) -> None:
    report, booking = intake.report, one.booking
    signed = booking.fen if booking.credit else -booking.fen
    if not booking.booked:
        return
    if rows and one.effect in (Effect.LEFT, Effect.CAME_BACK):
        report.theirs_fen -= signed
        sign = 1 if one.effect is Effect.LEFT else -1
        report.ours_fen += sign * sum(row.fen for row in rows)
    else:
        report.other_rows += 1
        report.other_fen += signed


def _day(one: Booked) -> str:
    day = one.booking.booked_on or clock.venue(clock.now()).date()
    return day.isoformat()


def _unsure(intake: Intake, one: Booked, what: str, row: TransferRow) -> None:
    intake.case(
        row.number,
        f"{what}_{one.effect.value}",
        row.order_number,
        ours_fen=row.fen,
        theirs_fen=one.booking.fen,
        found_by=one.found_by.value,
        reference=one.booking.bank_reference,
        line=one.booking.line,
    )


def _left(intake: Intake, one: Booked, row: TransferRow) -> None:
    reference = one.booking.bank_reference
    if row.booked_on is not None:
        if reference and row.booked_reference and reference != row.booked_reference:
            _case(intake, one, row, "booked_twice")
        return
    if row.status is PaybackStatus.DEAD and row.returned_on is None:
        # Refused, says its answer, and gone all the same: it is not to be paid another way.
        intake.here.write(lambda s: transfer_rows.note_booked(s, row.number, _day(one), reference))
        _case(intake, one, row, "booked_after_refusal")
        return
    if not _moved(intake, row, PaybackStatus.ARRIVED, reference, ""):
        return
    intake.here.write(lambda s: transfer_rows.note_booked(s, row.number, _day(one), reference))
    intake.report.booked += 1


def _came_back(intake: Intake, one: Booked, row: TransferRow) -> None:
    reference, reason = one.booking.bank_reference, one.booking.return_reason
    if row.returned_on is not None:
        if reference and row.returned_reference and reference != row.returned_reference:
            _case(intake, one, row, "returned_twice")
        return
    if not _moved(intake, row, PaybackStatus.DEAD, reference, reason):
        return
    intake.here.write(
        lambda s: transfer_rows.note_returned(s, row.number, _day(one), reference, reason)
    )
    intake.report.returned += 1
    _case(intake, one, row, RETURNED, steps=[next_step(reason).value])


def _case(intake: Intake, one: Booked, row: TransferRow, what: str, **facts: object) -> None:
    intake.case(
        row.number,
        what,
        row.order_number,
        fen=row.fen,
        reference=one.booking.bank_reference,
        reasons=one.booking.return_reason,
        line=one.booking.line,
        replaced=row.replaced,
        **facts,
    )


def _moved(
    intake: Intake, row: TransferRow, wanted: PaybackStatus, reference: str, said: str
) -> bool:
    if row.status is PaybackStatus.DEAD:
        return True  # its answer said so first, or it came back before we saw it leave
    try:
        moved = intake.here.move(row.payback_id, row.order_id, wanted, reference, said)
    except HeldElsewhere:
        moved = False
    if not moved:
        intake.report.left.append(row.order_number)
    return moved


def _not_booked(
    intake: Intake, statement: Statement, rows: dict[str, TransferRow], days: int
) -> None:
    """Transfers that should have been booked by the day of a statement and are in none."""
    until = max((e.booked_on for e in statement.entries if e.booked_on), default=None)
    if until is None and statement.closing is not None:
        until = statement.closing.day
    if until is None:
        return
    made: dict[str, date] = intake.here.read(_made_on)
    for row in rows.values():
        late = until - made[row.batch] > timedelta(days=days)
        if late and row.booked_on is None and row.status is PaybackStatus.SENT:
            intake.case(row.number, "not_booked", row.order_number, fen=row.fen)


def _made_on(store: Store) -> dict[str, date]:
    rows = store.all("SELECT number, execute_on FROM bank_batch")
    return {number: date.fromisoformat(day) for number, day in rows}

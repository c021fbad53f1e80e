"""Money whose way back is dead: by transfer, ordered by two, followed through the bank's files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from boxoffice import clock
from boxoffice.bank.our_account import BankSettings
from boxoffice.bank.transfers import Account
from boxoffice.domain.statuses import PaybackStatus
from boxoffice.errors import (
    BadFile,
    BadTransfer,
    NeedsApproval,
    NotAllowed,
    SamePerson,
    WrongStatus,
)
from boxoffice.rehearsal.gateways.bank import BadDay, BadFileDay, Bank
from boxoffice.services.aftersales import voids
from boxoffice.services.money import bank_files, batches, books, replacing
from boxoffice.services.money.bank_files import BankReport
from boxoffice.services.sales import asking, checkout, paybacks
from boxoffice.services.sales.shares import shares
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators, shifts
from boxoffice.services.staff.approvals import Approval, approve
from boxoffice.settings import Home
from tests.bank.bank_files import CHINESE_PAYER
from tests.faults.acts import proof, rows, take, there
from tests.gateways import Hours, Party, with_parties
from tests.homes import AtWork, at_work
from tests.services.return_acts import quote, refund

PAYEE = Account("示例旅行社有限公司", "6222000000000000001", bank_number="103100000018")
BANK = BankSettings(CHINESE_PAYER)
DAY = date(2025, 9, 27)


@dataclass
class Money:
    """A window, a payment company whose refunds die, and the bank."""

    work: AtWork
    home: Home
    folder: Path
    party: Party = field(default_factory=Party)
    taken: list[str] = field(default_factory=list)

    def dead(self, place: tuple[int, int] = (1, 5)) -> str:
        """A payback with no way back."""
        basket = take(self.work, place)
        asking.ask(
            office=self.work.office, desk=self.work.desk, basket=basket, tender="wechat",
            amount_fen=None,
        )  # fmt: skip
        voids.void(
            office=self.work.office, desk=self.work.desk, order_id=basket, papers_back=True,
            reason="x",
        )  # fmt: skip
        self.party.days = ["dead"]
        (back,) = self.work.office.read(lambda s: paybacks.waiting(s, 1, 1))
        found = paybacks.follow(office=self.work.office, payback_id=back)
        assert found.status is PaybackStatus.DEAD
        return back

    def second(self, act: str = replacing.TRANSFER) -> Approval:
        return approve(
            office=self.work.office, desk=self.work.desk, number="3001", pin="3001", act=act
        )

    def order(self, payback: str, to: Account = PAYEE) -> replacing.Ordered:
        return replacing.order_transfer(
            office=self.work.office, desk=self.work.desk, approval=self.second(),
            payback_id=payback, to=to,
        )  # fmt: skip

    def send(self, bank: Bank) -> batches.Batched:
        found = batches.make(books.of_window(self.work.office), BANK)
        for file in found.files:
            (bank.incoming / f"{file.number}.xml").write_bytes(file.content)
            batches.written(books.of_window(self.work.office), file.number)
        return found

    def take_in(self, paths: list[Path]) -> list[BankReport]:
        self.taken += [path.name for path in paths]
        return [
            bank_files.take_in(
                books.of_window(self.work.office), BANK, path.name, path.read_bytes()
            )
            for path in paths
        ]

    def books(self, account: str) -> int:
        found = rows(
            self.work, "SELECT coalesce(sum(amount_fen), 0) FROM posting WHERE account = ?", account
        )
        return int(found[0][0])

    def status(self, payback: str) -> str:
        return str(rows(self.work, "SELECT status FROM payback WHERE id = ?", payback)[0][0])

    def cases(self, kind: str = "bank") -> list[str]:
        found = there(
            self.work, "SELECT key FROM cases WHERE kind = ? AND status = 'open' ORDER BY key", kind
        )
        return [str(row[0]).rpartition(":")[2] for row in found]

    def clean(self) -> None:
        sync.push(self.work.office)
        assert proof(self.home).broken == ()


@pytest.fixture
def money(home: Home, time: Hours, tmp_path: Path) -> Iterator[Money]:
    party = Party()
    with at_work(home) as found:
        clock.use(lambda: time.at)
        made = Money(with_parties(found, party), home, tmp_path, party)
        yield made
        made.clean()


def test_ordered_by_two_and_booked_once(money: Money) -> None:
    dead = money.dead()
    assert money.cases("payback_dead")
    ordered = money.order(dead)
    assert (ordered.payee, ordered.account) == ("示********", "***************0001")
    assert money.cases("payback_dead") == []
    money.clean()
    bank = Bank(money.folder / "bank")
    sent = money.send(bank)
    assert [(file.count, file.fen) for file in sent.files] == [(1, 68_000)]
    assert money.status(ordered.payback_id) == "sent"
    money.clean()
    money.take_in(bank.take())
    # Settled, says the bank: nothing is booked.
    assert (money.status(ordered.payback_id), money.books("owed:refunds")) == ("sent", -68_000)
    notice, statement = money.take_in(bank.close_day(DAY))
    assert (notice.booked, statement.booked) == (1, 0)
    assert (statement.ours_fen, statement.theirs_fen, statement.closed) == (68_000, 68_000, True)
    assert money.status(ordered.payback_id) == "arrived"
    assert (money.books("owed:refunds"), money.books("bank:transfer")) == (0, -68_000)
    assert batches.make(books.of_window(money.work.office), BANK).files == ()
    assert money.cases() == []


def test_one_person_alone_orders_nothing(money: Money) -> None:
    dead = money.dead()
    act = {"office": money.work.office, "desk": money.work.desk, "payback_id": dead, "to": PAYEE}
    with pytest.raises(NeedsApproval):
        replacing.order_transfer(approval=None, **act)
    with pytest.raises(NeedsApproval):
        replacing.order_transfer(approval=money.second("refund"), **act)
    mine = Approval(money.work.desk.operator.id, "1001", "x", replacing.TRANSFER)
    with pytest.raises(SamePerson):
        replacing.order_transfer(approval=mine, **act)
    with pytest.raises(BadTransfer):
        replacing.order_transfer(
            approval=money.second(), **{**act, "to": Account("示例", "DE89370400440532013001")}
        )
    assert rows(money.work, "SELECT count(*) FROM payback") == [(1,)]


def test_a_payback_is_replaced_once_and_only_when_dead(money: Money) -> None:
    dead = money.dead()
    ordered = money.order(dead)
    for payback in (dead, ordered.payback_id):
        with pytest.raises(WrongStatus):
            money.order(payback)
    assert rows(money.work, "SELECT count(*) FROM payback") == [(2,)]


def test_the_account_stands_in_clear_in_the_file_alone(money: Money) -> None:
    money.order(money.dead())
    (file,) = batches.make(books.of_window(money.work.office), BANK).files
    assert PAYEE.number.encode() in file.content
    for table in ("payback", "journal"):
        for row in there(money.work, f"SELECT * FROM {table}"):
            assert PAYEE.number not in str(row)
            assert PAYEE.name not in str(row)


def test_a_file_that_was_lost_is_made_again_to_the_byte(money: Money, time: Hours) -> None:
    money.order(money.dead())
    (file,) = batches.make(books.of_window(money.work.office), BANK).files
    time.pass_(86_400)
    money.order(money.dead((1, 6)))
    again, other = batches.make(books.of_window(money.work.office), BANK).files
    assert (again.number, again.content, again.again) == (file.number, file.content, True)
    assert (other.count, other.again) == (1, False)
    batches.written(books.of_window(money.work.office), again.number)
    (left,) = batches.make(books.of_window(money.work.office), BANK).files
    assert left.number == other.number


def test_refused_and_ordered_anew(money: Money) -> None:
    ordered = money.order(money.dead())
    bank = Bank(money.folder / "bank", {ordered.number: BadDay.REFUSED})
    money.send(bank)
    answers = bank.take()
    (report,) = money.take_in(answers)
    assert (report.refused, report.new_cases) == (1, 1)
    assert money.status(ordered.payback_id) == "dead"
    assert money.cases() == ["refused"]
    sync.push(money.work.office)
    assert money.cases("payback_dead"), "its new way is dead, too"
    (again,) = money.take_in(answers)
    assert (again.known, again.refused, again.new_cases) == (True, 0, 0)
    money.clean()
    anew = money.order(ordered.payback_id)
    assert (money.cases(), money.cases("payback_dead")) == ([], [])
    assert anew.number != ordered.number
    money.send(bank)
    money.take_in(bank.take())
    money.take_in(bank.close_day(DAY))
    assert money.status(anew.payback_id) == "arrived"
    assert (money.books("owed:refunds"), money.books("bank:transfer")) == (0, -68_000)


@pytest.mark.parametrize("bad", [BadDay.RETURNED, BadDay.BACK_AT_ONCE])
def test_returned_and_owed_again(money: Money, bad: BadDay) -> None:
    ordered = money.order(money.dead())
    bank = Bank(money.folder / "bank", {ordered.number: bad})
    money.send(bank)
    money.take_in(bank.take())
    written = [bank.close_day(DAY), bank.close_day(DAY + timedelta(days=2))]
    for files in written:
        money.take_in(files)
        money.clean()
    assert money.status(ordered.payback_id) == "dead"
    assert (money.books("owed:refunds"), money.books("bank:transfer")) == (-68_000, 0)
    assert money.cases() == ["returned"]
    for files in written:  # once more, changes nothing
        assert all(report.known and not report.returned for report in money.take_in(files))
    anew = money.order(ordered.payback_id)
    assert money.cases() == []
    money.send(bank)
    money.take_in(bank.take())
    money.take_in(bank.close_day(DAY + timedelta(days=3)))
    assert (money.books("owed:refunds"), money.books("bank:transfer")) == (0, -68_000)
    assert money.status(anew.payback_id) == "arrived"


def test_returned_is_seen_before_it_was_seen_to_leave(money: Money) -> None:
    ordered = money.order(money.dead())
    bank = Bank(money.folder / "bank", {ordered.number: BadDay.RETURNED})
    money.send(bank)
    went = bank.take() + bank.close_day(DAY)
    back = bank.close_day(DAY + timedelta(days=2))
    for files in (back, went):
        money.take_in(files)
        money.clean()
    assert money.status(ordered.payback_id) == "dead"
    assert (money.books("owed:refunds"), money.books("bank:transfer")) == (-68_000, 0)
    assert money.cases() == ["returned"]


def test_gone_although_refused_is_not_paid_again(money: Money) -> None:
    """The bank says no, and books it all the same."""
    ordered = money.order(money.dead())
    honest = Bank(money.folder / "bank")
    refusing = Bank(money.folder / "other", {ordered.number: BadDay.REFUSED})
    money.send(honest)
    for path in honest.incoming.glob("*.xml"):
        (refusing.incoming / path.name).write_bytes(path.read_bytes())
    honest.take()
    money.take_in(refusing.take())
    money.take_in(honest.close_day(DAY))
    assert money.cases() == ["booked_after_refusal", "refused"]
    with pytest.raises(WrongStatus):
        money.order(ordered.payback_id)


def test_never_booked_becomes_a_case(money: Money) -> None:
    slow, good = money.order(money.dead()), money.order(money.dead((1, 6)))
    bank = Bank(money.folder / "bank", {slow.number: BadDay.NEVER_BOOKED})
    money.send(bank)
    money.take_in(bank.take())
    money.take_in(bank.close_day(DAY + timedelta(days=6)))
    assert (money.status(slow.payback_id), money.status(good.payback_id)) == ("sent", "arrived")
    assert money.cases() == ["not_booked"]


def test_silent_then_a_page_then_the_answer(money: Money) -> None:
    ordered = money.order(money.dead())
    bank = Bank(money.folder / "bank")
    money.send(bank)
    (page,) = bank.take(BadFileDay.WRONG_FILE)
    with pytest.raises(BadFile):
        money.take_in([page])
    money.take_in(bank.close_day(DAY))
    assert money.status(ordered.payback_id) == "arrived"


def test_who_may_order(money: Money) -> None:
    dead, second = money.dead(), money.second()
    office = money.work.office
    desks = {
        number: shifts.desk_for(
            office=office, operator=operators.operator_by_number(office=office, number=number)
        )
        for number in ("2001", "9001")
    }
    with pytest.raises(NotAllowed):
        replacing.order_transfer(
            office=office, desk=desks["2001"], approval=second, payback_id=dead, to=PAYEE
        )
    typed = replacing.account_of(" 示例旅行社有限公司 ", "6222 0000 0000 0000 001", "103100000018")
    assert typed == PAYEE
    ordered = replacing.order_transfer(
        office=office, desk=desks["9001"], approval=second, payback_id=dead, to=typed
    )
    assert money.status(ordered.payback_id) == "created"


def test_a_bic_is_no_bank_number() -> None:
    found = replacing.account_of("x", "DE89 3704 0044 0532 0130 00", "cobadeff xxx")
    assert (found.bic, found.bank_number, found.is_iban) == ("COBADEFFXXX", "", True)


def test_files_of_others_are_refused(money: Money) -> None:
    money.order(money.dead())
    bank = Bank(money.folder / "bank")
    money.send(bank)
    (answer,) = bank.take()
    stranger = re.sub(rb"-b(\w{5})000001", rb"-b\g<1>000009", answer.read_bytes())
    with pytest.raises(BadFile, match="not made here"):
        bank_files.take_in(books.of_window(money.work.office), BANK, "a.xml", stranger)
    notice, _ = bank.close_day(DAY)
    other = notice.read_bytes().replace(b"110900000012345678", b"110900000012345679")
    with pytest.raises(BadFile, match="not ours"):
        bank_files.take_in(books.of_window(money.work.office), BANK, "n.xml", other)
    assert money.books("bank:transfer") == 0


def test_another_amount_is_a_case_and_nothing_is_posted(money: Money) -> None:
    ordered = money.order(money.dead())
    bank = Bank(money.folder / "bank")
    money.send(bank)
    bank.take()
    notice, _ = bank.close_day(DAY)
    raw = notice.read_bytes().replace(b">680.00<", b">679.00<")
    report = bank_files.take_in(books.of_window(money.work.office), BANK, "n.xml", raw)
    assert (report.ours_fen, report.theirs_fen, report.closed) == (68_000, 67_900, False)
    assert (money.status(ordered.payback_id), money.cases()) == ("sent", ["other_amount_left"])


def test_what_has_no_way_back_yet_is_not_given_to_another_ticket(money: Money) -> None:
    """Half cash, half code: of the second ticket no more goes to the code than it still holds."""
    work = money.work
    basket = take(work, (1, 5), (1, 6))
    checkout.pay_cash(
        office=work.office, desk=work.desk, basket=basket, tendered_fen=68_000, amount_fen=68_000
    )
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    lines = [
        str(row[0])
        for row in rows(
            work, "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", basket
        )
    ]
    quote(work, basket, lines[:1])
    refund(work, basket, lines[:1])
    money.party.days = ["dead"]
    (dead,) = work.office.read(lambda s: paybacks.waiting(s, 1, 1))
    paybacks.follow(office=work.office, payback_id=dead)
    ((checkout_id,),) = rows(
        work, "SELECT DISTINCT checkout_id FROM payment WHERE order_id = ?", basket
    )
    parts = work.office.read(lambda s: shares(s, checkout_id, 81_600))
    assert {tender: fen for _, tender, fen in parts} == {"cash": 40_800, "wechat": 40_800}
    money.order(dead)
    parts = work.office.read(lambda s: shares(s, checkout_id, 81_600))
    assert {tender: fen for _, tender, fen in parts} == {"cash": 40_800, "wechat": 40_800}

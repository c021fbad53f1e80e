"""The money page: bills taken in, exceptions asked about and explained, days closed, transfers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from boxoffice import clock
from boxoffice.bank.our_account import FILE
from boxoffice.desk import Desk
from boxoffice.rehearsal.gateways.bank import Bank
from boxoffice.rehearsal.gateways.bills import wechat_bill
from boxoffice.sentences import SENTENCES
from boxoffice.services.aftersales import voids
from boxoffice.services.money import bank_folder, replacing
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.sharing import sync
from boxoffice.services.staff import operators, shifts
from boxoffice.services.staff.approvals import Approval
from boxoffice.services.supervising import statement_files
from tests.faults.acts import take
from tests.gateways import Hours, Party, hours
from tests.homes import AtWork, at_work, small_home
from tests.payments.companies import CODES, Till, till
from tests.services.closes import close
from ui import app as application
from ui.context import Context
from ui.error_presenter import ErrorPresenter
from ui.screens.money import MoneyPage

DAY = date(2025, 9, 27)
A_DAY_S = 86_400
OWN_ACCOUNT = (
    '[bank]\nname = "示例体育中心"\naccount = "110900000012345678"\nbank_number = "102100099996"\n'
)


@dataclass
class Venue:
    """A supervisor at the money page of a window whose customers pay by WeChat."""

    work: AtWork
    counter: Till
    time: Hours
    page: MoneyPage
    context: Context
    folder: Path
    qtbot: QtBot

    def sell(self, seat: int) -> str:
        """A ticket paid by code; answers its basket."""
        basket = take(self.work, (1, seat))
        asking.ask(
            office=self.work.office, desk=self.work.desk, basket=basket, tender="wechat",
            code=CODES["wechat"][:-1] + str(seat), pause=self.time.wait,
        )  # fmt: skip
        return basket

    def go_home(self) -> None:
        """The clerk closes the shift; a supervisor looks the next day."""
        close(self.work, 50_000)
        sync.push(self.work.office)
        self.time.pass_(A_DAY_S)
        self.come()

    def come(self) -> None:
        self.page.shown()
        self.settle()

    def settle(self) -> None:
        """Wait until the page has every answer."""
        self.qtbot.waitUntil(lambda: self.page.view is not None and not self.page.busy)

    def bill(self) -> Path:
        content = wechat_bill(self.counter.company.book, DAY)
        assert content is not None
        path = self.folder / "bill.csv"
        path.write_bytes(content)
        return path

    def take_in(self, *paths: Path) -> None:
        self.page.files.take([str(path) for path in paths])
        self.settle()

    def second(self, form) -> None:
        """Somebody else signs."""
        other = ("other", "3002", "主管", "supervisor", 1)
        self.work.office.write(
            lambda store: store.run("INSERT OR IGNORE INTO operator VALUES (?, ?, ?, ?, ?)", other)
        )
        form._given(form._asks, Approval("other", "3002", "主管", replacing.TRANSFER))


def supervisor(work: AtWork) -> Desk:
    person = operators.operator_by_number(office=work.office, number="3001")
    return shifts.desk_for(office=work.office, operator=person)


@pytest.fixture
def venue(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Venue]:
    home = small_home(tmp_path)
    (home.path / FILE).write_text(OWN_ACCOUNT, encoding="utf-8")
    (home.path / FILE).chmod(0o600)
    with till("wechat") as counter, hours() as time, at_work(home, threaded=True) as found:
        clock.use(lambda: time.at)
        office = replace(found.office, gateways={"wechat": counter.driver})
        application.application(office.settings)
        assert office.acts is not None
        context = Context(office, office.acts, ErrorPresenter(SENTENCES))
        work = AtWork(office, found.desk)
        context.use_desk(supervisor(work))
        host, page = QWidget(), MoneyPage(context)
        page.setParent(host)
        for zone in (page.centre, page.panel):
            zone.setParent(host)
        page.retranslate()
        host.show()
        made = Venue(work, counter, time, page, context, tmp_path, qtbot)
        try:
            yield made
            made.settle()
        finally:
            host.close()
            host.deleteLater()
            context.relay.close()


def test_an_empty_page_says_what_comes(venue: Venue) -> None:
    # What the channels sold before is a month ago.
    venue.come()
    assert venue.page.days.rows.rows == ()
    assert venue.page.primary.isHidden()
    assert "day by day" in venue.page.days.empty.accessibleName()


def test_a_day_agrees_and_is_closed_with_its_statement(venue: Venue) -> None:
    page = venue.page
    venue.sell(5)
    venue.come()
    (row,) = page.days.rows.rows
    assert (row.middle, row.middle_detail, row.detail) == (
        "Ledger ¥680.00", "no bill yet", "day not over",
    )  # fmt: skip
    assert not page.primary.isEnabled()
    venue.go_home()
    assert page.days.rows.rows[0].detail == "no bill yet"
    assert page.primary.text() == "Take in the bill of WeChat"
    venue.take_in(venue.bill())
    (row,) = page.days.rows.rows
    assert (row.detail, row.middle_detail, row.value) == ("agrees", "Bill ¥680.00", "¥0.00")
    assert page.files.sentences == [("bill.csv: agrees, 1 row(s) · ¥680.00", "good")]
    assert page.primary.text() == "Close the day: PDF and XLSX"
    page.press()
    venue.qtbot.waitUntil(lambda: "statement no. 1" in page.error_band.text, timeout=30_000)
    venue.settle()
    folder = venue.work.office.home.path / statement_files.FOLDER
    assert {path.suffix for path in folder.iterdir()} == {".pdf", ".xlsx"}
    assert page.primary.text() == "Save the statement once more"


def test_exceptions_are_asked_about_and_explained(venue: Venue) -> None:
    page, book = venue.page, venue.counter.company.book
    venue.sell(5)
    venue.sell(6)
    first, second = book.trades.values()
    book.trades = {
        first.number: replace(first, amount_fen=67_000),
        "x": replace(second, number="x", reference="4200777"),
    }
    path = venue.bill()
    venue.go_home()
    with venue.qtbot.waitSignal(page.badge_changed, check_params_cb=lambda count: count == 3):
        venue.take_in(path)
    assert page.files.sentences == [
        ("bill.csv: 3 exception(s) to look at · difference -¥10.00", "attention")
    ]
    assert page.days.rows.rows[0].detail == "3 exception(s) open"
    page.press()
    venue.settle()
    part = page.exceptions
    assert {row.fact for row in part.rows.rows} == {
        "The bill has another amount",
        "The bill has it, the ledger does not",
        "The ledger has it, the bill does not",
    }
    lost = next(row for row in part.rows.rows if row.fact.startswith("The ledger has it"))
    part.choose_row(lost.key)
    assert lost.detail.startswith("Order ")
    with venue.qtbot.waitSignal(page.order_wanted) as wanted:
        part.open_order.click()
    assert lost.detail == f"Order {wanted.args[0]}"
    book.trades[second.number] = second
    part.ask()
    venue.settle()
    assert part.advice.texts[-1] == "It says: paid. ¥680.00"
    assert not page.primary.isEnabled(), "no reason yet"
    for number in range(3):
        assert page.primary.text() == "Explain this exception"
        part.reason.usual[number].click()
        page.press()
        venue.settle()
        page.press()
        venue.settle()
    assert {row.note for row in part.rows.rows} == {"explained"}
    page.show_part(page.days)
    venue.settle()
    assert page.days.rows.rows[0].detail == "explained"
    assert page.days.day is not None
    assert page.days.day.closed


def test_a_file_that_is_none_is_refused_with_a_sentence(venue: Venue) -> None:
    page = venue.folder / "page.csv"
    page.write_text("<html></html>", encoding="utf-8")
    venue.come()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(page))])
    how = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(venue.page.centre, QDragEnterEvent(QPoint(5, 5), *how))
    QApplication.sendEvent(venue.page.centre, QDropEvent(QPointF(5, 5), *how))
    venue.settle()
    ((said, tone),) = venue.page.files.sentences
    assert said.startswith("page.csv cannot be read")
    assert tone == "danger"


def test_a_transfer_is_ordered_by_two_written_and_booked(venue: Venue) -> None:
    page, part, office = venue.page, venue.page.transfers, venue.work.office
    party = Party()
    work = AtWork(replace(office, gateways={"wechat": party}), venue.work.desk)
    basket = take(work, (1, 5))
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    voids.void(office=work.office, desk=work.desk, order_id=basket, papers_back=True, reason="x")
    party.days = ["dead"]
    (back,) = office.read(lambda store: paybacks.waiting(store, 1, 1))
    paybacks.follow(office=work.office, payback_id=back)
    sync.push(office)
    page.show_part(part)
    venue.settle()
    (row,) = part.rows.rows
    assert (row.middle, row.value) == ("an account is wanted", "¥680.00")
    form = part.form
    form.name.setText("示例旅行社有限公司")
    form.number.setText("6222 0000 0000 0000 001")
    form.bank.setText("103100000018")
    assert not page.primary.isEnabled(), "a second person is missing"
    venue.second(form.second)
    assert page.primary.text() == "Order the transfer of ¥680.00"
    form.number.textEdited.emit(form.number.text())
    assert form.approval is None, "another account is signed for anew"
    venue.second(form.second)
    page.press()
    venue.settle()
    assert "Ordered: ¥680.00" in page.error_band.text
    assert "示例旅行社" not in page.error_band.text
    assert form.texts == ("", "", "")
    assert page.primary.text() == "Write the bank's file: 1 transfer(s)"
    page.press()
    venue.settle()
    (file,) = (office.home.path / bank_folder.FOLDER).iterdir()
    assert part.rows.rows[0].middle == "at the bank, no answer yet"
    bank = Bank(venue.folder / "bank")
    (bank.incoming / file.name).write_bytes(file.read_bytes())
    answers = bank.take()
    venue.take_in(*answers)
    assert part.rows.rows[0].middle.startswith("settled")
    venue.take_in(*bank.close_day(DAY))
    assert part.rows.rows[0].middle == "booked, arrived"
    assert page.files.sentences[0][0].endswith("1 transfer(s) booked")

"""The page of play and rain: recorded, judged, decided by two, tried dry, paid back, listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from boxoffice.domain.play import PlayKind
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.sentences import SENTENCES
from boxoffice.services.sales import asking
from boxoffice.services.staff import operators, shifts
from tests.faults.acts import proof, rows, take
from tests.gateways import Party, with_parties
from tests.homes import AtWork, at_work, small_home
from tests.services.rain_acts import batches_of, rules
from tests.services.return_acts import be, sell_at
from tests.services.test_match_records import HEAD
from ui import app as application
from ui.approval.form import ApprovalForm
from ui.context import Context
from ui.error_presenter import ErrorPresenter
from ui.rain.play_part import PlayPart
from ui.screens.rain import RainPage

DAY = "2025-09-28"


@dataclass
class Shown:
    """The page with the administrator of a training home, and the clerk who sold before."""

    work: AtWork
    context: Context
    page: RainPage
    qtbot: QtBot

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.page.busy, timeout=10_000)

    def open(self, part: str) -> None:
        self.page.show_part(self.page.parts[part])
        self.settle()

    def press(self) -> None:
        """The large button, which must be ready."""
        assert self.page.primary.isEnabled(), self.page._missing.text()
        self.page.primary.click()
        self.settle()

    def sign(self, form: ApprovalForm) -> None:
        form.number.setText("3001")
        form.pin.setText("3001")
        form.submit()
        self.qtbot.waitUntil(lambda: form.approval is not None, timeout=10_000)

    def record(self, kind: PlayKind, time: str) -> None:
        form = self.page.play.form
        form.choose(kind)
        form.at.setText(time)
        self.press()

    def decide(self, kind: ReturnKind, outcome: Outcome) -> None:
        """By two people, against the rules or without them."""
        decision = self.page.decision
        self.open("Alt+D")
        decision.choose_kind(kind)
        decision.choose_outcome(outcome)
        assert not self.page.primary.isEnabled(), "a reason is missing"
        decision.reason.usual[0].click()
        assert not self.page.primary.isEnabled(), "a second person is missing"
        self.sign(decision.second)
        self.press()


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    with at_work(small_home(tmp_path), threaded=True) as clerk:
        work = with_parties(clerk, Party())
        rules(work, tmp_path)
        application.application(work.office.settings)
        assert work.office.acts is not None
        context = Context(work.office, work.office.acts, ErrorPresenter(SENTENCES))
        person = operators.operator_by_number(office=work.office, number="9001")
        context.use_desk(shifts.desk_for(office=work.office, operator=person))
        host, page = QWidget(), RainPage(context)
        page.setParent(host)
        for zone in (page.centre, page.panel):
            zone.setParent(host)
        page.retranslate()
        host.show()
        page.shown()
        found = Shown(work, context, page, qtbot)
        found.settle()
        yield found
        page.left()
        found.settle()
        context.relay.close()
        host.close()
        host.deleteLater()


def sold(shown: Shown) -> tuple[str, str]:
    """One order for cash, one by code; then the evening of that day."""
    cash = sell_at(shown.work, "O2", (1, 5), (1, 6))
    basket = take(shown.work, (3, 5), at="O2")
    asking.ask(office=shown.work.office, desk=shown.work.desk, basket=basket, tender="wechat")
    be(f"{DAY}T20:00")
    shown.page.choose_day(DAY)
    shown.settle()
    return cash, basket


def test_the_sessions_of_a_day_with_their_state(shown: Shown) -> None:
    page = shown.page
    assert page.day == "2025-09-27"
    names = [row.fact for row in page.sessions.rows.rows]
    assert names == ["欢享票", "橡树日场"]
    sold(shown)
    (row,) = page.sessions.rows.rows
    assert (row.middle, row.middle_detail, row.value) == ("not begun", "Nobody decided", "3")
    assert page.primary.text() == "Record play"
    shown.press()
    assert page.tabs["Alt+P"].isChecked()


def test_play_is_recorded_and_corrected(shown: Shown) -> None:
    sold(shown)
    shown.open("Alt+P")
    page, form = shown.page, shown.page.play.form
    assert form.kind is PlayKind.START
    assert not form.kinds[PlayKind.RESUME].isEnabled()
    shown.record(PlayKind.START, "12:30")
    assert form.kind is PlayKind.SUSPEND
    shown.record(PlayKind.SUSPEND, "1245")
    shown.record(PlayKind.RESUME, "13:00")
    shown.record(PlayKind.END, "13:05")
    assert [row.value for row in page.play.rows.rows] == ["12:30", "12:45", "13:00", "13:05"]
    court = page.play.court
    assert court is not None
    assert court.play.played_seconds == 20 * 60
    page.play.rows.select(page.play.rows.rows[-1].key)
    page.play.begin_correction(away=False)
    form.at.setText("13:10")
    assert not page.primary.isEnabled(), "why is missing"
    form.reason.usual[0].click()
    shown.press()
    court = page.play.court
    assert court is not None
    assert court.play.played_seconds == 25 * 60
    assert page.play.form.correcting is None


def test_what_cannot_be_is_said_on_the_page(shown: Shown) -> None:
    sold(shown)
    shown.open("Alt+P")
    shown.record(PlayKind.START, "12:30")
    shown.record(PlayKind.END, "12:00")
    assert "does not fit the play ledger" in shown.page.error_band.text
    assert shown.page.play.form.at.text() == "12:00", "what was typed stays"


def test_a_match_and_a_file_of_matches(shown: Shown, tmp_path: Path) -> None:
    sold(shown)
    shown.open("Alt+P")
    part: PlayPart = shown.page.play
    form = part.form
    form.choose(PlayKind.MATCH)
    form.match.setText("1")
    form.started.setText("12:30")
    assert "ended" in form.missing()
    form.ended.setText("14:00")
    shown.press()
    assert [row.detail for row in part.rows.rows] == ["12:30–14:00 · completed"]
    path = tmp_path / "matches.csv"
    line = f"O2,Oak,2,{DAY}T14:10+08:00,{DAY}T14:30+08:00,20,no\n"
    path.write_text(HEAD + line, encoding="utf-8")
    part.import_file(str(path))
    shown.settle()
    assert [report.added for report in part.reports] == [1]
    part.begin()
    assert len(part.rows.rows) == 2
    path.write_text(HEAD + line.replace("Oak", "Elm"), encoding="utf-8")
    part.import_file(str(path))
    shown.settle()
    assert part.rows.rows[0].tone == "danger"


def test_the_rules_answer_and_are_decided_by(shown: Shown) -> None:
    sold(shown)
    shown.open("Alt+D")
    page = shown.page
    assert not page.primary.isEnabled(), "nothing was recorded"
    shown.open("Alt+P")
    shown.record(PlayKind.START, "12:30")
    shown.record(PlayKind.END, "12:36")
    shown.open("Alt+D")
    (row,) = page.decision.rows.rows
    assert (row.middle, row.value) == ("matches 0 · minutes 6", "Full refund")
    assert "held from 1 match(es) or over 30 min" in row.detail
    shown.press()
    assert page.session is not None
    assert page.session.decided is not None
    assert page.session.decided.outcomes == {"full"}
    assert page.primary.text() == "Go on to paying back"
    page.decision.choose_outcome(None)
    assert page.primary.text() == "Decide by the rules", "the ledger may have been corrected"


def test_tried_dry_then_paid_back_and_who_must_come(shown: Shown, tmp_path: Path) -> None:
    sold(shown)
    shown.decide(ReturnKind.CANCELLED, Outcome.FULL)
    shown.open("Alt+R")
    page, money = shown.page, shown.page.money
    said = {row.key: row.value for row in money.rows.rows}
    assert said == {
        "outcome full": "¥1,640.00",
        "tender cash": "¥1,360.00",
        "tender wechat": "¥280.00",
    }
    assert money.balance.texts == ("WeChat: ¥280.00",)
    assert rows(shown.work, "SELECT count(*) FROM refund") == [(0,)], "nothing was done"
    (coming,) = page.come.people
    assert (coming.amount_fen, coming.payback_id) == (136_000, "")
    assert not page.primary.isEnabled()
    shown.sign(money.second)
    assert page.primary.text() == "Pay back ¥1,640"
    shown.press()
    assert money.state is not None
    assert (money.state.open, money.state.tickets, money.state.amount_fen) == (False, 3, 164_000)
    shown.open("Alt+N")
    (owed,) = page.come.people
    assert (owed.amount_fen, bool(owed.payback_id)) == (136_000, True)
    for name in ("list.xlsx", "list.pdf"):
        page.come.save(str(tmp_path / name))
        shown.settle()
        assert (tmp_path / name).stat().st_size > 1_000
    assert proof(shown.work.office.home).broken == ()


def test_paused_and_gone_on_with_by_whoever_comes_next(shown: Shown) -> None:
    for number in range(1, 7):
        sell_at(shown.work, "O2", (1, number))
    be(f"{DAY}T20:00")
    shown.page.choose_day(DAY)
    shown.settle()
    shown.decide(ReturnKind.RAIN, Outcome.FULL)
    shown.open("Alt+R")
    page, money = shown.page, shown.page.money
    shown.sign(money.second)
    money.running.stepped.connect(lambda _state: money.running.pause())
    with batches_of(1):
        page.primary.click()
        assert page.primary.text() in ("Pause", "Pausing")
        shown.settle()
    assert money.state is not None
    assert money.state.open
    assert 0 < money.state.orders < 6
    assert page.primary.text() == "Go on with the run"
    shown.open("Alt+S")
    (row,) = page.sessions.rows.rows
    assert row.note == "a run is under way"
    again = RainPage(shown.context)
    again.centre.setParent(page.centre)
    again.panel.setParent(page.centre)
    again.choose_day(DAY)
    shown.qtbot.waitUntil(lambda: not again.busy)
    again.show_part(again.money)
    shown.qtbot.waitUntil(lambda: not again.busy)
    again.press()
    shown.qtbot.waitUntil(lambda: not again.busy, timeout=10_000)
    assert again.money.state is not None
    assert (again.money.state.open, again.money.state.orders) == (False, 6)
    again.deleteLater()


def test_a_clerk_may_not(shown: Shown) -> None:
    """The services refuse whoever got to the page without the right."""
    sold(shown)
    shown.context.use_desk(shown.work.desk)
    shown.open("Alt+P")
    shown.press()
    assert "may not do this" in shown.page.error_band.text
    assert rows(shown.work, "SELECT count(*) FROM play_entry") == [(0,)]

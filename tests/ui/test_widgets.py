"""The basic widgets: what they show, what they tell, and that nothing is cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from boxoffice.domain.money import Money
from ui import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.card import Card, Rule
from ui.widgets.choice_cards import Choice, ChoiceCards
from ui.widgets.empty_state import EmptyState
from ui.widgets.key_cap import KeyCap
from ui.widgets.nav_button import NavButton
from ui.widgets.number_edit import NumberEdit
from ui.widgets.side_panel import AmountLine, Notes, SidePanel
from ui.widgets.text import Line, MoneyLabel, Text
from ui.widgets.toast import Toast


def picture(widget: QWidget, size: QSize | None = None) -> bytes:
    """Its pixels as they are drawn now."""
    widget.resize(size or widget.sizeHint())
    image = widget.grab().toImage()  # kept: its bits live no longer than it does
    return bytes(image.constBits())


def test_a_button_says_its_words_and_its_key(qtbot: QtBot) -> None:
    button = ActionButton("Print & hand over", "F8", "primary")
    qtbot.addWidget(button)
    assert button.text() == "Print & hand over"
    assert QPushButton.text(button) == "Print && hand over", "no underlined letter"
    assert button.accessibleDescription() == "F8"
    with_key = picture(button, QSize(300, 64))
    button.set_key(None)
    assert picture(button, QSize(300, 64)) != with_key
    assert button.sizeHint().height() > ActionButton("Quiet").sizeHint().height()


def test_a_disabled_button_looks_it(qtbot: QtBot) -> None:
    button = ActionButton("Sell", "F8", "primary")
    qtbot.addWidget(button)
    enabled = picture(button, QSize(300, 64))
    button.setEnabled(False)
    assert picture(button, QSize(300, 64)) != enabled


def test_navigation_shows_how_many_wait(qtbot: QtBot) -> None:
    button = NavButton("Cases")
    qtbot.addWidget(button)
    without = picture(button, QSize(190, 46))
    button.set_badge(3)
    assert picture(button, QSize(190, 46)) != without
    assert button.accessibleName() == "Cases 3"
    button.set_badge(0)
    assert picture(button, QSize(190, 46)) == without


def test_a_band_is_there_only_while_it_has_something_to_say(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    band = Band(page)
    page.show()
    assert not band.isVisible()
    done: list[str] = []
    band.say("attention", "The printer has no paper.", "Try again", lambda: done.append("again"))
    assert band.isVisible()
    assert band.accessibleName() == "The printer has no paper."
    band.action.click()
    assert done == ["again"]
    assert not band.isVisible()


def test_tones_of_a_band_differ_without_colour(qtbot: QtBot) -> None:
    band = Band()
    qtbot.addWidget(band)
    marks = []
    for tone in ("info", "attention", "danger"):
        band.say(tone, "")
        band.resize(300, 46)
        grey = band.grab().toImage().copy(12, 15, 20, 18)
        ground = grey.pixelColor(0, 0)
        marks.append(
            tuple(
                grey.pixelColor(x, y).lightness() < ground.lightness() - 40
                for y in range(grey.height())
                for x in range(grey.width())
            )
        )
        assert any(marks[-1])
    assert len(set(marks)) == 3


def test_amounts(qtbot: QtBot) -> None:
    label = MoneyLabel(143500)
    qtbot.addWidget(label)
    assert label.text() == "¥1,435.00"
    label.set_fen(Money(5000))
    assert (label.text(), label.fen) == ("¥50.00", 5000)


def test_a_line_gives_way_and_keeps_its_whole_text(qtbot: QtBot) -> None:
    line = Line(bold=True)
    qtbot.addWidget(line)
    line.set_text("National Tennis Center · Window 3")
    assert line.minimumSizeHint().width() < line.sizeHint().width()
    assert line.toolTip() == line.text == line.accessibleName()


def test_cash_is_read_as_fen(qtbot: QtBot) -> None:
    edit = NumberEdit()
    qtbot.addWidget(edit)
    told: list[int | None] = []
    edit.fen_changed.connect(told.append)
    QTest.keyClicks(edit, "1500")
    assert edit.fen() == 150000
    QTest.keyClicks(edit, ".505x")
    assert (edit.text(), edit.fen()) == ("1500.50", 150050)
    edit.set_fen(None)
    assert (edit.fen(), told[-1]) == (None, None)
    edit.set_fen(98000)
    assert edit.text() == "980"
    with qtbot.waitSignal(edit.submitted) as submitted:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert submitted.args == [98000]


def test_cash_typed_through_an_input_method(qtbot: QtBot) -> None:
    edit = NumberEdit()
    qtbot.addWidget(edit)
    edit.insert("９８０。５")
    assert edit.fen() == 98050
    edit.setText(".")
    assert edit.fen() is None


def cards(qtbot: QtBot, count: int = 4) -> ChoiceCards:
    row = ChoiceCards()
    qtbot.addWidget(row)
    row.set_choices(
        [Choice(str(n), f"Session {n}", "4,218 left", enabled=n != 1) for n in range(count)], "0"
    )
    row.resize(500, 80)
    row.show()
    return row


def test_a_card_is_chosen_by_mouse_and_by_arrow(qtbot: QtBot) -> None:
    row = cards(qtbot)
    told: list[str] = []
    row.chosen.connect(told.append)
    QTest.keyClick(row, Qt.Key.Key_Right)
    assert (row.current, told) == ("2", ["2"]), "the one that cannot be chosen is passed over"
    QTest.keyClick(row, Qt.Key.Key_Left)
    QTest.keyClick(row, Qt.Key.Key_Left)
    assert told == ["2", "0"]
    row.findChildren(QPushButton)[3].click()
    assert row.current == "3"


def test_new_figures_keep_the_chosen_card(qtbot: QtBot) -> None:
    row = cards(qtbot)
    row.choose("2")
    before = row.findChildren(QPushButton)
    row.set_choices([Choice(str(n), f"Session {n}", "17 left") for n in range(4)])
    assert row.findChildren(QPushButton) == before, "nothing is built anew for a new figure"
    assert row.current == "2"
    row.set_choices([Choice("9", "Grounds pass")])
    assert row.current is None


def test_many_cards_scroll_and_the_chosen_one_is_in_sight(qtbot: QtBot) -> None:
    row = cards(qtbot, 12)
    qtbot.waitUntil(lambda: row.horizontalScrollBar().maximum() > 0)
    row.choose("11")
    assert row.horizontalScrollBar().value() > 0
    before = row.horizontalScrollBar().value()
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(row.viewport(), turned)
    assert row.horizontalScrollBar().value() < before


def test_an_empty_page_says_what_to_do(qtbot: QtBot) -> None:
    done: list[bool] = []
    empty = EmptyState("No orders", "Scan a code.", key="F6", act=lambda: done.append(True))
    qtbot.addWidget(empty)
    empty.set_texts("No orders yet", "Scan a pickup code.", "Search")
    assert empty.accessibleName() == "No orders yet Scan a pickup code."
    empty.action.click()
    assert done == [True]
    assert empty.action.text() == "Search"


def test_a_toast_goes_by_itself(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    toast = Toast(page)
    toast.say("2 tickets printed")
    assert toast.isVisible()
    assert page.rect().contains(toast.geometry())
    toast._timer.setInterval(0)
    toast.say("3 tickets printed")
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_the_side_has_the_primary_action_largest_and_the_rest_in_pairs(qtbot: QtBot) -> None:
    panel = SidePanel()
    qtbot.addWidget(panel)
    primary = ActionButton("Take cash", "F8", "primary")
    quiet = [ActionButton(text) for text in ("Card", "Park", "Clear")]
    panel.set_title("This order: 4 tickets", "07:48", "timer")
    panel.set_actions(primary, quiet)
    amount = AmountLine()
    amount.set_amount("To pay", 143500)
    panel.foot.addWidget(amount)
    notes = Notes()
    panel.body.addWidget(notes)
    notes.set_notes("Next", ["1 Tap the document", "2 Hand over"])
    panel.resize(theme.px(364), 700)
    panel.show()
    QApplication.processEvents()
    assert primary.width() > quiet[0].width()
    assert primary.height() > quiet[0].height()
    assert quiet[0].y() == quiet[1].y() < quiet[2].y()
    assert quiet[2].width() == primary.width()
    notes.set_notes("Next", [])
    assert not notes.isVisible()


def test_small_parts(qtbot: QtBot) -> None:
    cap, card, rule, text = KeyCap("Alt+C"), Card(), Rule(), Text("Hello", "title")
    for widget in (cap, card, rule, text):
        qtbot.addWidget(widget)
    assert cap.accessibleName() == "Alt C"
    assert picture(cap) != picture(KeyCap("F2"), cap.size())
    text.set_tone("attention")
    assert text.property("tone") == "attention"
    text.changeEvent(QEvent(QEvent.Type.LanguageChange))

"""Lists of rows, the legend, and the layout that breaks lines."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui import formats, theme
from ui.widgets.flow_layout import FlowLayout, FlowRow
from ui.widgets.level_legend import LegendEntry, LevelLegend
from ui.widgets.row_list import RowList
from ui.widgets.row_model import Row
from ui.widgets.seat_map.model import LevelStyle, Shape

ROWS = [
    Row("a", "117区 7排 10座", "张* 已核验", "good", "680", "成人", ticked=True),
    Row("b", "117区 7排 11座", "请刷证件", "attention", "680", "成人", ticked=False),
    Row("c", "117区 7排 12座", "不可出票", "danger", "680", "成人", ticked=False, enabled=False),
]


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    rows = RowList(roomy=True)
    qtbot.addWidget(rows)
    rows.set_rows(ROWS)
    rows.resize(360, 300)
    rows.show()
    return rows


def at(rows: RowList, place: int, x: int) -> QPoint:
    box: QRect = rows.visualRect(rows.model().index(place, 0))
    return QPoint(x, box.center().y())


def test_rows_have_their_height(rows: RowList, qtbot: QtBot) -> None:
    assert rows.visualRect(rows.model().index(0, 0)).height() == theme.px(72)
    dense = RowList()
    qtbot.addWidget(dense)
    dense.set_rows(ROWS)
    assert dense.visualRect(dense.model().index(0, 0)).height() == theme.px(44)


def test_the_current_row_stays_while_its_key_stays(rows: RowList) -> None:
    told: list[str] = []
    rows.current_changed.connect(told.append)
    rows.select("b")
    assert told == [], "what the program selects is not told"
    rows.set_rows([Row("x", "new"), *ROWS])
    assert rows.current == "b"
    assert told == []
    rows.set_rows([ROWS[0]])
    assert told == [""]
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at(rows, 0, 200))
    assert told == ["", "a"]


def test_a_box_is_ticked_by_click_and_by_space(rows: RowList) -> None:
    told: list[tuple[str, bool]] = []
    rows.ticked.connect(lambda key, on: told.append((key, on)))
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at(rows, 1, 20))
    assert told == [("b", True)]
    assert rows.ticked_keys == ["a", "b"]
    rows.select("a")
    QTest.keyClick(rows, Qt.Key.Key_Space)
    assert told[-1] == ("a", False)
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at(rows, 2, 20))
    assert rows.ticked_keys == ["b"], "a row that is off cannot be ticked"


def test_enter_activates_and_letters_do_not_move(rows: RowList, qtbot: QtBot) -> None:
    rows.select("b")
    QTest.keyClicks(rows, "117c")
    assert rows.current == "b"
    with qtbot.waitSignal(rows.activated_row) as activated:
        QTest.keyClick(rows, Qt.Key.Key_Return)
    assert activated.args == ["b"]


def test_a_row_is_spoken_whole(rows: RowList) -> None:
    spoken = rows.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "117区 7排 11座, 请刷证件, 680, 成人"


def entries(left: int = 512) -> list[LegendEntry]:
    return [
        LegendEntry(
            LevelStyle("A", theme.level(0).colour, Shape(theme.level(0).shape)), 98000, left
        ),
        LegendEntry(
            LevelStyle("B", theme.level(1).colour, Shape(theme.level(1).shape)), 68000, 903
        ),
        LegendEntry(LevelStyle("无障碍", "#6D28D9", Shape.WHEELCHAIR), None, 32),
    ]


def test_the_legend_says_price_and_what_is_left(qtbot: QtBot) -> None:
    formats.use("zh_CN")
    assert [entry.words() for entry in entries()] == ["A ¥980 · 512", "B ¥680 · 903", "无障碍 · 32"]


def test_a_level_is_picked_and_let_go(qtbot: QtBot) -> None:
    legend = LevelLegend()
    qtbot.addWidget(legend)
    legend.set_levels(entries())
    legend.resize(600, 50)
    legend.show()
    told: list[int] = []
    legend.level_picked.connect(told.append)
    chips = [legend.layout().itemAt(place).widget() for place in range(3)]
    chips[1].click()
    chips[0].click()
    legend.set_levels(entries(left=510))
    assert (told, legend.picked) == ([1, 0], 0)
    chips[0].click()
    assert (told, legend.picked) == ([1, 0, -1], -1)


def test_every_shape_the_theme_names_is_one_of_the_map() -> None:
    assert [Shape(level.shape) for level in theme.LEVELS]


def test_a_narrow_flow_takes_more_lines_and_cuts_nothing(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    flow = FlowLayout(room)
    labels = [QLabel("a word or two") for _ in range(6)]
    for label in labels:
        flow.addWidget(label)
    one_line = flow.heightForWidth(5000)
    assert flow.heightForWidth(200) > one_line
    room.resize(200, flow.heightForWidth(200))
    room.show()
    assert all(room.rect().contains(label.geometry()) for label in labels)
    taken = flow.takeAt(0)
    assert taken is not None
    assert (flow.count(), flow.itemAt(17)) == (5, None)


def test_a_row_of_a_flow_asks_for_one_line_only(qtbot: QtBot) -> None:
    row = FlowRow()
    qtbot.addWidget(row)
    for _ in range(6):
        row.flow.addWidget(QLabel("a word or two"))
    one_line = row.flow.heightForWidth(5000)
    assert row.minimumSizeHint().height() == row.sizeHint().height() == one_line
    assert row.hasHeightForWidth()
    assert row.heightForWidth(200) > one_line, "where it is narrow it gets what it needs"


def test_a_long_note_does_not_cut_the_fact_above_it(qtbot: QtBot) -> None:
    rows = RowList()
    qtbot.addWidget(rows)
    rows.resize(320, 400)
    fact, note = "Block 105 Row 7 Seat 12", "the time for refunds is over by now"
    with_note = Row("2", fact, "day", value="¥90", note=note)
    rows.set_rows([Row("0", ""), Row("1", fact, "day", value="¥90"), with_note])
    rows.show()
    picture = rows.viewport().grab().toImage()
    places = [rows.visualRect(rows.model().index(at, 0)) for at in (1, 2)]
    short, noted = (
        picture.copy(place.adjusted(0, 0, -70, -place.height() // 2 - 3)) for place in places
    )
    assert short == noted


def test_the_middles_of_rows_begin_at_one_place(qtbot: QtBot) -> None:
    rows = RowList()
    qtbot.addWidget(rows)
    delegate = rows.itemDelegate()
    wide = Row(key="1", fact="a", middle="b", value="all reported")
    rows.set_rows([wide, Row(key="2", fact="a", middle="b", value="")])
    widest = delegate._edge
    assert widest == delegate._column_width("all reported", "")
    rows.set_rows([Row(key="3", fact="a", value="1,000 times all reported"), wide])
    assert delegate._edge == widest, "a row without a middle aligns nothing"

"""A group's list on the sell page, and the proof a concession needs."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.selling import Clerk, resident_id
from ui.sell.side_words import SideState


def listed(*people: int) -> str:
    return "\n".join(f"试{person}\t{resident_id(person)}" for person in people)


def paste(clerk: Clerk, text: str) -> None:
    clerk.page.counter.group.text.setPlainText(text)
    clerk.wait()


def test_a_pasted_list_gives_everybody_a_ticket(clerk):
    clerk.session("S1D")
    clerk.take(3)

    clerk.alt(Qt.Key.Key_G)
    assert clerk.page.counter.state is SideState.GROUP
    assert not clerk.page.counter.primary.isEnabled()
    paste(clerk, listed(501, 502, 503))
    assert clerk.page.counter.primary.isEnabled()
    clerk.press(Qt.Key.Key_F8)

    assert clerk.page.counter.state is SideState.BASKET
    assert clerk.page.basket.view.documents_wanted == 0
    assert clerk.page.counter.group.text.toPlainText() == ""


def test_what_is_wrong_stands_by_line_and_the_rest_is_bound(clerk):
    clerk.session("S1D")
    clerk.take(3)
    clerk.alt(Qt.Key.Key_G)

    paste(clerk, f"{listed(501)}\n甲 123\n{listed(501)}\n{listed(502)}")
    panel = clerk.page.counter.group
    assert [trouble.line for trouble in panel.preview.errors] == [2, 3]
    assert all(panel.trouble_words(trouble) for trouble in panel.preview.errors)
    clerk.press(Qt.Key.Key_F8)

    assert clerk.page.counter.state is SideState.GROUP  # somebody is left to be looked at
    assert clerk.page.basket.view.documents_wanted == 1
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.page.counter.state is SideState.BASKET
    assert panel.text.toPlainText() == ""


def test_a_list_from_a_file(clerk, tmp_path):
    clerk.session("S1D")
    clerk.take(2)
    path = tmp_path / "group.csv"
    path.write_text(f"姓名,证件号\n试,{resident_id(501)}\n", encoding="utf-8")

    clerk.alt(Qt.Key.Key_G)
    clerk.page.grouping.read_file(str(path))
    clerk.wait()
    preview = clerk.page.counter.group.preview
    assert (preview.tickets, preview.free, preview.errors) == (1, 1, ())

    clerk.page.grouping.read_file(str(tmp_path / "none.csv"))
    clerk.wait()
    assert clerk.page.error_band.isVisible()


def test_a_list_needs_tickets_first(clerk):
    clerk.session("S1D")
    clerk.page.grouping.open()
    assert clerk.page.counter.state is SideState.BASKET


def test_nobody_of_the_list_is_kept_for_the_next_clerk(clerk, context):
    clerk.session("S1D")
    clerk.take(1)
    clerk.alt(Qt.Key.Key_G)
    paste(clerk, listed(501))

    context.use_desk(None)
    clerk.wait()

    assert clerk.page.counter.group.text.toPlainText() == ""
    assert clerk.page.counter.group.preview is None


def test_a_concession_is_paid_once_its_proof_was_seen(clerk):
    clerk.session("S1D")
    clerk.take(1)
    clerk.scan(501)
    clerk.alt(Qt.Key.Key_T)
    assert clerk.page.basket.lines[0].ticket_type == "concession"
    assert clerk.page.basket.lines[0].proof_wanted
    assert not clerk.page.counter.primary.isEnabled()
    assert clerk.page.counter.missing_words()

    clerk.alt(Qt.Key.Key_K)

    assert not clerk.page.basket.lines[0].proof_wanted
    assert clerk.page.basket.lines[0].proof
    assert clerk.page.counter.primary.isEnabled()

"""Plain SQL of a window that may no longer write, or of one that skips a step (rules 17, 25)."""

from __future__ import annotations

import pytest

from tests.central.test_rights import ENTRY, Scene, scene, sql

__all__ = ["scene"]

FENCED = {
    "every free seat, without an epoch": "UPDATE custody_seat SET holder = 2, epoch = NULL "
    "WHERE holder IS NULL AND order_id IS NULL",
    "a free seat, in the ended epoch": "UPDATE custody_seat SET holder = 2, epoch = 1 "
    "WHERE session_id = {session} AND seat_id = {free_seat}",
    "what stays off sale, let go": "UPDATE custody_seat SET holder = NULL, epoch = NULL "
    "WHERE holder = 2",
    "every order": "UPDATE custody_order SET holder = 2, epoch = 1 WHERE holder IS NULL",
    "its order, let go": "UPDATE custody_order SET holder = NULL, epoch = NULL WHERE holder = 2",
    "an order of a new epoch": "INSERT INTO custody_order VALUES ('new', 2, 1)",
    "a document": "INSERT INTO claim (session_id, document_hash, holder, epoch) "
    "VALUES ({session}, 'x', 2, 1)",
    "its document, let go": "DELETE FROM claim WHERE holder = 2",
    "places of central": "SELECT move_places(ARRAY[ARRAY[{ground}, 0, 2, 4]])",
    "places of central, sold": "SELECT move_places(ARRAY[ARRAY[{ground}, 0, -1, 4]])",
    "a loss of central": "SELECT notice_loss()",
}


@pytest.mark.parametrize("what", FENCED)
def test_rule_17_a_fenced_window_moves_nothing(scene: Scene, what: str) -> None:
    store = scene.central.store
    with store.transaction():
        store.run(
            "INSERT INTO claim (session_id, document_hash, holder, epoch) VALUES (?, ?, 2, 1)",
            (scene.central.session("O1"), "own"),
        )
        store.run("UPDATE ticket_window SET fenced = 1 WHERE id = 2")
        store.run("UPDATE window_epoch SET ended_at = 'x' WHERE window_id = 2")
    before = scene.snapshot()
    scene.thief.tries(sql(scene, FENCED[what]))
    assert scene.snapshot() == before


SKIPPED = {
    "a ticket without its journal": "UPDATE ticket SET status = 'void', live = 0 "
    "WHERE order_id = {mine}",
    "a line without its journal": "UPDATE order_line SET status = 'returned' "
    "WHERE order_id = {mine}",
    "a payment without its journal": "INSERT INTO payment VALUES ('new', {mine}, NULL, 'cash', 1, "
    "1, 0, 'CNY', 'x', 'x', 2, 1, NULL)",
    "a sold seat of its order, let go": ENTRY + "; UPDATE custody_seat SET order_id = NULL "
    "WHERE order_id = {mine}",
    "another's seat in its order": ENTRY + "; UPDATE ticket SET status = 'void', live = 0 WHERE "
    "order_id = {mine}; INSERT INTO ticket SELECT 'new', order_id, line_id, {session}, "
    "{their_seat}, 'issued', 1, 1, 2, 1 FROM ticket WHERE order_id = {mine} LIMIT 1",
    "a free seat in its order": ENTRY + "; UPDATE ticket SET status = 'void', live = 0 WHERE "
    "order_id = {mine}; INSERT INTO ticket SELECT 'new', order_id, line_id, {session}, "
    "{free_seat}, 'issued', 1, 1, 2, 1 FROM ticket WHERE order_id = {mine} LIMIT 1",
    "places that never came back": "INSERT INTO returning_places VALUES ('x', {ground}, 4, '2020')",
    "central's places, sold": "SELECT move_places(ARRAY[ARRAY[{ground}, 0, -1, 4]])",
}


@pytest.mark.parametrize("what", SKIPPED)
def test_rule_25_no_step_is_left_out(scene: Scene, what: str) -> None:
    returning = "SELECT * FROM returning_places"
    before = scene.snapshot(), scene.central.store.all(returning)
    scene.thief.tries(*sql(scene, SKIPPED[what]).split("; "))
    assert (scene.snapshot(), scene.central.store.all(returning)) == before
    assert scene.thief.refused
    assert not [why for why in scene.thief.refused if "does not exist" in why or "syntax" in why]


def test_an_entry_of_its_own_is_what_lets_it(scene: Scene) -> None:
    """The same acts pass with the entry that signs for them."""
    void = "UPDATE ticket SET status = 'void', live = 0 WHERE order_id = {mine}"
    assert scene.thief.tries(sql(scene, ENTRY), sql(scene, void))
    free = "UPDATE custody_seat SET order_id = NULL WHERE order_id = {mine}"
    assert scene.thief.tries(sql(scene, ENTRY), sql(scene, free))

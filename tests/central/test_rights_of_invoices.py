"""With a window's own password and plain SQL: tax invoices step as the service does, no further."""

from __future__ import annotations

import peewee
import pytest

from tests.central import test_rights
from tests.central.test_rights import ENTRY, Scene, sql

scene = test_rights.scene
PAID = 50_000


def invoice(name: str, *, order: str = "{mine}", kind: str = "blue", **other: object) -> str:
    """One as a window would insert it."""
    row: dict[str, object] = {
        "amount_fen": PAID,
        "original_id": None,
        "status": "wanted",
        "batch": None,
        "number": "",
    } | other
    said = {key: "NULL" if value is None else f"'{value}'" for key, value in row.items()}
    return (
        "INSERT INTO invoice (id, order_id, kind, original_id, amount_fen, currency, title_sealed, "
        "tax_sealed, mail_sealed, phone_sealed, created_at, window_id, epoch, operator_id, status, "
        f"batch, number, issued_on, reason) VALUES ('{name}', {order}, '{kind}', "
        f"{said['original_id']}, {said['amount_fen']}, 'CNY', '', '', '', '', 'x', 2, 1, NULL, "
        f"{said['status']}, {said['batch']}, {said['number']}, '', '')"
    )


def red(name: str, **other: object) -> str:
    return invoice(name, kind="red", **{"original_id": "b", "amount_fen": 10_000} | other)


def tries(scene: Scene, *statements: str) -> bool:
    """With an entry of its own journal, as rule 25 asks for."""
    return scene.thief.tries(sql(scene, ENTRY), *(sql(scene, one) for one in statements))


def paid(scene: Scene) -> None:
    """Money came in for the thief's own order."""
    pay = (
        "INSERT INTO payment (id, order_id, attempt_id, tender, amount_fen, tendered_fen, "
        "change_fen, currency, paid_at, business_day, window_id, epoch, shift_id) VALUES "
        f"('p', {{mine}}, NULL, 'cash', {PAID}, {PAID}, 0, 'CNY', 'x', 'x', 2, 1, NULL)"
    )
    assert tries(scene, pay)


def kept(scene: Scene) -> object:
    return scene.central.store.all("SELECT * FROM invoice ORDER BY id")


def to(status: str, **other: object) -> str:
    sets = ", ".join(f"{key} = '{value}'" for key, value in {"status": status, **other}.items())
    return f"UPDATE invoice SET {sets} WHERE id = 'b'"


def test_what_the_service_does_passes(scene: Scene) -> None:
    paid(scene)
    assert tries(scene, invoice("b"))
    assert tries(scene, "UPDATE invoice SET amount_fen = amount_fen - 10 WHERE id = 'b'")
    assert tries(scene, to("filed", batch="x"))
    assert tries(scene, to("issued", number="25117000000012345678"))
    assert tries(scene, red("r"))
    # What came of several steps comes in one report.
    assert tries(scene, "UPDATE invoice SET status = 'refused', batch = 'y' WHERE id = 'r'")
    assert tries(scene, "UPDATE invoice SET status = 'wanted', batch = NULL WHERE id = 'r'")
    assert scene.thief.refused == []


INSERTS = {
    "of another window's order": invoice("x", order="{theirs}"),
    "over more than was paid": invoice("x", amount_fen=PAID + 1),
    "two of one order": f"{invoice('x')}; {invoice('y')}",
    "a red one of nothing": red("x", original_id="nothing"),
    "a red one of itself": red("x", original_id="x"),
    "a red one over more than its original": f"{invoice('b')}; {red('x', amount_fen=PAID + 1)}",
    "red ones over more than their original": f"{invoice('b')}; {red('x', amount_fen=PAID)}; "
    f"{red('y', amount_fen=1)}",
    "a red one sent before its original": f"{invoice('b')}; {red('x', status='filed', batch='f')}",
}


@pytest.mark.parametrize("what", INSERTS)
def test_a_window_cannot_make(scene: Scene, what: str) -> None:
    paid(scene)
    before = kept(scene)
    assert not tries(scene, *INSERTS[what].split("; "))
    assert kept(scene) == before
    assert "does not exist" not in scene.thief.refused[-1]


def test_one_without_a_journal_entry(scene: Scene) -> None:
    paid(scene)
    assert not scene.thief.tries(sql(scene, invoice("x")))
    assert kept(scene) == []


CHANGES = {
    "its amount raised": ("wanted", "UPDATE invoice SET amount_fen = amount_fen + 1"),
    "its amount after it went out": ("filed", "UPDATE invoice SET amount_fen = amount_fen - 1"),
    "taken back from the platform": ("filed", to("wanted")),
    "dropped after it went out": ("filed", to("dropped")),
    "its number": ("issued", "UPDATE invoice SET number = '25117000000012345679'"),
    "back from issued": ("issued", to("refused", number="")),
    "back from refused": ("refused", to("wanted")),
    "back from dropped": ("dropped", to("wanted")),
    "its title": ("wanted", "UPDATE invoice SET title_sealed = 'x'"),
    "its order": ("wanted", "UPDATE invoice SET order_id = {theirs}"),
    "removed": ("wanted", "DELETE FROM invoice"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_window_cannot_change(scene: Scene, what: str) -> None:
    status, change = CHANGES[what]
    paid(scene)
    number = "25117000000012345678" if status == "issued" else ""
    assert tries(scene, invoice("b", status=status, number=number))
    before = kept(scene)
    assert not tries(scene, change)
    assert kept(scene) == before
    assert "does not exist" not in scene.thief.refused[-1]


def test_nobody_removes_one(scene: Scene) -> None:
    paid(scene)
    assert tries(scene, invoice("b"))
    store = scene.central.store
    with pytest.raises(peewee.DatabaseError, match="never removed"), store.transaction():
        store.run("DELETE FROM invoice")

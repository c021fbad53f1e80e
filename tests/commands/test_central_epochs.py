"""`main.py central fence, free, receive, restored` on a home with its central beside it."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest

import main
from boxoffice import clock
from boxoffice.domain import ticket_code
from boxoffice.domain.ticket_code import TicketClaim
from boxoffice.errors import FreedCode
from boxoffice.queries.scanned_tickets import judge
from boxoffice.services.sharing import sync
from boxoffice.settings import Home
from tests.commands.signing import signed
from tests.faults.acts import DEAF, faulty, pay, sell, take
from tests.homes import NOON, at_work, small_home

BY = ("--operator", "3001", "--reason", "the computer was stolen")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A seat is in a basket and one was sold off line."""
    found = small_home(tmp_path)
    with at_work(found) as work:
        take(work, (1, 5))
        pay(faulty(work, *[DEAF] * 99), take(work, (1, 6)))
    return found


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    clock.use(lambda: NOON)
    capsys.readouterr()
    words = ["central", *(str(given) for given in arguments)]
    with signed(words):
        status = main.main(words)
    out, err = capsys.readouterr()
    return status, out, err


def test_from_the_loss_of_a_window_to_its_next_sale(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--home", home.path)
    status, _, said = run(capsys, "free", "1", *at, *BY, "--approver", "9001")
    assert status == 1
    assert "main.py central fence 1" in said
    status, out, _ = run(capsys, "fence", "1", *at, *BY, "--json")
    assert status == 0
    assert json.loads(out) == {
        "window": 1, "epoch": 1, "seats": 2, "places": 0, "orders": 0, "documents": 0,
        "before": None,
    }  # fmt: skip
    status, _, said = run(capsys, "free", "1", *at, *BY)
    assert status == 1
    assert "second person" in said
    assert "--approver" in said
    assert "PIN" not in said, "nobody is asked to type one here"
    status, out, _ = run(
        capsys, "free", "1", *at, *BY, "--approver", "9001", "--seat", "O2:1-1-5", "--json"
    )
    assert (status, json.loads(out)["seats"]) == (0, 1)
    status, _, said = run(capsys, "free", "1", *at, *BY, "--approver", "9001", "--seat", "O2:1-9-9")
    assert status == 1
    assert "O2:1-9-9" in said
    status, out, _ = run(capsys, "restored", *at, *BY, "--json")
    assert (status, json.loads(out)) == (0, {"window": 1, "epoch": 2})
    with at_work(home) as work:
        sell(work, (1, 5))
        sync.push(work.office)
        _codes_of_the_lost_epoch_are_dead(work)
    assert main.main(["verify", "--home", str(home.path), "--json"]) == 0
    proof = json.loads(capsys.readouterr()[0])
    assert proof["checked"]["accepted_risks"] == 1
    assert main.main(["verify", "--home", str(home.path)]) == 0
    said = capsys.readouterr()[0]
    assert "accepted risk: central: session O2 seat 1-1-5" in said
    assert "3001 and 9001: the computer was stolen" in said
    assert main.main(["keys", "--home", str(home.path), "--json"]) == 0
    exported = json.loads(capsys.readouterr()[0])
    assert [key["epoch"] for key in exported["keys"]] == [1, 2]
    assert [(f["window"], f["epoch"]) for f in exported["freed"]] == [(1, 1)]


def _codes_of_the_lost_epoch_are_dead(work) -> None:
    sync.pull(work.office)
    key = work.office.key

    def code(seat: int, epoch: int) -> str:
        claim = TicketClaim(key.key_id, UUID(int=7), work.session("O2"), seat, 1, 1, epoch)
        return ticket_code.encode(claim, key.sign)

    for seat, epoch, dead in (((1, 5), 1, True), ((1, 5), 2, False), ((1, 6), 1, False)):
        text = code(work.seat(*seat), epoch)
        if dead:
            with pytest.raises(FreedCode):
                work.office.read(lambda store, text=text: judge(store, text))
        else:
            assert work.office.read(lambda store, text=text: judge(store, text)) is None


def test_a_recovered_folder_is_named_to_central(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The window's own home is locked while central beside it is looked after: it says so."""
    status, _, said = run(capsys, "receive", home.path, "--home", home.path)
    assert status == 1
    assert "Another program has" in said


def test_an_unknown_window_is_named(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, said = run(capsys, "fence", "North", "--home", home.path, *BY)
    assert status == 1
    assert "North" in said

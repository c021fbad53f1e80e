"""`main.py invoices` at a central home: the same as at a window, without one."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

import main
from boxoffice import bootstrap, clock
from boxoffice.exchange import invoice_file
from boxoffice.notices.protocol import Channel
from boxoffice.services.aftersales import invoices
from boxoffice.services.aftersales.invoices import Wanted
from boxoffice.services.sharing import sync
from boxoffice.services.telling import contacts
from boxoffice.services.telling.outbox import Outbox
from boxoffice.verify.proof import prove
from tests.faults.acts import rows, sell
from tests.homes import NOON, AtWork
from tests.services.return_acts import refund
from tests.services.test_outbox import Carrier
from tests.venues import Venue

NUMBER, RED_NUMBER = "25117000000012345678", "25117000000012345679"
MAIL = "books@example.org"


def told(capsys: pytest.CaptureFixture[str], venue: Venue, status: int, *words: object) -> dict:
    """What a command prints at the central home."""
    capsys.readouterr()
    where = ("--home", str(venue.home.path), "--json")
    assert main.main(["invoices", *map(str, words), *where]) == status
    clock.use(lambda: NOON)
    found: dict = json.loads(capsys.readouterr().out)
    return found


def asked(work: AtWork) -> str:
    """Two seats of one order, whose customer left an address and wants a tax invoice."""
    order = sell(work, (1, 5), (1, 6)).order_id
    wanted = Wanted("某某体育有限公司", "91110000600037341L")
    invoices.ask(office=work.office, desk=work.desk, order_id=order, wanted=wanted)
    contacts.note(office=work.office, desk=work.desk, order_id=order, language="en", mail=MAIL)
    sync.push(work.office)
    return order


def requests(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / name).read_text(encoding="utf-8-sig").splitlines()))


def answer(path: Path, request: str, number: str) -> Path:
    head = ",".join(invoice_file.ANSWERS)
    path.write_text(f"{head}\n{request},issued,{number},2025-09-27,\n", encoding="utf-8")
    return path


def test_out_and_in_and_told_without_a_window(
    venue: Venue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    east, folder = venue.window("East"), tmp_path / "platform"
    with venue.at_work(east) as work:
        order = asked(work)
    (name,) = told(capsys, venue, 0, "export", "--out", folder)["files"]
    assert name.startswith("invoices-0-")
    (request,) = requests(folder, name)
    first = (folder / name).read_bytes()
    assert told(capsys, venue, 0, "export", "--out", folder)["files"] == []
    assert told(capsys, venue, 0, "export", "--out", folder, "--again", name)["files"] == [name]
    assert (folder / name).read_bytes() == first
    back = answer(tmp_path / "back.csv", request["request"], NUMBER)
    for issued, known in ((1, 0), (0, 1)):
        (came,) = told(capsys, venue, 0, "import", back)["files"]
        assert (came["issued"], came["known"]) == (issued, known)
    (listed,) = told(capsys, venue, 0, "list", "--status", "issued")["invoices"]
    assert (listed["number"], listed["file"]) == (NUMBER, name)

    with venue.at_work(east) as work:
        sync.pull(work.office)
        carrier = Carrier(Channel.MAIL)
        office = replace(work.office, senders={Channel.MAIL: carrier})
        for _ in range(2):
            Outbox(office).go()
        assert [act for act, _ in carrier.did] == ["send"], "the customer hears of it once"
        assert rows(work, "SELECT order_id, kind FROM notice") == [(order, "invoice_issued")]
        (line, *_) = rows(work, "SELECT id FROM order_line WHERE order_id = ?", order)
        refund(work, order, [str(line[0])])
        sync.push(work.office)
    (name,) = told(capsys, venue, 0, "export", "--out", folder)["files"]
    (red,) = requests(folder, name)
    assert (red["kind"], red["original_number"]) == ("red", NUMBER)
    with bootstrap.open_sides(east, central=bootstrap.address_at(venue.home)) as sides:
        assert prove(sides).broken == ()


def test_what_a_window_has_in_hand_is_left(
    venue: Venue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with venue.at_work(venue.window("East")) as work:
        asked(work)

    def hand(holder: str) -> None:
        with bootstrap.open_books(venue.home) as here:
            here.write(lambda s: s.run(f"UPDATE custody_order SET holder = {holder}, epoch = 1"))

    hand("1")
    left = told(capsys, venue, 1, "export", "--out", tmp_path)
    assert (left["files"], left["requests"], left["left_out"]) == ([], 0, 1)
    hand("NULL")
    assert told(capsys, venue, 0, "export", "--out", tmp_path)["requests"] == 1


def test_a_wrong_file_changes_nothing(
    venue: Venue, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with venue.at_work(venue.window("East")) as work:
        asked(work)
    (name,) = told(capsys, venue, 0, "export", "--out", tmp_path)["files"]
    (request,) = requests(tmp_path, name)
    back = answer(tmp_path / "back.csv", request["request"], NUMBER)
    back.write_text(
        back.read_text(encoding="utf-8") + f"{'0' * 32},issued,{RED_NUMBER},2025-09-27,\n",
        encoding="utf-8",
    )
    assert main.main(["invoices", "import", str(back), "--home", str(venue.home.path)]) != 0
    clock.use(lambda: NOON)
    assert [one["status"] for one in told(capsys, venue, 0, "list")["invoices"]] == ["filed"]

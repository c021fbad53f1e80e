"""A window comes to its central: from the enrolment file to the first sale, and every way round."""

from __future__ import annotations

import json
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from boxoffice import bootstrap
from boxoffice.central import fencing
from boxoffice.errors import (
    BadEnrolment,
    CentralPassword,
    CentralUnreachable,
    FileStands,
    NumberKnown,
    WindowKnown,
    WindowUnknown,
)
from boxoffice.records.keys import load_keys
from boxoffice.records.postgres import connect
from boxoffice.services.setup import enrolment, enrolment_file, windows
from boxoffice.services.sharing import following, sync
from boxoffice.services.staff import operators
from boxoffice.settings import Home, HomeKind, Settings, load, save
from tests.faults.acts import pay, rows, take
from tests.homes import at_work, small_home
from tests.venues import Venue


def no_news(*_: object) -> None:
    """Nobody looks at the progress."""


def why(home: Home, file: Path) -> str:
    """Why an enrolment file is refused."""
    with pytest.raises(BadEnrolment) as refused:
        bootstrap.enrol_window(home, file, no_news)
    return str(refused.value.fields["why"])


def test_a_window_starts_from_its_file_and_sells(venue: Venue) -> None:
    file = venue.file("East")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told: list[str] = []
    home = Home(venue.folder / "east")
    bootstrap.enrol_window(home, file, lambda what, *_: told.append(what))
    assert told[0] == "greet"
    assert not bootstrap.enrolling(home)
    wanted = load(home)
    assert (wanted.kind, wanted.window) == (HomeKind.TRAINING, 1)
    assert "@" not in wanted.central
    assert not home.central_file.exists()
    with venue.at_work(home) as work:
        order = pay(work, take(work, (1, 5))).order_id
        sync.push(work.office)
        exported = bootstrap.public_keys(work.office)
    with venue.opened() as central:
        found = central.store.first("SELECT status FROM orders WHERE id = ?", (order,))
        assert found == ("paid",)
        assert exported["root"] == central.root.public_key.hex()


def test_a_file_works_once(venue: Venue) -> None:
    file = venue.file("East")
    password = json.loads(file.read_text())["password"]
    first, second = Home(venue.folder / "one"), Home(venue.folder / "two")
    bootstrap.enrol_window(first, file, no_news)
    assert why(second, file) == "enrolment_used"
    assert not second.exists
    assert why(first, file) == "enrolment_used"
    keys = load_keys(first, HomeKind.TRAINING)
    assert (keys.password == password, keys.first_password, keys.root) == (False, "", "")
    with pytest.raises(CentralPassword):
        connect(enrolment.central_address(first, load(first), password))
    with venue.at_work(first) as work:
        take(work, (1, 5))


def test_of_two_that_come_at_once_one_gets_in(venue: Venue) -> None:
    file = venue.file("East")
    first, second = Home(venue.folder / "one"), Home(venue.folder / "two")
    enrolment.begin(first, file)
    enrolment.begin(second, file)
    bootstrap.enrol_window(first, None, no_news)
    with pytest.raises(BadEnrolment):
        bootstrap.enrol_window(second, None, no_news)
    assert not second.exists, "it is of no use and in nobody's way"


def test_who_waits_for_the_row_of_the_first_is_refused(venue: Venue, monkeypatch) -> None:
    """Both signed in with the password of the file before either changed it."""
    file = venue.file("East")
    first, second = Home(venue.folder / "one"), Home(venue.folder / "two")
    enrolment.begin(first, file)
    enrolment.begin(second, file)
    looked = enrolment._epoch_of_key

    def let_the_other_in(*args: object) -> int:
        monkeypatch.setattr(enrolment, "_epoch_of_key", looked)
        enrolment.finish(first)
        return looked(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(enrolment, "_epoch_of_key", let_the_other_in)
    with pytest.raises(BadEnrolment) as refused:
        enrolment.finish(second)
    assert refused.value.fields["why"] == "enrolment_used"


class Killed(BaseException):
    """As kill -9: nothing of ours catches it."""


STEPS = [
    (enrolment, "keep_keys"),
    (enrolment, "_mark"),
    (enrolment.settings, "save"),
    (enrolment, "connect"),
    (enrolment.founding, "change_own_password"),
    (enrolment.epochs, "begin_epoch"),
    (enrolment, "replace_keys"),
    (following, "begin"),
    (following, "pull_page"),
    (enrolment, "fetched"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _, name in STEPS])
def test_killed_anywhere_the_next_start_goes_on(
    venue: Venue, monkeypatch, module, name: str, after: bool
) -> None:
    file, home = venue.file("East"), Home(venue.folder / "east")
    whole = getattr(module, name)

    def killed(*args, **named):
        if after:
            made = whole(*args, **named)
            if name == "connect":
                made.close()  # as the end of a process does
        raise Killed

    monkeypatch.setattr(module, name, killed)
    with pytest.raises(Killed):
        bootstrap.enrol_window(home, file, no_news)
    monkeypatch.setattr(module, name, whole)
    if bootstrap.enrolling(home):
        bootstrap.enrol_window(home, None, no_news)
    elif not home.exists:
        bootstrap.enrol_window(home, file, no_news)
    assert not bootstrap.enrolling(home)
    with venue.at_work(home) as work:
        pay(work, take(work, (1, 5)))


def test_a_standing_home_killed_before_it_kept_the_keys_goes_on_as_it_was(
    venue: Venue, monkeypatch
) -> None:
    home, out = venue.window("East"), venue.folder / "password.json"
    with venue.opened() as central:
        windows.change_password(central, window="East", out=out)

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(enrolment, "replace_keys", killed)
        with pytest.raises(Killed):
            bootstrap.enrol_window(home, out, no_news)
    assert not bootstrap.enrolling(home), "nothing of the file is known here"
    with venue.at_work(home) as work, pytest.raises(CentralPassword):
        sync.pull(work.office)
    bootstrap.enrol_window(home, out, no_news)
    with venue.at_work(home) as work:
        take(work, (1, 5))


def test_a_central_that_is_away_leaves_the_file_for_later(venue: Venue, monkeypatch) -> None:
    file, home = venue.file("East"), Home(venue.folder / "east")
    text = json.loads(file.read_text())
    away = {**text, "address": "postgresql://127.0.0.1:1/boxoffice"}
    other = venue.folder / "away.json"
    other.write_text(json.dumps(away))
    with pytest.raises(CentralUnreachable):
        bootstrap.enrol_window(home, other, no_news)
    assert not home.exists
    bootstrap.enrol_window(home, file, no_news)
    assert home.exists


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": 2}, "enrolment_version"),
        ({"format": "1"}, "enrolment_file"),
        ({"signing": "zz"}, "enrolment_file"),
        ({"window": 0}, "enrolment_file"),
        ({"address": "postgresql://me:secret@there/x"}, "enrolment_file"),
        ({"schema": "x; drop"}, "enrolment_file"),
        ({"part": "other"}, "enrolment_file"),
        ({"more": 1}, "enrolment_file"),
        ({"root": "00" * 32}, "enrolment_foreign"),
        ({"password": "some-other-password-of-nobody"}, "enrolment_used"),
        ({"epoch": 2}, "enrolment_ended"),
    ],
)
def test_a_file_that_is_none_says_so(venue: Venue, change: dict, reason: str) -> None:
    file = venue.file("East")
    bad = venue.folder / "bad.json"
    bad.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    home = Home(venue.folder / "east")
    assert why(home, bad) == reason
    assert not home.exists
    bootstrap.enrol_window(home, file, no_news)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json", '{"format": 1}', "\x00\xff"])
def test_any_other_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="latin-1")
    assert why(Home(tmp_path / "home"), file) == "enrolment_file"


def test_a_replaced_file_is_of_no_use(venue: Venue) -> None:
    old = venue.file("East")
    with venue.opened() as central:
        windows.replace_window(central, window="East", out=venue.folder / "new.json")
    assert why(Home(venue.folder / "a"), old) == "enrolment_used"  # its password is gone, too
    home = Home(venue.folder / "b")
    bootstrap.enrol_window(home, venue.folder / "new.json", no_news)
    with venue.at_work(home) as work:
        assert work.office.chain.epoch == 2


def test_a_home_with_its_own_central_or_of_another_window_refuses(venue: Venue) -> None:
    file = venue.file("East")
    own = small_home(venue.folder)
    assert why(own, file) == "enrolment_own"
    west = venue.window("West")
    assert why(west, file) == "enrolment_window"


def test_names_and_numbers_are_taken_once(venue: Venue) -> None:
    venue.file("East", number=7)
    with venue.opened() as central:
        for more, error in (
            ({"name": "East"}, WindowKnown),
            ({"name": "West", "number": 7}, NumberKnown),
        ):
            with pytest.raises(error):
                windows.add_window(central, out=venue.folder / "x.json", **more)
        with pytest.raises(FileStands):
            windows.add_window(central, name="West", out=venue.folder / "East.json")
        assert central.store.all("SELECT id, name FROM ticket_window") == [(7, "East")]
        with pytest.raises(WindowUnknown):
            windows.change_password(central, window="8", out=venue.folder / "x.json")
        windows.add_window(central, name="7", out=venue.folder / "8.json")
        assert windows.find(central.store, "7") == (8, "7", 1)
    assert not (venue.folder / "x.json").exists()


def test_a_new_epoch_keeps_the_records_and_lets_go_of_custody(venue: Venue) -> None:
    home = venue.window("East")
    with venue.at_work(home) as work:
        sold = pay(work, take(work, (1, 5))).order_id
        sync.push(work.office)
        take(work, (1, 7), (1, 8))
    out = venue.folder / "again.json"
    with venue.opened() as central:
        fencing.fence(central.store, 1, operator="3001", reason="the computer was replaced")
        windows.replace_window(central, window="1", out=out)
    bootstrap.enrol_window(home, out, no_news)
    with venue.at_work(home) as work:
        assert work.office.chain.epoch == 2
        assert rows(work, "SELECT count(*) FROM held_seat") == [(0,)]
        assert rows(work, "SELECT status FROM orders WHERE id = ?", sold) == [("paid",)]
        assert rows(work, "SELECT count(*) FROM orders WHERE status = 'open'") == [(0,)]
        again = pay(work, take(work, (2, 1))).order_id
        sync.push(work.office)
        epochs = [key["epoch"] for key in bootstrap.public_keys(work.office)["keys"]]
        assert epochs == [1, 2]
    with venue.opened() as central:
        found = central.store.all(
            "SELECT epoch, max(number) FROM journal WHERE window_id = 1 GROUP BY 1 ORDER BY 1"
        )
        assert [row[0] for row in found] == [1, 2]
        holder = central.store.all("SELECT holder, epoch FROM custody_seat WHERE holder = 1")
        assert holder == [(1, 1), (1, 1)], "what the old epoch held stays off sale"
        assert central.store.first("SELECT 1 FROM orders WHERE id = ?", (again,))


def test_another_password_for_a_stolen_one(venue: Venue) -> None:
    home = venue.window("East")
    stolen = load_keys(home, HomeKind.TRAINING).password
    out = venue.folder / "password.json"
    with venue.at_work(home) as work:
        basket = take(work, (1, 5))
        thief = connect(enrolment.central_address(home, load(home), stolen))
        with closing(thief), venue.opened() as central:
            windows.change_password(central, window="East", out=out)
            with pytest.raises(CentralUnreachable):
                thief.first("SELECT 1")
        order = pay(work, basket).order_id  # the line is gone, the sale is not
        with pytest.raises(CentralPassword):
            connect(enrolment.central_address(home, load(home), stolen))
        assert rows(work, "SELECT status FROM orders WHERE id = ?", order) == [("paid",)]
    told = json.loads(out.read_text())
    assert (told["part"], told["signing"], told["personal"]) == ("password", "", "")
    bootstrap.enrol_window(home, out, no_news)
    with venue.at_work(home) as work:
        sync.push(work.office)
        assert work.office.chain.epoch == 1
    with venue.opened() as central:
        assert central.store.first("SELECT status FROM orders WHERE id = ?", (order,)) == ("paid",)


def test_only_who_is_assigned_signs_in_and_pins_are_peppered(venue: Venue) -> None:
    for name in ("East", "West"):
        venue.file(name)
    with venue.opened() as central:
        pepper = central.keys.raw("pepper")
        person = operators.NewOperator("77", "七", operators.Role.CLERK, "4711", windows=(2,))
        person.work(pepper)(central.store)
        verifier = central.store.first(
            "SELECT verifier FROM pin p JOIN operator o ON o.id = p.operator_id "
            "WHERE o.number = '77'"
        )
        nobody = operators.NewOperator("78", "八", operators.Role.CLERK, "4711", windows=(9,))
        with pytest.raises(WindowUnknown):
            nobody.work(pepper)(central.store)
        assert not central.store.first("SELECT 1 FROM operator WHERE number = '78'")
    assert verifier is not None
    with pytest.raises(operators.VerifyMismatchError):
        operators._hasher().verify(verifier[0], "4711")
    homes = [Home(venue.folder / name) for name in ("east", "west")]
    for home, name in zip(homes, ("East", "West"), strict=True):
        bootstrap.enrol_window(home, venue.folder / f"{name}.json", no_news)
    with bootstrap.open_office(homes[1]) as office:
        assert operators.sign_in(office=office, number="77", pin="4711").number == "77"
        assert operators.sign_in(office=office, number="1001", pin="1001").number == "1001"
    with bootstrap.open_office(homes[0]) as office:
        assert operators.sign_in(office=office, number="1001", pin="1001").number == "1001"
        with pytest.raises(operators.WrongPin):
            operators.sign_in(office=office, number="77", pin="4711")


def test_a_home_from_before_peppers_goes_on(tmp_path: Path) -> None:
    home = small_home(tmp_path)
    keys = json.loads(home.key_file.read_text())
    del keys["pepper"], keys["first_password"]
    home.key_file.write_text(json.dumps(keys))
    with at_work(home, number="9001") as work:
        assert work.office.pepper == b""
        operators.add_operator(
            office=work.office, number="5", name="五", role=operators.Role.CLERK, pin="5555"
        )
        assert operators.sign_in(office=work.office, number="5", pin="5555").number == "5"


def test_a_window_never_sees_what_is_not_its_own_in_the_file(venue: Venue) -> None:
    told = json.loads(venue.file("East").read_text())
    with venue.opened() as central:
        secrets = {central.keys.root, central.keys.password}
    assert not secrets & set(told.values())
    found = enrolment_file.read(venue.folder / "East.json")
    assert "secret" not in repr(found)
    assert found.signing not in repr(found)
    assert replace(found).window == 1


def test_settings_keep_no_secrets(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for url in ("postgresql://a:b@h/d", "postgresql://h/d?password=b", "postgresql://h/d?user=a"):
        save(home, Settings(central=url))
        with pytest.raises(Exception, match="BadSetting"):
            load(home)

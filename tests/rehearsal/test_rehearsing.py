"""Rehearsals with real processes and a real server: every rule holds, nothing is left behind."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from boxoffice.records.postgres import Address, PostgresStore, connect
from boxoffice.rehearsal import scratch
from boxoffice.rehearsal.plan import Fault
from boxoffice.rehearsal.stage import Stage
from main import main
from tests import servers
from tests.homes import small_home
from tests.rehearsal.stages import play, rehearsal

SEEDS = [
    tuple(line.split())
    for line in Path(__file__).with_name("seeds.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LEFT = (
    "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rehearsal%' "
    "UNION SELECT rolname FROM pg_roles WHERE rolname LIKE 'rehearsal%'"
)


def administrator(url: str) -> PostgresStore:
    return connect(Address(url, "public"))


def test_without_faults_every_rule_holds_and_the_figures_are_told() -> None:
    found = play(1, "none").as_json()
    assert found["ok"], found
    assert (found["seed"], found["windows"], found["faults"]) == (1, 3, {})
    assert found["acts"]["sale"]["count"] > 10
    assert found["acts"]["sale"]["p95_ms"] >= found["acts"]["sale"]["p50_ms"] > 0
    assert found["customers_per_minute"] > 60
    assert found["verify"]["checked"]["acknowledged"] > 100


def test_with_every_fault_every_rule_holds() -> None:
    found = play(4, "all")
    assert found.ok, found.as_json()
    # An old file that is no older than the one in its place is no fault.
    assert set(found.faults) | {Fault.OLD_FILE} == set(Fault)


@pytest.mark.parametrize(("windows", "customers", "seed", "faults"), SEEDS)
def test_a_seed_that_failed_once(windows: str, customers: str, seed: str, faults: str) -> None:
    found = play(int(seed), faults, int(windows), int(customers))
    assert found.ok, found.as_json()


def test_at_a_server_of_somebody_else_nothing_is_left(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    url = servers.database_url("postgres")
    home = small_home(tmp_path)
    command = ["rehearse", "--windows", "2", "--customers", "20", "--seed", "5", "--json"]
    assert main([*command, "--central", url, "--home", str(home.path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ok"]
    assert found["verify"]["checked"]["seats"] == 40, "its own catalogue"
    with closing(administrator(url)) as store:
        assert store.all(LEFT) == []


def test_what_a_killed_rehearsal_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    running, killed = (
        Stage(rehearsal().pattern, rehearsal().url, scratch.schema_name(), tmp_path)
        for _ in range(2)
    )
    with closing(running.owner()) as alive, closing(administrator(rehearsal().url)) as store:
        scratch.claim(alive, running.schema)
        for left in (running, killed):
            left.found(1)
        assert scratch.clear_stale(store, pytest.fail) == [killed.schema]
        assert {row[0].split("_w")[0] for row in store.all(LEFT)} >= {running.schema}
        scratch.remove(store, running.schema)
        assert store.all(LEFT) == []


def test_a_fault_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["rehearse", "--faults", "fire"])
    assert "fire is none of all, none, partition" in capsys.readouterr().err

"""A commit of which the server says that its standby may not have it (rule 18)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from boxoffice.errors import CentralUnreachable
from boxoffice.records.postgres import UNKNOWN_COMMIT, PostgresStore
from tests import servers

SAY = f"DO $$ BEGIN RAISE WARNING '{UNKNOWN_COMMIT} due to user request'; END $$"
NOTE = "INSERT INTO meta (key, value) VALUES (?, '')"


@pytest.fixture
def store() -> Iterator[PostgresStore]:
    with closing(servers.as_owner(servers.fresh_database())) as found:
        yield found


def test_rule_18_a_commit_the_standby_may_not_have_is_an_unknown_result(
    store: PostgresStore,
) -> None:
    """It is committed here, and whoever asked hears of a broken line; only that once."""
    with pytest.raises(CentralUnreachable, match="synchronous"), store.transaction():
        store.batch([(NOTE, ("first",)), (SAY, ())])
    with pytest.raises(CentralUnreachable, match="synchronous"):
        store.at_once((SAY, ()))
    with store.transaction():
        store.run(NOTE, ("second",))
    found = store.all("SELECT key FROM meta WHERE value = '' ORDER BY 1")
    assert found == [("first",), ("second",)]

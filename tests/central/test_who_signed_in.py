"""Who a server takes somebody for: a window by the role it signed in as, nobody else (rule 24)."""

from __future__ import annotations

from contextlib import closing

from tests import servers

WHO = "SELECT me(), my_epoch()"


def test_rule_24_me_is_who_signed_in() -> None:
    """Inside a function of the owner, too; and whatever role is put on afterwards."""
    database = servers.fresh_database()
    for window in (1, 2):
        with closing(servers.as_window(database, window)) as store:
            assert store.first(WHO) == (window, 1)
    with closing(servers.as_owner(database)) as owner:
        assert owner.first(WHO) == (None, None)
        owner.execute(f"SET ROLE {servers.SCHEMA}_w1")
        assert owner.first(WHO) == (None, None)

"""The attacks of `test_rights` are real: what refuses them is a right, a policy or a trigger."""

from __future__ import annotations

import peewee

from tests.central.test_rights import CHANGES, TOLD_NO, Scene, scene, sql

__all__ = ["scene"]


def test_an_owner_would_change_something_by_each_of_them(scene: Scene) -> None:
    """Without row security and grants, and where triggers do not mind."""
    before = scene.snapshot()
    in_vain = {what: why for what in CHANGES.keys() - set(TOLD_NO) if (why := vain(scene, what))}
    assert in_vain == {}
    assert scene.snapshot() == before


def vain(scene: Scene, what: str) -> str:
    """Why nobody at all would change anything by this attack; empty where somebody would."""
    owner = scene.central.store
    before = scene.snapshot()
    found = ""
    owner.execute("BEGIN")
    try:
        owner.execute("SET LOCAL session_replication_role = replica")
        for statement in sql(scene, CHANGES[what]).split("; "):
            owner.execute(statement)
        if scene.snapshot() == before:
            found = "it changes nothing"
    except peewee.IntegrityError as refused:
        # A trigger that is always on is a wall of ours; a constraint stops whatever is asked for.
        found = getattr(refused.__cause__.diag, "constraint_name", None) or ""
    finally:
        owner.execute("ROLLBACK")
    return found

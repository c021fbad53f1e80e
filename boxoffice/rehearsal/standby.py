"""Two scratch servers: one that windows write to, and one that has every commit before they do."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import closing
from pathlib import Path

from boxoffice.domain import scram
from boxoffice.records.postgres import connect
from boxoffice.rehearsal.server import (
    DATABASE,
    START_SECONDS,
    UNPRIVILEGED,
    ScratchServer,
)

REPLICATOR = "boxoffice_replicator"
STANDBY = "standby"
"""Name of the standby, and of the slot that keeps for it what it has not read yet."""


class Standby(ScratchServer):
    """A copy of a running server that follows it, until it is promoted."""

    def __init__(self, folder: Path, primary: ScratchServer) -> None:
        super().__init__(folder)
        self._primary = primary
        self.password = primary.password
        self.settings = {**primary.settings, "port": str(self.port)}

    def make(self) -> None:
        """Copy the server that it is to follow; `start` has it follow. Raises NoServer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        word = secrets.token_urlsafe(18)
        known = self.folder / "passwords"
        known.touch(mode=0o600)
        known.write_text(f"127.0.0.1:{self._primary.port}:*:{REPLICATOR}:{word}\n", "ascii")
        if os.geteuid() == 0:
            shutil.chown(self.folder, UNPRIVILEGED)
            shutil.chown(known, UNPRIVILEGED)
        with closing(connect(self._primary.address("public"))) as store:
            secret = scram.verifier(word)
            store.execute(f"CREATE ROLE {REPLICATOR} LOGIN REPLICATION PASSWORD '{secret}'")
            store.execute("SELECT pg_create_physical_replication_slot(?)", (STANDBY,))
        source = (
            f"host=127.0.0.1 port={self._primary.port} user={REPLICATOR} passfile={known} "
            f"application_name={STANDBY}"
        )
        self._run(
            *("pg_basebackup", "--no-sync", "-c", "fast", "-X", "stream", "-R"),
            *("-S", STANDBY, "-d", source, "-D", str(self.data)),
        )

    def promote(self) -> None:
        """Follow nobody any more: from now on this one is written to."""
        self._run("pg_ctl", "promote", "-w", "-t", str(START_SECONDS), "-D", str(self.data))


class StandbyPair:
    """A server whose every commit waits for its standby, and an address that finds either."""

    def __init__(self, folder: Path) -> None:
        self.primary = ScratchServer(folder / "primary")
        self.standby = Standby(folder / "standby", self.primary)

    def make(self) -> None:
        """Make both and start them; from now on nothing is committed that one of them has alone.

        Raises NoServer.
        """
        self.primary.make()
        self.standby.make()
        self.primary.stop()
        self.primary.settings["synchronous_standby_names"] = STANDBY
        self.primary.start()
        self.standby.start()

    def address_for(self, user: str = "") -> str:
        """Address of whichever of the two is written to now; `user` with its password if any."""
        hosts = ",".join(f"127.0.0.1:{each.port}" for each in (self.primary, self.standby))
        at = f"{user}@" if user else ""
        return f"postgresql://{at}{hosts}/{DATABASE}?target_session_attrs=read-write"

    def discard(self) -> None:
        """Stop both at once and delete their folders."""
        for each in (self.standby, self.primary):
            each.discard()

"""A PostgreSQL server of one's own in a scratch folder, for rehearsals and tests."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from boxoffice.errors import NoServer
from boxoffice.records.postgres import Address, connect

ADMIN = "boxoffice_admin"
DATABASE = "boxoffice"
UNPRIVILEGED = "nobody"
"""As whom the server runs where we are root: it refuses to run as root itself."""
START_SECONDS = 30


class ScratchServer:
    """A cluster that lives as long as its folder is wanted; started, killed and started again.

    Passwords by scram, on the loopback address and a port of its own. `durable` keeps fsync on;
    without it a commit survives a kill of the server, but not a power cut.
    """

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = _free_port()
        self.password = secrets.token_urlsafe(18)
        self.settings: dict[str, str] = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": "64MB",
            "idle_in_transaction_session_timeout": "20s",
            "log_min_messages": "fatal",
            "fsync": "on" if durable else "off",
            "full_page_writes": "on" if durable else "off",
        }

    @property
    def url(self) -> str:
        """Address of its database, with the administrator's password."""
        return f"postgresql://{ADMIN}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def address(self, schema: str = "boxoffice") -> Address:
        """The central records in it, as its administrator sees them."""
        return Address(self.url, schema)

    def make(self) -> None:
        """Make the cluster and its database, and start it. Raises NoServer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        secret = self.folder / "secret"
        secret.write_text(self.password, encoding="ascii")
        if os.geteuid() == 0:
            shutil.chown(self.folder, UNPRIVILEGED)
            shutil.chown(secret, UNPRIVILEGED)
        self._run(
            *("initdb", "--no-sync", "-E", "UTF8", "--locale=C", "-A", "scram-sha-256"),
            *("-U", ADMIN, f"--pwfile={secret}", "-D", str(self.data)),
        )
        secret.unlink()
        self.start()
        # createdb is a client program of another package; the server's own tool does as well.
        self._single(f"CREATE DATABASE {DATABASE}")

    def start(self, more: Mapping[str, str] | None = None) -> None:
        """Start it, and wait until it answers; `more` settings go before its own."""
        options = " ".join(f"-c {k}='{v}'" for k, v in {**self.settings, **(more or {})}.items())
        self._run(
            *("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-D", str(self.data)),
            *("-l", str(self.folder / "log"), "-o", options),
        )

    def stop(self) -> None:
        """Stop it in good order."""
        self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def kill(self) -> None:
        """kill -9 to the server and all its processes."""
        pid = int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children")
        others = [int(p) for p in children.read_text(encoding="ascii").split()]
        for each in (pid, *others):
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue  # it ended with its parent
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    @property
    def running(self) -> bool:
        """Whether it runs now."""
        return self._ask("pg_ctl", "status", "-D", str(self.data)).returncode == 0

    def discard(self) -> None:
        """Stop it at once and delete its folder."""
        if self.data.exists() and self.running:
            self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.data))
        shutil.rmtree(self.folder, ignore_errors=True)

    def _single(self, statement: str) -> None:
        store = connect(Address(self.url.rsplit("/", 1)[0] + "/postgres", "public"))
        try:
            store.execute(statement)
        finally:
            store.close()

    def _run(self, *command: str) -> None:
        done = self._ask(*command)
        if done.returncode:
            why = (done.stderr or done.stdout).strip().splitlines()
            raise NoServer(why=why[-1] if why else command[0])

    def _ask(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command: Sequence[str] = (_program(program), *arguments)
        if os.geteuid() == 0:
            command = (
                *("setpriv", f"--reuid={UNPRIVILEGED}", "--regid=nogroup", "--clear-groups"),
                *command,
            )
        # A server that is started keeps what it inherits: no pipe of ours may wait for its end.
        with (self.folder / "said").open("w+", encoding="utf-8") as said:
            code = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False
            ).returncode
            said.seek(0)
            return subprocess.CompletedProcess(command, code, said.read(), "")


def _program(name: str) -> str:
    """Where a server program lies: Debian keeps them by version, away from PATH."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: int(path.parts[4]) if path.parts[4].isdigit() else 0,
    )
    found = str(versions[-1]) if versions else shutil.which(name)
    if found is None:
        raise NoServer(why=f"{name} is not installed (Debian: postgresql)")
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""A rehearsal from its seed to its report: scratch schema, windows, faults, proof."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Collection, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from boxoffice.records.postgres import Address
from boxoffice.rehearsal import money, report, scratch, stage, window
from boxoffice.rehearsal import plan as plans
from boxoffice.rehearsal.acts import Acts
from boxoffice.rehearsal.companies import BookOf, Companies
from boxoffice.rehearsal.director import Director, Stuck
from boxoffice.rehearsal.lines import Lines
from boxoffice.rehearsal.money import Comparison
from boxoffice.rehearsal.plan import Fault, Plan, Want
from boxoffice.rehearsal.report import Report
from boxoffice.rehearsal.server import ScratchServer
from boxoffice.rehearsal.stage import Doors, Pattern, Stage
from boxoffice.rehearsal.venue_clock import Board
from boxoffice.verify.proof import Proof, prove

MORNING = 9.0
"""At what hour a rehearsal begins."""
POSTGRES_PORT = 5432


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Where rehearsals run; several seeds one after the other."""

    doors: Doors
    folder: Path
    pattern: Pattern
    url: str
    """Central, as who may make schemas and roles."""
    server: ScratchServer | None

    def run(self, seed: int, windows: int, customers: int, faults: Collection[Fault]) -> Report:
        """Rehearse once. Leaves nothing at central but for a killed process."""
        folder = self.folder / f"seed-{seed}"
        folder.mkdir()
        set_up = Stage(self.pattern, self.url, scratch.schema_name(), folder)
        drawn = plans.draw(seed, windows, customers, faults)
        with ExitStack() as ending:
            ending.callback(shutil.rmtree, folder, ignore_errors=True)
            owner = set_up.owner()
            ending.callback(self._clear, set_up)
            ending.callback(owner.close)
            scratch.claim(owner, set_up.schema)
            passwords = set_up.found(windows)
            board = Board(windows)
            board.set_time(stage.at(self.pattern.day, MORNING))
            companies = ending.enter_context(closing(Companies(board, windows)))
            return self._perform(drawn, set_up, passwords, board, companies)

    def _clear(self, set_up: Stage) -> None:
        with closing(set_up.owner()) as owner:
            scratch.remove(owner, set_up.schema)

    def _perform(
        self,
        drawn: Plan,
        set_up: Stage,
        passwords: list[str],
        board: Board,
        companies: Companies,
    ) -> Report:
        parts = urlsplit(self.url)
        lines = Lines(drawn.windows, parts.hostname or "127.0.0.1", parts.port or POSTGRES_PORT)
        day = self.pattern.day

        def address(number: int) -> str:
            return stage.line_url(self.url, lines.ports[number - 1])

        def turn(part: int) -> None:
            board.set_time(stage.at(day, drawn.phases[part][1].at_hour))
            set_up.allot(drawn.allotted[part], drawn.windows)

        posts = [
            window.Post(
                doors=self.doors,
                home=set_up.window_home(number, address(number), password),
                number=number,
                plan=drawn,
                board=board,
                folder=set_up.folder,
                boss=os.getpid(),
                gateways=companies.gateways(number),
            )
            for number, password in enumerate(passwords, start=1)
        ]
        director = Director(
            plan=drawn,
            posts=posts,
            board=board,
            lines=lines,
            turn=turn,
            stage=set_up,
            address=address,
            companies=companies,
            server=self.server,
        )
        trouble, begun = "", time.monotonic()
        lines.start()
        try:
            director.run()
            seconds = time.monotonic() - begun
            set_up.free_ended()
            director.all_do(window.finish)
            director.all_do(window.catch_up)
        except Stuck as why:
            seconds, trouble = time.monotonic() - begun, str(why)
        finally:
            director.end()
            lines.stop()
        acts = Acts.read(post.log for post in posts)
        proof, compared = Proof({}, ()), list[Comparison]()
        if not trouble:
            proof, compared = self._prove(posts, set_up.schema, acts, companies.books())
        return Report(
            seed=drawn.seed,
            windows=drawn.windows,
            seconds=seconds,
            customers=sum(c.want is not Want.CLOSE for queue in drawn.queues for c in queue),
            acts=acts,
            faults=director.struck,
            proof=proof,
            money=compared,
            trouble=trouble,
        )

    def _prove(
        self,
        posts: list[window.Post],
        schema: str,
        acts: Acts,
        books: Mapping[str, BookOf],
    ) -> tuple[Proof, list[Comparison]]:
        homes = [post.home for post in posts]
        central = Address(self.url, schema)
        with self.doors.open_sides(*homes, central=central) as sides:
            proof = prove(sides)
            told = (*report.acknowledged(acts, sides.central.store), *report.finished(sides))
            compared, unexplained = money.compare(books, sides)
        checked = {**proof.checked, "acknowledged": len(acts.lines)}
        return Proof(checked, (*proof.broken, *told, *unexplained)), compared

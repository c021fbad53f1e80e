"""`main.py central allot`: what windows are to hold ahead of time, and how far it would reach."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace

from boxoffice.central import allotting
from boxoffice.central.allotting import Plan
from boxoffice.commands import add_home, add_json, complain, home_of, say, say_json, set_clock
from boxoffice.queries import reach
from boxoffice.records.store import Store
from boxoffice.services.setup.central_home import open_central
from boxoffice.services.supervising import planning
from boxoffice.services.supervising.planning import Met, Why
from boxoffice.settings import HomeKind

HELP = "plan what windows hold ahead of time, for when the network is away"
COUNTS = {
    "pairs": "unbroken groups of two seats",
    "threes": "unbroken groups of three seats",
    "fours": "unbroken groups of four seats",
    "places": "places without numbers",
    "orders": "orders expected at this window's pickup desk",
}
LONGEST = 1000
"""Hours that a report reckons with at most."""
WORDS = {
    Why.FENCED: "it is fenced and gets nothing",
    Why.AWAITED: "central was restored and gives nothing out before all windows have reported",
    Why.NEVER: "it has not started yet",
    Why.SILENT: "it is off line",
    Why.NO_SHIFT: "no shift is open there; it takes them when one is",
    Why.GONE: "no more of them are free",
    Why.COMING: "it takes them by and by, as far as they are to be had",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add_home(parser)
    add_json(parser)
    parser.add_argument(
        "window",
        nargs="?",
        metavar="WINDOW",
        help="its name or number; without one: show the plan",
    )
    parser.add_argument("--session", metavar="CODE", help="session the plan is for")
    parser.add_argument(
        "--category", default="", metavar="LEVEL", help="level of the seats, for groups of seats"
    )
    for name, words in COUNTS.items():
        parser.add_argument(f"--{name}", metavar="N", help=f"{words}; what is not named stays")
    parser.add_argument(
        "--report",
        action="store_true",
        help="the largest party each window could still serve after --hours cut off",
    )
    parser.add_argument("--hours", default="4", metavar="N", help="for --report; else 4")


def run(args: argparse.Namespace) -> int:
    """Change a row of the plan, or show the plan or the report."""
    given, hours = _given(args), _hours(args.hours)
    if given is None or hours is None or not _fits(args, given):
        return 2
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    with open_central(home) as central:
        if args.report:
            _tell(args, reach.report(central.store, hours))
            return 0
        gone = None
        if args.window:
            with central.unit() as unit:
                wanted = Plan(args.window, args.session, args.category)
                changed = _changed(unit.store, wanted, given)
                planning.require_sensible(unit.store, changed)
                allotting.set_plan(unit, changed)
            gone = None if changed.groups or changed.places or changed.orders else changed
        rows = planning.met(central.store)
    if gone is not None and not args.json:
        say(f"{_head(gone)}: nothing any more")
    elif not rows and not args.json:
        say("nothing is allotted for today or later")
    _show(args, rows)
    return 0


def _given(args: argparse.Namespace) -> dict[str, int] | None:
    """The numbers that were named; None, with a sentence, where one is none."""
    found = {}
    for name in COUNTS:
        text = getattr(args, name)
        if text is None:
            continue
        if not (text.isascii() and text.isdigit()):
            complain(f"--{name} wants a whole number from 0, not {text}.")
            return None
        found[name] = int(text)
    return found


def _hours(text: str) -> float | None:
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if 0 <= hours <= LONGEST:  # what is no number at all is not between them
        return hours
    complain(f"--hours wants a number from 0 to {LONGEST}, not {text}.")
    return None


def _fits(args: argparse.Namespace, given: dict[str, int]) -> bool:
    """Whether the arguments go together; says why not."""
    named = " ".join(f"--{name}" for name in COUNTS)
    if args.report and (args.window or args.session or args.category or given):
        complain("--report is about all windows: it goes with --hours only.")
    elif args.window and not (args.session and given):
        complain(f"A WINDOW wants --session CODE and at least one of {named}.")
    elif not args.window and (args.session or args.category or given):
        complain("For which WINDOW? Name it first: main.py central allot WINDOW ….")
    else:
        return True
    return False


def _changed(store: Store, wanted: Plan, given: dict[str, int]) -> Plan:
    """The row as it stands, with what was named on the command line."""
    now = allotting.standing(store, wanted)
    groups = {name: given[name] for name in ("pairs", "threes", "fours") if name in given}
    return replace(
        now,
        groups=replace(now.groups, **groups) if groups else now.groups,
        places=given.get("places", now.places),
        orders=given.get("orders", now.orders),
    )


def _show(args: argparse.Namespace, rows: Sequence[Met]) -> None:
    if args.json:
        say_json(
            [
                {
                    **asdict(row.plan),
                    "held": row.held,
                    "held_orders": row.held_orders,
                    "why": row.why,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        say(_line(row))


def _head(plan: Plan) -> str:
    return f"window {plan.window}, {plan.session} {plan.category}".rstrip()


def _line(row: Met) -> str:
    plan = row.plan
    asked = {**asdict(plan.groups), "places": plan.places, "orders": plan.orders}
    parts = ", ".join(f"{name} {count}" for name, count in asked.items() if count)
    holds = []
    if row.wanted:
        holds.append(f"{row.held} of {row.wanted} {'places' if plan.places else 'seats'}")
    if plan.orders:
        holds.append(f"{row.held_orders} of {plan.orders} orders")
    why = f": {WORDS[row.why]}" if row.why is not None else ""
    return f"{_head(plan)}: {parts}; holds {', '.join(holds)}{why}"


def _tell(args: argparse.Namespace, rows: Sequence[reach.Reach]) -> None:
    if args.json:
        say_json([asdict(row) for row in rows])
        return
    for row in rows:
        note = ", usual figures" if row.assumed else ""
        head = f"window {row.window}, {row.session} {row.category}".rstrip()
        say(
            f"{head}: holds {row.holds}, largest party {row.largest_now} now, "
            f"{row.largest_after} after {row.parties} parties{note}"
        )
    if not rows:
        say("no window holds anything ahead of time")

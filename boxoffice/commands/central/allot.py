"""`main.py central allot`: what windows are to hold ahead of time, and how far it would reach."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace

from boxoffice import clock
from boxoffice.central import allotting
from boxoffice.central.allotting import Plan
from boxoffice.commands import add_home, add_json, home_of, say, say_json
from boxoffice.domain.allotting import Groups
from boxoffice.queries import reach
from boxoffice.records.store import Store
from boxoffice.services.setup.central_home import open_central

HELP = "plan what windows hold ahead of time, for when the network is away"
COUNTS = ("pairs", "threes", "fours", "places", "orders")


def add(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add_home(parser)
    add_json(parser)
    parser.add_argument(
        "window", nargs="?", metavar="WINDOW", help="name of the window; without one: show the plan"
    )
    parser.add_argument("--session", metavar="CODE", help="session the plan is for")
    parser.add_argument(
        "--category", default="", metavar="LEVEL", help="level of the seats, for groups of seats"
    )
    for name, words in (
        ("pairs", "unbroken groups of two seats"),
        ("threes", "unbroken groups of three seats"),
        ("fours", "unbroken groups of four seats"),
        ("places", "places without numbers"),
        ("orders", "orders expected at this window's pickup desk"),
    ):
        parser.add_argument(
            f"--{name}", type=_count, metavar="N", help=f"{words}; what is not named stays"
        )
    parser.add_argument(
        "--report",
        action="store_true",
        help="the largest party each window could still serve after --hours cut off",
    )
    parser.add_argument("--hours", type=float, default=4.0, metavar="N", help="for --report")
    parser.set_defaults(usage=parser.error)


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise ValueError(text)
    return count


def run(args: argparse.Namespace) -> int:
    """Change a row of the plan, or show the plan or the report."""
    given = {name: getattr(args, name) for name in COUNTS if getattr(args, name) is not None}
    if args.window and not (args.session and given):
        args.usage("WINDOW wants --session and at least one of --pairs … --orders")
    if given and not args.window:
        args.usage("which WINDOW?")
    with open_central(home_of(args)) as central:
        if args.report:
            _show(args, reach.report(central.store, args.hours))
            return 0
        if args.window:
            with central.unit() as unit:
                wanted = Plan(args.window, args.session, args.category)
                allotting.set_plan(unit, _changed(unit.store, wanted, given))
        today = clock.business_day(clock.now()).isoformat()
        _show(args, allotting.plans(central.store, today))
    return 0


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


def _show(args: argparse.Namespace, rows: list[Plan] | list[reach.Reach]) -> None:
    if args.json:
        say_json([asdict(row) for row in rows])
        return
    for row in rows:
        say(_line(row) if isinstance(row, Plan) else _reach(row))
    if not rows:
        say("nothing is allotted" if not args.report else "no window holds anything ahead of time")


def _line(plan: Plan) -> str:
    groups: Groups = plan.groups
    parts = [
        f"{name} {count}"
        for count, name in (
            (groups.pairs, "pairs"),
            (groups.threes, "threes"),
            (groups.fours, "fours"),
            (plan.places, "places"),
            (plan.orders, "orders"),
        )
        if count
    ]
    return (
        f"window {plan.window}, {plan.session} {plan.category}".rstrip() + ": " + ", ".join(parts)
    )


def _reach(row: reach.Reach) -> str:
    head = f"window {row.window}, {row.session} {row.category}".rstrip()
    note = ", usual figures" if row.assumed else ""
    return (
        f"{head}: holds {row.holds}, largest party {row.largest_now} now, {row.largest_after} "
        f"after {row.parties} parties{note}"
    )

"""`main.py central free`: puts what an ended epoch held back on sale."""

from __future__ import annotations

import argparse

from boxoffice.commands import home_of, say, say_json, set_clock
from boxoffice.commands.central import signed
from boxoffice.commands.central.fence import add_window
from boxoffice.services.supervising import signing, supervision
from boxoffice.settings import HomeKind

HELP = "put seats, places and orders of a fenced window back on sale: all of them, or seats by name"


def add(parser: argparse.ArgumentParser) -> None:
    add_window(parser)
    signed.add_reason(parser)
    parser.add_argument(
        "--approver",
        default="",
        metavar="NUMBER",
        help="the second person, who accepts that paper may exist and signs with a PIN, too; not "
        "needed once the recovered disk was received",
    )
    parser.add_argument("--epoch", type=int, metavar="N", help="else the last that has ended")
    parser.add_argument(
        "--seat",
        action="append",
        default=[],
        metavar="SESSION:BLOCK-ROW-NUMBER",
        help="only this seat; may be named several times",
    )


def run(args: argparse.Namespace) -> int:
    """Free it."""
    home = home_of(args, HomeKind.CENTRAL)
    set_clock(home, None)
    with supervision.open_central_of(home) as central:
        signatures = signed.read(args)
        if signatures is None:
            return 2
        signing.sign(home, central, signatures)
        window, epoch, freed = supervision.free_held(
            central,
            args.window,
            operator=args.operator,
            reason=args.reason,
            approver=args.approver,
            epoch=args.epoch,
            seats=args.seat,
        )
    if args.json:
        say_json(
            {
                "window": window,
                "epoch": epoch,
                "seats": freed.seats,
                "places": freed.places,
                "orders": freed.orders,
                "documents": freed.claims,
            }
        )
        return 0
    say(
        f"back on sale from window {window}, epoch {epoch}: {freed.seats} seats, "
        f"{freed.places} places, {freed.orders} orders"
    )
    if args.approver and (freed.seats or freed.places):
        say("codes of that epoch for them are dead: give the gates main.py keys --json again")
    return 0

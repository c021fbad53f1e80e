"""`main.py invoices`: requests for tax invoices out to the invoice platform, its answers in."""

from __future__ import annotations

import argparse
from pathlib import Path

from boxoffice import bootstrap, clock
from boxoffice.commands import add_home, add_json, complain, home_of, say, say_json, set_clock
from boxoffice.domain.money import format_yuan
from boxoffice.domain.statuses import InvoiceStatus
from boxoffice.errors import BadFile, DiskTrouble, NoInvoiceFile
from boxoffice.queries import invoices
from boxoffice.queries.invoices import RED, Listed
from boxoffice.services.aftersales import invoice_filing
from boxoffice.services.aftersales.invoice_filing import TakenIn
from boxoffice.services.aftersales.invoice_hands import Hands

NAME = "invoices"
HELP = "tax invoices: requests out to the invoice platform, its answers in, and where each stands"


def add(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    out = acts.add_parser("export", help="write all that is wanted into one file, red ones too")
    out.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="folder the platform reads"
    )
    out.add_argument("--again", metavar="FILE", help="write that file once more, by its name")
    back = acts.add_parser("import", help="take in what became of them")
    back.add_argument("files", type=Path, nargs="+", metavar="FILE", help="CSV of the platform")
    listed = acts.add_parser("list", help="every one, the oldest first")
    listed.add_argument(
        "--status", choices=[one.value for one in InvoiceStatus], help="only those that stand there"
    )
    for one in (out, back, listed):
        add_home(one)
        add_json(one)


def run(args: argparse.Namespace) -> int:
    """0, or 1 where orders were left out that cannot be changed now."""
    home = home_of(args)
    set_clock(home, None)
    with bootstrap.open_filing(home) as hands:
        if args.act == "export":
            return _export(hands, args)
        if args.act == "import":
            return _import(hands, args)
        return _list(hands, args)


def _export(hands: Hands, args: argparse.Namespace) -> int:
    try:
        args.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskTrouble(file=str(args.out), why=error.strerror or "") from error
    if args.again is not None:
        return _write_again(hands, args)
    filed = invoice_filing.file_all(hands=hands, folder=args.out)
    names = [*filed.again, *([filed.batch] if filed.requests else [])]
    if args.json:
        say_json(
            {
                "files": [f"{name}.csv" for name in names],
                "requests": filed.requests,
                "left_out": filed.left_out,
            }
        )
    else:
        for name in filed.again:
            say(f"{name}.csv: made before, written now")
        if filed.requests:
            say(f"{filed.batch}.csv: {filed.requests} requests")
        if not names:
            say("no tax invoice waits")
    return _left(filed.left_out)


def _write_again(hands: Hands, args: argparse.Namespace) -> int:
    batch = args.again.removesuffix(".csv")
    try:
        path = invoice_filing.write_again(hands=hands, batch=batch, folder=args.out)
    except LookupError:
        raise NoInvoiceFile(file=args.again) from None
    if args.json:
        say_json({"files": [path.name], "requests": 0, "left_out": 0})
    else:
        say(f"{path.name}: written again")
    return 0


def _import(hands: Hands, args: argparse.Namespace) -> int:
    made = []
    for path in args.files:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise BadFile(file=path.name, why=error.strerror or "") from error
        came = invoice_filing.take_in(hands=hands, raw=raw, name=path.name)
        made.append((path.name, came))
        if not args.json:
            say(f"{path.name}: {_said(came)}")
    if args.json:
        say_json({"files": [{"file": name, **_counts(came)} for name, came in made]})
    return _left(sum(came.left_out for _, came in made))


def _counts(came: TakenIn) -> dict[str, int]:
    return {
        "issued": came.issued,
        "refused": came.refused,
        "known": came.known,
        "left_out": came.left_out,
    }


def _said(came: TakenIn) -> str:
    return (
        f"{came.issued} issued, {came.refused} refused, {came.known} known already, "
        f"{came.left_out} left out"
    )


def _left(count: int) -> int:
    if count:
        complain(
            f"{count} orders cannot be changed now: their money is on its way, or another window "
            "has them in hand. They come with the next time."
        )
    return 1 if count else 0


def _list(hands: Hands, args: argparse.Namespace) -> int:
    status = None if args.status is None else InvoiceStatus(args.status)
    found: list[Listed] = hands.read(lambda store: invoices.listed(store, hands.seal, status))
    if args.json:
        say_json({"invoices": [_row(one) for one in found]})
        return 0
    for one in found:
        about = one.invoice
        parts = (
            f"{clock.venue(about.at):%Y-%m-%d %H:%M}",
            f"{one.order:<12}",
            f"{about.kind:<4}",
            f"{format_yuan(_signed(one)):>12}",
            f"{about.status.value:<8}",
            about.number or about.reason or one.batch,
        )
        say("  ".join(parts).rstrip())
    if not found:
        say("no tax invoice")
    return 0


def _signed(one: Listed) -> int:
    fen = one.invoice.amount_fen
    return -fen if one.invoice.kind == RED else fen


def _row(one: Listed) -> dict[str, object]:
    """Without title and addresses: a list goes into mails and tickets."""
    about = one.invoice
    return {
        "request": about.id,
        "order": one.order,
        "kind": about.kind,
        "fen": _signed(one),
        "status": about.status.value,
        "file": f"{one.batch}.csv" if one.batch else "",
        "number": about.number,
        "issued_on": about.issued_on,
        "reason": about.reason,
        "asked_at": clock.to_text(about.at),
    }

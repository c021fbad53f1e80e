"""`main.py rain`: play recorded, what a session brings decided, tried dry, paid back, listed."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from boxoffice import bootstrap, clock
from boxoffice.commands import (
    add_home,
    add_json,
    complain,
    home_of,
    rain_told,
    read_time,
    say_json,
    set_clock,
)
from boxoffice.commands.central.signed import pin_of
from boxoffice.desk import Desk
from boxoffice.domain.play import PlayKind
from boxoffice.domain.rain import Outcome
from boxoffice.domain.refunding import ReturnKind
from boxoffice.errors import NoSession, NothingToPay, NotOnCourt, SamePerson
from boxoffice.queries import play as ledgers
from boxoffice.queries import rain_day, rain_runs
from boxoffice.services.aftersales import come_list, dry_run, play, rain, rain_run
from boxoffice.services.office import Office
from boxoffice.services.staff import approvals, operators, shifts
from boxoffice.services.supervising import match_files

NAME = "rain"
HELP = (
    "sessions that rain broke off, that were cancelled or moved: record what was played, ask the "
    "rules, decide, try dry, pay back, and list who must come in person"
)
KINDS = (ReturnKind.RAIN, ReturnKind.CANCELLED, ReturnKind.MOVED)

MOST_MINUTES = 9999
"""Of one match: a week without a break is more than any."""

Answer = dict[str, Any]


def add(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True)
    record = verbs.add_parser("record", help="what happened on a court, or a match")
    record.add_argument("kind", choices=[kind.value for kind in PlayKind])
    _session(record)
    record.add_argument("--court", metavar="CODE", help="needed where there are several")
    record.add_argument("--at", dest="moment", metavar="TIME", help="when; else now")
    record.add_argument("--match", default="", metavar="NAME", help="of a match")
    record.add_argument("--from", dest="began", metavar="TIME", help="when a match began")
    record.add_argument("--to", dest="ended", metavar="TIME", help="when a match ended")
    record.add_argument("--minutes", type=_minutes, metavar="N", help="played, without breaks")
    record.add_argument("--completed", action="store_true", help="the match was played to its end")
    record.add_argument("--replaces", metavar="ENTRY", help="id of the entry this one corrects")
    record.add_argument("--withdrawn", action="store_true", help="only take that entry away")
    record.add_argument("--reason", default="", metavar="TEXT", help="why it is corrected")
    files = verbs.add_parser("import", help="records of matches from files")
    files.add_argument("files", nargs="+", type=Path, metavar="FILE")
    show = verbs.add_parser("show", help="the play ledger of a session")
    rules = verbs.add_parser("rules", help="what the rules answer now; 1 while that may change")
    decide = verbs.add_parser("decide", help="by the rules, or otherwise by two people")
    dry = verbs.add_parser("dry-run", help="what a run would pay; nothing is done")
    run = verbs.add_parser("run", help="pay back, or go on; 1 while something is left")
    listed = verbs.add_parser("list", help="who must come in person")
    for one in (show, rules, decide, dry, run, listed):
        _session(one)
    decide.add_argument("--kind", choices=KINDS, default=ReturnKind.RAIN, help="why")
    decide.add_argument("--outcome", choices=list(Outcome), help="else what the rules answer")
    decide.add_argument("--reason", default="", metavar="TEXT", help="kept; needed with --outcome")
    listed.add_argument("--out", type=_list_file, metavar="FILE", help="as .xlsx or .pdf")
    for one in (decide, run):
        one.add_argument("--approver", default="", metavar="NUMBER", help="the second person")
    for one in (record, files, show, rules, decide, dry, run, listed):
        one.add_argument(
            "--operator", required=True, metavar="NUMBER",
            help="a supervisor or administrator; PINs are asked for, or read from standard input",
        )  # fmt: skip
        add_home(one)
        add_json(one)


def _session(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("session", metavar="SESSION", help="code of the session")


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= MOST_MINUTES):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 0 to {MOST_MINUTES}")
    return int(text)


def _list_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (".xlsx", ".pdf"):
        raise argparse.ArgumentTypeError(f"{text} is neither .xlsx nor .pdf")
    return path


def run(args: argparse.Namespace) -> int:
    """0 where it was done, 1 where something is left or still open."""
    if args.verb == "record" and args.kind == PlayKind.MATCH and not _names_match(args):
        complain("A match needs its name. Give it with --match NAME.")
        return 1
    pins = _pins(args)
    if pins is None:
        return 1
    home = home_of(args)
    set_clock(home, None)
    with bootstrap.open_office(home) as office:
        bootstrap.recover(office)
        person = operators.sign_in(office=office, number=args.operator, pin=pins[0])
        desk = shifts.desk_for(office=office, operator=person)
        approver = None if len(pins) == 1 else (args.approver, pins[1])
        status, answer = _VERBS[args.verb](office, desk, args, approver)
    if args.json:
        say_json(answer)
    else:
        rain_told.tell(args.verb, answer)
    return status


def _names_match(args: argparse.Namespace) -> bool:
    # An entry that is only taken away is known by its id.
    return bool(args.match.strip() or args.withdrawn)


def _pins(args: argparse.Namespace) -> list[str] | None:
    numbers = [args.operator] + ([args.approver] if getattr(args, "approver", "") else [])
    if len(set(numbers)) < len(numbers):
        raise SamePerson()
    found = []
    for number in numbers:
        pin = pin_of(number)
        if not pin:
            return None
        found.append(pin)
    return found


Approver = tuple[str, str] | None


def _approval(office: Office, desk: Desk, who: Approver, act: str) -> approvals.Approval | None:
    if who is None:
        return None
    number, pin = who
    return approvals.approve(office=office, desk=desk, number=number, pin=pin, act=act)


def _id(office: Office, args: argparse.Namespace) -> int:
    found = office.read(lambda store: rain_day.session_of(store, args.session))
    if found is None:
        raise NoSession(session=args.session)
    return found


# --- the verbs


def _record(
    office: Office, desk: Desk, args: argparse.Namespace, _who: Approver
) -> tuple[int, Answer]:
    session = _id(office, args)
    seen = office.read(lambda store: ledgers.ledger(store, session, clock.now()))
    courts = {code: court for court, code, _ in seen.courts}
    wanted = args.court or (next(iter(courts)) if len(courts) == 1 else "")
    if wanted not in courts:
        raise NotOnCourt(session=args.session, courts=", ".join(courts))
    ledger = play.enter(
        office=office,
        desk=desk,
        session_id=session,
        court_id=courts[wanted],
        kind=PlayKind(args.kind),
        at=read_time(args.moment) if args.moment else None,
        match=args.match,
        started_at=read_time(args.began) if args.began else None,
        ended_at=read_time(args.ended) if args.ended else None,
        minutes=args.minutes,
        completed=args.completed,
        replaces=args.replaces,
        withdrawn=args.withdrawn,
        reason=args.reason,
    )
    return 0, rain_told.of_ledger(ledger)


def _import(
    office: Office, desk: Desk, args: argparse.Namespace, _who: Approver
) -> tuple[int, Answer]:
    reports = match_files.take_in(office=office, desk=desk, paths=args.files)
    return int(any(report.refused for report in reports)), rain_told.of_reports(reports)


def _show(
    office: Office, _desk: Desk, args: argparse.Namespace, _who: Approver
) -> tuple[int, Answer]:
    session = _id(office, args)
    ledger = office.read(lambda store: ledgers.ledger(store, session, clock.now()))
    return 0, rain_told.of_ledger(ledger)


def _rules(
    office: Office, desk: Desk, args: argparse.Namespace, _who: Approver
) -> tuple[int, Answer]:
    found = rain.judge(office=office, desk=desk, session_id=_id(office, args))
    answer = {"session": args.session, "why_not_final": found.why_not_final, **found.facts()}
    return int(bool(found.why_not_final)), answer


def _decide(
    office: Office, desk: Desk, args: argparse.Namespace, who: Approver
) -> tuple[int, Answer]:
    found = rain.decide(
        office=office,
        desk=desk,
        session_id=_id(office, args),
        kind=ReturnKind(args.kind),
        outcome=None if args.outcome is None else Outcome(args.outcome),
        reason=args.reason,
        approval=_approval(office, desk, who, rain.DECIDE),
    )
    return 0, {
        "session": args.session,
        "decision": found.id,
        "kind": found.kind,
        "outcomes": sorted(found.outcomes),
        "by_rules": not found.outcome,
    }


def _dry_run(
    office: Office, desk: Desk, args: argparse.Namespace, _who: Approver
) -> tuple[int, Answer]:
    found = dry_run.dry_run(office=office, desk=desk, session_id=_id(office, args))
    return 0, {"session": args.session, **rain_told.of_dry_run(found)}


def _run(office: Office, desk: Desk, args: argparse.Namespace, who: Approver) -> tuple[int, Answer]:
    session = _id(office, args)
    approval = _approval(office, desk, who, rain_run.RUN)
    run_id = rain_run.start(office=office, desk=desk, session_id=session, approval=approval)
    progress: Callable[[rain_runs.RunState], object] = rain_told.step
    if args.json:
        progress = lambda _state: None  # noqa: E731
    state = rain_run.go(office=office, desk=desk, run_id=run_id, progress=progress)
    if state.open:
        complain(
            f"{state.left} orders are left: they are in hand elsewhere or money for them is under "
            "way. Run it again later."
        )
    return int(state.open), {"session": args.session, **rain_told.of_run(state)}


def _list(
    office: Office, desk: Desk, args: argparse.Namespace, _who: Approver
) -> tuple[int, Answer]:
    session = _id(office, args)
    people = office.read(lambda store: rain_runs.to_collect(store, session_id=session))
    before_run = office.read(lambda store: rain_day.run_of(store, session)) is None
    if before_run:
        try:
            found = dry_run.dry_run(office=office, desk=desk, session_id=session)
            people = [one for one in found.in_person if one.amount_fen]
        except NothingToPay:
            people = []
    if args.out is not None:
        come_list.save(office=office, desk=desk, people=people, session=args.session, path=args.out)
    return 0, {
        "session": args.session,
        "owed": not before_run,
        "fen": sum(one.amount_fen for one in people),
        "people": rain_told.of_people(people),
    }


_VERBS: dict[str, Callable[[Office, Desk, argparse.Namespace, Approver], tuple[int, Answer]]] = {
    "record": _record,
    "import": _import,
    "show": _show,
    "rules": _rules,
    "decide": _decide,
    "dry-run": _dry_run,
    "run": _run,
    "list": _list,
}

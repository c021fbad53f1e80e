"""What `main.py rain` answers: as JSON, and as lines for people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from boxoffice.commands import say
from boxoffice.domain.money import format_yuan
from boxoffice.queries.play import Ledger
from boxoffice.queries.rain_runs import InPerson, RunState
from boxoffice.sentences.words import in_words
from boxoffice.services.aftersales.dry_run import DryRun
from boxoffice.services.programme.catalogue import FileReport

Answer = dict[str, Any]
_MINUTE = 60


def of_ledger(ledger: Ledger) -> Answer:
    """How each court stands, and the entries that count."""
    return {
        "session": ledger.session,
        "courts": [
            {
                "court": code,
                "state": found.state.value,
                "matches_completed": found.matches_completed,
                "played_seconds": found.played_seconds,
                "elapsed_seconds": found.elapsed_seconds,
                "started_at": _text(found.started_at),
                "ended_at": _text(found.ended_at),
            }
            for _, code, found in ledger.courts
        ],
        "entries": [
            {
                "id": entry.id,
                "court": entry.court,
                "kind": entry.kind.value,
                "at": _text(entry.at),
                "match": entry.match,
                "started_at": _text(entry.started_at),
                "ended_at": _text(entry.ended_at),
                "minutes": entry.minutes,
                "completed": entry.completed,
            }
            for entry in ledger.entries
        ],
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def of_reports(reports: Sequence[FileReport]) -> Answer:
    """What became of each file."""
    return {
        "files": [
            {
                "file": report.name,
                "added": report.added,
                "changed": report.changed,
                "unchanged": report.unchanged,
                "trouble": str(report.trouble),
                "errors": [
                    {"line": one.line, "column": one.column, "value": str(one.value),
                     "expected": str(one.expected)}
                    for one in report.errors
                ],
            }
            for report in reports
        ]
    }  # fmt: skip


def of_dry_run(found: DryRun) -> Answer:
    """What a run would do."""
    return {
        "orders": found.orders,
        "tickets": found.tickets,
        "fen": found.amount_fen,
        "outcomes": {
            name or "undecided": {"tickets": tickets, "fen": fen}
            for name, (tickets, fen) in found.outcomes.items()
        },
        "tenders": found.tenders,
        "balance_needed": found.balance_needed,
        "busy": found.busy,
        "part_paid": found.part_paid,
        "in_person": of_people([one for one in found.in_person if one.amount_fen]),
    }


def of_run(state: RunState) -> Answer:
    """How far a run is."""
    return {
        "run": state.id,
        "open": state.open,
        "orders": state.orders,
        "tickets": state.tickets,
        "fen": state.amount_fen,
        "left": state.left,
        "skipped": [
            {"order": number, "state": how, "why": why} for number, how, why in state.skipped
        ],
    }


def of_people(people: Sequence[InPerson]) -> list[Answer]:
    """Who must come; names masked."""
    return [
        {
            "order": one.number,
            "buyer": one.buyer,
            "tender": one.tender,
            "fen": one.amount_fen,
            "why": one.why,
            "has_phone": one.reachable,
        }
        for one in people
    ]


# --- for people


def step(state: RunState) -> None:
    """A line after each batch."""
    say(
        f"{state.orders:,} orders, {state.tickets:,} tickets, "
        f"{format_yuan(state.amount_fen)} paid back; {state.left:,} orders left"
    )


def tell(verb: str, answer: Answer) -> None:
    """The answer of a verb as lines."""
    {
        "record": _ledger,
        "show": _ledger,
        "import": _files,
        "rules": _rules,
        "decide": _decision,
        "dry-run": _dry,
        "run": _run,
        "list": _people,
    }[verb](answer)


def _ledger(answer: Answer) -> None:
    for court in answer["courts"]:
        say(
            f"{court['court']}: {court['state']}, {court['played_seconds'] // _MINUTE} minutes, "
            f"{court['matches_completed']} matches completed"
        )
    for entry in answer["entries"]:
        when = entry["at"] or entry["started_at"] or ""
        name = f" {entry['match']}" if entry["match"] else ""
        say(f"  {entry['id']}  {entry['court']}  {entry['kind']}{name}  {when}")


def _files(answer: Answer) -> None:
    for one in answer["files"]:
        if one["trouble"]:
            say(f"{one['file']}: refused, {one['trouble']}; nothing of it was kept")
        elif one["errors"]:
            say(f"{one['file']}: refused, {len(one['errors'])} errors; nothing of it was kept")
        else:
            say(f"{one['file']}: {one['added']} new, {one['changed']} changed, "
                f"{one['unchanged']} as before")  # fmt: skip
        for error in one["errors"]:
            say(f"  line {error['line']} {error['column']}: {error['value']}; "
                f"expected {error['expected']}")  # fmt: skip


def _rules(answer: Answer) -> None:
    for name, found in answer["by_rule"].items():
        minutes, seconds = divmod(int(Fraction(found["seconds"])), _MINUTE)
        rule = " ".join(name.replace("|", " ").split())
        say(f"{rule}: {found['outcome']} ({found['matches']} matches completed, "
            f"{minutes} minutes {seconds} seconds)")  # fmt: skip
    for case in answer["without_rule"]:
        say(f"{'|'.join(case)}: no rain rule")
    if answer["why_not_final"]:
        say(f"this is not final: {in_words('why', answer['why_not_final'])}")


def _decision(answer: Answer) -> None:
    by = "by the rules" if answer["by_rules"] else "by two people"
    say(f"{answer['session']}: {answer['kind']}, {', '.join(answer['outcomes'])}, {by}")


def _dry(answer: Answer) -> None:
    say(f"{answer['orders']:,} orders, {answer['tickets']:,} tickets, {_yuan(answer['fen'])}")
    for name, found in answer["outcomes"].items():
        say(f"  {name:<24}{found['tickets']:>8,} tickets{_yuan(found['fen']):>18}")
    for tender, fen in answer["tenders"].items():
        need = "  the account has to hold it" if tender in answer["balance_needed"] else ""
        say(f"  {tender:<24}{'':>16}{_yuan(fen):>18}{need}")
    people = answer["in_person"]
    total = _yuan(sum(one["fen"] for one in people))
    say(f"  {len(people):,} orders must come in person for {total}")
    if answer["busy"]:
        say(f"  {answer['busy']:,} orders with money under way are left for later")
    if answer["part_paid"]:
        say(f"  {answer['part_paid']:,} orders are paid in part: settle them by hand")


def _run(answer: Answer) -> None:
    state = "is not finished" if answer["open"] else "is done"
    say(f"the run {state}: {answer['orders']:,} orders, {answer['tickets']:,} tickets, "
        f"{_yuan(answer['fen'])} paid back")  # fmt: skip
    for one in answer["skipped"]:
        say(f"  order {one['order']}: {one['state']} {one['why']}")


def _people(answer: Answer) -> None:
    when = "" if answer["owed"] else ", as the dry run has it"
    say(f"{len(answer['people']):,} orders, {_yuan(answer['fen'])}{when}")
    for one in answer["people"]:
        say(f"  {one['order']:<12}{_yuan(one['fen']):>14}  {one['tender']}  {one['buyer']}")


def _yuan(fen: int) -> str:
    return format_yuan(fen)

"""Rules 18 to 23: central restored, clocks, and what cannot be exclusive off line."""

from __future__ import annotations

from boxoffice import clock
from boxoffice.central import applying, guard, pushing, recovering, taking
from boxoffice.queries import scanned_tickets
from boxoffice.records.postgres import PostgresStore
from boxoffice.services.aftersales import refunds
from boxoffice.services.sales import checkout, holds, limits, releases
from boxoffice.services.sharing import restoring
from boxoffice.services.till import closing
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests

RECOVERING = "central/test_recovering.py"
RESTORED = "services/test_restored_central.py"
LOST = "test_what_central_lost_is_pushed_again_and_custody_told[file]"
CLOCKS = "services/test_clocks.py"
DOUBT = "test_nothing_ends_and_refunds_need_a_supervisor_while_the_clock_is_in_doubt"
OFFLINE = "services/test_offline.py"
CLASH = "test_a_document_sold_twice_off_line_is_a_case_and_refuses_nothing"
CLOSED = "test_a_closed_shift_takes_no_posting"


def granting(hand: Hand) -> None:
    hand.text(guard.require_granting, "if found:", "if False:")


def granting_at_a_server(hand: Hand) -> None:
    hand.server(
        "EXIT nothing_in_the_way WHEN EXISTS (SELECT 1 FROM meta WHERE key = 'recovering');"
    )


def unnoticed(hand: Hand) -> None:
    hand.text(
        restoring.heard,
        "if lost or another or hello.reported != hello.incarnation:",
        "if another or hello.reported != hello.incarnation:",
    )


def unpushed(hand: Hand) -> None:
    hand.name(restoring, "_push_again", lambda *_: None)


def untold(hand: Hand) -> None:
    hand.text(restoring._report_again, "recovering.claim(central, who, held)", "pass")


def kept_by_central(hand: Hand) -> None:
    hand.text(recovering.let_go, "if (session, seat) not in held.seats:", "if False:")


def waited_for(hand: Hand) -> None:
    hand.text(guard.waiting_for, "WHERE w.fenced = 0 AND ", "WHERE ")


def known_result(hand: Hand) -> None:
    hand.text(
        PostgresStore._confirm_commit, "raise CentralUnreachable(why=why)", "self._doubt = ''"
    )


def own_clock(hand: Hand) -> None:
    hand.text(
        clock._as_central_has_it,
        "return _heard.central + timedelta(seconds=_monotonic() - _heard.monotonic)",
        "return _system()",
    )


def settable_clock(hand: Hand) -> None:
    hand.text(
        clock._as_central_has_it,
        "timedelta(seconds=_monotonic() - _heard.monotonic)",
        "(_system() - _heard.system)",
    )


def believed(hand: Hand) -> None:
    hand.text(
        clock.trusted, "return abs(_system() - _heard.system - passed) <= JUMP", "return True"
    )


def believed_at_once(hand: Hand) -> None:
    hand.text(
        clock.trusted,
        "if _heard is None:\n        return False",
        "if _heard is None:\n        return True",
    )


def baskets_end(hand: Hand) -> None:
    hand.text(holds.abandon_expired, "if not clock.trusted():", "if False:")


def reservations_end(hand: Hand) -> None:
    hand.text(releases.release_expired, "or not clock.trusted()", "")


def refunded_alone(hand: Hand) -> None:
    hand.text(refunds._why_approve, 'reasons.append("clock")', "pass")


def several_claims(hand: Hand) -> None:
    hand.text(taking._take, "if came[claim] != 1:", "if False:")


def clash_refused(hand: Hand) -> None:
    hand.text(
        applying._run, "clashes.append(step.clash)", 'raise Conflict("a document sold twice")'
    )


def clash_unsaid(hand: Hand) -> None:
    hand.text(applying._run, "clashes.append(step.clash)", "pass")


def sold_off_line(hand: Hand) -> None:
    hand.text(checkout.begin, "if office.link.lost is not None:", "if False:")


def held_off_line(hand: Hand) -> None:
    hand.text(holds._take, "if away.known(office):", "if False:")


def unlimited(hand: Hand) -> None:
    hand.name(limits, "_refuse", lambda *_: None)


def older_price_refused(hand: Hand) -> None:
    hand.text(
        pushing.push,
        'open_case(store, "older_price", whole_order.head(order.rows, "id"), order.rows)',
        "raise Refused()",
    )


def older_price_unsaid(hand: Hand) -> None:
    hand.name(pushing, "_sold_under_older_prices", lambda *_: [])


def gates_forgotten(hand: Hand) -> None:
    hand.text(refunds._why_approve, 'reasons.append("gates")', "pass")


def any_issue(hand: Hand) -> None:
    hand.text(scanned_tickets.judge, 'state = "older"', "pass")


def posted_late(hand: Hand) -> None:
    hand.file("CENTRAL", "DROP TRIGGER IF EXISTS posting_closed_shift")


def posted_late_at_a_server(hand: Hand) -> None:
    hand.server(
        "IF NEW.shift_id IS NOT NULL AND EXISTS (SELECT 1 FROM shift",
        "IF false AND EXISTS (SELECT 1 FROM shift",
    )


def left_open(hand: Hand) -> None:
    hand.name(closing, "_end", lambda *_: None)


def z_changed(hand: Hand) -> None:
    hand.file("WINDOW", "DROP TRIGGER IF EXISTS z_report_no_update")


SWITCHES = (
    Switch(
        18,
        "restored central grants nothing before all have reported",
        "that, beside a file",
        granting,
        tests(RECOVERING, "test_nothing_is_granted_before_all_have_reported[file]"),
    ),
    Switch(
        18,
        "restored central grants nothing before all have reported",
        "that, at a server",
        granting_at_a_server,
        tests(RECOVERING, "test_nothing_is_granted_before_all_have_reported[server]"),
    ),
    Switch(
        18,
        "a window that knows more than central starts it",
        "what central lost",
        unnoticed,
        tests(RESTORED, LOST),
    ),
    Switch(
        18,
        "every window pushes again before anything is granted",
        "that push",
        unpushed,
        tests(RESTORED, "test_rule_18_what_was_lost_is_there_before_anything_is_granted[file]"),
    ),
    Switch(18, "and says what it holds", "saying it", untold, tests(RESTORED, LOST)),
    Switch(
        18,
        "and lets go of what it does not hold",
        "letting go of seats",
        kept_by_central,
        tests(
            RECOVERING,
            "test_what_windows_hold_is_theirs_again_and_what_they_gave_back_is_free[file]",
        ),
    ),
    Switch(
        18,
        "a fenced window is not waited for",
        "that it is fenced",
        waited_for,
        tests(RECOVERING, "test_a_fenced_window_is_not_waited_for[file]"),
        ("CentralRecovering",),
    ),
    Switch(
        18,
        "a cancelled wait for the standby is an unknown result",
        "what the server says of it",
        known_result,
        tests(
            "records/test_unknown_commit.py",
            "test_rule_18_a_commit_the_standby_may_not_have_is_an_unknown_result",
        ),
    ),
    Switch(
        18,
        "a cancelled wait for the standby is an unknown result",
        "what the server says of it, with two servers",
        known_result,
        tests(
            "central/test_standby.py",
            "test_rule_18_a_cancelled_wait_for_the_standby_is_an_unknown_result",
        ),
        long=True,
    ),
    Switch(
        19,
        "time is central's",
        "what central said",
        own_clock,
        tests(CLOCKS, "test_time_is_central_s_and_goes_on_without_it"),
    ),
    Switch(
        19,
        "it goes on by the clock nobody can set",
        "that clock",
        settable_clock,
        tests(CLOCKS, "test_a_clock_that_was_set_moves_no_time_and_is_not_trusted[by0]"),
    ),
    Switch(
        19,
        "after a jump it is in doubt",
        "the jump",
        believed,
        tests(CLOCKS, "test_a_clock_that_was_set_moves_no_time_and_is_not_trusted[by0]"),
    ),
    Switch(
        19,
        "after a start it is in doubt until central was heard",
        "that doubt",
        believed_at_once,
        tests(CLOCKS, "test_time_is_central_s_and_goes_on_without_it"),
    ),
    Switch(19, "then no basket ends", "the doubt, for baskets", baskets_end, tests(CLOCKS, DOUBT)),
    Switch(
        19,
        "and no reservation",
        "the doubt, for reservations",
        reservations_end,
        tests(CLOCKS, DOUBT),
    ),
    Switch(
        19,
        "and refunds need a supervisor",
        "the doubt, for refunds",
        refunded_alone,
        tests(CLOCKS, DOUBT),
    ),
    Switch(
        20,
        "one document, one ticket a session",
        "the claim that central has",
        several_claims,
        tests("central/test_taking.py", "test_rule_2_each_refusal_says_why[file]"),
    ),
    Switch(
        20,
        "a clash off line never refuses the push",
        "that: it goes to review",
        clash_refused,
        tests(OFFLINE, CLASH),
    ),
    Switch(20, "a clash off line is a case", "the case", clash_unsaid, tests(OFFLINE, CLASH)),
    Switch(
        20,
        "whether a session is sold off line is policy",
        "that policy, at the cash",
        sold_off_line,
        tests(OFFLINE, "test_a_session_that_is_sold_on_line_only"),
    ),
    Switch(
        20,
        "whether a session is sold off line is policy",
        "that policy, for seats held ahead",
        held_off_line,
        tests(OFFLINE, "test_a_session_that_is_sold_on_line_only"),
    ),
    Switch(
        20,
        "purchase limits likewise",
        "the limits",
        unlimited,
        tests("services/test_limits.py", "test_tickets_per_document_over_orders"),
    ),
    Switch(
        21,
        "a sale under an older price is accepted",
        "that: it is refused",
        older_price_refused,
        tests(OFFLINE, "test_rule_21_a_sale_at_an_older_price_is_accepted_and_told"),
        ("Refused",),
    ),
    Switch(
        21,
        "and flagged",
        "the case of it",
        older_price_unsaid,
        tests(OFFLINE, "test_rule_21_a_sale_at_an_older_price_is_accepted_and_told"),
    ),
    Switch(
        22,
        "after the gates open a refund needs a supervisor",
        "that the gates are open",
        gates_forgotten,
        tests("services/test_refunds.py", "test_once_the_gates_are_open_a_second_person_approves"),
    ),
    Switch(
        22,
        "an older issue of a ticket is dead",
        "the issue, at a scan",
        any_issue,
        tests(
            "services/test_reprints.py",
            "test_a_new_issue_with_duplicate_on_it_and_the_old_code_dead",
        ),
    ),
    Switch(
        23,
        "a closed shift takes no posting",
        "that trigger of a file",
        posted_late,
        tests("records/test_schema.py", f"{CLOSED}[CENTRAL]"),
    ),
    Switch(
        23,
        "a closed shift takes no posting",
        "that trigger of a server",
        posted_late_at_a_server,
        tests(
            "central/test_written_once.py", "test_rule_23_a_closed_shift_takes_no_posting[server]"
        ),
    ),
    Switch(
        23,
        "a Z closes its shift",
        "the end of the shift",
        left_open,
        tests("services/test_closing.py", "test_a_day_at_the_window_in_one_report"),
    ),
    Switch(
        23,
        "a Z never changes",
        "that trigger of a file",
        z_changed,
        tests(
            "services/test_closing.py",
            "test_a_z_report_never_changes[UPDATE z_report SET number = 7]",
        ),
    ),
)

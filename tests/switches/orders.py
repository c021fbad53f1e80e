"""Rules 8 to 11: orders that stay, wishes, allotments, pools."""

from __future__ import annotations

from boxoffice.central import allotting, pools, pushing, taking
from boxoffice.services.sales import part_paid
from boxoffice.services.sharing import allotments, at_hand, held, sync, wishes
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests

TAKING = "central/test_taking.py"
WISHES = "services/test_wishes.py"
POOLS = "test_rule_11_pools_never_go_below_zero_and_always_add_up"


def swept(hand: Hand) -> None:
    hand.name(at_hand, "refuse_under_payment", lambda *_: None)


def reported(hand: Hand) -> None:
    hand.name(sync, "unfinished_money", lambda _: set())


def given_back(hand: Hand) -> None:
    hand.text(held.untouched, "AND a.id IS NULL", "")
    swept(hand)


def untold_attempts(hand: Hand) -> None:
    hand.name(sync, "tell_attempts_behind", lambda _: None)


def not_listed(hand: Hand) -> None:
    hand.name(part_paid, "_left", lambda *_, **__: [])


def left_alone(hand: Hand) -> None:
    hand.name(pushing, "leave_unfinished", lambda *_: None)


def not_answered(hand: Hand) -> None:
    hand.text(wishes._give, "nonlocal gone\n", "nonlocal gone\n        return Items()\n")


def from_the_screen(hand: Hand) -> None:
    hand.text(wishes._give, "underway.on_screen | underway.payments", "underway.payments")


def taken_away(hand: Hand) -> None:
    """A plan that changes takes all seats from its window."""
    hand.text(
        allotting.set_plan,
        "_put(store, row)",
        "_put(store, row)\n"
        '    store.run("UPDATE custody_seat SET holder = NULL, epoch = NULL WHERE holder = ?", '
        '(row["window_id"],))',
    )


def unanswered(hand: Hand) -> None:
    hand.text(allotments._keep, "if spare:", "if False:")


def supervisor_takes(hand: Hand) -> None:
    hand.statement("GRANT UPDATE ON custody_seat TO boxoffice_supervisor")
    hand.statement(
        "CREATE POLICY theirs ON custody_seat FOR UPDATE TO boxoffice_supervisor USING (true)"
    )


def below_zero(hand: Hand) -> None:
    hand.server("AND places >= wanted RETURNING", "RETURNING")
    hand.without_checks("pool")


def below_zero_beside_a_file(hand: Hand) -> None:
    hand.text(pools.debit, "AND places >= ?", "AND ? IS NOT NULL")


def unnoted(hand: Hand) -> None:
    moved = "transfer_id(), session, source, who, wanted, utc"
    hand.server(f"VALUES ({moved})", f"SELECT {moved} WHERE false")


def rewritten(hand: Hand) -> None:
    hand.statement("DROP TRIGGER pool_transfer_never_changed ON pool_transfer")


def uncapped(hand: Hand) -> None:
    hand.text(
        taking._take,
        "pools.move(store, {(s, CENTRAL_POOL, who.window): n for s, n in items.drawn()})",
        "pools.move(store, {(s, CENTRAL_POOL, who.window): n for s, n in items.places})",
    )


def uncapped_at_a_server(hand: Hand) -> None:
    hand.server("WHEN NOT draw_places(", "WHEN asked->'seats' = '[]' AND NOT draw_places(")


SWITCHES = (
    Switch(
        8,
        "an order that is being paid is not swept",
        "what a payment under way keeps",
        swept,
        tests("services/test_recovery.py", "test_rule_8_an_order_being_paid_is_not_swept"),
    ),
    Switch(
        8,
        "nor reported, and so given back",
        "the payment under way, in a page",
        reported,
        tests("services/test_paying_and_reporting.py", "test_a_push_in_the_middle_of_a_payment"),
    ),
    Switch(
        8,
        "nor given to who wishes for it",
        "the payment under way, in what is untouched",
        given_back,
        tests(WISHES, "test_rule_8_an_order_being_paid_is_not_given"),
    ),
    Switch(
        8,
        "attempts are told as soon as they are stored",
        "that telling",
        untold_attempts,
        tests(
            "services/test_asking.py",
            "test_silence_without_end_is_unknown_and_holds_its_seats",
        ),
    ),
    Switch(
        8,
        "an order paid in part becomes a case, and never expires",
        "the list of those",
        not_listed,
        tests("services/test_part_paid.py", "test_one_left_paid_in_part_is_a_case"),
    ),
    Switch(
        8,
        "what was left half paid is a case",
        "that case",
        left_alone,
        tests("services/test_ended_epochs.py", "test_a_payment_that_was_left_open_is_a_case"),
    ),
    Switch(
        9,
        "an idle holder on line gives at once",
        "the answer to a wish",
        not_answered,
        tests(WISHES, "test_an_order_nobody_is_at_is_given_at_once"),
    ),
    Switch(
        9,
        "what is on its screen stays",
        "the screen of the holder",
        from_the_screen,
        tests(WISHES, "test_an_order_on_the_screen_or_changed_is_not_given"),
    ),
    Switch(
        10,
        "a plan that changes moves nothing",
        "that: the plan takes the seats of its window",
        taken_away,
        tests(
            "services/test_allotments.py", "test_a_plan_that_shrinks_is_a_wish_the_window_answers"
        ),
    ),
    Switch(
        10,
        "the window answers it",
        "giving back what the plan does not want",
        unanswered,
        tests(
            "services/test_allotments.py", "test_a_plan_that_shrinks_is_a_wish_the_window_answers"
        ),
    ),
    Switch(
        10,
        "a supervisor takes no custody from a live window",
        "the rights: the supervisor may change seats",
        supervisor_takes,
        tests(
            "central/test_fencing.py",
            "test_a_supervisor_fences_and_frees_and_writes_central_s_journal_only[server]",
        ),
    ),
    Switch(
        11,
        "no pool goes below zero",
        "both checks of a pool at a server",
        below_zero,
        tests(TAKING, f"{POOLS}[server]"),
    ),
    Switch(
        11,
        "no pool goes below zero",
        "what a pool has, beside a file",
        below_zero_beside_a_file,
        tests(TAKING, f"{POOLS}[file]"),
        ("IntegrityError",),
    ),
    Switch(
        11,
        "places move by transfers that are noted",
        "the note of a transfer",
        unnoted,
        tests(TAKING, f"{POOLS}[server]"),
    ),
    Switch(
        11,
        "transfers are insert-only",
        "the trigger of transfers",
        rewritten,
        tests(TAKING, f"{POOLS}[server]"),
    ),
    Switch(
        11,
        "a seat draws a place of its session's cap",
        "the seats, beside a file",
        uncapped,
        tests(TAKING, "test_rule_11_the_cap_of_a_numbered_session_is_such_a_pool[file]"),
    ),
    Switch(
        11,
        "a seat draws a place of its session's cap",
        "the seats, at a server",
        uncapped_at_a_server,
        tests(TAKING, "test_rule_11_the_cap_of_a_numbered_session_is_such_a_pool[server]"),
    ),
)

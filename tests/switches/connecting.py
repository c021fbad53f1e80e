"""Rules 5 to 7: who may write, what a grant brings, and what no clock ends."""

from __future__ import annotations

from datetime import timedelta

from boxoffice.central import applying, granting, guard, taking, wishing
from boxoffice.services.sharing import following, held
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests

TAKING = "central/test_taking.py"
PUSHING = "central/test_pushing.py"
LATE = "test_rule_5_a_late_packet_of_the_old_connection_is_refused"


def any_connection(hand: Hand) -> None:
    hand.server("AND connection = connected AND epoch", "AND epoch")


def any_connection_beside_a_file(hand: Hand) -> None:
    hand.text(guard.statement, "AND connection = ?", "AND connection <> -?")


def any_epoch(hand: Hand) -> None:
    hand.server(
        "AND connection = connected AND epoch = wanted AND fenced = 0 FOR SHARE", "FOR SHARE"
    )
    hand.server("RETURN coalesce(mine, false) OR", "RETURN true OR")


def one_number_for_all(hand: Hand) -> None:
    hand.server("SET connection = connection + 1", "SET connection = connection")


def unlocked(hand: Hand) -> None:
    hand.server("AND fenced = 0 FOR SHARE", "AND fenced = 0")


def nothing_told(hand: Hand) -> None:
    hand.text(guard.hello, "answers=answered(store, window, epoch)", "answers=0")


def no_head_told(hand: Hand) -> None:
    hand.text(guard.hello, "head=head_of(store, window, epoch)", 'head=(0, "0" * 64)')


def heads_in_the_row(hand: Hand) -> None:
    hand.server(
        "hash = excluded.hash; RETURN NEW;",
        "hash = excluded.hash; UPDATE ticket_window SET unsent = 0 WHERE id = NEW.window_id; "
        "RETURN NEW;",
    )


def no_rows(hand: Hand) -> None:
    hand.text(
        taking.take,
        "return [whole_order.load(store, order) for order in (*items.orders, *items.expired)]",
        "return []",
    )


def rows_not_kept(hand: Hand) -> None:
    hand.text(held.hold_orders, "whole_order.store_rows(store, rows)", "pass")


def any_base(hand: Hand) -> None:
    hand.text(applying._require_base, "if version != order.base_version and not told:", "if False:")


def pulled_over(hand: Hand) -> None:
    hand.text(following._keep_orders, "order_id not in held and ", "")


def ended_by_the_clock(hand: Hand) -> None:
    hand.text(
        taking._take_seat,
        '"AND holder IS NULL AND order_id IS NULL "',
        "f\"AND (holder IS NULL OR '{clock.now():%Y}' > '2025') AND order_id IS NULL \"",
    )


def the_windows_clock(hand: Hand) -> None:
    hand.text(granting.statement, "if clock.set_on_purpose() else None", "")


def silent_for_ever(hand: Hand) -> None:
    hand.name(wishing, "SILENT", timedelta(days=9999))


SWITCHES = (
    Switch(
        5,
        "a packet of an older connection is refused",
        "the connection number in the guard of a server",
        any_connection,
        (
            *tests(TAKING, f"{LATE}[server]"),
            *tests(
                PUSHING, "test_rule_5_a_push_of_an_older_connection_or_epoch_is_refused[server]"
            ),
        ),
    ),
    Switch(
        5,
        "a packet of an older connection is refused",
        "the connection number in the guard of a file",
        any_connection_beside_a_file,
        tests(TAKING, f"{LATE}[file]"),
    ),
    Switch(
        5,
        "each hello raises the number",
        "that it is another number each time",
        one_number_for_all,
        tests(TAKING, f"{LATE}[server]"),
    ),
    Switch(
        5,
        "only the epoch that runs may write",
        "the epoch in the guard and in the custody of a server",
        any_epoch,
        tests(TAKING, "test_rule_5_another_epoch_is_fenced[server]"),
    ),
    Switch(
        5,
        "a fence waits for a push in flight, or beats it",
        "FOR SHARE in the guard",
        unlocked,
        tests(
            "central/test_fencing.py", "test_a_fence_waits_for_a_push_in_flight_or_beats_it[server]"
        ),
    ),
    Switch(
        5,
        "hello tells how many answers were booked",
        "that number",
        nothing_told,
        tests(TAKING, "test_rule_5_hello_counts_what_central_booked[file]"),
    ),
    Switch(
        5,
        "hello tells the head of the window's journal",
        "that head",
        no_head_told,
        tests(
            "services/test_epochs.py",
            "test_a_folder_put_back_whole_is_found_out_by_central",
        ),
    ),
    Switch(
        5,
        "an open push keeps no take waiting",
        "that heads stand in a table of their own",
        heads_in_the_row,
        tests("central/test_locking.py", "test_rule_5_an_open_push_keeps_no_take_waiting[server]"),
        ("CentralUnreachable",),
    ),
    Switch(
        6,
        "the grant of an order brings its rows",
        "the rows in the answer",
        no_rows,
        tests(TAKING, "test_rule_6_the_grant_of_an_order_brings_its_rows[file]"),
        ("ValueError",),
    ),
    Switch(
        6,
        "they are stored with the custody",
        "the rows in the window's file",
        rows_not_kept,
        tests("services/test_sync.py", "test_rule_6_what_was_taken_is_as_central_has_it"),
    ),
    Switch(
        6,
        "a push names the version it started from",
        "the version of what is pushed",
        any_base,
        tests(
            PUSHING,
            "test_what_fails_goes_to_review_and_blocks_nothing[file-version]",
        ),
    ),
    Switch(
        6,
        "a pull touches nothing that the window holds",
        "what is held in a pull",
        pulled_over,
        tests("services/test_sync.py", "test_a_pull_never_touches_what_the_window_holds"),
    ),
    Switch(
        7,
        "nothing that is held ends by a clock",
        "a holder whose year is over counts as none",
        ended_by_the_clock,
        tests(TAKING, "test_rule_7_nothing_that_is_held_expires_by_the_clock[file]"),
    ),
    Switch(
        7,
        "deadlines are judged by central's clock",
        "the server's clock in a take",
        the_windows_clock,
        tests("services/test_clocks.py", "test_deadlines_are_judged_by_the_server_s_clock"),
    ),
    Switch(
        7,
        "central lists holders that are silent",
        "how long a window may be silent",
        silent_for_ever,
        tests("services/test_wishes.py", "test_a_window_that_is_off_line_is_named"),
        ("HeldElsewhere",),
    ),
)

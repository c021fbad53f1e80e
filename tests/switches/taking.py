"""Rules 1 to 4: custody taken and given."""

from __future__ import annotations

from boxoffice.central import taking
from boxoffice.records.store import Store
from boxoffice.services.sharing import custody
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests

TAKING = "central/test_taking.py"
RECOVERY = "services/test_recovery.py"
RIGHTS = "central/test_rights.py"


def one_row(hand: Hand) -> None:
    hand.text(taking._take_seat, '"AND holder IS NULL AND order_id IS NULL "', '""')


def one_row_at_a_server(hand: Hand) -> None:
    hand.server("AND seat_id = one.seat AND holder IS NULL", "AND seat_id = one.seat")
    everybodys_seats(hand)


def everybodys_seats(hand: Hand) -> None:
    """Neither rows nor steps of a seat are guarded."""
    hand.server(
        "CREATE POLICY update_mine ON boxoffice.custody_seat FOR UPDATE TO boxoffice_windows "
        "USING (holder IS NULL OR holder = (SELECT boxoffice.me())) "
        "WITH CHECK (holder IS NULL OR holder = (SELECT boxoffice.me()))",
        "CREATE POLICY update_mine ON boxoffice.custody_seat FOR UPDATE TO boxoffice_windows "
        "USING (true) WITH CHECK (true)",
    )


def loose_seats(hand: Hand) -> None:
    hand.server("IF OLD.order_id IS NOT NULL AND (NEW.holder IS NOT NULL", "IF false AND (false")
    hand.server(
        "IF OLD.order_id IS NOT NULL AND EXISTS (SELECT 1 FROM ticket",
        "IF false AND EXISTS (SELECT 1 FROM ticket",
    )


def several_tickets(hand: Hand) -> None:
    for part in ("CENTRAL", "WINDOW"):
        hand.file(part, "DROP INDEX IF EXISTS ticket_live_seat")


def several_tickets_at_a_server(hand: Hand) -> None:
    hand.statement("DROP INDEX ticket_live_seat")


def some_of_it(hand: Hand) -> None:
    hand.text(Store.transaction, 'self.execute("ROLLBACK")', 'self.execute("COMMIT")')


def some_of_it_at_a_server(hand: Hand) -> None:
    hand.server("RAISE EXCEPTION 'not all' USING ERRCODE = 'BX003'", "RETURN")


def unsorted(hand: Hand) -> None:
    hand.server(
        "jsonb_array_elements(asked->'seats') place ORDER BY 1, 2\n      LOOP",
        "jsonb_array_elements(asked->'seats') place\n      LOOP",
    )


def uncounted(hand: Hand) -> None:
    hand.text(taking.give, "if set(counts[2:]) - {1} and not rest:", "if False:")


def not_stored(hand: Hand) -> None:
    asked = "_store_request(office, store, request_id, order_id, RequestStatus.ASKED, items)"
    hand.text(custody.take, asked, "pass")


def not_asked_about(hand: Hand) -> None:
    hand.name(custody, "_left_open", lambda *_: [])


def kept_unwanted(hand: Hand) -> None:
    hand.text(custody._settle, "if request_id in booked:", "if False:")


def of_any_epoch(hand: Hand) -> None:
    hand.text(custody._left_open, "AND epoch = ?", "AND epoch <= ? + 9")


def booked_twice(hand: Hand) -> None:
    hand.text(taking._take, "if counts[2] != 1:", "if False:")


def told_first(hand: Hand) -> None:
    hand.text(
        custody.give,
        "left = office.write(let_go, topics)",
        "told = items if isinstance(items, Items) else office.read(items)\n"
        "        office.link.call(lambda s, who: taking.give(s, who, request_id, told))\n"
        "        left = office.write(let_go, topics)",
    )


def given_again(hand: Hand) -> None:
    hand.text(taking.give, "if counts[1] != 1:", "if False:")


SWITCHES = (
    Switch(
        1,
        "a grant looks at that one row only",
        "the row of the seat in a take beside a file",
        one_row,
        tests(TAKING, "test_rule_1_a_grant_looks_at_one_row[file]"),
    ),
    Switch(
        1,
        "a grant looks at that one row only",
        "the row of the seat in a take at a server, and in its policy",
        one_row_at_a_server,
        (
            *tests(TAKING, "test_rule_1_a_grant_looks_at_one_row[server]"),
            *tests(
                "services/test_windows.py",
                "test_a_seat_one_window_holds_or_sold_the_other_does_not_get",
            ),
        ),
    ),
    Switch(
        1,
        "a seat with an order moves only with its order",
        "those steps in the trigger of a seat",
        loose_seats,
        tests(RIGHTS, "test_a_window_cannot_change[a sold seat torn from its order]"),
    ),
    Switch(
        1,
        "one live ticket for a seat is the second wall",
        "that index in a file",
        several_tickets,
        tests(
            "records/test_schema.py", "test_a_second_live_ticket_for_a_seat_is_forbidden[CENTRAL]"
        ),
    ),
    Switch(
        1,
        "one live ticket for a seat is the second wall",
        "that index at a server",
        several_tickets_at_a_server,
        tests("central/test_written_once.py", "test_rule_1_a_seat_has_one_live_ticket[server]"),
    ),
    Switch(
        2,
        "all or none",
        "what is undone where a transaction fails",
        some_of_it,
        tests(TAKING, "test_rule_2_all_or_none[file-claim]"),
    ),
    Switch(
        2,
        "all or none",
        "the error of a take at a server that did not get all",
        some_of_it_at_a_server,
        tests(TAKING, "test_rule_2_all_or_none[server-claim]"),
    ),
    Switch(
        2,
        "rows are locked in sorted order",
        "the order of the seats in a take at a server",
        unsorted,
        tests("central/test_locking.py", "test_rule_2_seats_are_locked_in_sorted_order[server]"),
    ),
    Switch(
        2,
        "every row count is checked",
        "how many rows a give touched",
        uncounted,
        tests(TAKING, "test_rule_4_nobody_gives_what_is_not_theirs[server-orders]"),
    ),
    Switch(
        3,
        "a request is stored before it is sent",
        "the request in the window's file",
        not_stored,
        tests(RECOVERY, "test_rule_3_the_program_ends_with_the_grant"),
        ("CopiedRecords",),
    ),
    Switch(
        3,
        "what was not answered is asked about",
        "the requests without an answer",
        not_asked_about,
        tests(RECOVERY, "test_rule_3_a_request_without_an_answer_is_asked_about[lost-2]"),
    ),
    Switch(
        3,
        "and given back if it is not wanted",
        "giving back what was granted unheard",
        kept_unwanted,
        tests(RECOVERY, "test_rule_3_a_request_without_an_answer_is_asked_about[lost-2]"),
    ),
    Switch(
        3,
        "requests of this epoch only",
        "the epoch of an open request",
        of_any_epoch,
        tests(RECOVERY, "test_rule_3_a_request_of_an_ended_epoch_is_not_asked_about"),
    ),
    Switch(
        3,
        "a request that comes again is granted once",
        "that a request is known",
        booked_twice,
        tests(TAKING, "test_rule_3_a_request_repeated_is_granted_once[file]"),
        ("SeatTaken",),
    ),
    Switch(
        4,
        "stored as given first, then told",
        "that order: central is told first",
        told_first,
        tests(
            RECOVERY,
            "test_rule_4_what_was_given_is_given_even_if_central_hears_of_it_later[lost]",
        ),
        ("CentralUnreachable",),
    ),
    Switch(
        4,
        "a gift that comes again is booked once",
        "that a gift is known",
        given_again,
        tests(TAKING, "test_rule_4_a_gift_repeated_is_booked_once[file]"),
        ("NotHeld",),
    ),
)

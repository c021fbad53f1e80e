"""Rules 12 to 15: pushed once, pulled in order, hinted at, and kept."""

from __future__ import annotations

from boxoffice.central import applying, listening, pulling, pushing
from boxoffice.records.postgres import PostgresStore
from boxoffice.services import keeper
from boxoffice.services.sharing import restoring, sync
from tests import lines
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests

PUSHING = "central/test_pushing.py"
REVIEW = "test_what_fails_goes_to_review_and_blocks_nothing"
FEED = "central/test_feed.py"
RULE_13 = "test_rule_13_what_commits_out_of_order_is_missed_by_no_pull"
KEEPER = "services/test_keeper.py"


def applied_again(hand: Hand) -> None:
    hand.text(pushing.push, "if order.number > known]", "]")


def any_hash(hand: Hand) -> None:
    hand.name(pushing, "_same", lambda *_: None)


def sold_on(hand: Hand) -> None:
    hand.text(sync.push_page, "office.underway.stopped = refused", "pass")


def no_money(hand: Hand) -> None:
    hand.text(
        pushing._store_journal,
        "[row for row in page.postings if row[_POSTING_NUMBER] > known]",
        "[]",
    )


def half_of_it(hand: Hand) -> None:
    hand.text(
        pushing.apply_orders,
        'store.savepoint("one_order")',
        '__import__("contextlib").nullcontext()',
    )


def blocking(hand: Hand) -> None:
    hand.name(pushing, "_REVIEWED", ())


def over_and_kept(hand: Hand) -> None:
    hand.name(applying, "_places_over_unseen", lambda *_: [])


def still_unsaid(hand: Hand) -> None:
    hand.name(pushing, "_still_held", lambda *_: ())


def by_line_numbers(hand: Hand) -> None:
    hand.statement("ALTER TABLE feed ALTER COLUMN xid SET DEFAULT 1")


def past_all(hand: Hand) -> None:
    hand.name(PostgresStore, "settled_before", "9223372036854775807")


def settled_only(hand: Hand) -> None:
    hand.text(pulling.news, "if line[1] not in ahead", "if line[0] < line[5]")


def idle_for_ever(hand: Hand) -> None:
    hand.statement(
        "ALTER ROLE boxoffice_w2 IN DATABASE {database} SET idle_in_transaction_session_timeout = 0"
    )


def all_hints(hand: Hand) -> None:
    hand.name(listening, "HINT_GAP", 0.0)


def hint_in_the_write(hand: Hand) -> None:
    hand.server(
        "INSERT INTO feed (request_id) VALUES (NEW.request_id);",
        "INSERT INTO feed (request_id) VALUES (NEW.request_id); "
        "PERFORM pg_notify('boxoffice_news', '');",
    )


def unpolled(hand: Hand) -> None:
    hand.name(keeper, "POLL_SECONDS", 600.0)
    hand.name(lines.until, "__defaults__", (4.0,))  # and nobody waits for it for long


def forgotten(hand: Hand) -> None:
    """The window keeps no more of an order than that there was one."""
    hand.text(
        sync.acknowledge,
        "for table in _GIVEN:",
        "store.run(\"UPDATE orders SET buyer = '-' WHERE id = ?\", (order_id,))\n"
        "            for table in _GIVEN:",
    )


def not_again(hand: Hand) -> None:
    hand.name(restoring, "_turn_back", lambda *_: None)


SWITCHES = (
    Switch(
        12,
        "same number and hash: applied already, nothing is touched",
        "what central has of a page",
        applied_again,
        tests(PUSHING, "test_a_page_pushed_again_changes_nothing[file]"),
    ),
    Switch(
        12,
        "same number, other hash: a fork",
        "comparing what central has",
        any_hash,
        tests(PUSHING, "test_same_number_other_hash_is_a_fork[file]"),
    ),
    Switch(
        12,
        "a fork ends selling",
        "that the window stops",
        sold_on,
        tests("services/test_sync.py", "test_a_forked_journal_stops_selling"),
    ),
    Switch(
        12,
        "journal and postings are stored whatever becomes of the orders",
        "the postings of a page",
        no_money,
        tests(
            "services/test_sync.py",
            "test_what_central_cannot_apply_goes_to_review_and_the_rest_is_applied",
        ),
    ),
    Switch(
        12,
        "each order in a savepoint of its own",
        "that savepoint",
        half_of_it,
        tests(PUSHING, f"{REVIEW}[file-seat]"),
    ),
    Switch(
        12,
        "what fails goes to review and blocks nothing",
        "what is reviewed",
        blocking,
        tests(PUSHING, f"{REVIEW}[file-digest]"),
        ("Conflict",),
    ),
    Switch(
        12,
        "what is over before central heard of it goes back",
        "places central never heard of",
        over_and_kept,
        tests("services/test_over_before_it_was_told.py", "test_swapped_and_released"),
    ),
    Switch(
        12,
        "an order told again is in hand on both sides or on none",
        "what central says of it",
        still_unsaid,
        tests(
            "services/test_reports_lost_while_paying.py",
            "test_one_that_was_taken_again_before_its_answer_came",
        ),
    ),
    Switch(
        13,
        "the feed carries the transaction",
        "that number: lines count alone",
        by_line_numbers,
        tests(FEED, RULE_13),
    ),
    Switch(
        13,
        "the cursor moves only past what is settled",
        "what is settled",
        past_all,
        tests(FEED, RULE_13),
    ),
    Switch(
        13,
        "everything visible is applied",
        "lines behind a slow transaction",
        settled_only,
        tests(FEED, RULE_13),
    ),
    Switch(
        13,
        "no window keeps a transaction open for long",
        "idle_in_transaction_session_timeout of a window",
        idle_for_ever,
        tests(FEED, "test_rule_13_no_window_keeps_a_transaction_open_for_long"),
    ),
    Switch(
        14,
        "at most twenty hints a second",
        "the gap between two",
        all_hints,
        tests(KEEPER, "test_rule_14_hints_are_coalesced_and_few"),
    ),
    Switch(
        14,
        "a hint is never part of the write",
        "that: the trigger of answers hints",
        hint_in_the_write,
        tests(FEED, "test_rule_14_no_write_hints[server]"),
    ),
    Switch(
        14,
        "polling is enough",
        "polling",
        unpolled,
        tests(KEEPER, "test_polling_is_enough_where_no_hint_arrives"),
    ),
    Switch(
        15,
        "what was acknowledged stays at the window",
        "the orders central has acknowledged",
        forgotten,
        tests(
            "services/test_restored_central.py",
            "test_what_central_lost_is_pushed_again_and_custody_told[file]",
        ),
    ),
    Switch(
        15,
        "and comes to central again",
        "pushing it again",
        not_again,
        tests(
            "services/test_restored_central.py",
            "test_what_central_lost_is_pushed_again_and_custody_told[file]",
        ),
        ("RecordsBehind",),
    ),
)

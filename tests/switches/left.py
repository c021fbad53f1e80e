"""Rules 8 and 17: money that ended epochs left undecided."""

from __future__ import annotations

from boxoffice.central import applying, freeing
from boxoffice.services.sales import asking, paybacks
from boxoffice.services.supervising import left_attempts
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests

LEFT = "services/test_left_attempts.py"
UNDECIDED = "test_what_is_undecided_waits_for_a_supervisor"
OPEN_ATTEMPT = "a.order_id = custody_order.order_id AND a.ended_at IS NULL"


def asked_anyway(hand: Hand) -> None:
    hand.name(asking, "is_of", lambda *_: True)


def of_any_epoch(hand: Hand) -> None:
    hand.server("e.ended_at IS NOT NULL\n    AND known LIKE", "known LIKE")


def by_one(hand: Hand) -> None:
    hand.server("s.active = 1 AND s.id <> o.id", "s.active = 1")


def untold(hand: Hand) -> None:
    hand.text(
        left_attempts._settle, "while office.read(sync.acknowledged) < entry:", "while False:"
    )


def sold_all_the_same(hand: Hand) -> None:
    hand.name(applying, "_require_money", lambda *_: None)


def freed_though_open(hand: Hand) -> None:
    hand.name(freeing, "_undecided_kept", lambda _, left: left)
    hand.server(OPEN_ATTEMPT, "false")


def sent_anew(hand: Hand) -> None:
    hand.text(paybacks._settle, "not _is_ours(office, row)", "False")


SWITCHES = (
    Switch(
        8,
        "nor freed",
        "the payment under way, in what is freed of an ended epoch",
        freed_though_open,
        tests(LEFT, "test_an_order_whose_payment_is_open_is_not_freed"),
    ),
    Switch(
        17,
        "its unfinished attempts are asked about by no window",
        "of which epoch an attempt is, where it is asked about",
        asked_anyway,
        tests(
            "services/test_attempts_of_ended_epochs.py",
            f"{UNDECIDED}[True]",
            f"{UNDECIDED}[False]",
        ),
    ),
    Switch(
        17,
        "they are settled with an entry that central has first",
        "reporting it before anybody is asked",
        untold,
        tests(LEFT, "test_who_asks_is_at_central_before_anybody_is_asked"),
    ),
    Switch(
        17,
        "a window ends those of an ended epoch only",
        "that it has ended, at the server",
        of_any_epoch,
        tests(LEFT, "test_a_window_ends_no_payment_of_an_epoch_that_runs"),
    ),
    Switch(
        17,
        "and with two persons",
        "that the second is another one, at the server",
        by_one,
        tests(LEFT, "test_a_window_ends_no_payment_of_another_by_itself[oneself]"),
    ),
    Switch(
        17,
        "what was settled is not sold by a file that is found later",
        "that its money went back",
        sold_all_the_same,
        tests(LEFT, "test_a_sale_that_is_found_later_goes_to_review"),
    ),
    Switch(
        17,
        "money on its way back that was given up is sent anew by people only",
        "who began it",
        sent_anew,
        tests(
            "services/test_left_paybacks.py",
            "test_one_that_was_given_up_is_not_sent_again_by_itself",
        ),
    ),
)

"""Rules 16 and 17: copies and restored files, epochs that end."""

from __future__ import annotations

from boxoffice.central import applying, fencing, freeing, guard, link, pushing
from boxoffice.domain import signing, ticket_code
from boxoffice.queries import scanned_tickets
from boxoffice.records import unit_of_work
from boxoffice.services import machine
from boxoffice.services.sales import checkout, finishing
from boxoffice.services.sharing import epochs, restoring
from boxoffice.services.till import closing
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests

EPOCHS = "services/test_epochs.py"
FENCING = "central/test_fencing.py"
FREEING = "test_freeing_needs_the_file_or_a_second_person"
SUPERVISOR = "test_a_supervisor_fences_and_frees_and_writes_central_s_journal_only[server]"
REPLACED = "test_a_new_epoch_waits_for_the_end_of_the_old_one"
LATE = "test_what_a_fenced_window_pushes_is_stored_and_applies_where_it_still_may"


def any_file(hand: Hand) -> None:
    hand.name(epochs, "older_file", lambda *_: None)


def no_head_outside(hand: Hand) -> None:
    hand.name(unit_of_work.Unit, "keep_head", lambda _: None)


def any_machine(hand: Hand) -> None:
    hand.name(machine, "strange", lambda *_: "")


def any_head(hand: Hand) -> None:
    hand.text(restoring.heard, "if hello.head[0] > own.number:", "if False:")
    any_answers(hand)


def any_chain(hand: Hand) -> None:
    hand.text(restoring.heard, "if not own.same:", "if False:")
    any_answers(hand)


def any_answers(hand: Hand) -> None:
    """What central has booked beyond what the window knows tells nothing either."""
    hand.text(restoring.heard, "if hello.answers > own.most and ", "if False and ")


def no_twins(hand: Hand) -> None:
    hand.name(link, "_is_twin", lambda _: False)


def one_chain(hand: Hand) -> None:
    hand.text(
        unit_of_work.head_of,
        "WHERE window_id = ? AND epoch = ?",
        "WHERE window_id = ? AND epoch <= ?",
    )


def passed_on(hand: Hand) -> None:
    hand.text(
        fencing.new_epoch,
        "begin_epoch(store, key)",
        "begin_epoch(store, key)\n"
        '        store.run("UPDATE custody_seat SET holder = NULL, epoch = NULL WHERE holder = ?", '
        "(window,))",
    )


def any_signer(hand: Hand) -> None:
    hand.text(
        ticket_code.verify,
        "if key is None or (key.window, key.epoch) != (claim.window, claim.epoch):",
        "if key is None:",
    )


def uncertified(hand: Hand) -> None:
    hand.text(signing.check_keys, "if not key.certified_by(root):", "if False:")


def gateway_numbers(hand: Hand) -> None:
    hand.text(
        checkout._attempt_row, "new_number(desk.window, desk.epoch,", "new_number(desk.window, 1,"
    )


def short_numbers(hand: Hand) -> None:
    hand.text(finishing.next_number, "who.window, who.epoch", "1, 1")


def z_numbers(hand: Hand) -> None:
    hand.text(
        closing._next_number, "WHERE window_id = ? AND epoch = ?", "WHERE window_id = ? AND ? > 0"
    )


def not_fenced(hand: Hand) -> None:
    hand.server(
        "UPDATE ticket_window SET fenced = 1 WHERE id = target",
        "UPDATE ticket_window SET fenced = 0 WHERE id = target",
    )


def freed_at_once(hand: Hand) -> None:
    hand.server(
        "SET ended_at = to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
        "reason = why\n",
        "SET ended_at = to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
        "reason = why\n WHERE window_id = target AND epoch = found; "
        "UPDATE custody_seat SET holder = NULL, epoch = NULL WHERE holder = target; "
        "UPDATE window_epoch SET reason = why\n",
    )


def freed_by_one(hand: Hand) -> None:
    hand.text(
        freeing.free,
        "if not risk.approver and (received is None or _in_review(store, window, epoch, left)):",
        "if False:",
    )


def freed_by_one_at_a_server(hand: Hand) -> None:
    hand.server("(second <> '' OR received_at IS NOT NULL)", "true")


def by_oneself(hand: Hand) -> None:
    hand.text(freeing.free, "if risk.operator == risk.approver:", "if False:")
    hand.server("OR who = '' OR who = second", "OR who = ''")
    hand.without_checks("freed_seat")
    hand.without_checks("freed_order")


def reviews_forgotten(hand: Hand) -> None:
    hand.name(freeing, "_in_review", lambda *_: False)


def no_risk_noted(hand: Hand) -> None:
    hand.text(freeing._here, "if risk.approver:", "if False:")


def codes_live(hand: Hand) -> None:
    hand.name(scanned_tickets, "_refuse_freed", lambda *_, **__: None)


def nothing_late(hand: Hand) -> None:
    hand.text(guard.statement, "if who.ended:", "if False:")


def applied_anyway(hand: Hand) -> None:
    hand.text(
        applying._require_base,
        "if {row[0] for row in held} != set(known):",
        "if False:",
    )
    hand.text(applying._leave_order, '"the window does not hold this order"', '""')


def settled_alone(hand: Hand) -> None:
    hand.text(pushing.push, "if who.ended:", "if False:")


SWITCHES = (
    Switch(
        16,
        "an older file starts locked",
        "comparing the file with the head beside it",
        any_file,
        tests("services/test_sync.py", "test_old_records_put_back_are_refused"),
    ),
    Switch(
        16,
        "the last head is kept outside the file",
        "keeping it",
        no_head_outside,
        tests("services/test_sync.py", "test_rule_16_the_last_entry_is_kept_outside_the_file"),
    ),
    Switch(
        16,
        "a copied file starts locked",
        "the mark of the computer",
        any_machine,
        tests(
            EPOCHS,
            "test_a_copied_home_starts_locked[real]",
            "test_an_older_copy_in_the_same_place_starts_locked",
        ),
    ),
    Switch(
        16,
        "central finds out an older file",
        "a head at central that is ahead",
        any_head,
        tests(EPOCHS, "test_a_folder_put_back_whole_is_found_out_by_central"),
    ),
    Switch(
        16,
        "and a copy that went its own way",
        "an entry at central that is another one",
        any_chain,
        tests(EPOCHS, "test_a_copy_that_went_its_own_way_is_found_out"),
    ),
    Switch(
        16,
        "a file started twice stops the older one",
        "that a newer connection is a twin's",
        no_twins,
        tests(EPOCHS, "test_a_copied_file_started_twice_stops_the_older_without_ping_pong"),
        ("CentralUnreachable",),
    ),
    Switch(
        16,
        "an epoch has a chain of its own",
        "the epoch of a head",
        one_chain,
        tests("central/test_pushing.py", "test_rule_16_an_epoch_has_a_chain_of_its_own[file]"),
    ),
    Switch(
        16,
        "custody of the old epoch does not pass on",
        "that: a new epoch frees the seats of the old one",
        passed_on,
        tests(FENCING, f"{REPLACED}[file]"),
    ),
    Switch(
        16,
        "gateway numbers contain window and epoch",
        "the epoch (the window: rule 24)",
        gateway_numbers,
        tests("services/test_numbers.py", "test_rule_16_numbers_name_window_and_epoch"),
    ),
    Switch(
        16,
        "short codes contain window and epoch",
        "both",
        short_numbers,
        tests("services/test_numbers.py", "test_rule_16_numbers_name_window_and_epoch"),
    ),
    Switch(
        16,
        "Z numbers belong to window and epoch",
        "the epoch",
        z_numbers,
        tests("services/test_numbers.py", "test_rule_16_numbers_name_window_and_epoch"),
    ),
    Switch(
        16,
        "ticket codes contain window and epoch, and only their own key signs them",
        "whose key it is",
        any_signer,
        tests(
            "domain/test_ticket_code.py",
            "test_a_window_cannot_sign_for_another_window_or_epoch[4-2]",
            "test_a_window_cannot_sign_for_another_window_or_epoch[3-1]",
        ),
    ),
    Switch(
        16,
        "each key is certified by central",
        "the certificate of a key",
        uncertified,
        tests("domain/test_ticket_code.py", "test_a_changed_export_is_refused[window-4]"),
    ),
    Switch(
        17,
        "fencing ends an epoch",
        "the end",
        not_fenced,
        tests(FENCING, "test_a_fenced_window_is_refused_and_what_it_held_stays_off_sale[server]"),
    ),
    Switch(
        17,
        "its seats stay off sale",
        "that: a fence frees them",
        freed_at_once,
        tests(FENCING, "test_a_fenced_window_is_refused_and_what_it_held_stays_off_sale[server]"),
    ),
    Switch(
        17,
        "freeing needs the file or a second person",
        "both, in the program",
        freed_by_one,
        tests(FENCING, f"{FREEING}[file]"),
    ),
    Switch(
        17,
        "freeing needs the file or a second person",
        "both, at the server",
        freed_by_one_at_a_server,
        tests(FENCING, SUPERVISOR),
    ),
    Switch(
        17,
        "the second person is another one",
        "who it is",
        by_oneself,
        tests(FENCING, f"{FREEING}[server]"),
    ),
    Switch(
        17,
        "what waits for review is not freed with the file alone",
        "the reviews",
        reviews_forgotten,
        tests(FENCING, f"{LATE}[file]"),
    ),
    Switch(
        17,
        "what was freed is noted as accepted risk",
        "that note",
        no_risk_noted,
        tests(FENCING, f"{FREEING}[file]"),
    ),
    Switch(
        17,
        "codes of that epoch for the seat are dead",
        "what was freed, at a scan",
        codes_live,
        tests("commands/test_central_epochs.py", "test_from_the_loss_of_a_window_to_its_next_sale"),
    ),
    Switch(
        17,
        "what a fenced window pushes later is stored",
        "the way for an ended epoch",
        nothing_late,
        tests(FENCING, f"{LATE}[file]"),
        ("EpochRuns",),
    ),
    Switch(
        17,
        "its effects apply where custody still bears that epoch",
        "that custody",
        applied_anyway,
        tests(FENCING, f"{LATE}[file]"),
    ),
    Switch(
        17,
        "only a supervisor settles its unfinished attempts",
        "the case of such an attempt",
        settled_alone,
        tests("services/test_ended_epochs.py", "test_a_payment_that_was_left_open_is_a_case"),
    ),
)

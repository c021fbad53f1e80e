"""Rules 24 to 28: what a window may do at a server."""

from __future__ import annotations

from boxoffice.services.staff import operators
from tests.switches.hand import Hand
from tests.switches.switch import Switch, tests
from tests.switches.taking import everybodys_seats

RIGHTS = "central/test_rights.py"
WRITTEN = "central/test_written_once.py"
CANNOT = "test_a_window_cannot_change"
SIGNED_IN = "central/test_who_signed_in.py"
DEFINERS = "test_every_definer_function_looks_in_our_schema_only"
NEVER = "test_rule_27_what_is_written_is_changed_by_nobody"
GROUP = "boxoffice_windows"


def of_order(table: str, column: str) -> str:
    return (
        f"(EXISTS (SELECT 1 FROM boxoffice.custody_order c WHERE c.order_id = {table}.{column} "
        "AND c.holder = (SELECT boxoffice.me())))"
    )


def no_roles(hand: Hand) -> None:
    hand.statement("GRANT ALL ON ALL TABLES IN SCHEMA boxoffice TO PUBLIC")
    hand.server("ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY")


def the_owner(hand: Hand) -> None:
    hand.server("substring(session_user from", "substring(current_user from")


def everybodys_orders(hand: Hand) -> None:
    for table in ("ticket", "payment", "hand_over", "refund"):
        hand.server(of_order(table, "order_id"), "(true)")
        untold(hand, table)


def untold(hand: Hand, table: str) -> None:
    """What belongs to an order changes without an entry of it: the wall behind."""
    hand.statement(f"DROP TRIGGER {table}_told ON {table}")


def everybodys_custody(hand: Hand) -> None:
    rows = "(holder IS NULL OR holder = (SELECT boxoffice.me()))"
    name = "CREATE POLICY update_mine ON boxoffice.custody_order FOR UPDATE"
    hand.server(
        f"{name} TO {GROUP} USING {rows} WITH CHECK {rows}",
        f"{name} TO {GROUP} USING (true) WITH CHECK (true)",
    )


def any_attempt(hand: Hand) -> None:
    hand.server("number LIKE (SELECT boxoffice.me()) || '-%'", "true")


def no_step_of_seats(hand: Hand) -> None:
    hand.server("IF NEW.holder IS NOT NULL AND (NEW.holder <> who OR", "IF false AND (")


def all_columns(hand: Hand) -> None:
    hand.statement(f"GRANT UPDATE ON order_line, ticket, custody_seat TO {GROUP}")
    for table in ("order_line", "ticket"):
        untold(hand, table)


def paid_identity(hand: Hand) -> None:
    hand.server(
        "IF OLD.status <> 'reserved' AND (NEW.seat_id, NEW.attendee",
        "IF false AND (NEW.seat_id, NEW.attendee",
    )
    untold(hand, "order_line")


def rewritten_payments(hand: Hand) -> None:
    hand.statement(f"GRANT UPDATE ON payment TO {GROUP}")
    hand.statement(f"CREATE POLICY more ON payment FOR UPDATE TO {GROUP} USING (true)")
    hand.statement("DROP TRIGGER payment_never_changed ON payment")
    untold(hand, "payment")


def any_step(hand: Hand) -> None:
    hand.statement("DROP TRIGGER ticket_steps ON ticket")


def unjournalled(hand: Hand) -> None:
    hand.server(
        "IF me() IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal j",
        "IF false AND NOT EXISTS (SELECT 1 FROM journal j",
    )


def any_transaction(hand: Hand) -> None:
    """Of the journal, any entry will do, whenever it was written."""
    hand.server("AND j.order_version >= NEW.version AND j.xmin = pg_current_xact_id()::xid")


def untold_tickets(hand: Hand) -> None:
    untold(hand, "ticket")


def unqualified(hand: Hand) -> None:
    hand.server("c.order_id = ticket.order_id", "c.order_id = order_id")
    untold(hand, "ticket")


def unforced(hand: Hand) -> None:
    hand.server("FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY")


def plain_view(hand: Hand) -> None:
    hand.statement("CREATE VIEW boxoffice.everything AS SELECT * FROM pin")
    hand.statement(f"GRANT SELECT ON boxoffice.everything TO {GROUP}")


def no_search_path(hand: Hand) -> None:
    hand.server(" SECURITY DEFINER SET search_path = boxoffice, pg_temp", " SECURITY DEFINER")


def temporary_tables(hand: Hand) -> None:
    hand.statement("GRANT TEMPORARY ON DATABASE {database} TO PUBLIC")


def public_functions(hand: Hand) -> None:
    hand.statement("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA boxoffice TO PUBLIC")


def windows_fence(hand: Hand) -> None:
    hand.statement(f"GRANT EXECUTE ON FUNCTION fence(bigint, text) TO {GROUP}")


def one_more_definer(hand: Hand) -> None:
    hand.statement(
        "CREATE FUNCTION boxoffice.sweep() RETURNS void LANGUAGE sql SECURITY DEFINER "
        "SET search_path = boxoffice, pg_temp AS 'UPDATE custody_seat SET holder = NULL'"
    )
    hand.statement("REVOKE EXECUTE ON FUNCTION boxoffice.sweep() FROM PUBLIC")
    hand.statement(f"GRANT EXECUTE ON FUNCTION boxoffice.sweep() TO {GROUP}")


def loose_numbers(hand: Hand) -> None:
    hand.server("IF NEW.number <> coalesce(last.number, 0) + 1 OR", "IF")


def loose_hashes(hand: Hand) -> None:
    hand.server("OR NEW.previous <> coalesce(last.hash, repeat('0', 64))")


def written_over(hand: Hand) -> None:
    hand.statement("DROP TRIGGER journal_never_changed ON journal")


def emptied(hand: Hand) -> None:
    hand.statement("DROP TRIGGER journal_never_emptied ON journal")


def not_always(hand: Hand) -> None:
    for table in ("journal", "posting"):
        hand.server(
            f"ENABLE ALWAYS TRIGGER {table}_never_changed", f"ENABLE TRIGGER {table}_never_changed"
        )


def more_grants(hand: Hand) -> None:
    hand.statement(f"GRANT UPDATE, DELETE, TRUNCATE ON journal, posting TO {GROUP}")


def all_pins(hand: Hand) -> None:
    hand.server("AND a.window_id IN (0, (SELECT boxoffice.me()))")


def unpeppered(hand: Hand) -> None:
    hand.text(operators.peppered, "if not pepper:", "if True:")


def cannot(*what: str) -> tuple[str, ...]:
    """The tests of what a window cannot change."""
    return tests(RIGHTS, *(f"{CANNOT}[{each}]" for each in what))


SWITCHES = (
    Switch(
        24,
        "a window has no rights but through its role",
        "that: everybody may do everything",
        no_roles,
        cannot("a price", "a PIN"),
    ),
    Switch(
        24,
        "me() is who signed in",
        "session_user in it",
        the_owner,
        tests(SIGNED_IN, "test_rule_24_me_is_who_signed_in"),
    ),
    Switch(
        24,
        "custody decides which seats a window changes",
        "that policy",
        everybodys_seats,
        cannot("a seat another window holds, let go"),
    ),
    Switch(
        24,
        "custody decides which orders it takes",
        "that policy",
        everybodys_custody,
        cannot("another window's custody of an order"),
    ),
    Switch(
        24,
        "tickets, payments, hand-overs and refunds go with the order that is held",
        "that policy, and the entry they want besides",
        everybodys_orders,
        cannot(
            "a ticket of another order",
            "a payment of another order",
            "a hand-over of another order",
            "a refund of another order",
        ),
    ),
    Switch(
        24,
        "gateway numbers begin with the window that uses them",
        "that policy",
        any_attempt,
        cannot("another window's attempt"),
    ),
    Switch(
        25,
        "a window signs its own name under custody",
        "that step of a seat",
        no_step_of_seats,
        cannot("a free seat under another epoch"),
    ),
    Switch(
        25,
        "UPDATE is granted column by column",
        "the columns",
        all_columns,
        cannot("the price of a line", "the seat of a ticket"),
    ),
    Switch(
        25,
        "identity of what was sold is written once",
        "that step of a line",
        paid_identity,
        cannot("the document of a ticket", "the place of a line"),
    ),
    Switch(
        25,
        "money is insert-only",
        "rights and trigger of payments",
        rewritten_payments,
        cannot("the money of a payment"),
    ),
    Switch(
        25,
        "a status takes allowed steps only",
        "the steps of a ticket",
        any_step,
        tests(RIGHTS, "test_rule_25_a_dead_ticket_stays_dead"),
    ),
    Switch(
        25,
        "a change of an order needs the window's entry",
        "that entry",
        unjournalled,
        cannot("an order without its journal"),
    ),
    Switch(
        25,
        "and so does a change of what belongs to it",
        "that entry, for tickets",
        untold_tickets,
        cannot("a ticket without its journal"),
    ),
    Switch(
        25,
        "in the same transaction",
        "which transaction",
        any_transaction,
        tests(RIGHTS, "test_rule_25_an_entry_serves_for_its_own_transaction_only"),
    ),
    Switch(
        26,
        "a column in a policy names its table",
        "the table of one",
        unqualified,
        cannot("a ticket of another order"),
    ),
    Switch(
        26,
        "row security is forced, for the owner too",
        "FORCE",
        unforced,
        tests(RIGHTS, "test_every_table_is_under_row_security_also_for_its_owner"),
    ),
    Switch(
        26,
        "no view goes round it",
        "that: there is a plain view",
        plain_view,
        tests(RIGHTS, "test_every_table_is_under_row_security_also_for_its_owner"),
    ),
    Switch(
        26,
        "a definer function looks in our schema only",
        "its search_path",
        no_search_path,
        tests(RIGHTS, DEFINERS),
    ),
    Switch(
        26,
        "nobody makes temporary tables",
        "that right",
        temporary_tables,
        tests(RIGHTS, "test_a_window_is_told_no[a table of one's own in front of ours]"),
    ),
    Switch(
        27,
        "EXECUTE is revoked from PUBLIC",
        "that",
        public_functions,
        tests(RIGHTS, DEFINERS),
    ),
    Switch(
        27,
        "definer functions are few and known",
        "that: there is one more",
        one_more_definer,
        tests(WRITTEN, "test_rule_27_definer_functions_are_few_and_known[server]"),
    ),
    Switch(
        27,
        "fence, free and allot are a supervisor's",
        "that: windows may fence",
        windows_fence,
        tests(
            "central/test_fencing.py",
            "test_a_supervisor_fences_and_frees_and_writes_central_s_journal_only[server]",
        ),
    ),
    Switch(27, "entries are numbered", "the number", loose_numbers, cannot("a gap in the journal")),
    Switch(
        27,
        "and chained",
        "the previous hash",
        loose_hashes,
        cannot("a journal entry chained to nothing"),
    ),
    Switch(
        27,
        "journal and postings: INSERT and SELECT only",
        "that: windows are granted the rest",
        more_grants,
        tests(
            RIGHTS,
            "test_a_window_is_told_no[a journal entry changed]",
            "test_a_window_is_told_no[a posting deleted]",
        ),
    ),
    Switch(
        27,
        "UPDATE and DELETE raise",
        "that trigger",
        written_over,
        tests(WRITTEN, f"{NEVER}[journal-server]"),
    ),
    Switch(
        27, "TRUNCATE raises", "that trigger", emptied, tests(WRITTEN, f"{NEVER}[journal-server]")
    ),
    Switch(27, "ENABLE ALWAYS", "ALWAYS", not_always, tests(WRITTEN, f"{NEVER}[journal-server]")),
    Switch(
        28,
        "a window reads verifiers of its own operators only",
        "whose they are",
        all_pins,
        tests(RIGHTS, "test_pins_of_operators_assigned_elsewhere_are_not_read"),
    ),
    Switch(
        28,
        "they are peppered",
        "the pepper",
        unpeppered,
        tests("services/test_operators.py", "test_rule_28_a_verifier_alone_tells_no_pin"),
    ),
)

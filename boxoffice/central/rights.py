"""Who may do what at a PostgreSQL central: roles, row security, grants and triggers (rules 24-28).

A role per window, and no rights but through it. Custody decides which rows; grants decide which
columns; triggers decide which steps, and that each change of an order has its journal entry.
Everything here is made anew by `central init` and can be run any number of times.
"""

from __future__ import annotations

from boxoffice.central import drawing, duties, granting, invoice_duties, supervising
from boxoffice.central.definer import definer
from boxoffice.records.invoices import Invoice
from boxoffice.records.postgres import FENCED, OLDER, SERVER_NOW
from boxoffice.records.sales import Order, OrderLine, Payback, Ticket
from boxoffice.records.whole_order import FIXED, columns, name_of

ANYONE_READS = (
    *("plan", "seat", "court", "session", "session_court", "access", "price", "refund_tier"),
    *(
        "rain_policy",
        "rule_row",
        "orders",
        "order_line",
        "ticket",
        "payment",
        "hand_over",
        "refund",
        "payback",
        "invoice",
    ),
    *("attempt", "posting", "journal", "chain_head", "shift", "z_report", "operator", "cases"),
    *("meta", "window_name", "allotment", "ticket_window", "window_epoch", "custody_seat"),
    *("custody_order", "claim", "answer", "feed", "review", "wish"),
    *("pool", "pool_transfer", "returning_places", "freed_seat", "freed_order", "assignment"),
    *("play_entry", "rain_decision", "day_statement"),
    *("reconciliation", "bank_batch", "bank_transfer", "bank_file"),
)
"""What every window may read whole; of PIN verifiers it reads those assigned to it."""

INSERTS = (
    *("orders", "order_line", "ticket", "payment", "hand_over", "refund", "payback", "invoice"),
    *("attempt", "posting"),
    *("journal", "shift", "z_report", "cases", "custody_order", "claim"),
    *("answer", "review", "wish", "returning_places"),
    *("play_entry", "rain_decision", "day_statement"),
    *("reconciliation", "bank_batch", "bank_transfer", "bank_file"),
)
DELETES = ("claim", "wish")
UPDATES: dict[str, tuple[str, ...]] = {
    "custody_seat": ("holder", "epoch", "order_id", "free_from"),
    "custody_order": ("holder", "epoch"),
    "claim": ("holder", "epoch", "order_id"),
    "shift": ("status", "closed_at"),
    "attempt": ("status", "ended_at", "sent_at", "reversing_at", "reference", "why", "facts"),
    "review": ("settled_at", "settled_by", "outcome"),
    "cases": ("status", "facts"),
    "reconciliation": (
        *("name", "digest", "whole", "ours_fen", "theirs_fen", "ours_rows", "theirs_rows"),
        *("fees_fen", "paid_out_fen", "buckets", "cases", "imported_at"),
    ),
    "bank_batch": ("written_at",),
    "bank_transfer": (
        *("answer", "reasons", "booked_on", "booked_reference", "returned_on"),
        "returned_reference",
    ),
    **{
        name_of(table): tuple(c for c in columns(table) if c not in FIXED[table])
        for table in (Order, OrderLine, Ticket, Payback, Invoice)
    },
}
"""Money and identity are written once: columns that do not stand here are never changed."""


def script(schema: str) -> list[str]:
    """The statements that give a schema its rights, for its owner to run."""
    return [
        *_roles(schema),
        *_functions(schema),
        *supervising.script(schema, group_role(schema), supervisor_role(schema)),
        *granting.script(schema, group_role(schema)),
        *duties.script(schema),
        *invoice_duties.script(schema),
        *_grants(schema),
        *_policies(schema),
    ]


def group_role(schema: str) -> str:
    """The role of all windows."""
    return f"{schema}_windows"


def supervisor_role(schema: str) -> str:
    """The role that may fence, free and allot."""
    return f"{schema}_supervisor"


def window_role(schema: str, window: int) -> str:
    """The role one window signs in as."""
    return f"{schema}_w{window}"


def _roles(schema: str) -> list[str]:
    made = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') "
        f"THEN CREATE ROLE {role} NOLOGIN; END IF; END $$"
        for role in (group_role(schema), supervisor_role(schema))
    ]
    return [
        *made,
        f"REVOKE ALL ON SCHEMA {schema} FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA {schema} TO {group_role(schema)}, {supervisor_role(schema)}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM PUBLIC, {group_role(schema)}",
        # A temporary table can stand in for one of ours in a function (rule 26).
        "DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', "
        "current_database()); END $$",
    ]


def _functions(schema: str) -> list[str]:
    windows = group_role(schema)
    return [
        *_identity(schema, windows),
        *(
            statement
            for signature, (answers, body) in _CONNECTING.items()
            for statement in definer(schema, signature, answers, body, to=windows)
        ),
        *drawing.script(schema, windows),
    ]


def _identity(schema: str, windows: str) -> list[str]:
    """Who asks: inside a function of the owner current_user is the owner, session_user is not."""
    # The number in the name of the session's role; null for a role that is no window's. Found
    # once: in a condition it would be found anew for each row of a small table.
    own = f"DECLARE own bigint := substring(session_user from '^{schema}_w([0-9]+)$')::bigint; "
    found = "BEGIN RETURN (SELECT {} FROM ticket_window WHERE id = own{}); END"
    bodies = {
        "me()": own + found.format("id", ""),
        "my_epoch()": own + found.format("epoch", " AND fenced = 0"),
    }
    return [
        statement
        for signature, body in bodies.items()
        for statement in definer(schema, signature, "bigint", body, to=windows, stable=True)
    ]


_CONNECTING = {
    "hello(wanted bigint)": (
        "bigint",
        "DECLARE found bigint; BEGIN "
        f"UPDATE ticket_window SET connection = connection + 1, last_seen = {SERVER_NOW}, "
        f"incarnation = CASE incarnation WHEN '' THEN {supervising.LIFE} ELSE incarnation END "
        "WHERE id = me() AND epoch = wanted AND fenced = 0 RETURNING connection INTO found; "
        "RETURN found; END",
    ),
    # FOR SHARE: a new connection or a fence waits for a write in flight, or beats it.
    "guard(connected bigint, wanted bigint)": (
        "boolean",
        "DECLARE who bigint := me(); BEGIN "
        "PERFORM 1 FROM ticket_window WHERE id = who AND connection = connected "
        "AND epoch = wanted AND fenced = 0 FOR SHARE; IF FOUND THEN RETURN true; END IF; "
        "PERFORM 1 FROM ticket_window WHERE id = who AND epoch = wanted AND fenced = 0; "
        f"IF FOUND THEN RAISE EXCEPTION 'older' USING ERRCODE = '{OLDER}'; END IF; "
        f"RAISE EXCEPTION '%', who USING ERRCODE = '{FENCED}'; END",
    ),
    "seen(entries bigint)": (
        "void",
        f"BEGIN UPDATE ticket_window SET last_seen = {SERVER_NOW}, unsent = entries "
        "WHERE id = me() AND fenced = 0; END",
    ),
    "raise_people()": (
        "void",
        "BEGIN INSERT INTO meta (key, value) VALUES ('people_version', '1') "
        "ON CONFLICT (key) DO UPDATE SET value = (meta.value::bigint + 1)::text; END",
    ),
}


def _grants(schema: str) -> list[str]:
    group, supervisor = group_role(schema), supervisor_role(schema)
    return [
        f"GRANT SELECT ON {', '.join(f'{schema}.{t}' for t in ANYONE_READS)} TO {supervisor}",
        f"GRANT INSERT ON {schema}.journal TO {supervisor}",
        f"GRANT INSERT, UPDATE, DELETE ON {schema}.allotment TO {supervisor}",
        f"GRANT EXECUTE ON FUNCTION {schema}.raise_people() TO {supervisor}",
        f"GRANT SELECT ON {', '.join(f'{schema}.{t}' for t in (*ANYONE_READS, 'pin'))} TO {group}",
        f"GRANT INSERT ON {', '.join(f'{schema}.{t}' for t in INSERTS)} TO {group}",
        f"GRANT DELETE ON {', '.join(f'{schema}.{t}' for t in DELETES)} TO {group}",
        *(
            f"GRANT UPDATE ({', '.join(names)}) ON {schema}.{table} TO {group}"
            for table, names in UPDATES.items()
        ),
    ]


def _policies(schema: str) -> list[str]:
    """Which rows a window writes. The owner, whose functions see to the rest, is let through."""
    me, group = f"(SELECT {schema}.me())", group_role(schema)
    held = (
        "EXISTS (SELECT 1 FROM {s}.custody_order c WHERE c.order_id = {t}.{c} AND c.holder = {m})"
    )

    def of_order(table: str, column: str) -> str:
        return held.format(s=schema, t=table, c=column, m=me)

    mine = {
        "custody_seat": f"holder IS NULL OR holder = {me}",
        "custody_order": f"holder IS NULL OR holder = {me}",
        "claim": f"holder = {me} OR (holder IS NULL AND {of_order('claim', 'order_id')})",
        "answer": f"window_id = {me}",
        "review": f"window_id = {me}",
        "wish": f"window_id = {me} OR {of_order('wish', 'order_id')}",
        "journal": f"window_id = {me}",
        "posting": f"window_id = {me}",
        "shift": f"window_id = {me}",
        "z_report": f"window_id = {me}",
        "day_statement": f"window_id = {me}",
        "orders": of_order("orders", "id"),
        **{
            table: of_order(table, "order_id")
            for table in (
                *("order_line", "ticket", "payment", "hand_over", "refund", "payback"),
                "invoice",
            )
        },
        # A gateway number of a window begins with its own.
        "attempt": f"number LIKE {me} || '-%'",
        "play_entry": f"window_id = {me}",
        "rain_decision": f"window_id = {me}",
        "cases": "true",
        # Bills and transfers are looked after at one window for all of them.
        **dict.fromkeys(("reconciliation", "bank_file", "bank_transfer"), "true"),
        "bank_batch": f"window_id = {me}",
        "returning_places": "true",
    }
    journal, plan = f"{schema}.journal", f"{schema}.allotment"
    made = [
        f"DROP POLICY IF EXISTS plan_it ON {plan}",
        f"CREATE POLICY plan_it ON {plan} TO {supervisor_role(schema)} "
        "USING (true) WITH CHECK (true)",
        f"DROP POLICY IF EXISTS insert_central ON {journal}",
        # What a supervisor does stands in central's own chain.
        f"CREATE POLICY insert_central ON {journal} FOR INSERT TO {supervisor_role(schema)} "
        "WITH CHECK (window_id = 0)",
    ]
    # A journal may be written for an epoch that has ended, too: money happened (rule 17).
    written = {"custody_order": f"holder IS NULL OR holder = {me}"}
    for table in (*ANYONE_READS, "pin"):
        name = f"{schema}.{table}"
        made += [
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS all_of_it ON {name}",
            f"CREATE POLICY all_of_it ON {name} TO CURRENT_USER USING (true) WITH CHECK (true)",
            f"DROP POLICY IF EXISTS read_it ON {name}",
        ]
        seen = "true"
        if table == "pin":
            seen = (
                f"EXISTS (SELECT 1 FROM {schema}.assignment a WHERE a.operator_id = "
                f"pin.operator_id AND a.window_id IN (0, {me}))"
            )
        readers = group if table == "pin" else f"{group}, {supervisor_role(schema)}"
        made.append(f"CREATE POLICY read_it ON {name} FOR SELECT TO {readers} USING ({seen})")
        for act, clause in (("INSERT", "WITH CHECK"), ("UPDATE", "USING"), ("DELETE", "USING")):
            made.append(f"DROP POLICY IF EXISTS {act.lower()}_mine ON {name}")
            allowed = {"INSERT": INSERTS, "UPDATE": tuple(UPDATES), "DELETE": DELETES}[act]
            if table not in allowed:
                continue
            rule = written.get(table, mine[table]) if act == "INSERT" else mine[table]
            check = f" WITH CHECK ({mine[table]})" if act == "UPDATE" else ""
            made.append(
                f"CREATE POLICY {act.lower()}_mine ON {name} FOR {act} TO {group} "
                f"{clause} ({rule}){check}"
            )
    return made

"""Who may do what at a PostgreSQL central: roles, row security, grants and triggers (rules 24-28).

A role per window, and no rights but through it. Custody decides which rows; grants decide which
columns; triggers decide which steps, and that each change of an order has its journal entry.
Everything here is made anew by `central init` and can be run any number of times.
"""

from __future__ import annotations

from boxoffice.central import duties, granting, supervising
from boxoffice.records.postgres import FENCED, OLDER, SERVER_NOW
from boxoffice.records.sales import Order, OrderLine, Ticket
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
    ),
    *("attempt", "posting", "journal", "chain_head", "shift", "z_report", "operator", "cases"),
    *("meta", "window_name", "allotment", "ticket_window", "window_epoch", "custody_seat"),
    *("custody_order", "claim", "answer", "feed", "review", "wish"),
    *("pool", "pool_transfer", "returning_places", "freed_seat", "freed_order", "assignment"),
)
"""What every window may read whole; of PIN verifiers it reads those assigned to it."""

INSERTS = (
    *("orders", "order_line", "ticket", "payment", "hand_over", "refund", "attempt", "posting"),
    *("journal", "shift", "z_report", "cases", "custody_order", "claim"),
    *("answer", "review", "wish", "returning_places"),
)
DELETES = ("claim", "wish")
UPDATES: dict[str, tuple[str, ...]] = {
    "custody_seat": ("holder", "epoch", "order_id", "free_from"),
    "custody_order": ("holder", "epoch"),
    "claim": ("holder", "epoch", "order_id"),
    "shift": ("status", "closed_at"),
    "attempt": ("status", "ended_at"),
    "review": ("settled_at", "settled_by", "outcome"),
    "cases": ("status", "facts"),
    **{
        name_of(table): tuple(c for c in columns(table) if c not in FIXED[table])
        for table in (Order, OrderLine, Ticket)
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
        *_grants(schema),
        *_policies(schema),
    ]


MOVE_PLACES = """
DECLARE way record; due bigint; who bigint := me(); back boolean := false; utc text :=
  to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
BEGIN
  FOR n IN 1 .. coalesce(array_length(ways, 1), 0) LOOP
    IF who IS NOT NULL AND (ways[n][2] IS NULL OR ways[n][4] <= 0
      OR (ways[n][2] NOT IN (0, -1, -2, who)
        -- An ended epoch of its own (`items.ended_pool`).
        AND NOT (ways[n][2] > 65535 AND ways[n][2] % 65536 = who))
      OR ways[n][3] NOT IN (0, -1, -2, -4, who)) THEN
      RAISE EXCEPTION 'places of another window' USING ERRCODE = 'check_violation';
    END IF;
    back := back OR ways[n][2] IN (-1, -2);
  END LOOP;
  FOR way IN
    SELECT session_id, holder, sum(places) AS places FROM (
      SELECT ways[n][1] AS session_id, ways[n][2] AS holder, -ways[n][4] AS places
      FROM generate_subscripts(ways, 1) n WHERE ways[n][2] IS NOT NULL
      UNION ALL SELECT ways[n][1], ways[n][3], ways[n][4] FROM generate_subscripts(ways, 1) n
    ) AS change GROUP BY 1, 2 HAVING sum(places) <> 0 ORDER BY 1, 2
  LOOP
    IF way.places > 0 THEN
      INSERT INTO pool (session_id, holder, places) VALUES (way.session_id, way.holder, way.places)
      ON CONFLICT (session_id, holder) DO UPDATE SET places = pool.places + excluded.places;
      CONTINUE;
    END IF;
    UPDATE pool SET places = places + way.places WHERE session_id = way.session_id
    AND holder = way.holder AND places + way.places >= 0;
    CONTINUE WHEN FOUND;
    IF way.holder = 0 THEN
      WITH back AS (DELETE FROM returning_places WHERE session_id = way.session_id
        AND free_from <= utc RETURNING places) SELECT sum(places) INTO due FROM back;
      IF due > 0 THEN
        UPDATE pool SET places = places - due WHERE session_id = way.session_id AND holder = -4;
        INSERT INTO pool_transfer (id, session_id, giver, taker, places, at)
        VALUES (transfer_id(), way.session_id, -4, 0, due, utc);
        UPDATE pool SET places = places + due + way.places WHERE session_id = way.session_id
        AND holder = 0 AND places + due + way.places >= 0;
        CONTINUE WHEN FOUND;
      END IF;
    END IF;
    short_session := way.session_id; short_holder := way.holder; RETURN;
  END LOOP;
  INSERT INTO pool_transfer (id, session_id, giver, taker, places, at)
  SELECT transfer_id(), ways[n][1], ways[n][2], ways[n][3], ways[n][4], utc
  FROM generate_subscripts(ways, 1) n;
  -- Sold and reserved places come back with their tickets and lines only.
  IF who IS NOT NULL AND back AND EXISTS (
      SELECT 1 FROM generate_subscripts(ways, 1) n JOIN pool p ON p.session_id = ways[n][1]
      AND p.holder = ways[n][2] WHERE (p.holder = -1 AND p.places < (SELECT count(*) FROM ticket t
        WHERE t.session_id = p.session_id AND t.live = 1))
      OR (p.holder = -2 AND p.places < (SELECT count(*) FROM order_line l
        WHERE l.session_id = p.session_id AND l.status = 'reserved'))) THEN
    RAISE EXCEPTION 'places that are still sold' USING ERRCODE = 'check_violation';
  END IF;
END"""
"""Moves places for a window: from central to itself and back, with what it sells and returns.

Answers the session and pool that has too few. The shared rows are touched in sorted order.
"""


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


def _definer(schema: str, signature: str, answers: str, body: str, *, stable: bool = False) -> str:
    """A function that runs with the owner's rights, and looks in our schema only."""
    # plpgsql keeps its plans from call to call; functions in SQL are planned in every statement.
    kind = "plpgsql STABLE" if stable else "plpgsql"
    return (
        f"CREATE OR REPLACE FUNCTION {schema}.{signature} RETURNS {answers} LANGUAGE {kind} "
        f"SECURITY DEFINER SET search_path = {schema}, pg_temp AS $body$ {body} $body$"
    )


def _functions(schema: str) -> list[str]:
    # The number in the name of the session's role; null for a role that is no window's.
    number = f"substring(session_user from '^{schema}_w([0-9]+)$')::bigint"
    made = [
        # Inside a function of the owner current_user is the owner: the session's user counts.
        _definer(
            schema,
            "me()",
            "bigint",
            f"BEGIN RETURN (SELECT id FROM ticket_window WHERE id = {number}); END",
            stable=True,
        ),
        _definer(
            schema,
            "my_epoch()",
            "bigint",
            "BEGIN RETURN (SELECT epoch FROM ticket_window "
            f"WHERE id = {number} AND fenced = 0); END",
            stable=True,
        ),
        # Later ones sort after earlier ones, as everywhere.
        f"CREATE OR REPLACE FUNCTION {schema}.transfer_id() RETURNS text LANGUAGE sql AS $body$ "
        "SELECT to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) "
        "|| left(md5(random()::text), 19) $body$",
        _definer(
            schema,
            "move_places(ways bigint[], OUT short_session bigint, OUT short_holder bigint)",
            "record",
            MOVE_PLACES,
        ),
        _definer(
            schema,
            "hello(wanted bigint)",
            "bigint",
            "DECLARE found bigint; BEGIN "
            "UPDATE ticket_window SET connection = connection + 1, last_seen = "
            "to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), "
            "incarnation = CASE incarnation WHEN '' THEN "
            f"{supervising.LIFE} ELSE incarnation END "
            "WHERE id = me() AND epoch = wanted AND fenced = 0 RETURNING connection INTO found; "
            "RETURN found; END",
        ),
        # FOR SHARE: a new connection or a fence waits for a write in flight, or beats it.
        _definer(
            schema,
            "guard(connected bigint, wanted bigint)",
            "boolean",
            "DECLARE who bigint := me(); BEGIN "
            "PERFORM 1 FROM ticket_window WHERE id = who AND connection = connected "
            "AND epoch = wanted AND fenced = 0 FOR SHARE; IF FOUND THEN RETURN true; END IF; "
            "PERFORM 1 FROM ticket_window WHERE id = who AND epoch = wanted AND fenced = 0; "
            f"IF FOUND THEN RAISE EXCEPTION 'older' USING ERRCODE = '{OLDER}'; END IF; "
            f"RAISE EXCEPTION '%', who USING ERRCODE = '{FENCED}'; END",
        ),
        _definer(
            schema,
            "seen(entries bigint)",
            "void",
            f"BEGIN UPDATE ticket_window SET last_seen = {SERVER_NOW}, unsent = entries "
            "WHERE id = me() AND fenced = 0; END",
        ),
        _definer(
            schema,
            "raise_people()",
            "void",
            "BEGIN INSERT INTO meta (key, value) VALUES ('people_version', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = (meta.value::bigint + 1)::text; END",
        ),
    ]
    names = (
        "me()",
        "my_epoch()",
        "move_places(bigint[])",
        "hello(bigint)",
        "guard(bigint, bigint)",
        "raise_people()",
        "seen(bigint)",
    )
    for name in names:
        made.append(f"REVOKE EXECUTE ON FUNCTION {schema}.{name} FROM PUBLIC")
        made.append(f"GRANT EXECUTE ON FUNCTION {schema}.{name} TO {group_role(schema)}")
    return made


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
        "orders": of_order("orders", "id"),
        **{
            table: of_order(table, "order_id")
            for table in ("order_line", "ticket", "payment", "hand_over", "refund")
        },
        # A gateway number of a window begins with its own.
        "attempt": f"number LIKE {me} || '-%'",
        "cases": "true",
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

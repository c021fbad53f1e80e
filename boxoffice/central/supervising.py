"""What a PostgreSQL central does for a supervisor, and for windows whose epoch or central changed.

Functions that run with the owner's rights (rule 27). A supervisor's role may call those that end
an epoch and free what it held; a window's those that speak of itself alone. Beside a window's own
file the same is done by plain statements (`fencing`, `recovering`).
"""

from __future__ import annotations

from boxoffice.central import settling, undecided
from boxoffice.central.definer import definer
from boxoffice.central.guard import RECOVERING, TURNED_BACK
from boxoffice.central.items import MOST_WINDOWS
from boxoffice.records.postgres import SERVER_NOW

LIFE = "(SELECT value FROM meta WHERE key = 'incarnation')"
"""SQL: which life of central this is."""
_ID = "replace(gen_random_uuid()::text, '-', '')"
_OF = f"target + ended * {MOST_WINDOWS + 1}"
"""SQL: who holds the places of the ended epoch of a window."""

# Whoever waits for nobody any more grants again.
_GRANT_AGAIN = (
    f"IF NOT EXISTS (SELECT 1 FROM ticket_window WHERE fenced = 0 AND incarnation NOT IN ('', "
    f"{LIFE})) THEN DELETE FROM meta WHERE key = '{RECOVERING}'; END IF; "
)

_FENCE = f"""
DECLARE found bigint; ways bigint[];
BEGIN
  UPDATE ticket_window SET fenced = 1 WHERE id = target AND fenced = 0 RETURNING epoch INTO found;
  IF found IS NULL THEN RETURN NULL; END IF;
  UPDATE window_epoch SET ended_at = {SERVER_NOW}, reason = why
  WHERE window_id = target AND epoch = found;
  SELECT array_agg(ARRAY[session_id, target, target + found * {MOST_WINDOWS + 1}, places])
  INTO ways FROM pool WHERE holder = target AND places > 0;
  IF ways IS NOT NULL THEN PERFORM move_places(ways); END IF;
  {_GRANT_AGAIN}
  RETURN found;
END"""

_MAY_FREE = """
  PERFORM 1 FROM window_epoch WHERE window_id = target AND epoch = ended AND ended_at IS NOT NULL
  AND (second <> '' OR received_at IS NOT NULL) FOR UPDATE;
  IF NOT FOUND OR who = '' OR who = second OR why = '' THEN
    RAISE EXCEPTION 'nothing is freed like that' USING ERRCODE = 'check_violation';
  END IF;"""

_FREE_SEATS = f"""
DECLARE one record; ways bigint[] := ARRAY[]::bigint[]; freed bigint := 0;
BEGIN {_MAY_FREE}
  FOR one IN SELECT places[n][1] AS s, places[n][2] AS p FROM generate_subscripts(places, 1) n
    ORDER BY 1, 2
  LOOP
    UPDATE custody_seat SET holder = NULL, epoch = NULL WHERE session_id = one.s
    AND seat_id = one.p AND holder = target AND epoch = ended;
    CONTINUE WHEN NOT FOUND;
    ways := ways || ARRAY[ARRAY[one.s, {_OF}, 0, 1]]; freed := freed + 1;
    IF second <> '' THEN
      INSERT INTO freed_seat (id, session_id, seat_id, places, window_id, epoch, at, operator,
        approver, reason) VALUES ({_ID}, one.s, one.p, 1, target, ended, {SERVER_NOW}, who,
        second, why);
    END IF;
  END LOOP;
  IF freed > 0 THEN
    PERFORM move_places(ways);
    -- The maps of all windows follow. Below zero: the window asked for none of these.
    INSERT INTO answer (request_id, window_id, epoch, kind, number, items) SELECT {_ID}, target,
      ended, 'give', least(min(number), 0) - 1, listed FROM answer
      WHERE window_id = target AND epoch = ended;
  END IF;
  RETURN freed;
END"""

_FREE_PLACES = f"""
DECLARE freed bigint;
BEGIN {_MAY_FREE}
  -- Row 0 first, as everywhere (`drawing`).
  PERFORM 1 FROM pool WHERE session_id = session AND holder = 0 FOR UPDATE;
  SELECT places INTO freed FROM pool WHERE session_id = session AND holder = {_OF} FOR UPDATE;
  freed := coalesce(freed, 0) - (SELECT count(*) FROM custody_seat
    WHERE session_id = session AND holder = target AND epoch = ended);
  IF freed <= 0 THEN RETURN 0; END IF;
  PERFORM move_places(ARRAY[ARRAY[session, {_OF}, 0, freed]]);
  IF second <> '' THEN
    INSERT INTO freed_seat (id, session_id, seat_id, places, window_id, epoch, at, operator,
      approver, reason) VALUES ({_ID}, session, 0, freed, target, ended, {SERVER_NOW}, who,
      second, why);
  END IF;
  RETURN freed;
END"""

_FREE_ORDERS = f"""
DECLARE freed bigint;
BEGIN {_MAY_FREE}
  WITH touched AS (UPDATE custody_order SET holder = NULL, epoch = NULL
    WHERE order_id = ANY(orders) AND holder = target AND epoch = ended AND NOT EXISTS
    (SELECT 1 FROM attempt a WHERE a.order_id = custody_order.order_id AND a.ended_at IS NULL)
    RETURNING order_id),
  noted AS (INSERT INTO freed_order (id, order_id, window_id, epoch, at, operator, approver, reason)
    SELECT {_ID}, order_id, target, ended, {SERVER_NOW}, who, second, why FROM touched
    WHERE second <> '')
  SELECT count(*) INTO freed FROM touched;
  RETURN freed;
END"""

_FREE_CLAIMS = f"""
DECLARE freed bigint;
BEGIN {_MAY_FREE}
  WITH gone AS (DELETE FROM claim WHERE holder = target AND epoch = ended RETURNING 1)
  SELECT count(*) INTO freed FROM gone;
  RETURN freed;
END"""

_FREED = "target bigint, ended bigint, {what}who text, second text, why text"

SUPERVISOR: dict[str, tuple[str, str]] = {
    # Several write central's own chain: one after the other.
    "take_turn()": (
        "void",
        "BEGIN PERFORM 1 FROM meta WHERE key = 'incarnation' FOR UPDATE; END",
    ),
    "fence(target bigint, why text)": ("bigint", _FENCE),
    f"free_seats({_FREED.format(what='places bigint[], listed text, ')})": ("bigint", _FREE_SEATS),
    f"free_places({_FREED.format(what='session bigint, ')})": ("bigint", _FREE_PLACES),
    f"free_orders({_FREED.format(what='orders text[], ')})": ("bigint", _FREE_ORDERS),
    f"free_claims({_FREED.format(what='')})": ("bigint", _FREE_CLAIMS),
    **undecided.SUPERVISOR,
}

_MARK_LOST = (
    f"IF NOT EXISTS (SELECT 1 FROM meta WHERE key = '{RECOVERING}') THEN "
    f"UPDATE meta SET value = {_ID} WHERE key = 'incarnation'; "
    f"INSERT INTO meta (key, value) VALUES ('{RECOVERING}', '1'); "
    f"INSERT INTO meta (key, value) VALUES ('{TURNED_BACK}', coalesce((SELECT xid || ':' || id "
    "FROM feed ORDER BY xid DESC, id DESC LIMIT 1), '0:0')) ON CONFLICT (key) DO NOTHING; "
    "END IF; "
)

# What a window's entry in its own journal asks for, signed for by somebody who runs the venue.
_ALLOT = """
DECLARE asked json;
BEGIN
  SELECT j.facts::json INTO asked FROM journal j JOIN operator o ON o.id = j.operator_id
  WHERE j.window_id = me() AND j.epoch = my_epoch() AND j.epoch = wanted AND j.number = entry
  AND j.act = 'allot' AND o.active = 1 AND o.role IN ('supervisor', 'administrator');
  IF asked IS NULL THEN RETURN false; END IF;
  DELETE FROM allotment a WHERE a.window_id = (asked->>'window_id')::bigint
  AND a.session_id = (asked->>'session_id')::bigint AND a.category = asked->>'category';
  INSERT INTO allotment (window_id, session_id, category, pairs, threes, fours, places, orders)
  SELECT n.* FROM (SELECT (asked->>'window_id')::bigint, (asked->>'session_id')::bigint,
    asked->>'category', (asked->>'pairs')::bigint AS pairs, (asked->>'threes')::bigint AS threes,
    (asked->>'fours')::bigint AS fours, (asked->>'places')::bigint AS places,
    (asked->>'orders')::bigint AS orders) n WHERE pairs + threes + fours + places + orders > 0;
  PERFORM raise_people();
  RETURN true;
END"""

WINDOW: dict[str, tuple[str, str]] = {
    **settling.WINDOW,
    "allot(wanted bigint, entry bigint)": ("boolean", _ALLOT),
    # One at a time reports what was done in an epoch that has ended.
    "guard_ended(wanted bigint)": (
        "boolean",
        "BEGIN PERFORM 1 FROM window_epoch WHERE window_id = me() AND epoch = wanted "
        "AND ended_at IS NOT NULL FOR UPDATE; RETURN FOUND; END",
    ),
    "received(wanted bigint, last bigint)": (
        "boolean",
        f"BEGIN UPDATE window_epoch SET received_at = {SERVER_NOW} WHERE window_id = me() "
        "AND epoch = wanted AND ended_at IS NOT NULL AND received_at IS NULL AND last = coalesce("
        "(SELECT number FROM chain_head WHERE window_id = me() AND epoch = wanted), 0); "
        "RETURN FOUND; END",
    ),
    "notice_loss()": (
        "void",
        f"BEGIN IF my_epoch() IS NULL THEN RETURN; END IF; {_MARK_LOST} "
        "UPDATE ticket_window SET incarnation = 'lost' WHERE id = me() AND fenced = 0; END",
    ),
    "let_go()": (
        "void",
        f"BEGIN UPDATE ticket_window SET released = {LIFE} WHERE id = me() AND fenced = 0; END",
    ),
    "reported()": (
        "void",
        f"BEGIN UPDATE ticket_window SET incarnation = {LIFE} WHERE id = me() AND fenced = 0 "
        f"AND released = {LIFE}; {_GRANT_AGAIN} END",
    ),
}


def script(schema: str, windows: str, supervisors: str) -> list[str]:
    """The functions of a schema, each for the role that may call it."""
    made = []
    for group, functions in ((windows, WINDOW), (supervisors, SUPERVISOR)):
        for signature, (answers, body) in functions.items():
            made += definer(schema, signature, answers, body, to=group)
    return made

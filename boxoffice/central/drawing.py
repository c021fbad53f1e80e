"""Places of a server's pools: moved by functions of the owner, drawn without waiting (rule 11).

No window writes a pool itself. Row 0 of a session is central's. Part of it lies in slices, and a
take draws on the slice of its window, a row that hardly anybody else wants. Whoever finds row 0
short gathers the slices first: the last place is found by whoever asks for it.

In one session row 0 is locked first and all others after it by number, or a slice and no other
row of central's.
"""

from __future__ import annotations

from boxoffice.central.definer import definer
from boxoffice.records.custody import CENTRAL_POOL, RETURNING_POOL, SLICE_POOL, SLICES

_PART = 64
"""A window whose slice is short lays a 64th of row 0 into it; of few places that is none."""
_CLOCK = """to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_OTHERS = "RAISE EXCEPTION 'places of another window' USING ERRCODE = 'check_violation'"


def _credit(session: str, holder: str, places: str) -> str:
    return (
        f"INSERT INTO pool (session_id, holder, places) VALUES ({session}, {holder}, {places}) "
        "ON CONFLICT (session_id, holder) DO UPDATE SET places = pool.places + excluded.places"
    )


def _note(giver: str | int, taker: str | int, places: str) -> str:
    return (
        "INSERT INTO pool_transfer (id, session_id, giver, taker, places, at) "
        f"VALUES (transfer_id(), session, {giver}, {taker}, {places}, utc)"
    )


_DRAW = f"""
DECLARE who bigint := me(); own bigint := {SLICE_POOL} - who % {SLICES}; source bigint := own;
  part bigint; utc text := {_CLOCK};
BEGIN
  IF my_epoch() IS NULL OR wanted IS NULL OR wanted <= 0 THEN {_OTHERS}; END IF;
  -- Asked first: an update that waits and then finds too few holds the row all the same.
  IF EXISTS (SELECT 1 FROM pool WHERE session_id = session AND holder = own
      AND places >= wanted) THEN
    UPDATE pool SET places = places - wanted WHERE session_id = session AND holder = own
    AND places >= wanted;
    IF NOT FOUND THEN RETURN false; END IF;
  ELSE
    source := {CENTRAL_POOL};
    UPDATE pool SET places = places - wanted WHERE session_id = session
    AND holder = {CENTRAL_POOL} AND places >= wanted RETURNING places / {_PART} INTO part;
    IF NOT FOUND THEN RETURN false; END IF;
    IF part > 0 THEN
      UPDATE pool SET places = places - part
      WHERE session_id = session AND holder = {CENTRAL_POOL};
      {_credit("session", "own", "part")};
      {_note(CENTRAL_POOL, "own", "part")};
    END IF;
  END IF;
  {_credit("session", "who", "wanted")};
  {_note("source", "who", "wanted")};
  RETURN true;
END"""
"""Draws places of central for a window. False where the one row it looked at has too few.

Whoever is told false ends the transaction, which may hold rows, and goes by `_MOVE`.
"""

_GATHER = f"""
DECLARE one record; due bigint; utc text := {_CLOCK};
BEGIN
  -- Slices are filled by who has this row: none grows any more.
  PERFORM 1 FROM pool WHERE session_id = session AND holder = {CENTRAL_POOL} FOR UPDATE;
  FOR one IN SELECT holder, places FROM pool WHERE session_id = session
    AND holder <= {SLICE_POOL} AND places > 0 ORDER BY holder FOR UPDATE
  LOOP
    UPDATE pool SET places = 0 WHERE session_id = session AND holder = one.holder;
    {_credit("session", str(CENTRAL_POOL), "one.places")};
    {_note("one.holder", CENTRAL_POOL, "one.places")};
  END LOOP;
  WITH back AS (DELETE FROM returning_places WHERE session_id = session
    AND free_from <= utc RETURNING places) SELECT sum(places) INTO due FROM back;
  -- Windows write such rows: no more goes on sale than was laid there.
  SELECT least(places, due) INTO due FROM pool
  WHERE session_id = session AND holder = {RETURNING_POOL} FOR UPDATE;
  IF due > 0 THEN
    UPDATE pool SET places = places - due
    WHERE session_id = session AND holder = {RETURNING_POOL};
    {_credit("session", str(CENTRAL_POOL), "due")};
    {_note(RETURNING_POOL, CENTRAL_POOL, "due")};
  END IF;
END"""
"""Lays everything central may give out of a session into row 0: slices, and what is due back."""

_MOVE = f"""
DECLARE way record; who bigint := me(); back boolean := false; utc text := {_CLOCK};
BEGIN
  FOR n IN 1 .. coalesce(array_length(ways, 1), 0) LOOP
    IF who IS NOT NULL AND (ways[n][2] IS NULL OR ways[n][4] <= 0
      -- Central's go to itself only, and in an epoch that runs.
      OR (ways[n][2] = 0 AND (ways[n][3] <> who OR my_epoch() IS NULL))
      OR (ways[n][2] NOT IN (0, -1, -2, who)
        -- An ended epoch of its own (`items.ended_pool`).
        AND NOT (ways[n][2] > 65535 AND ways[n][2] % 65536 = who))
      OR ways[n][3] NOT IN (0, -1, -2, -4, who)) THEN {_OTHERS}; END IF;
    back := back OR ways[n][2] IN (-1, -2);
  END LOOP;
  FOR way IN
    SELECT session_id, holder, sum(places) AS places FROM (
      SELECT ways[n][1] AS session_id, ways[n][2] AS holder, -ways[n][4] AS places
      FROM generate_subscripts(ways, 1) n WHERE ways[n][2] IS NOT NULL
      UNION ALL SELECT ways[n][1], ways[n][3], ways[n][4] FROM generate_subscripts(ways, 1) n
    ) AS change GROUP BY 1, 2 HAVING sum(places) <> 0
    ORDER BY session_id, holder <> {CENTRAL_POOL}, holder
  LOOP
    IF way.places > 0 THEN
      {_credit("way.session_id", "way.holder", "way.places")};
      CONTINUE;
    END IF;
    UPDATE pool SET places = places + way.places WHERE session_id = way.session_id
    AND holder = way.holder AND places + way.places >= 0;
    CONTINUE WHEN FOUND;
    IF way.holder = {CENTRAL_POOL} THEN
      PERFORM gather_places(way.session_id);
      UPDATE pool SET places = places + way.places WHERE session_id = way.session_id
      AND holder = way.holder AND places + way.places >= 0;
      CONTINUE WHEN FOUND;
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

Answers the session and pool that has too few.
"""


def script(schema: str, windows: str) -> list[str]:
    """The functions of a schema: two for its windows, and what they call."""
    move = "move_places(ways bigint[], OUT short_session bigint, OUT short_holder bigint)"
    return [
        # Later ones sort after earlier ones, as everywhere.
        f"CREATE OR REPLACE FUNCTION {schema}.transfer_id() RETURNS text LANGUAGE sql AS $body$ "
        "SELECT to_hex((extract(epoch FROM clock_timestamp()) * 1000000)::bigint) "
        "|| left(md5(random()::text), 19) $body$",
        *definer(schema, "gather_places(session bigint)", "void", _GATHER),
        *definer(
            schema, "draw_places(session bigint, wanted bigint)", "boolean", _DRAW, to=windows
        ),
        *definer(schema, move, "record", _MOVE, to=windows),
    ]

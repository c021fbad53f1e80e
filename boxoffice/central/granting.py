"""A take in which nothing is in the way, as one statement of a server.

It does what `taking` does statement by statement, with the window's own rights, and all or none:
where anything is in the way nothing is done, and the plain statements say what it is. Rows that
all windows want are so held for no longer than the server takes to commit.
"""

from __future__ import annotations

from boxoffice import clock
from boxoffice.central.guard import RECOVERING
from boxoffice.central.items import Credentials, Items
from boxoffice.records.postgres import SERVER_NOW, SHORT
from boxoffice.records.rain import CALLED_OFF
from boxoffice.records.rules import RuleKind
from boxoffice.records.store import Statement

SIGNATURE = "grant_items(bigint, bigint, text, text, text)"

_BODY = f"""
DECLARE who bigint := me(); asked jsonb := items; one record;
  utc text := coalesce(moment, {SERVER_NOW});
BEGIN
  PERFORM guard(connected, wanted);
  <<nothing_in_the_way>> BEGIN
    EXIT nothing_in_the_way WHEN EXISTS (SELECT 1 FROM meta WHERE key = '{RECOVERING}');
    INSERT INTO answer (request_id, window_id, epoch, kind, number, items)
    SELECT request, who, wanted, 'take', coalesce(max(a.number), 0) + 1, grant_items.items
    FROM answer a WHERE a.window_id = who AND a.epoch = wanted
    ON CONFLICT (request_id) DO NOTHING;
    EXIT nothing_in_the_way WHEN NOT FOUND;
    EXIT nothing_in_the_way WHEN EXISTS (SELECT 1 FROM session s WHERE {CALLED_OFF} AND s.id IN (
      SELECT (place->>0)::bigint FROM jsonb_array_elements(asked->'seats') place
      UNION ALL SELECT (place->>0)::bigint FROM jsonb_array_elements(asked->'places') place));
    IF asked->'seats' <> '[]' THEN
      EXIT nothing_in_the_way WHEN EXISTS (
        SELECT 1 FROM rule_row WHERE rule = '{RuleKind.CAP.value}');
      FOR one IN SELECT (place->>0)::bigint AS session, (place->>1)::bigint AS seat
        FROM jsonb_array_elements(asked->'seats') place ORDER BY 1, 2
      LOOP
        UPDATE custody_seat SET holder = who, epoch = wanted
        WHERE session_id = one.session AND seat_id = one.seat AND holder IS NULL
        AND order_id IS NULL AND (free_from IS NULL OR free_from <= utc);
        EXIT nothing_in_the_way WHEN NOT FOUND;
      END LOOP;
    END IF;
    IF asked->'orders' <> '[]' OR asked->'expired' <> '[]' THEN
      FOR one IN SELECT id COLLATE "C" AS id, false AS over
        FROM jsonb_array_elements_text(asked->'orders') id
        UNION ALL SELECT id COLLATE "C", true
        FROM jsonb_array_elements_text(asked->'expired') id ORDER BY 1
      LOOP
        UPDATE custody_order SET holder = who, epoch = wanted
        WHERE order_id = one.id AND holder IS NULL;
        EXIT nothing_in_the_way WHEN NOT FOUND OR one.over <> EXISTS (SELECT 1 FROM orders
          WHERE id = one.id AND status = 'reserved' AND deadline < utc);
      END LOOP;
    END IF;
    IF asked->'claims' <> '[]' THEN
      FOR one IN SELECT (claim->>0)::bigint AS session, (claim->>1) COLLATE "C" AS hashed
        FROM jsonb_array_elements(asked->'claims') claim ORDER BY 1, 2
      LOOP
        INSERT INTO claim (session_id, document_hash, holder, epoch)
        VALUES (one.session, one.hashed, who, wanted)
        ON CONFLICT (session_id, document_hash) DO NOTHING;
        EXIT nothing_in_the_way WHEN NOT FOUND;
      END LOOP;
    END IF;
    -- What all windows share is touched last.
    FOR one IN SELECT drawn.session, sum(drawn.places)::bigint AS places FROM (
        SELECT (place->>0)::bigint AS session, 1 AS places
        FROM jsonb_array_elements(asked->'seats') place
        UNION ALL SELECT (place->>0)::bigint, (place->>1)::bigint
        FROM jsonb_array_elements(asked->'places') place) drawn GROUP BY 1 ORDER BY 1
    LOOP
      EXIT nothing_in_the_way WHEN NOT draw_places(one.session, one.places);
    END LOOP;
    RETURN;
  END;
  RAISE EXCEPTION 'not all' USING ERRCODE = '{SHORT}';
END"""


def script(schema: str, windows: str) -> list[str]:
    """The function of a schema, for its windows; it has no rights but theirs."""
    return [
        f"CREATE OR REPLACE FUNCTION {schema}.grant_items(connected bigint, wanted bigint, "
        "request text, items text, moment text) RETURNS void LANGUAGE plpgsql "
        f"AS $body$ {_BODY} $body$",
        f"REVOKE EXECUTE ON FUNCTION {schema}.{SIGNATURE} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {schema}.{SIGNATURE} TO {windows}",
    ]


def statement(who: Credentials, request_id: str, items: Items) -> Statement:
    """Grants all of it to the window, or fails."""
    # A venue clock set on purpose goes before the server's.
    moment = clock.to_text(clock.now()) if clock.set_on_purpose() else None
    return (
        "SELECT grant_items(?, ?, ?, ?, ?)",
        (who.connection, who.epoch, request_id, items.text(), moment),
    )

"""The first records: catalogue, sales, takings, journal and custody."""

from __future__ import annotations

_CATALOGUE = """
CREATE TABLE plan (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, width_mm INTEGER NOT NULL, height_mm INTEGER NOT NULL,
  digest TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX plan_name ON plan (name);
CREATE TABLE seat (
  id INTEGER PRIMARY KEY, plan_id INTEGER NOT NULL REFERENCES plan, guid TEXT NOT NULL,
  zone TEXT NOT NULL, "row" TEXT NOT NULL, number TEXT NOT NULL, category TEXT NOT NULL,
  x_mm INTEGER NOT NULL, y_mm INTEGER NOT NULL, row_no INTEGER NOT NULL, ordinal INTEGER NOT NULL
  ) STRICT;
CREATE UNIQUE INDEX seat_place ON seat (plan_id, zone, "row", number);
CREATE TABLE court (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
  plan_name TEXT, nominal_capacity INTEGER NOT NULL, saleable_capacity INTEGER NOT NULL,
  approved_capacity INTEGER NOT NULL, roof INTEGER NOT NULL CHECK (roof IN (0, 1))) STRICT;
CREATE UNIQUE INDEX court_code ON court (code);
CREATE TABLE session (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL, business_day TEXT NOT NULL, kind TEXT NOT NULL,
  name_zh TEXT NOT NULL, name_en TEXT NOT NULL, gates_open TEXT NOT NULL, starts_at TEXT NOT NULL,
  price_plan TEXT NOT NULL, plan_id INTEGER REFERENCES plan, capacity INTEGER NOT NULL
  CHECK (capacity >= 0), real_name INTEGER NOT NULL CHECK (real_name IN (0, 1)),
  policy TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX session_code ON session (code);
CREATE INDEX session_day ON session (business_day);
CREATE TABLE session_court (
  session_id INTEGER NOT NULL REFERENCES session, court_id INTEGER NOT NULL REFERENCES court,
  PRIMARY KEY (session_id, court_id)) STRICT, WITHOUT ROWID;
CREATE TABLE access (
  price_plan TEXT NOT NULL, court TEXT NOT NULL, PRIMARY KEY (price_plan, court)
  ) STRICT, WITHOUT ROWID;
CREATE TABLE price (
  id INTEGER PRIMARY KEY, price_plan TEXT NOT NULL, category TEXT NOT NULL,
  ticket_type TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  currency TEXT NOT NULL, valid_from TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX price_version ON price (price_plan, category, ticket_type, valid_from);
CREATE TABLE refund_tier (
  id INTEGER PRIMARY KEY, policy TEXT NOT NULL, valid_from TEXT NOT NULL,
  position INTEGER NOT NULL, until_hours_before_start INTEGER, until_at TEXT,
  inclusive INTEGER NOT NULL CHECK (inclusive IN (0, 1)),
  refundable INTEGER NOT NULL CHECK (refundable IN (0, 1)),
  fee_basis_points INTEGER NOT NULL CHECK (fee_basis_points >= 0),
  fee_fen INTEGER NOT NULL CHECK (fee_fen >= 0), per TEXT NOT NULL,
  whole_order_only INTEGER NOT NULL CHECK (whole_order_only IN (0, 1)),
  note_zh TEXT NOT NULL, note_en TEXT NOT NULL,
  resale_after_minutes INTEGER NOT NULL CHECK (resale_after_minutes >= 0)) STRICT;
CREATE UNIQUE INDEX refund_tier_place ON refund_tier (policy, valid_from, position);
CREATE TABLE rain_policy (
  id INTEGER PRIMARY KEY, policy TEXT NOT NULL, valid_from TEXT NOT NULL,
  held_if_matches_completed INTEGER, held_if_minutes_over INTEGER, remedy TEXT NOT NULL,
  note_zh TEXT NOT NULL, note_en TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX rain_policy_version ON rain_policy (policy, valid_from);
CREATE TABLE rule_row (
  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, session TEXT NOT NULL, subject TEXT NOT NULL,
  valid_from TEXT NOT NULL, value TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX rule_row_version ON rule_row (rule, subject, session, valid_from);
"""

_SALES = """
CREATE TABLE orders (
  id TEXT PRIMARY KEY, version INTEGER NOT NULL CHECK (version >= 0), number TEXT,
  pickup_code TEXT, channel TEXT NOT NULL, status TEXT NOT NULL, created_at TEXT NOT NULL,
  sold_at TEXT, business_day TEXT, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL,
  operator_id TEXT, shift_id TEXT, total_fen INTEGER NOT NULL CHECK (total_fen >= 0),
  currency TEXT NOT NULL, buyer TEXT NOT NULL, phone_sealed TEXT NOT NULL,
  phone_hash TEXT NOT NULL, phone_end_hash TEXT NOT NULL, label TEXT NOT NULL, deadline TEXT,
  seats_open INTEGER NOT NULL CHECK (seats_open IN (0, 1)),
  CHECK (status <> 'reserved' OR deadline IS NOT NULL),
  CHECK (status <> 'paid' OR (number IS NOT NULL AND sold_at IS NOT NULL))) STRICT;
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE INDEX orders_pickup_code ON orders (pickup_code);
CREATE INDEX orders_phone ON orders (phone_hash) WHERE phone_hash <> '';
CREATE INDEX orders_buyer ON orders (buyer) WHERE buyer <> '';
CREATE INDEX orders_basket ON orders (status) WHERE version = 0;
CREATE INDEX orders_reserved ON orders (deadline) WHERE status = 'reserved';
CREATE TABLE order_line (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, position INTEGER NOT NULL,
  session_id INTEGER NOT NULL REFERENCES session, seat_id INTEGER REFERENCES seat,
  category TEXT NOT NULL, ticket_type TEXT NOT NULL, status TEXT NOT NULL, payment_id TEXT,
  price_fen INTEGER NOT NULL CHECK (price_fen >= 0), price_id INTEGER NOT NULL,
  policy TEXT NOT NULL, attendee TEXT NOT NULL, document_type TEXT NOT NULL,
  document_sealed TEXT NOT NULL, document_hash TEXT NOT NULL,
  proof TEXT NOT NULL DEFAULT '') STRICT;
CREATE UNIQUE INDEX order_line_position ON order_line (order_id, position);
CREATE UNIQUE INDEX order_line_reserved_seat ON order_line (session_id, seat_id)
  WHERE status = 'reserved' AND seat_id IS NOT NULL;
CREATE INDEX order_line_reserved ON order_line (session_id) WHERE status = 'reserved';
CREATE INDEX order_line_document ON order_line (document_hash) WHERE document_hash <> '';
CREATE INDEX order_line_attendee ON order_line (attendee) WHERE attendee <> '';
CREATE TABLE ticket (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders,
  line_id TEXT NOT NULL REFERENCES order_line, session_id INTEGER NOT NULL REFERENCES session,
  seat_id INTEGER REFERENCES seat, status TEXT NOT NULL, live INTEGER NOT NULL,
  issue INTEGER NOT NULL CHECK (issue >= 1), code_window INTEGER NOT NULL,
  code_epoch INTEGER NOT NULL, CHECK (live = (status = 'issued'))) STRICT;
CREATE UNIQUE INDEX ticket_live_seat ON ticket (session_id, seat_id)
  WHERE live = 1 AND seat_id IS NOT NULL;
CREATE UNIQUE INDEX ticket_live_line ON ticket (line_id) WHERE live = 1;
CREATE INDEX ticket_order ON ticket (order_id);
CREATE INDEX ticket_session ON ticket (session_id, live);
CREATE TABLE hand_over (
  id TEXT PRIMARY KEY, ticket_id TEXT NOT NULL REFERENCES ticket,
  order_id TEXT NOT NULL REFERENCES orders, at TEXT NOT NULL, window_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL, operator_id TEXT NOT NULL, checked TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX hand_over_once ON hand_over (ticket_id);
CREATE INDEX hand_over_order ON hand_over (order_id);
CREATE INDEX hand_over_at ON hand_over (at);
CREATE TABLE refund (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders,
  line_id TEXT NOT NULL REFERENCES order_line, ticket_id TEXT NOT NULL REFERENCES ticket,
  kind TEXT NOT NULL, price_fen INTEGER NOT NULL CHECK (price_fen >= 0),
  fee_fen INTEGER NOT NULL CHECK (fee_fen >= 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  currency TEXT NOT NULL, tender TEXT NOT NULL, status TEXT NOT NULL, policy TEXT NOT NULL,
  valid_from TEXT NOT NULL, tier INTEGER NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL,
  business_day TEXT NOT NULL, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL, shift_id TEXT,
  operator_id TEXT NOT NULL, approver_id TEXT, free_from TEXT,
  CHECK (price_fen = fee_fen + amount_fen), CHECK (approver_id IS NOT operator_id)) STRICT;
CREATE UNIQUE INDEX refund_once ON refund (ticket_id);
CREATE INDEX refund_order ON refund (order_id);
CREATE INDEX refund_free_from ON refund (free_from) WHERE free_from IS NOT NULL;
"""

_TAKINGS = """
CREATE TABLE shift (
  id TEXT PRIMARY KEY, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL,
  operator_id TEXT NOT NULL, status TEXT NOT NULL, opened_at TEXT NOT NULL,
  business_day TEXT NOT NULL, float_fen INTEGER NOT NULL CHECK (float_fen >= 0),
  currency TEXT NOT NULL, closed_at TEXT) STRICT;
CREATE UNIQUE INDEX shift_open ON shift (window_id) WHERE status = 'open';
CREATE TABLE z_report (
  id TEXT PRIMARY KEY, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1), shift_id TEXT NOT NULL REFERENCES shift,
  at TEXT NOT NULL, business_day TEXT NOT NULL, journal_number INTEGER NOT NULL,
  content TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX z_report_number ON z_report (window_id, epoch, number);
CREATE UNIQUE INDEX z_report_shift ON z_report (shift_id);
CREATE TABLE attempt (
  id TEXT PRIMARY KEY, number TEXT NOT NULL, order_id TEXT NOT NULL, tender TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0), currency TEXT NOT NULL,
  status TEXT NOT NULL, created_at TEXT NOT NULL, ended_at TEXT) STRICT;
CREATE UNIQUE INDEX attempt_number ON attempt (number);
CREATE INDEX attempt_order ON attempt (order_id);
CREATE UNIQUE INDEX attempt_open ON attempt (order_id) WHERE ended_at IS NULL;
CREATE TABLE payment (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, attempt_id TEXT,
  tender TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
  tendered_fen INTEGER NOT NULL, change_fen INTEGER NOT NULL CHECK (change_fen >= 0),
  currency TEXT NOT NULL, paid_at TEXT NOT NULL, business_day TEXT NOT NULL,
  window_id INTEGER NOT NULL, epoch INTEGER NOT NULL, shift_id TEXT,
  CHECK (tendered_fen = amount_fen + change_fen)) STRICT;
CREATE INDEX payment_order ON payment (order_id);
CREATE UNIQUE INDEX payment_attempt ON payment (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE TABLE posting (
  window_id INTEGER NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL,
  line INTEGER NOT NULL, at TEXT NOT NULL, business_day TEXT NOT NULL, shift_id TEXT,
  account TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
  currency TEXT NOT NULL, order_id TEXT,
  PRIMARY KEY (window_id, epoch, number, line)) STRICT, WITHOUT ROWID;
CREATE INDEX posting_shift ON posting (shift_id) WHERE shift_id IS NOT NULL;
CREATE TABLE journal (
  window_id INTEGER NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL CHECK (number >= 1),
  at TEXT NOT NULL, operator_id TEXT, shift_id TEXT, act TEXT NOT NULL, order_id TEXT,
  order_version INTEGER, order_digest TEXT, facts TEXT NOT NULL, postings TEXT NOT NULL,
  previous TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (window_id, epoch, number)) STRICT, WITHOUT ROWID;
CREATE INDEX journal_order ON journal (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX journal_shift ON journal (shift_id) WHERE shift_id IS NOT NULL;
CREATE TABLE chain_head (
  window_id INTEGER NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL,
  hash TEXT NOT NULL, PRIMARY KEY (window_id, epoch)) STRICT, WITHOUT ROWID;
CREATE TABLE operator (
  id TEXT PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
  pin_hash TEXT NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1))) STRICT;
CREATE UNIQUE INDEX operator_number ON operator (number);
CREATE TABLE cases (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, status TEXT NOT NULL,
  opened_at TEXT NOT NULL, order_number TEXT NOT NULL, facts TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX cases_key ON cases (kind, key);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


def never_changed(table: str, *acts: str) -> str:
    """Triggers that refuse these acts on the rows of a table."""
    return "".join(
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are never changed'); END;\n"
        for act in acts
    )


SHARED = (
    _CATALOGUE
    + _SALES
    + _TAKINGS
    + never_changed("payment", "update", "delete")
    + never_changed("posting", "update", "delete")
    + never_changed("journal", "update", "delete")
    + never_changed("hand_over", "update", "delete")
    + never_changed("refund", "update", "delete")
    + never_changed("z_report", "update", "delete")
    + """
CREATE TRIGGER posting_closed_shift BEFORE INSERT ON posting
WHEN NEW.shift_id IS NOT NULL AND
  EXISTS (SELECT 1 FROM shift WHERE id = NEW.shift_id AND status = 'closed')
BEGIN SELECT RAISE(ABORT, 'a closed shift takes no posting'); END;
"""
)

WINDOW = """
CREATE TABLE request (
  id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, order_id TEXT, status TEXT NOT NULL,
  items TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX request_unanswered ON request (status) WHERE status IN ('asked', 'giving');
CREATE TABLE held_seat (
  session_id INTEGER NOT NULL, seat_id INTEGER NOT NULL, order_id TEXT NOT NULL,
  request_id TEXT NOT NULL, PRIMARY KEY (session_id, seat_id)) STRICT, WITHOUT ROWID;
CREATE TABLE held_places (
  order_id TEXT NOT NULL, session_id INTEGER NOT NULL, places INTEGER NOT NULL CHECK (places > 0),
  PRIMARY KEY (order_id, session_id)) STRICT, WITHOUT ROWID;
CREATE TABLE held_claim (
  session_id INTEGER NOT NULL, document_hash TEXT NOT NULL, order_id TEXT NOT NULL,
  request_id TEXT NOT NULL, PRIMARY KEY (session_id, document_hash)) STRICT, WITHOUT ROWID;
CREATE TABLE held_order (
  order_id TEXT PRIMARY KEY, base_version INTEGER NOT NULL, request_id TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE print_job (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL, subject_id TEXT NOT NULL,
  kind TEXT NOT NULL, status TEXT NOT NULL, printer TEXT NOT NULL, created_at TEXT NOT NULL,
  ended_at TEXT, trouble TEXT NOT NULL) STRICT;
CREATE INDEX print_job_open ON print_job (status) WHERE status <> 'printed';
CREATE INDEX print_job_order ON print_job (order_id);
CREATE TABLE search_spot (
  spot INTEGER PRIMARY KEY, order_id TEXT NOT NULL, session_id INTEGER NOT NULL,
  number TEXT NOT NULL, number_key TEXT NOT NULL, pickup_code TEXT NOT NULL,
  status TEXT NOT NULL, channel TEXT NOT NULL, buyer TEXT NOT NULL, attendees TEXT NOT NULL,
  phone_sealed TEXT NOT NULL, deadline TEXT, place TEXT NOT NULL, waiting INTEGER NOT NULL,
  handed_over INTEGER NOT NULL, reserved INTEGER NOT NULL, returned INTEGER NOT NULL,
  released INTEGER NOT NULL) STRICT;
CREATE INDEX search_spot_order ON search_spot (order_id);
CREATE INDEX search_spot_number ON search_spot (number_key) WHERE number_key <> '';
CREATE INDEX search_spot_code ON search_spot (pickup_code) WHERE pickup_code <> '';
CREATE VIRTUAL TABLE search_word USING fts5 (words, content = '', contentless_delete = 1,
  detail = none, tokenize = 'ascii', prefix = '2 3 4 5 6 7');
CREATE INDEX journal_about ON journal (json_extract(facts, '$.order')) WHERE order_id IS NULL;
CREATE TABLE sign_in_trouble (
  number TEXT PRIMARY KEY, wrong INTEGER NOT NULL CHECK (wrong >= 1), until TEXT
  ) STRICT, WITHOUT ROWID;
"""

CENTRAL = """
CREATE TABLE ticket_window (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, epoch INTEGER NOT NULL, connection INTEGER NOT NULL,
  public_key TEXT NOT NULL, certificate TEXT NOT NULL, last_seen TEXT
  ) STRICT;
CREATE TABLE custody_seat (
  session_id INTEGER NOT NULL, seat_id INTEGER NOT NULL, holder INTEGER, epoch INTEGER,
  order_id TEXT, free_from TEXT, PRIMARY KEY (session_id, seat_id),
  CHECK (holder IS NULL OR order_id IS NULL)) STRICT, WITHOUT ROWID;
CREATE INDEX custody_seat_held ON custody_seat (holder) WHERE holder IS NOT NULL;
CREATE TABLE custody_order (
  order_id TEXT PRIMARY KEY, holder INTEGER, epoch INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX custody_order_held ON custody_order (holder) WHERE holder IS NOT NULL;
CREATE TABLE claim (
  session_id INTEGER NOT NULL, document_hash TEXT NOT NULL, holder INTEGER, epoch INTEGER,
  order_id TEXT, PRIMARY KEY (session_id, document_hash)) STRICT, WITHOUT ROWID;
CREATE TABLE pool (
  session_id INTEGER NOT NULL, holder INTEGER NOT NULL, places INTEGER NOT NULL
  CHECK (places >= 0), PRIMARY KEY (session_id, holder)) STRICT, WITHOUT ROWID;
CREATE TABLE pool_transfer (
  id TEXT PRIMARY KEY, session_id INTEGER NOT NULL, giver INTEGER, taker INTEGER NOT NULL,
  places INTEGER NOT NULL CHECK (places > 0), at TEXT NOT NULL) STRICT;
CREATE TABLE answer (
  request_id TEXT PRIMARY KEY, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('take', 'give')), number INTEGER NOT NULL,
  items TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX answer_number ON answer (window_id, epoch, number);
CREATE TABLE feed (
  id INTEGER PRIMARY KEY AUTOINCREMENT, order_id TEXT NOT NULL, version INTEGER NOT NULL,
  window_id INTEGER NOT NULL) STRICT;
CREATE TABLE review (
  id TEXT PRIMARY KEY, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL,
  order_id TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL, rows TEXT NOT NULL) STRICT;
""" + never_changed("pool_transfer", "update", "delete")

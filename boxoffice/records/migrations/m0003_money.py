"""Money asked of others: several tenders to an order, and money on its way back.

And what decides how much goes back: more kinds of fees, rain rules, the play ledger.
"""

from __future__ import annotations

SHARED = """
ALTER TABLE attempt ADD COLUMN checkout_id TEXT;
ALTER TABLE attempt ADD COLUMN lines TEXT;
ALTER TABLE attempt ADD COLUMN operator_id TEXT;
ALTER TABLE attempt ADD COLUMN shift_id TEXT;
ALTER TABLE attempt ADD COLUMN sent_at TEXT;
ALTER TABLE attempt ADD COLUMN reversing_at TEXT;
ALTER TABLE attempt ADD COLUMN reference TEXT;
ALTER TABLE attempt ADD COLUMN why TEXT;
ALTER TABLE attempt ADD COLUMN facts TEXT;
CREATE INDEX attempt_unfinished ON attempt (status) WHERE ended_at IS NULL;
ALTER TABLE payment ADD COLUMN checkout_id TEXT;
ALTER TABLE payment ADD COLUMN reference TEXT;
ALTER TABLE payment ADD COLUMN facts TEXT;
CREATE INDEX payment_checkout ON payment (checkout_id) WHERE checkout_id IS NOT NULL;
ALTER TABLE refund ADD COLUMN act_id TEXT;
CREATE INDEX refund_act ON refund (act_id) WHERE act_id IS NOT NULL;
ALTER TABLE refund_tier ADD COLUMN until_minutes_before_start INTEGER NOT NULL DEFAULT 0
  CHECK (until_minutes_before_start BETWEEN 0 AND 59);
ALTER TABLE refund_tier ADD COLUMN until_minutes_after_purchase INTEGER
  CHECK (until_minutes_after_purchase >= 0);
ALTER TABLE refund_tier ADD COLUMN fee_base TEXT NOT NULL DEFAULT 'paid'
  CHECK (fee_base IN ('paid', 'face'));
ALTER TABLE refund_tier ADD COLUMN handling_basis_points INTEGER NOT NULL DEFAULT 0
  CHECK (handling_basis_points BETWEEN 0 AND 10000);
ALTER TABLE refund_tier ADD COLUMN handling_base TEXT NOT NULL DEFAULT 'paid'
  CHECK (handling_base IN ('paid', 'face', 'left'));
ALTER TABLE refund_tier ADD COLUMN least_fee_fen INTEGER NOT NULL DEFAULT 0
  CHECK (least_fee_fen >= 0);
ALTER TABLE refund_tier ADD COLUMN most_fee_fen INTEGER CHECK (most_fee_fen >= least_fee_fen);
ALTER TABLE refund_tier ADD COLUMN again TEXT NOT NULL DEFAULT 'same'
  CHECK (again IN ('same', 'refused', 'next'));
ALTER TABLE refund_tier ADD COLUMN complimentary_excluded INTEGER NOT NULL DEFAULT 1
  CHECK (complimentary_excluded IN (0, 1));
ALTER TABLE rain_policy ADD COLUMN ticket_type TEXT NOT NULL DEFAULT '';
ALTER TABLE rain_policy ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE rain_policy ADD COLUMN held_minutes_inclusive INTEGER NOT NULL DEFAULT 0
  CHECK (held_minutes_inclusive IN (0, 1));
ALTER TABLE rain_policy ADD COLUMN held_needs TEXT NOT NULL DEFAULT 'any'
  CHECK (held_needs IN ('any', 'all'));
ALTER TABLE rain_policy ADD COLUMN half_if_matches_completed INTEGER;
ALTER TABLE rain_policy ADD COLUMN half_if_minutes_over INTEGER;
ALTER TABLE rain_policy ADD COLUMN half_minutes_inclusive INTEGER NOT NULL DEFAULT 0
  CHECK (half_minutes_inclusive IN (0, 1));
ALTER TABLE rain_policy ADD COLUMN half_basis_points INTEGER NOT NULL DEFAULT 5000
  CHECK (half_basis_points BETWEEN 0 AND 10000);
ALTER TABLE rain_policy ADD COLUMN courts_counted TEXT NOT NULL DEFAULT 'session'
  CHECK (courts_counted IN ('session', 'opened'));
ALTER TABLE rain_policy ADD COLUMN courts_together TEXT NOT NULL DEFAULT 'average'
  CHECK (courts_together IN ('average', 'best', 'every', 'total'));
ALTER TABLE rain_policy ADD COLUMN minutes_counted TEXT NOT NULL DEFAULT 'played'
  CHECK (minutes_counted IN ('played', 'elapsed'));
ALTER TABLE rain_policy ADD COLUMN latest_start_minutes INTEGER;
ALTER TABLE rain_policy ADD COLUMN latest_start_at TEXT;
ALTER TABLE rain_policy ADD COLUMN refund_value TEXT NOT NULL DEFAULT 'face'
  CHECK (refund_value IN ('face', 'paid'));
DROP INDEX rain_policy_version;
CREATE UNIQUE INDEX rain_policy_case ON rain_policy (policy, valid_from, ticket_type, category);
CREATE TABLE payback (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders,
  payment_id TEXT NOT NULL REFERENCES payment, act_id TEXT NOT NULL, kind TEXT NOT NULL,
  tender TEXT NOT NULL, number TEXT NOT NULL,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), currency TEXT NOT NULL,
  status TEXT NOT NULL, created_at TEXT NOT NULL, ended_at TEXT, window_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL, shift_id TEXT, operator_id TEXT, approver_id TEXT,
  reference TEXT NOT NULL, why TEXT NOT NULL, replaces TEXT) STRICT;
CREATE UNIQUE INDEX payback_number ON payback (number);
CREATE UNIQUE INDEX payback_replaces ON payback (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX payback_order ON payback (order_id);
CREATE INDEX payback_payment ON payback (payment_id);
CREATE INDEX payback_open ON payback (status) WHERE ended_at IS NULL;
CREATE TRIGGER payback_within_payment BEFORE INSERT ON payback
WHEN NEW.amount_fen + (SELECT coalesce(sum(amount_fen), 0) FROM payback
    WHERE payment_id = NEW.payment_id AND status NOT IN ('closed', 'dead'))
  > (SELECT amount_fen FROM payment WHERE id = NEW.payment_id)
BEGIN SELECT RAISE(ABORT, 'more would go back than was paid'); END;
CREATE TRIGGER payback_no_delete BEFORE DELETE ON payback
BEGIN SELECT RAISE(ABORT, 'payback rows are never removed'); END;
CREATE TRIGGER payback_money BEFORE UPDATE OF payment_id, amount_fen, tender, number ON payback
BEGIN SELECT RAISE(ABORT, 'the money of a payback is never changed'); END;
"""

WINDOW = """
CREATE TABLE untold_attempt (attempt_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
"""

CENTRAL = ""

_PLAY_AND_RAIN = """
CREATE TABLE play_entry (
  id TEXT PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session,
  court_id INTEGER NOT NULL REFERENCES court,
  kind TEXT NOT NULL CHECK (kind IN ('start', 'suspend', 'resume', 'end', 'match')), at TEXT,
  match_name TEXT NOT NULL, started_at TEXT, ended_at TEXT, minutes INTEGER CHECK (minutes >= 0),
  completed INTEGER NOT NULL CHECK (completed IN (0, 1)),
  withdrawn INTEGER NOT NULL CHECK (withdrawn IN (0, 1)), replaces TEXT,
  recorded_at TEXT NOT NULL, operator_id TEXT NOT NULL, window_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX play_entry_session ON play_entry (session_id);
CREATE UNIQUE INDEX play_entry_replaced ON play_entry (replaces) WHERE replaces IS NOT NULL;
CREATE TRIGGER play_entry_no_update BEFORE UPDATE ON play_entry
BEGIN SELECT RAISE(ABORT, 'play_entry rows are never changed'); END;
CREATE TRIGGER play_entry_no_delete BEFORE DELETE ON play_entry
BEGIN SELECT RAISE(ABORT, 'play_entry rows are never changed'); END;
CREATE TABLE rain_decision (
  id TEXT PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session,
  kind TEXT NOT NULL CHECK (kind IN ('rain', 'cancelled', 'moved')),
  outcome TEXT NOT NULL CHECK (outcome IN ('', 'held', 'half', 'full', 'exchange')),
  facts TEXT NOT NULL, reason TEXT NOT NULL, decided_at TEXT NOT NULL, operator_id TEXT NOT NULL,
  approver_id TEXT, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL, replaces TEXT,
  CHECK (approver_id IS NOT operator_id),
  CHECK (outcome = '' OR (approver_id IS NOT NULL AND reason <> ''))) STRICT;
CREATE UNIQUE INDEX rain_decision_first ON rain_decision (session_id) WHERE replaces IS NULL;
CREATE UNIQUE INDEX rain_decision_replaced ON rain_decision (replaces) WHERE replaces IS NOT NULL;
CREATE TRIGGER rain_decision_no_update BEFORE UPDATE ON rain_decision
BEGIN SELECT RAISE(ABORT, 'rain_decision rows are never changed'); END;
CREATE TRIGGER rain_decision_no_delete BEFORE DELETE ON rain_decision
BEGIN SELECT RAISE(ABORT, 'rain_decision rows are never changed'); END;
CREATE INDEX payback_window ON payback (window_id, epoch);
"""

_RAIN_RUNS = """
CREATE TABLE rain_run (
  id TEXT PRIMARY KEY, decision_id TEXT NOT NULL, session_id INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'done')), began_at TEXT NOT NULL, ended_at TEXT,
  operator_id TEXT NOT NULL, approver_id TEXT NOT NULL,
  CHECK (approver_id <> operator_id)) STRICT;
CREATE UNIQUE INDEX rain_run_open ON rain_run (session_id) WHERE status = 'open';
CREATE TABLE rain_run_order (
  run_id TEXT NOT NULL REFERENCES rain_run, order_id TEXT NOT NULL, state TEXT NOT NULL,
  tickets INTEGER NOT NULL, amount_fen INTEGER NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (run_id, order_id)) STRICT, WITHOUT ROWID;
"""

SHARED += _PLAY_AND_RAIN
WINDOW += _RAIN_RUNS

_BANK = """
ALTER TABLE payback ADD COLUMN payee TEXT;
"""
_RECONCILING = """
CREATE TABLE reconciliation (
  id TEXT PRIMARY KEY, party TEXT NOT NULL, tender TEXT NOT NULL, merchants TEXT NOT NULL,
  covers TEXT NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, name TEXT NOT NULL,
  digest TEXT NOT NULL, whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  ours_fen INTEGER NOT NULL, theirs_fen INTEGER NOT NULL, ours_rows INTEGER NOT NULL,
  theirs_rows INTEGER NOT NULL, fees_fen INTEGER NOT NULL, paid_out_fen INTEGER NOT NULL,
  buckets TEXT NOT NULL, cases TEXT NOT NULL, imported_at TEXT NOT NULL,
  CHECK (first_day <= last_day)) STRICT;
CREATE UNIQUE INDEX reconciliation_bill
  ON reconciliation (party, merchants, covers, first_day, last_day);
CREATE INDEX reconciliation_day ON reconciliation (first_day, last_day);
CREATE TABLE bank_batch (
  number TEXT PRIMARY KEY, made_at TEXT NOT NULL, execute_on TEXT NOT NULL,
  currency TEXT NOT NULL, count INTEGER NOT NULL CHECK (count > 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), window_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL, written_at TEXT) STRICT;
CREATE TABLE bank_transfer (
  number TEXT PRIMARY KEY, payback_id TEXT NOT NULL, order_id TEXT NOT NULL,
  batch TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  currency TEXT NOT NULL, answer TEXT NOT NULL, reasons TEXT NOT NULL, booked_on TEXT,
  booked_reference TEXT NOT NULL, returned_on TEXT, returned_reference TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX bank_transfer_payback ON bank_transfer (payback_id);
CREATE INDEX bank_transfer_batch ON bank_transfer (batch);
CREATE TABLE bank_file (
  digest TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
  day TEXT NOT NULL, imported_at TEXT NOT NULL) STRICT;
"""

SHARED += _BANK
CENTRAL += _RECONCILING

_DAY_STATEMENTS = """
CREATE TABLE day_statement (
  id TEXT PRIMARY KEY, number INTEGER NOT NULL CHECK (number >= 1),
  part INTEGER NOT NULL CHECK (part >= 0), business_day TEXT NOT NULL, at TEXT NOT NULL,
  operator TEXT NOT NULL, window_id INTEGER NOT NULL, content TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX day_statement_number ON day_statement (number, part);
CREATE UNIQUE INDEX day_statement_day ON day_statement (business_day, part);
CREATE TRIGGER day_statement_no_update BEFORE UPDATE ON day_statement
BEGIN SELECT RAISE(ABORT, 'day_statement rows are never changed'); END;
CREATE TRIGGER day_statement_no_delete BEFORE DELETE ON day_statement
BEGIN SELECT RAISE(ABORT, 'day_statement rows are never changed'); END;
"""

CENTRAL += _DAY_STATEMENTS

_NOTICES = """
CREATE TABLE notice (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders, kind TEXT NOT NULL,
  language TEXT NOT NULL, channel TEXT NOT NULL CHECK (channel IN ('mail', 'text')),
  address_sealed TEXT NOT NULL, facts TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
  tries INTEGER NOT NULL CHECK (tries >= 0), next_at TEXT NOT NULL, sending_at TEXT,
  trouble TEXT NOT NULL, created_at TEXT NOT NULL, ended_at TEXT, once TEXT NOT NULL,
  CHECK ((ended_at IS NULL) = (status IN ('queued', 'sending')))) STRICT;
CREATE UNIQUE INDEX notice_once ON notice (once, channel);
CREATE INDEX notice_due ON notice (next_at) WHERE ended_at IS NULL;
CREATE INDEX notice_order ON notice (order_id);
CREATE TABLE contact (
  order_id TEXT PRIMARY KEY REFERENCES orders, language TEXT NOT NULL,
  mail_sealed TEXT NOT NULL, phone_sealed TEXT NOT NULL,
  noted_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE session_told (
  session_id INTEGER PRIMARY KEY REFERENCES session, starts_at TEXT NOT NULL,
  moves_to TEXT NOT NULL, told_until TEXT NOT NULL) STRICT;
"""

WINDOW += _NOTICES

_EXCHANGING = """
ALTER TABLE order_line ADD COLUMN replaces TEXT;
ALTER TABLE order_line ADD COLUMN exchange_fee_fen INTEGER CHECK (exchange_fee_fen >= 0);
CREATE UNIQUE INDEX order_line_replaces ON order_line (replaces)
  WHERE replaces IS NOT NULL AND status <> 'released';
"""

SHARED += _EXCHANGING

_INVOICES = """
CREATE TABLE invoice (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders,
  kind TEXT NOT NULL CHECK (kind IN ('blue', 'red')), original_id TEXT,
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0), currency TEXT NOT NULL,
  title_sealed TEXT NOT NULL, tax_sealed TEXT NOT NULL, mail_sealed TEXT NOT NULL,
  phone_sealed TEXT NOT NULL, created_at TEXT NOT NULL, window_id INTEGER NOT NULL,
  epoch INTEGER NOT NULL, operator_id TEXT,
  status TEXT NOT NULL CHECK (status IN ('wanted', 'filed', 'issued', 'refused', 'dropped')),
  batch TEXT, number TEXT NOT NULL, issued_on TEXT NOT NULL, reason TEXT NOT NULL,
  CHECK ((kind = 'red') = (original_id IS NOT NULL)),
  CHECK ((status = 'issued') = (number <> ''))) STRICT;
CREATE UNIQUE INDEX invoice_once ON invoice (order_id)
  WHERE kind = 'blue' AND status NOT IN ('refused', 'dropped');
CREATE INDEX invoice_order ON invoice (order_id);
CREATE INDEX invoice_waiting ON invoice (status) WHERE status <> 'issued';
CREATE INDEX invoice_batch ON invoice (batch) WHERE batch IS NOT NULL;
CREATE UNIQUE INDEX invoice_number ON invoice (number) WHERE number <> '';
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice
BEGIN SELECT RAISE(ABORT, 'invoice rows are never removed'); END;
"""

SHARED += _INVOICES

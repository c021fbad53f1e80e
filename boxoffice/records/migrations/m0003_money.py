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

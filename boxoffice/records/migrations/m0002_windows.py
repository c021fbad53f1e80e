"""Many windows: allotments, epochs, wishes, who may read a PIN verifier, and a feed of custody."""

from __future__ import annotations

from boxoffice.records.migrations.m0001_first import never_changed

SHARED = """
CREATE TABLE pin (
  operator_id TEXT PRIMARY KEY REFERENCES operator, verifier TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO pin SELECT id, pin_hash FROM operator;
ALTER TABLE operator DROP COLUMN pin_hash;
CREATE TABLE window_name (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE freed_seat (
  id TEXT PRIMARY KEY, session_id INTEGER NOT NULL, seat_id INTEGER NOT NULL,
  places INTEGER NOT NULL CHECK (places > 0), window_id INTEGER NOT NULL, epoch INTEGER NOT NULL,
  at TEXT NOT NULL, operator TEXT NOT NULL, approver TEXT NOT NULL, reason TEXT NOT NULL,
  CHECK (operator <> approver)) STRICT;
CREATE INDEX freed_seat_place ON freed_seat (session_id, seat_id);
CREATE TABLE allotment (
  window_id INTEGER NOT NULL, session_id INTEGER NOT NULL REFERENCES session,
  category TEXT NOT NULL, pairs INTEGER NOT NULL CHECK (pairs >= 0),
  threes INTEGER NOT NULL CHECK (threes >= 0), fours INTEGER NOT NULL CHECK (fours >= 0),
  places INTEGER NOT NULL CHECK (places >= 0), orders INTEGER NOT NULL CHECK (orders >= 0),
  PRIMARY KEY (window_id, session_id, category)) STRICT, WITHOUT ROWID;
"""

WINDOW = """
CREATE TABLE allotted_seat (
  session_id INTEGER NOT NULL, seat_id INTEGER NOT NULL, party INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (session_id, seat_id)) STRICT, WITHOUT ROWID;
CREATE TABLE allotted_places (
  session_id INTEGER PRIMARY KEY, places INTEGER NOT NULL CHECK (places >= 0)) STRICT;
CREATE TABLE elsewhere_seat (
  session_id INTEGER NOT NULL, seat_id INTEGER NOT NULL, window_id INTEGER NOT NULL,
  PRIMARY KEY (session_id, seat_id)) STRICT, WITHOUT ROWID;
ALTER TABLE held_order ADD COLUMN allotted INTEGER NOT NULL DEFAULT 0 CHECK (allotted IN (0, 1));
ALTER TABLE held_seat ADD COLUMN allotted INTEGER NOT NULL DEFAULT 0 CHECK (allotted IN (0, 1));
ALTER TABLE held_places ADD COLUMN allotted INTEGER NOT NULL DEFAULT 0
  CHECK (allotted >= 0 AND allotted <= places);
"""

CENTRAL = (
    """
CREATE TABLE window_epoch (
  window_id INTEGER NOT NULL REFERENCES ticket_window, epoch INTEGER NOT NULL CHECK (epoch >= 1),
  public_key TEXT NOT NULL, certificate TEXT NOT NULL, began_at TEXT NOT NULL, ended_at TEXT,
  reason TEXT NOT NULL, received_at TEXT, PRIMARY KEY (window_id, epoch)) STRICT, WITHOUT ROWID;
INSERT INTO window_epoch
  SELECT id, epoch, public_key, certificate, '', NULL, '', NULL FROM ticket_window;
INSERT INTO window_name SELECT id, name FROM ticket_window;
ALTER TABLE ticket_window DROP COLUMN public_key;
ALTER TABLE ticket_window DROP COLUMN certificate;
ALTER TABLE ticket_window ADD COLUMN fenced INTEGER NOT NULL DEFAULT 0 CHECK (fenced IN (0, 1));
ALTER TABLE ticket_window ADD COLUMN incarnation TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket_window ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket_window ADD COLUMN released TEXT NOT NULL DEFAULT '';
CREATE TABLE assignment (
  operator_id TEXT NOT NULL REFERENCES operator, window_id INTEGER NOT NULL,
  PRIMARY KEY (operator_id, window_id)) STRICT, WITHOUT ROWID;
INSERT INTO assignment SELECT id, 0 FROM operator;
CREATE TABLE wish (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL, window_id INTEGER NOT NULL, at TEXT NOT NULL)
  STRICT;
CREATE UNIQUE INDEX wish_once ON wish (order_id, window_id);
CREATE TABLE freed_order (
  id TEXT PRIMARY KEY, order_id TEXT NOT NULL, window_id INTEGER NOT NULL, epoch INTEGER NOT NULL,
  at TEXT NOT NULL, operator TEXT NOT NULL, approver TEXT NOT NULL, reason TEXT NOT NULL,
  CHECK (operator <> approver)) STRICT;
CREATE TABLE returning_places (
  id TEXT PRIMARY KEY, session_id INTEGER NOT NULL REFERENCES session,
  places INTEGER NOT NULL CHECK (places > 0), free_from TEXT NOT NULL) STRICT;
CREATE INDEX returning_places_due ON returning_places (session_id, free_from);
ALTER TABLE review ADD COLUMN settled_at TEXT;
ALTER TABLE review ADD COLUMN settled_by TEXT NOT NULL DEFAULT '';
ALTER TABLE review ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
CREATE INDEX review_open ON review (window_id) WHERE settled_at IS NULL;
CREATE TABLE news (
  id INTEGER PRIMARY KEY AUTOINCREMENT, xid INTEGER NOT NULL DEFAULT 0, order_id TEXT,
  request_id TEXT, CHECK ((order_id IS NULL) <> (request_id IS NULL))) STRICT;
INSERT INTO news (id, order_id) SELECT id, order_id FROM feed;
DROP TABLE feed;
ALTER TABLE news RENAME TO feed;
CREATE INDEX feed_place ON feed (xid, id);
CREATE TRIGGER feed_of_orders AFTER UPDATE OF version ON orders
BEGIN INSERT INTO feed (order_id) VALUES (NEW.id); END;
CREATE TRIGGER feed_of_new_orders AFTER INSERT ON orders
BEGIN INSERT INTO feed (order_id) VALUES (NEW.id); END;
CREATE TRIGGER feed_of_custody AFTER INSERT ON answer
BEGIN INSERT INTO feed (request_id) VALUES (NEW.request_id); END;
CREATE TRIGGER journal_follows BEFORE INSERT ON journal
WHEN NEW.number <> coalesce((SELECT number FROM chain_head WHERE window_id = NEW.window_id
  AND epoch = NEW.epoch), 0) + 1 OR NEW.previous <> coalesce((SELECT hash FROM chain_head
  WHERE window_id = NEW.window_id AND epoch = NEW.epoch), NEW.previous)
BEGIN SELECT RAISE(ABORT, 'a journal entry that does not follow the last one'); END;
CREATE TRIGGER journal_head AFTER INSERT ON journal
BEGIN INSERT INTO chain_head (window_id, epoch, number, hash)
  VALUES (NEW.window_id, NEW.epoch, NEW.number, NEW.hash)
  ON CONFLICT (window_id, epoch) DO UPDATE SET number = excluded.number, hash = excluded.hash; END;
"""
    + never_changed("freed_seat", "update", "delete")
    + never_changed("freed_order", "update", "delete")
)

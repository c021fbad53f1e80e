"""Who may change what: the rows at central, and what a window keeps of them."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from boxoffice.records.fields import IdField, Table, UtcField

CENTRAL_POOL = 0
SOLD_POOL = -1
RESERVED_POOL = -2
WITHDRAWN_POOL = -3
RETURNING_POOL = -4
"""Holders of a pool that are not windows; a window is held under its number.

Withdrawn places are no longer part of the capacity: a correction took them off sale. Returning
ones came back and go on sale again later (`ReturningPlaces`).
"""
SLICE_POOL, SLICES = -16, 16
"""On a server central lays some of its places into slices, so that windows that take places of
one session need not wait for each other: window N draws on holder `SLICE_POOL` - N % `SLICES`."""
CENTRAL_PLACES = (
    "(SELECT session_id, CAST(sum(places) AS BIGINT) AS places FROM pool "
    f"WHERE holder = {CENTRAL_POOL} OR holder <= {SLICE_POOL} GROUP BY session_id)"
)
"""SQL, a table: how many places of a session (`session_id`) central has (`places`), in slices or
not."""


class Window(Table):
    """A ticket window as central knows it. Central only."""

    id = IntegerField(primary_key=True)
    name = TextField()
    epoch = IntegerField()
    connection = IntegerField()
    last_seen = UtcField(null=True)
    fenced = IntegerField()
    incarnation = TextField()
    """The life of central in which it reported all it holds; empty where it held nothing yet."""
    unsent = IntegerField()
    released = TextField()
    """The life of central in which it let go of what it does not hold (rule 18)."""

    class Meta:
        table_name = "ticket_window"


class WindowEpoch(Table):
    """A time during which a window wrote under one key. Central only.

    Gates read codes of every epoch; nothing more is written under one that has ended.
    """

    window_id = IntegerField()
    epoch = IntegerField()
    public_key = TextField()
    certificate = TextField()
    began_at = TextField()
    ended_at = UtcField(null=True)
    reason = TextField()
    received_at = UtcField(null=True)
    """When central had the whole journal of an ended epoch."""

    class Meta:
        table_name = "window_epoch"
        primary_key = CompositeKey("window_id", "epoch")


class WindowName(Table):
    """What windows call each other; travels to all of them."""

    id = IntegerField(primary_key=True)
    name = TextField()

    class Meta:
        table_name = "window_name"


class Allotment(Table):
    """What a window is to hold of a session ahead of time; travels to all windows.

    Of a level (`category`): unbroken groups of two, three and four seats. With an empty category:
    unnumbered places, and orders expected at its pickup desk.
    """

    window_id = IntegerField()
    session_id = IntegerField()
    category = TextField()
    pairs = IntegerField()
    threes = IntegerField()
    fours = IntegerField()
    places = IntegerField()
    orders = IntegerField()

    class Meta:
        primary_key = CompositeKey("window_id", "session_id", "category")


class Wish(Table):
    """A window would like an order that another one holds. Central only."""

    id = IdField(primary_key=True)
    order_id = IdField()
    window_id = IntegerField()
    at = UtcField()


class FreedSeat(Table):
    """A seat of an ended epoch that two persons put back on sale, paper or not.

    Seat 0 stands for so many unnumbered places. Travels to all windows: codes of that epoch for
    the seat are dead.
    """

    id = IdField(primary_key=True)
    session_id = IntegerField()
    seat_id = IntegerField()
    places = IntegerField()
    window_id = IntegerField()
    epoch = IntegerField()
    at = UtcField()
    operator = TextField()
    approver = TextField()
    reason = TextField()

    class Meta:
        table_name = "freed_seat"


class FreedOrder(Table):
    """An order of an ended epoch that two persons gave back to central. Central only."""

    id = IdField(primary_key=True)
    order_id = IdField()
    window_id = IntegerField()
    epoch = IntegerField()
    at = UtcField()
    operator = TextField()
    approver = TextField()
    reason = TextField()

    class Meta:
        table_name = "freed_order"


class ReturningPlaces(Table):
    """Unnumbered places that came back and go on sale again from a moment on. Central only."""

    id = IdField(primary_key=True)
    session_id = IntegerField()
    places = IntegerField()
    free_from = UtcField()

    class Meta:
        table_name = "returning_places"


class CustodySeat(Table):
    """One seat of one session. Central only. Null holder: central has it.

    A returned seat may go back on sale only from some moment on (`free_from`).
    """

    session_id = IntegerField()
    seat_id = IntegerField()
    holder = IntegerField(null=True)
    epoch = IntegerField(null=True)
    order_id = IdField(null=True)
    free_from = UtcField(null=True)

    class Meta:
        table_name = "custody_seat"
        primary_key = CompositeKey("session_id", "seat_id")


class CustodyOrder(Table):
    """One order. Central only."""

    order_id = IdField(primary_key=True)
    holder = IntegerField(null=True)
    epoch = IntegerField(null=True)

    class Meta:
        table_name = "custody_order"


class Claim(Table):
    """One document in one session. Central only. With `order_id` it belongs to a ticket."""

    session_id = IntegerField()
    document_hash = TextField()
    holder = IntegerField(null=True)
    epoch = IntegerField(null=True)
    order_id = IdField(null=True)

    class Meta:
        primary_key = CompositeKey("session_id", "document_hash")


class Pool(Table):
    """Places of a session by who has them now; never below zero. Central only."""

    session_id = IntegerField()
    holder = IntegerField()
    places = IntegerField()

    class Meta:
        primary_key = CompositeKey("session_id", "holder")


class PoolTransfer(Table):
    """Places that moved between pools; insert only. Central only."""

    id = IdField(primary_key=True)
    session_id = IntegerField()
    giver = IntegerField(null=True)
    taker = IntegerField()
    places = IntegerField()
    at = UtcField()

    class Meta:
        table_name = "pool_transfer"


class Answer(Table):
    """A take that was granted or a give that was booked; asked for again after a break.

    `number` counts them per window and epoch: a central that was restored shows a lower one.
    """

    request_id = IdField(primary_key=True)
    window_id = IntegerField()
    epoch = IntegerField()
    kind = TextField()
    number = IntegerField()
    items = TextField()


class Feed(Table):
    """Orders and answered requests, in the order in which they came. Central only, by triggers.

    `xid` is the transaction (PostgreSQL): what commits late is read late, and never missed.
    """

    id = IntegerField(primary_key=True)
    xid = IntegerField()
    order_id = IdField(null=True)
    request_id = IdField(null=True)


class Review(Table):
    """A pushed order that central could not apply; kept whole until a supervisor settles it."""

    id = IdField(primary_key=True)
    window_id = IntegerField()
    epoch = IntegerField()
    number = IntegerField()
    order_id = IdField()
    at = UtcField()
    reason = TextField()
    rows = TextField()
    settled_at = UtcField(null=True)
    settled_by = TextField()
    outcome = TextField()


class Request(Table):
    """A window's request for custody, or what it gives back. Window only."""

    id = IdField(primary_key=True)
    epoch = IntegerField()
    order_id = IdField(null=True)
    status = TextField()
    items = TextField()
    at = UtcField()


class HeldSeat(Table):
    """A seat this window holds for one of its baskets, from its allotment or not. Window only."""

    session_id = IntegerField()
    seat_id = IntegerField()
    order_id = IdField()
    request_id = IdField()
    allotted = IntegerField()

    class Meta:
        table_name = "held_seat"
        primary_key = CompositeKey("session_id", "seat_id")


class AllottedSeat(Table):
    """A seat this window holds ahead of time, for no basket yet. Window only.

    `party` is the first seat of the group it was taken with; 0 once it came back from a basket.
    """

    session_id = IntegerField()
    seat_id = IntegerField()
    party = IntegerField()

    class Meta:
        table_name = "allotted_seat"
        primary_key = CompositeKey("session_id", "seat_id")


class AllottedPlaces(Table):
    """Unnumbered places this window holds ahead of time. Window only."""

    session_id = IntegerField(primary_key=True)
    places = IntegerField()

    class Meta:
        table_name = "allotted_places"


class ElsewhereSeat(Table):
    """A seat another window holds, as far as is known here: for the map. Window only."""

    session_id = IntegerField()
    seat_id = IntegerField()
    window_id = IntegerField()

    class Meta:
        table_name = "elsewhere_seat"
        primary_key = CompositeKey("session_id", "seat_id")


class HeldPlaces(Table):
    """Places this window holds for one of its baskets; so many from its allotment. Window only."""

    order_id = IdField()
    session_id = IntegerField()
    places = IntegerField()
    allotted = IntegerField()

    class Meta:
        table_name = "held_places"
        primary_key = CompositeKey("order_id", "session_id")


class HeldClaim(Table):
    """A document this window holds for one of its baskets. Window only."""

    session_id = IntegerField()
    document_hash = TextField()
    order_id = IdField()
    request_id = IdField()

    class Meta:
        table_name = "held_claim"
        primary_key = CompositeKey("session_id", "document_hash")


class HeldOrder(Table):
    """An order this window may change, and the version central knows. Window only."""

    order_id = IdField(primary_key=True)
    base_version = IntegerField()
    request_id = IdField(null=True)
    allotted = IntegerField()

    class Meta:
        table_name = "held_order"


class Meta(Table):
    """Single facts about the file itself."""

    key = TextField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "meta"

"""A conversation with a gateway about one attempt, until it is decided or parked."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace

from boxoffice import clock
from boxoffice.desk import Desk
from boxoffice.domain.statuses import AttemptStatus, step
from boxoffice.errors import BoxOfficeError
from boxoffice.payments.conversation import Move, Standing, next_move
from boxoffice.payments.protocol import Answer, Ask, Gateway, Outcome, Why
from boxoffice.records.store import Store
from boxoffice.records.unit_of_work import Unit
from boxoffice.services.office import Office
from boxoffice.services.sales import checkout, dues, exchanging, undoing
from boxoffice.services.sales.attempts import (
    CODE,
    Pause,
    Paying,
    Talk,
    attempt,
    gateway_number,
    note_untold,
)
from boxoffice.services.sales.finishing import Received, Sale, Signer
from boxoffice.services.sharing import custody, sync


class LaterOn(Exception):
    """It is not time yet for the next move; raised by a `Pause` that does not wait."""


class Conversation:
    """Speaks with one gateway about one attempt until it is decided, or nothing more is learnt."""

    def __init__(
        self,
        office: Office,
        gateway: Gateway,
        attempt_id: str,
        desk: Desk | None,
        talk: Talk,
        pause: Pause,
    ) -> None:
        self._office, self._gateway, self._id = office, gateway, attempt_id
        self._desk, self._talk, self._pause = desk, talk, pause
        number, self._order, self._tender, self._amount, operator, sent, reversing = (
            office.writing.call(self._row)
        )
        self._operator = operator
        self._number = gateway_number(office, number)
        self._sent = clock.from_text(sent) if sent else clock.now()
        self._reversing = clock.from_text(reversing) if reversing else None
        self._began = clock.now()
        self._queried = self._reversed = False
        self._absent: float | None = None

    def _row(self, store: Store) -> tuple[str, str, str, int, str | None, str | None, str | None]:
        row = store.first(
            "SELECT number, order_id, tender, amount_fen, operator_id, sent_at, reversing_at "
            "FROM attempt WHERE id = ?",
            (self._id,),
        )
        assert row is not None
        return row[0], row[1], row[2], row[3], row[4], row[5], row[6]

    def charge(self, ask: Ask) -> Paying:
        """Send the charge, once, and follow it."""
        self._sent = clock.now()
        return self._follow(self._gateway.charge(ask))

    def look(self) -> Paying:
        """Follow what was sent before."""
        try:
            return self._follow(self._query())
        except LaterOn:
            return self._note_unknown()

    def _follow(self, answer: Answer) -> Paying:
        while True:
            ended = self._decided(answer)
            if ended is not None:
                return ended
            self._note(answer)
            self._note_absent(answer.outcome)
            move = self._next()
            if move is Move.FORGET:
                return self._end(AttemptStatus.REVERSED, answer)
            if move is Move.PARK:
                return self._note_unknown(answer)
            answer = self._query() if move is Move.QUERY else self._reverse()

    def _note_absent(self, outcome: Outcome) -> None:
        """Since when the party says that it knows no such number; silence says nothing of it."""
        since = self._office.underway.absent
        if outcome is Outcome.ABSENT:
            self._absent = clock.steady() - since.setdefault(self._id, clock.steady())
        else:
            self._absent = None
            if outcome is not Outcome.UNKNOWN:
                since.pop(self._id, None)

    def _next(self) -> Move:
        """The next move, when it is time for it; being given up changes what comes next."""
        while True:
            given_up = self._talk.given_up
            if self._talk.left:
                return Move.PARK
            move, seconds = next_move(self._gateway.timing, self._standing())
            if seconds <= 0:
                return move
            self._pause(self._talk, seconds)
            if self._talk.given_up == given_up and not self._talk.left:
                return move

    def _standing(self) -> Standing:
        now = clock.now()
        reversing = self._reversing
        if reversing is not None:
            # Another round tries as long as the first.
            reversing = max(reversing, self._began)
        return Standing(
            since_sent_s=(now - self._sent).total_seconds(),
            reversing_s=None if reversing is None else (now - reversing).total_seconds(),
            queried=self._queried,
            reversed=self._reversed,
            absent_s=self._absent,
            given_up=self._talk.given_up,
        )

    def _query(self) -> Answer:
        self._queried = True
        return self._gateway.query(self._number)

    def _reverse(self) -> Answer:
        """Give it up: stored first, so that a crash goes on with it."""
        if self._reversing is None:
            self._reversing = clock.now()
            stamp = clock.to_text(self._reversing)
            self._office.write(
                lambda store: store.run(
                    "UPDATE attempt SET reversing_at = ? WHERE id = ?", (stamp, self._id)
                ),
                ["payments"],
            )
        self._reversed = True
        answer = self._gateway.reverse(self._number)
        if answer.outcome is not Outcome.CLOSED:
            return answer
        # The customer can pay between the last question and the reversal.
        after = self._query()
        if after.outcome is Outcome.PAID:
            return Answer(Outcome.UNKNOWN, Why.BUSY, after.reference, said=after.said)
        return answer

    def _decided(self, answer: Answer) -> Paying | None:
        if answer.outcome is Outcome.PAID:
            if answer.paid_fen is not None and answer.paid_fen != self._amount:
                return self._note_unknown(
                    Answer(Outcome.UNKNOWN, Why.OTHER_AMOUNT, answer.reference, said=answer.said)
                )
            if self._reversing is not None and answer.again:
                return None
            return self._paid(answer)
        if answer.outcome is Outcome.DECLINED:
            return self._end(AttemptStatus.DECLINED, answer)
        if answer.outcome is Outcome.CLOSED:
            given_up = self._reversing is not None
            return self._end(AttemptStatus.REVERSED if given_up else AttemptStatus.DECLINED, answer)
        return None

    # --- writing down

    def _note(self, answer: Answer) -> None:
        """What is known now, before anything else is tried."""
        self._office.write(
            lambda store: self._store_answer(store, answer), ["payments"], durable=False
        )

    def _store_answer(self, store: Store, answer: Answer) -> None:
        facts = json.dumps({**answer.facts, "said": answer.said}, ensure_ascii=False)
        store.run(
            "UPDATE attempt SET why = ?, reference = coalesce(nullif(?, ''), reference), "
            "facts = ? WHERE id = ?",
            (answer.why.value, answer.reference, facts, self._id),
        )
        note_untold(store, self._id)

    def _state(self, sale: Sale | None = None) -> Paying:
        found = self._office.writing.call(lambda store: attempt(store, self._id))
        return found if sale is None else replace(found, sale=sale)

    def _note_unknown(self, answer: Answer | None = None) -> Paying:
        """Parked: in sight, its seats held, and asked about behind."""

        def park(store: Store) -> None:
            if answer is not None:
                self._store_answer(store, answer)
            row = store.first("SELECT status FROM attempt WHERE id = ?", (self._id,))
            status = AttemptStatus(row[0] if row else "")
            if status is AttemptStatus.SENT:
                status = step("attempt", status, AttemptStatus.UNKNOWN)
                store.run("UPDATE attempt SET status = ? WHERE id = ?", (status, self._id))
                note_untold(store, self._id)

        self._office.write(park, ["payments", f"order:{self._order}"])
        sync.tell_attempts_behind(self._office)
        return self._state()

    def _end(self, status: AttemptStatus, answer: Answer) -> Paying:
        """No money came, or what came is back: the documents go back, the basket is free."""
        self._office.write(lambda store: self._store_answer(store, answer), durable=False)
        was = self._state().status
        checkout.cancel_attempt(self._office, self._id, self._order, step("attempt", was, status))
        sync.tell_attempts_behind(self._office)
        return self._state()

    def _paid(self, answer: Answer) -> Paying:
        """The money is here: the sale, or the deposit, in one commit with it."""
        office = self._office
        office.require_trusted()  # of an ended epoch a supervisor decides (rule 17)

        def settle(unit: Unit) -> Sale:
            self._store_answer(unit.store, answer)
            row = unit.store.first("SELECT status FROM attempt WHERE id = ?", (self._id,))
            was = AttemptStatus(row[0] if row else "")
            ended = step("attempt", was, AttemptStatus.SUCCEEDED)
            checkout.end_attempt(unit.store, self._id, ended, unit.stamp)
            due = dues.look(unit.store, self._order, self._lines(unit.store))
            got = Received(
                self._tender,
                self._amount,
                self._amount,
                self._id,
                answer.reference,
                {CODE: self._number, **answer.facts},
            )
            custody.forget_documents(unit.store, self._order)
            signer = self._signer(unit.store)
            if self._reversing is not None:
                return undoing.send_back_late(unit, signer, self._order, due, got)
            return exchanging.write_down(
                unit,
                office,
                signer,
                self._order,
                due,
                got,
                desk=self._desk,
                facts={} if self._desk is not None else {"late": True},
            )

        sale = office.unit(settle)
        if sale.left_fen:
            with suppress(BoxOfficeError):
                checkout.give_documents_back(office, self._order)
        office.changes.tell(checkout.sale_topics(self._order))
        sync.report(office)
        return self._state(sale)

    def _lines(self, store: Store) -> tuple[str, ...]:
        row = store.first("SELECT lines FROM attempt WHERE id = ?", (self._id,))
        return tuple(json.loads(row[0])) if row and row[0] else ()

    def _signer(self, store: Store) -> Signer:
        """Who stands at the desk; behind, who began it, in the shift that is open now (rule 23)."""
        chain = self._office.chain
        if self._desk is not None and not store.first(
            "SELECT 1 FROM shift WHERE id = ? AND status = 'closed'", (self._desk.shift_id,)
        ):
            return Signer.at(self._desk)
        shift = store.first(
            "SELECT id FROM shift WHERE window_id = ? AND status = 'open'", (chain.window,)
        )
        return Signer(chain.window, chain.epoch, self._operator, shift[0] if shift else None)

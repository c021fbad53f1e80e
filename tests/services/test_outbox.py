"""The outbox of a window: queued with what it tells, sent behind it, at least once and in time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from pypdfium2 import PdfDocument

from boxoffice.domain.statuses import NoticeStatus
from boxoffice.errors import BadContact
from boxoffice.notices import protocol
from boxoffice.notices.mail import Mail
from boxoffice.notices.protocol import Answer, Channel, Notice, Outcome, Why
from boxoffice.notices.text_message import TextMessages
from boxoffice.queries.notices import told
from boxoffice.rehearsal.gateways.mail_server import MailServer, MailTrouble
from boxoffice.rehearsal.gateways.text_gateway import TextGateway, TextTrouble
from boxoffice.services.aftersales import voids
from boxoffice.services.follower import Rounds
from boxoffice.services.printing import return_papers
from boxoffice.services.sales import asking, orders, paybacks
from boxoffice.services.telling import contacts
from boxoffice.services.telling.outbox import Outbox
from boxoffice.settings import Home
from tests.faults.acts import proof, rows, sell, take
from tests.gateways import Hours, Killed, Party
from tests.homes import AtWork
from tests.notices.carriers import APPROVED, mail_settings, text_settings

PHONE, MAIL = "13800000000", "visitor@example.org"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as found:
        yield found


@pytest.fixture
def gateway() -> Iterator[TextGateway]:
    with TextGateway(templates=APPROVED) as found:
        yield found


@dataclass
class Carrier:
    """A channel in this process; `answers` are how the next tries and questions go."""

    channel: Channel = Channel.TEXT
    can_ask: bool = True
    answers: list[Answer | type[Killed]] = field(default_factory=list)
    did: list[tuple[str, str]] = field(default_factory=list)

    def _next(self, act: str, notice: Notice) -> Answer:
        self.did.append((act, notice.id))
        answer = self.answers.pop(0) if self.answers else Answer(Outcome.SENT)
        if isinstance(answer, Answer):
            return answer
        raise answer

    def send(self, notice: Notice) -> Answer:
        return self._next("send", notice)

    def ask(self, notice: Notice) -> Answer:
        return self._next("ask", notice)


@pytest.fixture
def work(paid_by_code: AtWork) -> AtWork:
    return paid_by_code


def sending(work: AtWork, *senders: protocol.Sender) -> AtWork:
    by_channel = {sender.channel: sender for sender in senders}
    return AtWork(replace(work.office, senders=by_channel), work.desk)


def bought(work: AtWork, phone: str = PHONE) -> str:
    """An order paid by code, whose buyer left a phone."""
    basket = take(work, (1, 5))
    orders.set_buyer(office=work.office, desk=work.desk, basket=basket, name="", phone=phone)
    asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
    return basket


def void(work: AtWork, order: str) -> None:
    voids.void(office=work.office, desk=work.desk, order_id=order, papers_back=True, reason="x")


def follow(work: AtWork) -> None:
    for one in work.office.read(lambda s: paybacks.waiting(s, 1, 1)):
        paybacks.follow(office=work.office, payback_id=one)


def lying(work: AtWork) -> list[tuple[str, str, str]]:
    return [
        (str(kind), str(status), str(trouble))
        for kind, status, trouble in rows(
            work, "SELECT kind, status, trouble FROM notice ORDER BY created_at, id"
        )
    ]


def test_a_refund_is_told_step_by_step(
    home: Home, work: AtWork, party: Party, time: Hours, server: MailServer, gateway: TextGateway
) -> None:
    work = sending(work, Mail(mail_settings(server)), TextMessages(text_settings(gateway)))
    order = bought(work)
    contacts.note(
        office=work.office, desk=work.desk, order_id=order, language="en", mail=f" {MAIL} "
    )
    party.days = ["pending", ""]
    void(work, order)
    follow(work)
    time.pass_(1)
    follow(work)
    kinds = ["refund_accepted", "refund_sent", "refund_arrived"]
    # Nothing goes out in the act itself: it waits for nobody.
    assert server.taken == gateway.sent == []
    assert sorted(lying(work)) == sorted((k, "queued", "") for k in kinds * 2)
    assert Rounds(work.office).go(0.0) == 0
    assert [one.values["order"] for one in gateway.sent] == [number(work, order)] * 3
    assert {one.number for one in gateway.sent} == {PHONE}
    subjects = sorted(taken.message["Subject"].partition(":")[0] for taken in server.taken)
    assert subjects == ["Refund accepted", "Refund arrived", "Refund sent"]
    assert [status for _, status, _ in lying(work)] == ["sent"] * 6
    assert Outbox(work.office).go() == 0
    assert proof(home).broken == ()
    shown = work.office.read(lambda s: told(s, work.office.seal, order))
    assert {one.masked for one in shown} == {"138****0000", "v***@example.org"}
    assert len(shown) == 6


def number(work: AtWork, order: str) -> str:
    return str(rows(work, "SELECT number FROM orders WHERE id = ?", order)[0][0])


@pytest.mark.parametrize("days", [["dead"], ["pending", "closed"]])
def test_a_dead_way_is_told_and_one_that_is_tried_again_is_not(
    work: AtWork, party: Party, days: list[str]
) -> None:
    work = sending(work, Carrier())
    order = bought(work)
    party.days = list(days)
    void(work, order)
    follow(work)
    follow(work)
    kinds = [kind for kind, *_ in lying(work)]
    told = {"dead": ["refund_accepted", "refund_refused"]}
    assert sorted(kinds) == told.get(days[0], ["refund_accepted", "refund_sent"])


def test_nobody_is_told_who_left_no_address(work: AtWork) -> None:
    work = sending(work, Carrier(), Carrier(Channel.MAIL))
    landline = bought(work, phone="010-12345678")
    void(work, landline)
    follow(work)
    assert lying(work) == []


def test_cash_in_the_hand_is_no_news(work: AtWork) -> None:
    work = sending(work, Carrier())
    sale = sell(work, (1, 8))
    contacts.note(
        office=work.office, desk=work.desk, order_id=sale.order_id, language="en", phone=PHONE
    )
    void(work, sale.order_id)
    assert lying(work) == []


def test_without_a_channel_nothing_is_queued(work: AtWork) -> None:
    void(work, bought(work))
    assert lying(work) == []


def test_the_file_holds_no_address(work: AtWork) -> None:
    work = sending(work, Carrier())
    order = bought(work)
    contacts.note(
        office=work.office, desk=work.desk, order_id=order, language="en", mail=MAIL, phone=PHONE
    )
    void(work, order)
    found = rows(work, "SELECT * FROM notice") + rows(work, "SELECT * FROM contact")
    text = json.dumps([list(row) for row in found])
    assert found
    assert PHONE not in text
    assert MAIL not in text


def one_queued(work: AtWork, carrier: Carrier) -> AtWork:
    work = sending(work, carrier)
    void(work, bought(work))
    assert [status for _, status, _ in lying(work)] == ["queued"]
    return work


def test_it_is_tried_again_in_its_rhythm_and_then_failed(work: AtWork, time: Hours) -> None:
    carrier = Carrier(answers=[Answer(Outcome.LATER, Why.ADDRESS)] * 20)
    work = one_queued(work, carrier)
    box = Outbox(work.office)
    waited = []
    for wait in protocol.AGAIN_AFTER:
        assert box.go() == 1
        assert lying(work)[0][1:] == ("queued", "address")
        time.pass_(wait.total_seconds() - 1)
        assert box.go() == 0
        time.pass_(1)
        waited.append(wait)
    assert box.go() == 1
    assert lying(work)[0][1:] == ("failed", "address")
    time.pass_(10_000)
    assert box.go() == 0
    assert len(carrier.did) == len(waited) + 1


def test_a_channel_in_trouble_rests_and_costs_no_try(work: AtWork, time: Hours) -> None:
    carrier = Carrier(answers=[Answer(Outcome.LATER, Why.SIGN_IN)] * 30)
    work = one_queued(work, carrier)
    box = Outbox(work.office)
    for _ in range(30):
        assert box.go() == 1
        assert box.go() == 0
        time.pass_(protocol.REST.total_seconds())
    assert rows(work, "SELECT tries, status FROM notice") == [(0, "queued")]
    assert box.go() == 1
    assert lying(work)[0][1:] == ("sent", "")


def test_one_refused_recipient_does_not_hold_up_the_others(
    work: AtWork, server: MailServer
) -> None:
    work = sending(work, Mail(mail_settings(server)))
    for row in (5, 6, 7):
        basket = take(work, (1, row))
        asking.ask(office=work.office, desk=work.desk, basket=basket, tender="wechat")
        contacts.note(office=work.office, desk=work.desk, order_id=basket, language="en", mail=MAIL)
        void(work, basket)
    server.spoil(MailTrouble.GREYLISTED, MailTrouble.NO_SUCH_RECIPIENT)
    assert Outbox(work.office).go() == 3
    assert sorted(status for _, status, _ in lying(work)) == ["failed", "queued", "sent"]


def test_a_lost_answer_is_asked_about_and_never_sent_twice(
    work: AtWork, time: Hours, gateway: TextGateway
) -> None:
    work = sending(work, TextMessages(text_settings(gateway)))
    void(work, bought(work))
    gateway.spoil(TextTrouble.ANSWER_LOST, TextTrouble.HTML)
    box = Outbox(work.office)
    assert box.go() == 1
    assert lying(work)[0][1:] == ("sending", "silent")
    for _ in range(2):
        time.pass_(protocol.REST.total_seconds())
        assert box.go() == 1
    assert lying(work)[0][1:] == ("sent", "")
    assert (len(gateway.sent), gateway.asked) == (1, 1)


def test_a_message_that_never_arrived_is_sent_after_asking(
    work: AtWork, time: Hours, gateway: TextGateway
) -> None:
    work = sending(work, TextMessages(text_settings(gateway)))
    void(work, bought(work))
    gateway.spoil(TextTrouble.CUT)
    box = Outbox(work.office)
    assert box.go() == 1
    time.pass_(protocol.REST.total_seconds())
    assert box.go() == 1
    assert (len(gateway.sent), gateway.asked) == (1, 1)
    assert lying(work)[0][1] == "sent"


@pytest.mark.parametrize("can_ask", [True, False])
def test_killed_in_the_middle_of_a_try(work: AtWork, time: Hours, can_ask: bool) -> None:
    carrier = Carrier(answers=[Killed], can_ask=can_ask)
    work = one_queued(work, carrier)
    with pytest.raises(Killed):
        Outbox(work.office).go()
    # The next start knows that a try was begun, and waits until its end can be known.
    assert lying(work)[0][1] == "sending"
    box = Outbox(work.office)
    assert box.go() == 0
    time.pass_(protocol.ASK_AFTER.total_seconds())
    assert box.go() == 1
    assert lying(work)[0][1] == "sent"
    assert [act for act, _ in carrier.did] == ["send", "ask" if can_ask else "send"]
    assert len({notice for _, notice in carrier.did}) == 1


def test_old_news_is_dropped(work: AtWork, time: Hours) -> None:
    carrier = Carrier()
    work = one_queued(work, carrier)
    time.pass_((protocol.STALE_AFTER + timedelta(seconds=1)).total_seconds())
    Outbox(work.office).go()
    assert lying(work)[0][1] == NoticeStatus.DROPPED
    assert carrier.did == []


def test_the_same_is_told_once(work: AtWork, party: Party) -> None:
    work = sending(work, Carrier())
    order = bought(work)
    party.days = ["silent", ""]
    void(work, order)
    follow(work)
    follow(work)
    follow(work)
    assert sorted(kind for kind, *_ in lying(work)) == ["refund_accepted", "refund_arrived"]


@pytest.mark.parametrize(("mail", "phone"), [("visitor", ""), ("", "12345")])
def test_an_address_that_is_none_is_refused(work: AtWork, mail: str, phone: str) -> None:
    order = bought(work)
    with pytest.raises(BadContact):
        contacts.note(
            office=work.office, desk=work.desk, order_id=order, language="en", mail=mail,
            phone=phone,
        )  # fmt: skip
    assert rows(work, "SELECT count(*) FROM contact") == [(0,)]


def test_the_code_to_ask_by(work: AtWork) -> None:
    one, other = bought(work), take(work, (2, 1))
    seal = work.office.seal
    code = contacts.ask_code(seal, one)
    assert code == contacts.ask_code(seal, one)
    assert len(code) == 8
    assert contacts.is_ask_code(seal, one, f" {code[:4].lower()}-{code[4:]}")
    assert not contacts.is_ask_code(seal, other, code)
    assert not contacts.is_ask_code(seal, one, "")


def test_the_slip_of_a_refund_has_the_code_to_ask_by(work: AtWork) -> None:
    """Whoever left no address takes it home; with the cash in hand there is nothing to ask."""
    order, sale = bought(work, phone=""), sell(work, (1, 8))
    for one, asks in ((order, True), (sale.order_id, False)):
        void(work, one)
        (refund,) = rows(work, "SELECT id FROM refund WHERE order_id = ? LIMIT 1", one)
        pdf, _ = return_papers.slip(work.office, one, str(refund[0]))
        text = PdfDocument(pdf)[0].get_textpage().get_text_bounded()
        assert (contacts.ask_code(work.office.seal, one) in text) is asks

"""The simulated acquirer itself: it checks keys, outlives a restart, ends when it is told to."""

from __future__ import annotations

import socket

from boxoffice import clock
from boxoffice.payments import iso8583_codec as codec
from boxoffice.payments.card_settings import CardSettings
from boxoffice.payments.iso8583_codec import Message
from boxoffice.payments.iso8583_host import AcquirerTerminal
from boxoffice.payments.iso8583_line import frame, take_frame
from boxoffice.payments.protocol import Ask, Back, Outcome, RefundOutcome
from boxoffice.rehearsal.gateways.card_host import MERCHANT, TERMINAL, CardHost
from boxoffice.rehearsal.gateways.card_host_days import How, Step

TPDU = bytes.fromhex("6000030000")


def terminal(host: CardHost) -> AcquirerTerminal:
    return AcquirerTerminal(CardSettings.from_table(host.table()))


def say(host: CardHost, message: Message, key: bytes) -> Message:
    with socket.create_connection(("127.0.0.1", host.port), 30) as line:
        line.sendall(frame(codec.encode(message, key), TPDU))
        return codec.decode(take_frame(line), host.key)


SALE = Message(
    "0200",
    {
        3: "000000",
        4: "000000000100",
        11: "000001",
        41: TERMINAL,
        42: MERCHANT,
        60: "22000001000",
        62: "A-000001",
    },
)


def test_a_message_under_another_key_is_refused_and_does_nothing():
    with CardHost() as host:
        assert say(host, SALE, bytes(16)).get(39) == "A0"
        assert host.books.entries == {}
        assert say(host, SALE, host.key).get(39) == "00"


def test_a_trace_that_another_number_has_is_refused():
    with CardHost() as host:
        say(host, SALE, host.key)
        other = Message("0200", SALE.fields | {62: "B-000001"})
        assert say(host, other, host.key).get(39) == "94"


def test_several_messages_on_one_line_are_answered_in_order():
    with CardHost() as host, socket.create_connection(("127.0.0.1", host.port), 30) as line:
        echo = Message("0800", {11: "000007", 41: TERMINAL, 42: MERCHANT, 60: "00000000301"})
        both = [frame(codec.encode(each, host.key), TPDU) for each in (SALE, echo)]
        line.sendall(b"".join(both))
        answers = [codec.decode(take_frame(line), host.key) for _ in both]
        assert [a.kind for a in answers] == ["0210", "0810"]


def test_the_books_outlive_the_host(tmp_path):
    file = tmp_path / "acquirer.json"
    with CardHost(state=file) as host:
        card, key = terminal(host), host.key
        paid = card.charge(Ask("W7-000001", 500, "CNY", "", 7))
        assert paid.outcome is Outcome.PAID
    with CardHost(state=file, key=key) as host:
        card = terminal(host)
        assert card.query("W7-000001").paid_fen == 500
        back = Back(
            *("R7-000001", "W7-000001", paid.reference, 200, 500, "CNY", ""),
            *(clock.now(), 7, paid.facts),
        )
        assert card.refund(back).outcome is RefundOutcome.ARRIVED
        assert host.books.taken_fen("W7-000001") == 300


def test_closing_ends_lines_on_which_it_is_silent_or_slow():
    host = CardHost()
    with (
        socket.create_connection(("127.0.0.1", host.port), 30) as silent,
        socket.create_connection(("127.0.0.1", host.port), 30) as slow,
    ):
        host.plan.on(Step.CHARGE, How.SLOW)
        slow.sendall(frame(codec.encode(SALE, host.key), TPDU))
        assert host.slow.wait(30)
        host.plan.on(Step.CHARGE, How.SILENT)
        silent.sendall(frame(codec.encode(SALE, host.key), TPDU))
        host.close()
        assert silent.recv(1) == b""

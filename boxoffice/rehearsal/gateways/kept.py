"""Channels in this process that keep every notice: for tours, without a network."""

from __future__ import annotations

from boxoffice.notices.protocol import Answer, Channel, Notice, Outcome, Sender


class Kept:
    """A `Sender` without a line: whatever it is given has been sent, and lies in `taken`."""

    can_ask = False

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.taken: list[Notice] = []

    def send(self, notice: Notice) -> Answer:
        """It is sent."""
        self.taken.append(notice)
        return Answer(Outcome.SENT)

    def ask(self, notice: Notice) -> Answer:
        """Whether it was sent."""
        known = any(one.id == notice.id for one in self.taken)
        return Answer(Outcome.SENT if known else Outcome.ABSENT)


def senders() -> dict[Channel, Sender]:
    """One of each channel."""
    return {channel: Kept(channel) for channel in Channel}

"""Gateway x bad day x step: what the driver answers, and what a question says afterwards.

One row is one test over real HTTP (test_code_payment_bad_days.py); run as a module, this prints
them as a table.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from boxoffice.payments.protocol import Outcome, RefundOutcome, Why
from boxoffice.rehearsal.gateways.days import ALWAYS, Step, Trouble

WECHAT, ALIPAY = ("wechat",), ("alipay",)
BOTH = ("wechat", "alipay")


@dataclass(frozen=True)
class Row:
    """What is told of one message on a bad day, and what a question brings when it is over."""

    step: Step
    trouble: Trouble
    said: Outcome | RefundOutcome
    why: Why = Why.NONE
    then: Outcome | RefundOutcome | None = None
    kinds: tuple[str, ...] = BOTH
    again: bool = True
    options: dict = field(default_factory=dict)
    """Of the day."""
    waiting: bool = False
    """Whether the charge still waits for a password when the step comes."""

    def name(self, kind: str) -> str:
        extra = "".join(f" {key}={value}" for key, value in self.options.items())
        return f"{kind} {self.step} {self.trouble}{extra}{' while waiting' * self.waiting}"


O, R, S, T = Outcome, RefundOutcome, Step, Trouble  # noqa: E741
NOT_DONE = {"acts": False}


def _on_the_line(step: Step, told: Outcome | RefundOutcome, undone: Outcome | RefundOutcome):
    """Faults of the line, the same at every step: nothing is decided by them.

    `told` is what a question says when the company has acted all the same, `undone` when not.
    """
    unknown = R.UNKNOWN if isinstance(told, RefundOutcome) else O.UNKNOWN
    for trouble, why in (
        (T.SILENT, Why.SILENT),
        (T.CUT, Why.SILENT),
        (T.WRONG_SIGNATURE, Why.BAD_SIGNATURE),
        (T.UNSIGNED, Why.BAD_SIGNATURE),
        (T.HTML, Why.NOT_READABLE),
        (T.GARBLED, Why.NOT_READABLE),
        (T.ELSEWHERE, Why.NOT_READABLE),
        (T.BUSY, Why.BUSY),
    ):
        # A 204 has no body, so without its signature it says nothing at all.
        bare = trouble is T.UNSIGNED and step is S.REVERSE
        yield Row(step, trouble, unknown, Why.NOT_READABLE if bare else why, told, WECHAT)
        yield Row(step, trouble, unknown, why, told, ALIPAY)
        yield Row(
            step,
            trouble,
            unknown,
            Why.NOT_READABLE if bare else why,
            undone,
            WECHAT,
            options=NOT_DONE,
        )
        yield Row(step, trouble, unknown, why, undone, ALIPAY, options=NOT_DONE)
    yield Row(step, T.CLOCK_OFF, unknown, Why.BAD_CLOCK, undone)
    early = R.UNKNOWN if step in (S.REFUND, S.REFUND_QUERY) else O.UNKNOWN
    yield Row(step, T.LIMITED, early, Why.BUSY, undone)


ROWS: list[Row] = [
    # --- charge
    *_on_the_line(S.CHARGE, O.PAID, O.ABSENT),
    Row(S.CHARGE, T.SLOW, O.PAID, then=O.PAID),
    Row(S.CHARGE, T.PASSWORD, O.WAITING, Why.PASSWORD, O.PAID),
    Row(S.CHARGE, T.PASSWORD, O.WAITING, Why.PASSWORD, O.WAITING, options={"queries": 2}),
    Row(S.CHARGE, T.PASSWORD, O.WAITING, Why.PASSWORD, O.WAITING, options={"queries": ALWAYS}),
    Row(S.CHARGE, T.PASSWORD, O.WAITING, Why.PASSWORD, O.DECLINED, WECHAT, options={"pays": False}),
    Row(S.CHARGE, T.PASSWORD, O.WAITING, Why.PASSWORD, O.CLOSED, ALIPAY, options={"pays": False}),
    Row(S.CHARGE, T.CODE_EXPIRED, O.DECLINED, Why.CODE_EXPIRED, O.ABSENT),
    Row(S.CHARGE, T.CODE_USED, O.DECLINED, Why.CODE_USED, O.ABSENT),
    Row(S.CHARGE, T.BALANCE, O.DECLINED, Why.BALANCE, O.ABSENT),
    Row(S.CHARGE, T.OTHER_AMOUNT, O.PAID, Why.OTHER_AMOUNT, O.PAID),
    # --- query of a paid charge
    *_on_the_line(S.QUERY, O.PAID, O.PAID),
    Row(S.QUERY, T.SLOW, O.PAID, then=O.PAID),
    Row(S.QUERY, T.NOT_KNOWN_YET, O.ABSENT, then=O.PAID),
    # --- reversal of a paid charge, and of one that waits
    *_on_the_line(S.REVERSE, O.CLOSED, O.PAID),
    Row(S.REVERSE, T.SLOW, O.CLOSED, then=O.CLOSED),
    Row(S.REVERSE, T.RECALL, O.UNKNOWN, Why.BUSY, O.PAID),
    Row(S.REVERSE, T.PAID_LATE, O.CLOSED, then=O.CLOSED, waiting=True),
    Row(S.REVERSE, T.RECALL, O.UNKNOWN, Why.BUSY, O.WAITING, waiting=True),
    Row(S.REVERSE, T.MERCHANT_BALANCE, O.UNKNOWN, Why.MERCHANT_BALANCE, O.PAID),
    Row(S.REVERSE, T.TOO_LATE, O.UNKNOWN, Why.TOO_LATE, O.PAID, again=False),
    # --- refund
    *_on_the_line(S.REFUND, R.ARRIVED, R.ABSENT),
    Row(S.REFUND, T.SLOW, R.ARRIVED, then=R.ARRIVED),
    Row(S.REFUND, T.MERCHANT_BALANCE, R.REFUSED, Why.MERCHANT_BALANCE, R.ABSENT),
    Row(S.REFUND, T.PENDING, R.ACCEPTED, then=R.ARRIVED),
    Row(S.REFUND, T.PENDING, R.ACCEPTED, then=R.ACCEPTED, options={"queries": 9}),
    Row(S.REFUND, T.REFUND_CLOSED, R.ACCEPTED, then=R.CLOSED, kinds=WECHAT),
    Row(S.REFUND, T.REFUND_CLOSED, R.ACCEPTED, then=R.ABSENT, kinds=ALIPAY),
    Row(S.REFUND, T.CARD_GONE, R.ACCEPTED, then=R.DEAD, kinds=WECHAT),
    # Alipay puts it into the customer's balance there.
    Row(S.REFUND, T.CARD_GONE, R.ACCEPTED, then=R.ARRIVED, kinds=ALIPAY),
    Row(S.REFUND, T.DEAD, R.DEAD, Why.CUSTOMER, R.ABSENT, again=False),
    Row(S.REFUND, T.TOO_LATE, R.REFUSED, Why.TOO_LATE, R.ABSENT, again=False),
    Row(S.REFUND, T.OTHER_AMOUNT, R.UNKNOWN, Why.OTHER_AMOUNT, R.ARRIVED, WECHAT, again=False),
    # --- question about a refund
    *_on_the_line(S.REFUND_QUERY, R.ARRIVED, R.ARRIVED),
    Row(S.REFUND_QUERY, T.SLOW, R.ARRIVED, then=R.ARRIVED),
    Row(S.REFUND_QUERY, T.NOT_KNOWN_YET, R.ABSENT, then=R.ARRIVED),
    Row(S.REFUND_QUERY, T.OTHER_AMOUNT, R.UNKNOWN, Why.OTHER_AMOUNT, R.ARRIVED, again=False),
]

CASES = [(kind, row) for row in ROWS for kind in row.kinds]


def table() -> str:
    """The rows in Markdown."""
    lines = ["| gateway | step | bad day | answer | why | a question afterwards |"]
    lines.append("|---|---|---|---|---|---|")
    for kind, row in CASES:
        day = row.name(kind).split(" ", 2)[2]
        then = row.then or ""
        lines.append(f"| {kind} | {row.step} | {day} | {row.said} | {row.why or '-'} | {then} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())

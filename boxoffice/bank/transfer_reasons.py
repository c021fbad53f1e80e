"""What the reason of a refused or returned transfer means for us: what can be done next.

Codes are of the ISO 20022 external code sets StatusReason and ReturnReason, as published. One that
is not listed, or is the bank's own, is shown as it came and left to a person.
"""

from __future__ import annotations

from enum import StrEnum


class Next(StrEnum):
    """What a reason asks for."""

    OTHER_ACCOUNT = "other_account"
    """The payee's account will not take it: ask the buyer for another."""
    MEND = "mend"
    """Something in the order is wrong: mend it and order anew under a new number."""
    SAME_LATER = "same_later"
    """Nothing is wrong with the order: our account was short, or the bank failed."""
    NEVER_AGAIN = "never_again"
    """The bank has this transfer already: ordering it again would pay twice."""
    ASK_BANK = "ask_bank"


NEXT: dict[str, Next] = {
    **dict.fromkeys(
        ("AC01", "AC03", "AC04", "AC06", "AC07", "AC14", "AC15", "AG01", "BE01", "MD07"),
        Next.OTHER_ACCOUNT,
    ),
    **dict.fromkeys(
        ("AC02", "AC08", "AC10", "AM01", "AM02", "AM03", "AM09", "AM11", "AM12", "BE04", "BE05"),
        Next.MEND,
    ),
    **dict.fromkeys(("CH03", "CH04", "DT01", "FF01", "FF03", "FF05", "RC01", "RC03"), Next.MEND),
    **dict.fromkeys(("AM04", "AM14", "AM23", "TM01", "AB05", "AB06", "AB08"), Next.SAME_LATER),
    **dict.fromkeys(("AM05", "DU01", "DU02", "DU03", "DU04", "DU05", "DUPL"), Next.NEVER_AGAIN),
}


def next_step(code: str) -> Next:
    """What a reason code asks for; whatever is not listed is asked of the bank."""
    return NEXT.get(code, Next.ASK_BANK)

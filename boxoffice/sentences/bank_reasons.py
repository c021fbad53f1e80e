"""Why a bank refused or returned a transfer, in words for people: ISO codes met most."""

from __future__ import annotations

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

BANK_REASONS: dict[str, str] = {
    "AC01": QT_TRANSLATE_NOOP("values", "the account number is wrong"),
    "AC03": QT_TRANSLATE_NOOP("values", "the payee's account number is wrong"),
    "AC04": QT_TRANSLATE_NOOP("values", "the account is closed"),
    "AC05": QT_TRANSLATE_NOOP("values", "our own account is closed"),
    "AC06": QT_TRANSLATE_NOOP("values", "the account is blocked"),
    "AC07": QT_TRANSLATE_NOOP("values", "the payee's account is closed"),
    "AG01": QT_TRANSLATE_NOOP("values", "the account may not take transfers"),
    "AM04": QT_TRANSLATE_NOOP("values", "our account is short"),
    "AM05": QT_TRANSLATE_NOOP("values", "the bank has this order already"),
    "BE01": QT_TRANSLATE_NOOP("values", "the name does not go with the account"),
    "DU01": QT_TRANSLATE_NOOP("values", "the bank has this file already"),
    "FF01": QT_TRANSLATE_NOOP("values", "the bank could not read the file"),
    "MD07": QT_TRANSLATE_NOOP("values", "the holder of the account died"),
    "MS02": QT_TRANSLATE_NOOP("values", "the payee does not want it; no reason was given"),
    "MS03": QT_TRANSLATE_NOOP("values", "the bank gives no reason"),
    "RC01": QT_TRANSLATE_NOOP("values", "the number of the bank is wrong"),
    "TM01": QT_TRANSLATE_NOOP("values", "it came after the bank's hours"),
}
"""By code of the ISO 20022 external code sets StatusReason and ReturnReason."""


def reason_words(code: str) -> str:
    """A reason in English words; the code itself where there are none, or it is the bank's own."""
    return BANK_REASONS.get(code, code)

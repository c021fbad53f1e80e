"""Sentences about tenders, money on its way and money on its way back."""

from __future__ import annotations

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

OF_MONEY: dict[str, str] = {
    "TooMuch": QT_TRANSLATE_NOOP(
        "errors", "{due} is due, and {amount} is no part of it. Type an amount up to what is due."
    ),
    "TenderNotSetUp": QT_TRANSLATE_NOOP(
        "errors",
        "This window is not set up for {tender}. Take another tender, or set up payments.toml.",
    ),
}

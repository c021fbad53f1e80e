"""Sentences about tenders, money on its way and money on its way back."""

from __future__ import annotations

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

OF_MONEY: dict[str, str] = {
    "AttemptLeft": QT_TRANSLATE_NOOP(
        "errors",
        "This payment was left by a window that was retired. A supervisor settles it, under Cases.",
    ),
    "TerminalElsewhere": QT_TRANSLATE_NOOP(
        "errors",
        "Money on a card goes back by the terminal of window {window}. Set that window up again, "
        "or give it back in the portal of the company.",
    ),
    "BadContact": QT_TRANSLATE_NOOP(
        "errors", "Nothing can be sent there: {why}. Ask again, or leave it empty."
    ),
    "NoInvoice": QT_TRANSLATE_NOOP("errors", "A tax invoice cannot be asked for: {why}."),
    "NoInvoiceFile": QT_TRANSLATE_NOOP(
        "errors", "No file for the invoice platform is called {file}: `invoices list` names them."
    ),
    "BadInvoice": QT_TRANSLATE_NOOP(
        "errors", "The tax invoice cannot be asked for like that: {why}. Ask the customer again."
    ),
    "BadInvoiceFile": QT_TRANSLATE_NOOP(
        "errors",
        "{file}, line {line}: {why}. Nothing of this file was taken in; "
        "ask the invoice platform for it again.",
    ),
    "NoBank": QT_TRANSLATE_NOOP(
        "errors",
        "{file} does not say which account transfers are paid from. Write a table [bank] with "
        "name, account, and bank_number or bic into it, as docs/bank.md shows; then try again.",
    ),
    "NotWritten": QT_TRANSLATE_NOOP(
        "errors",
        "{file} cannot be written: {why}. Name a place in a folder that is there and that you may "
        "write to.",
    ),
    "TooMuch": QT_TRANSLATE_NOOP(
        "errors", "{due} is due, and {amount} is no part of it. Type an amount up to what is due."
    ),
    "BadReference": QT_TRANSLATE_NOOP(
        "errors",
        "That is no number of a slip. Type the {least} to {most} digits printed on it.",
    ),
    "DayNotOver": QT_TRANSLATE_NOOP(
        "errors",
        "{day} is not over, and {open} shifts are open. Close them first, or wait for the next "
        "business day.",
    ),
    "NoStatement": QT_TRANSLATE_NOOP("errors", "Central knows nothing of {what}."),
    "TenderNotSetUp": QT_TRANSLATE_NOOP(
        "errors",
        "This window is not set up for {tender}. Take another tender, or set up payments.toml.",
    ),
    "DecidedMeanwhile": QT_TRANSLATE_NOOP(
        "errors",
        "Somebody else decided for this session meanwhile. Look at the decision, then go on.",
    ),
    "NotDecidable": QT_TRANSLATE_NOOP(
        "errors",
        "The rules give no answer yet: {why}. Complete the play ledger, or decide with a reason "
        "and a second person.",
    ),
    "NothingToPay": QT_TRANSLATE_NOOP(
        "errors", "There is nothing to pay for this session: {why}. Look at its decision."
    ),
    "NoExchange": QT_TRANSLATE_NOOP(
        "errors", "This ticket cannot be exchanged so: {why}. Choose another place."
    ),
    "SessionCalledOff": QT_TRANSLATE_NOOP(
        "errors",
        "{session_zh} {session_en} was called off: nothing of it is sold. Choose another session.",
    ),
    "NoSession": QT_TRANSLATE_NOOP(
        "errors",
        "There is no session {session}. Type its code as it stands in the table of sessions.",
    ),
    "NotOnCourt": QT_TRANSLATE_NOOP(
        "errors", "{session} is played on {courts}. Name one with --court."
    ),
    "BadDay": QT_TRANSLATE_NOOP("errors", "{text} is no day. Write it like 2025-09-27."),
    "NotOwed": QT_TRANSLATE_NOOP(
        "errors",
        "Nobody has this money to collect: it was collected, or goes another way. Look at the "
        "order again.",
    ),
}

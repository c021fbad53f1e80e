"""One English sentence per error class: what happened and what to do.

The command line prints it; the window translates the same sentence. Fields stand in braces.
"""

from __future__ import annotations

from boxoffice.errors import BoxOfficeError


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 (lupdate looks for this name)
    """Marks a text for translation and leaves it as it is."""
    return text


SENTENCES: dict[str, str] = {
    "Refused": QT_TRANSLATE_NOOP("errors", "That is not allowed here. Nothing was changed."),
    "Broken": QT_TRANSLATE_NOOP("errors", "Something outside the box office failed. Try again."),
    "WrongPin": QT_TRANSLATE_NOOP(
        "errors", "Number or PIN is wrong. Type both again, or ask your supervisor."
    ),
    "NotAllowed": QT_TRANSLATE_NOOP(
        "errors", "Your role ({role}) may not do this ({act}). Ask a supervisor to sign in."
    ),
    "NoShift": QT_TRANSLATE_NOOP("errors", "No shift is open. Count the float and open a shift."),
    "ShiftOpen": QT_TRANSLATE_NOOP(
        "errors", "The shift of {operator} is still open at this window. It has to be closed first."
    ),
    "NoOperators": QT_TRANSLATE_NOOP(
        "errors",
        "Nobody can sign in yet. Enter an operator with: main.py add-operator.",
    ),
    "BadOperator": QT_TRANSLATE_NOOP(
        "errors",
        "The operator cannot be entered ({why}) {value}. The number is digits nobody else has, "
        "the PIN 4 to 12 digits, the name not empty.",
    ),
    "SeatTaken": QT_TRANSLATE_NOOP(
        "errors", "Block {zone} row {row} seat {number} is taken {window}. Choose another seat."
    ),
    "NotEnoughTogether": QT_TRANSLATE_NOOP(
        "errors",
        "There are no {count} seats together in {category}; the longest run is {longest}. "
        "Choose fewer, or another level.",
    ),
    "NotEnoughPlaces": QT_TRANSLATE_NOOP(
        "errors", "Only {left} places are left, {count} were asked for. Choose fewer."
    ),
    "CapacityReached": QT_TRANSLATE_NOOP(
        "errors", "Session {session} has reached its capacity of {capacity}. Offer another session."
    ),
    "DocumentUsed": QT_TRANSLATE_NOOP(
        "errors",
        "This document already has a ticket for {session_zh} {session_en} {order}. "
        "One document, one ticket per session: use another document.",
    ),
    "BadDocument": QT_TRANSLATE_NOOP(
        "errors", "The document number is not right ({expected}). Check it and type it again."
    ),
    "NoPrice": QT_TRANSLATE_NOOP(
        "errors", "There is no price for {category} {ticket_type}. Choose another ticket type."
    ),
    "SessionOver": QT_TRANSLATE_NOOP(
        "errors", "{session_zh} {session_en} is over. Choose a session that is still to come."
    ),
    "WrongStatus": QT_TRANSLATE_NOOP(
        "errors", "This {record} is {status} and cannot become {wanted}. Look at it again."
    ),
    "BasketEmpty": QT_TRANSLATE_NOOP("errors", "The basket is empty. Choose seats first."),
    "DocumentsMissing": QT_TRANSLATE_NOOP(
        "errors", "{count} tickets still need a document. Scan or type them first."
    ),
    "NotEnoughCash": QT_TRANSLATE_NOOP(
        "errors", "{tendered} fen were given, {due} fen are due. Ask for the rest."
    ),
    "NothingFound": QT_TRANSLATE_NOOP(
        "errors", "Nothing found for {text}. Check it, or try phone, document or name."
    ),
    "ReservationOver": QT_TRANSLATE_NOOP(
        "errors",
        "The time of reservation {order} was over at {deadline}; its seats are on sale again.",
    ),
    "NoRefund": QT_TRANSLATE_NOOP(
        "errors", "This ticket cannot be refunded: {why}. Show the customer the refund policy."
    ),
    "NeedsApproval": QT_TRANSLATE_NOOP(
        "errors", "This needs a second person ({act}). Ask a supervisor to type number and PIN."
    ),
    "SamePerson": QT_TRANSLATE_NOOP(
        "errors", "Whoever approves must be somebody else. Ask another supervisor."
    ),
    "HandedOver": QT_TRANSLATE_NOOP(
        "errors",
        "Already handed over at {at} at window {window}. "
        "Do not hand over again; call a supervisor.",
    ),
    "HeldElsewhere": QT_TRANSLATE_NOOP(
        "errors", "Order {order} is being worked on at window {window}. Send the visitor there."
    ),
    "BadTicketCode": QT_TRANSLATE_NOOP(
        "errors", "This ticket code is damaged or not ours. Look the order up by phone or document."
    ),
    "BadKeyChain": QT_TRANSLATE_NOOP(
        "errors",
        "These public keys are incomplete or not certified by central ({why}). Export them again.",
    ),
    "BadFile": QT_TRANSLATE_NOOP("errors", "{file} cannot be read: {why}. Nothing of it was kept."),
    "TrainingOnly": QT_TRANSLATE_NOOP(
        "errors", "{home} is a real home: --at works in demo and training homes only."
    ),
    "DemoOnly": QT_TRANSLATE_NOOP(
        "errors", "{home} is no demo home and is left alone. Choose another folder for --demo."
    ),
    "BadTime": QT_TRANSLATE_NOOP(
        "errors", "{text} is no time. Write it like 2025-09-27T09:40+08:00."
    ),
    "TourStuck": QT_TRANSLATE_NOOP(
        "errors", "The tour waited in vain for: {step}. Look at the last picture it saved."
    ),
    "NoCatalogue": QT_TRANSLATE_NOOP(
        "errors", "Nothing is on sale in {home}. Import a catalogue with: main.py import FILE…."
    ),
    "NoHome": QT_TRANSLATE_NOOP(
        "errors", "There are no records in {home}. Check the folder, or import a catalogue into it."
    ),
    "BadSetting": QT_TRANSLATE_NOOP(
        "errors", "{file} holds something unusable at {key}: {why}. Correct that line."
    ),
    "Fenced": QT_TRANSLATE_NOOP(
        "errors", "Window {window} was retired at central. Stop selling and call a supervisor."
    ),
    "ForkedJournal": QT_TRANSLATE_NOOP(
        "errors",
        "Central has another journal entry {number} of window {window}. "
        "Stop selling and call a supervisor: these records were copied or restored.",
    ),
    "HomeInUse": QT_TRANSLATE_NOOP(
        "errors", "Another program has {home} open. Close it first, then try again."
    ),
    "NewerRecords": QT_TRANSLATE_NOOP(
        "errors",
        "{file} was written by a newer version (records {version}, this program knows {known}). "
        "Update this program; nothing was changed.",
    ),
    "RecordsUnreadable": QT_TRANSLATE_NOOP(
        "errors",
        "{file} is damaged or does not fit its key. Nothing was changed: "
        "keep the folder as it is and restore a backup.",
    ),
    "KeyMissing": QT_TRANSLATE_NOOP(
        "errors",
        "The key of {home} is missing or unusable. Put keys.json back, or sign in to the computer "
        "as the user whose keyring holds it.",
    ),
    "DiskTrouble": QT_TRANSLATE_NOOP(
        "errors",
        "{file} cannot be written or read: {why}. Make room or check the disk, then retry.",
    ),
    "CentralUnreachable": QT_TRANSLATE_NOOP(
        "errors",
        "The central records do not answer ({why}). Nothing was lost; try again in a moment.",
    ),
    "PrinterTrouble": QT_TRANSLATE_NOOP(
        "errors", "Printer {printer} did not take the page: {why}. Look at the printer."
    ),
    "NoPrinter": QT_TRANSLATE_NOOP(
        "errors", "There is no printer {printer}. Check its name in settings.toml and the cable."
    ),
    "RecordsBehind": QT_TRANSLATE_NOOP(
        "errors",
        "{file} ends at entry {known}, but entry {number} was written before: it is an old copy. "
        "Stop selling and call a supervisor.",
    ),
}


def english(error: BoxOfficeError) -> str:
    """The sentence of an error, in English, with its fields filled in."""
    return SENTENCES[error.code].format(**error.fields)

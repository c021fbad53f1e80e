"""One English sentence per error class: what happened and what to do.

The command line prints it; the window translates the same sentence. Fields stand in braces.
"""

from __future__ import annotations

from boxoffice.errors import BoxOfficeError


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 (lupdate looks for this name)
    """Marks a text for translation and leaves it as it is."""
    return text


SENTENCES: dict[str, str] = {
    "WrongPin": QT_TRANSLATE_NOOP(
        "errors", "Number or PIN is wrong. Type both again, or ask your supervisor."
    ),
    "TooManyPins": QT_TRANSLATE_NOOP(
        "errors", "Too many wrong PINs. Wait {seconds} seconds, then type number and PIN again."
    ),
    "NotAllowed": QT_TRANSLATE_NOOP(
        "errors", "Your role ({role}) may not do this ({act}). Ask a supervisor to sign in."
    ),
    "NoShift": QT_TRANSLATE_NOOP("errors", "No shift is open. Count the float and open a shift."),
    "ShiftOpen": QT_TRANSLATE_NOOP(
        "errors", "The shift of {operator} is still open at this window. It has to be closed first."
    ),
    "ShiftBusy": QT_TRANSLATE_NOOP(
        "errors",
        "The shift cannot be closed yet: open baskets {baskets}, parked baskets {parked}, "
        "unfinished payments {payments}, pages not settled {pages}. "
        "Sell or clear the baskets and settle the pages first.",
    ),
    "NoAmount": QT_TRANSLATE_NOOP("errors", "Type an amount above zero."),
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
        "errors", "Block {zone} row {row} seat {number} is sold. Choose another seat."
    ),
    "SeatHeld": QT_TRANSLATE_NOOP(
        "errors",
        "Block {zone} row {row} seat {number} is in a basket at window {window}. "
        "Choose another seat.",
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
    "LimitReached": QT_TRANSLATE_NOOP(
        "errors",
        "Over the limit: {rule} {zone} {limit}, this would make {count}. Choose fewer tickets.",
    ),
    "ProofMissing": QT_TRANSLATE_NOOP(
        "errors", "{count} concession tickets still need their proof. Look at it and confirm it."
    ),
    "NotEnoughCash": QT_TRANSLATE_NOOP(
        "errors", "{tendered} was given, {due} is due. Ask for the rest."
    ),
    "NothingFound": QT_TRANSLATE_NOOP(
        "errors", "Nothing found for {text}. Check it, or try phone, document or name."
    ),
    "ReservationOver": QT_TRANSLATE_NOOP(
        "errors",
        "The time of reservation {order} was over at {deadline}; its seats are on sale again.",
    ),
    "ReservationNeedsName": QT_TRANSLATE_NOOP(
        "errors", "A reservation needs a name or a phone. Ask for one of them and type it."
    ),
    "TooLateToReserve": QT_TRANSLATE_NOOP(
        "errors",
        "Reservations for this session end at {latest}, so it cannot wait longer. "
        "Take the money now.",
    ),
    "ReasonMissing": QT_TRANSLATE_NOOP("errors", "Say why in a few words: the reason is kept."),
    "NoRefund": QT_TRANSLATE_NOOP(
        "errors", "This ticket cannot be refunded: {why}. Show the customer the refund policy."
    ),
    "QuoteChanged": QT_TRANSLATE_NOOP(
        "errors",
        "What goes back is no longer what was quoted. Tell the customer the new amount first.",
    ),
    "NoVoid": QT_TRANSLATE_NOOP(
        "errors", "This sale cannot be voided: {why}. Refund it by its policy instead."
    ),
    "NoReprint": QT_TRANSLATE_NOOP(
        "errors", "This ticket cannot be printed again: {why}. Look at the order again."
    ),
    "PapersMissing": QT_TRANSLATE_NOOP(
        "errors", "{count} paper tickets are out. Take them back first and confirm it."
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
    "NoServer": QT_TRANSLATE_NOOP(
        "errors", "A PostgreSQL server could not be started: {why}. Install it, or name one."
    ),
    "CentralOlder": QT_TRANSLATE_NOOP(
        "errors",
        "The central records are of version {version}, this program wants {known}. Have "
        "`main.py central init` run there with this version; nothing unsent is lost.",
    ),
    "CentralNewer": QT_TRANSLATE_NOOP(
        "errors",
        "The central records are of version {version}, this program knows {known}. Update this "
        "program; nothing unsent is lost.",
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
    "ClockBehind": QT_TRANSLATE_NOOP(
        "errors",
        "The computer's clock says {now}, but the last entry was made at {last}. "
        "Set the clock right, then start again; nothing was lost.",
    ),
    "RecordsBehind": QT_TRANSLATE_NOOP(
        "errors",
        "{file} ends at entry {known}, but entry {number} was written before: it is an old copy. "
        "Stop selling and call a supervisor.",
    ),
}


# Fields that hold a token of the code rather than what somebody wrote, and the words for it;
# where one token stands for two things, "field token" goes before "token".
TOKEN_FIELDS = frozenset(
    {
        *("act", "category", "expected", "file_kind", "record", "role"),
        *("rule", "status", "ticket_type", "wanted", "why"),
    }
)
WORDS: dict[str, str] = {
    # what is wrong with a document (domain/identity.py)
    "eighteen_digits": QT_TRANSLATE_NOOP("values", "it has 18 digits, the last may be X"),
    "old_form": QT_TRANSLATE_NOOP("values", "the old 15-digit form is no longer valid"),
    "check_digit": QT_TRANSLATE_NOOP("values", "its check digit does not fit"),
    "birth_date": QT_TRANSLATE_NOOP("values", "its date of birth does not exist"),
    "resident_prefix": QT_TRANSLATE_NOOP("values", "no resident ID begins like this"),
    "permit_prefix": QT_TRANSLATE_NOOP("values", "a residence permit begins with 81, 82 or 83"),
    "home_return": QT_TRANSLATE_NOOP(
        "values", "a home-return permit is H or M with 8 or 10 digits"
    ),
    "taiwan_permit": QT_TRANSLATE_NOOP("values", "a Taiwan permit has 8 digits"),
    "permanent_card": QT_TRANSLATE_NOOP(
        "values", "a permanent resident card has 15 characters, or 18 from 9"
    ),
    "passport": QT_TRANSLATE_NOOP("values", "a passport number has 5 to 15 letters and digits"),
    "machine_lines": QT_TRANSLATE_NOOP("values", "the two passport lines are incomplete"),
    "kind": QT_TRANSLATE_NOOP("values", "this kind of document is not known"),
    # roles and rights (desk.py)
    "clerk": QT_TRANSLATE_NOOP("values", "clerk"),
    "pickup": QT_TRANSLATE_NOOP("values", "pickup desk"),
    "supervisor": QT_TRANSLATE_NOOP("values", "supervisor"),
    "administrator": QT_TRANSLATE_NOOP("values", "administrator"),
    "sell": QT_TRANSLATE_NOOP("values", "sell tickets"),
    "pick_up": QT_TRANSLATE_NOOP("values", "hand over tickets"),
    "shift": QT_TRANSLATE_NOOP("values", "open or close a shift"),
    "approve": QT_TRANSLATE_NOOP("values", "approve what others do"),
    "reveal": QT_TRANSLATE_NOOP("values", "show personal data in clear"),
    "settle_cases": QT_TRANSLATE_NOOP("values", "settle cases"),
    "import": QT_TRANSLATE_NOOP("values", "import files"),
    "administer": QT_TRANSLATE_NOOP("values", "look after operators and settings"),
    # acts a second person approves
    "refund": QT_TRANSLATE_NOOP("values", "refund tickets"),
    "act void": QT_TRANSLATE_NOOP("values", "void a sale"),
    "drop": QT_TRANSLATE_NOOP("values", "take cash to the safe"),
    "pass_limit": QT_TRANSLATE_NOOP("values", "sell beyond a limit"),
    # records and their statuses (domain/statuses.py)
    "order": QT_TRANSLATE_NOOP("values", "order"),
    "order line": QT_TRANSLATE_NOOP("values", "order line"),
    "record shift": QT_TRANSLATE_NOOP("values", "shift"),
    "ticket": QT_TRANSLATE_NOOP("values", "ticket"),
    "attempt": QT_TRANSLATE_NOOP("values", "payment"),
    "print job": QT_TRANSLATE_NOOP("values", "page"),
    "request": QT_TRANSLATE_NOOP("values", "request for seats"),
    "open": QT_TRANSLATE_NOOP("values", "open"),
    "parked": QT_TRANSLATE_NOOP("values", "parked"),
    "paying": QT_TRANSLATE_NOOP("values", "being paid"),
    "reserved": QT_TRANSLATE_NOOP("values", "reserved"),
    "paid": QT_TRANSLATE_NOOP("values", "paid"),
    "sold": QT_TRANSLATE_NOOP("values", "sold"),
    "returned": QT_TRANSLATE_NOOP("values", "returned"),
    "released": QT_TRANSLATE_NOOP("values", "released to sale"),
    "abandoned": QT_TRANSLATE_NOOP("values", "cleared"),
    "issued": QT_TRANSLATE_NOOP("values", "issued"),
    "void": QT_TRANSLATE_NOOP("values", "void"),
    "refunded": QT_TRANSLATE_NOOP("values", "refunded"),
    "created": QT_TRANSLATE_NOOP("values", "not sent yet"),
    "sent": QT_TRANSLATE_NOOP("values", "being paid"),
    "succeeded": QT_TRANSLATE_NOOP("values", "successful"),
    "declined": QT_TRANSLATE_NOOP("values", "declined"),
    "cancelled": QT_TRANSLATE_NOOP("values", "cancelled"),
    "unknown": QT_TRANSLATE_NOOP("values", "without a known result"),
    "reversed": QT_TRANSLATE_NOOP("values", "reversed"),
    "ended": QT_TRANSLATE_NOOP("values", "ended"),
    "queued": QT_TRANSLATE_NOOP("values", "waiting for the printer"),
    "printing": QT_TRANSLATE_NOOP("values", "being printed"),
    "printed": QT_TRANSLATE_NOOP("values", "printed"),
    "doubtful": QT_TRANSLATE_NOOP("values", "in doubt"),
    "dropped": QT_TRANSLATE_NOOP("values", "no longer wanted"),
    "requested": QT_TRANSLATE_NOOP("values", "requested"),
    "asked": QT_TRANSLATE_NOOP("values", "asked"),
    "granted": QT_TRANSLATE_NOOP("values", "granted"),
    "refused": QT_TRANSLATE_NOOP("values", "refused"),
    "giving": QT_TRANSLATE_NOOP("values", "being given back"),
    "given": QT_TRANSLATE_NOOP("values", "given back"),
    "closed": QT_TRANSLATE_NOOP("values", "closed"),
    "settled": QT_TRANSLATE_NOOP("values", "settled"),
    # ticket types and price levels with a meaning of their own
    "adult": QT_TRANSLATE_NOOP("values", "adult"),
    "concession": QT_TRANSLATE_NOOP("values", "concession"),
    "companion": QT_TRANSLATE_NOOP("values", "companion"),
    "comp": QT_TRANSLATE_NOOP("values", "complimentary"),
    "Wheelchair": QT_TRANSLATE_NOOP("values", "wheelchair spaces"),
    "Companion": QT_TRANSLATE_NOOP("values", "companion seats"),
    # limits (records/rules.py)
    "purchase_limit_per_document": QT_TRANSLATE_NOOP("values", "tickets per document"),
    "purchase_limit_per_phone": QT_TRANSLATE_NOOP("values", "tickets per phone"),
    "purchase_limit_per_turn": QT_TRANSLATE_NOOP("values", "tickets in one basket"),
    "capacity_cap": QT_TRANSLATE_NOOP("values", "seats in zone"),
    # kinds of file (exchange/rows.py)
    "seat plan": QT_TRANSLATE_NOOP("values", "seat plan"),
    "courts": QT_TRANSLATE_NOOP("values", "courts"),
    "access": QT_TRANSLATE_NOOP("values", "access"),
    "prices": QT_TRANSLATE_NOOP("values", "prices"),
    "refund policy": QT_TRANSLATE_NOOP("values", "refund policy"),
    "rain policy": QT_TRANSLATE_NOOP("values", "rain policy"),
    "sessions": QT_TRANSLATE_NOOP("values", "sessions"),
    "rules": QT_TRANSLATE_NOOP("values", "rules"),
    "presale orders": QT_TRANSLATE_NOOP("values", "orders sold before"),
    # why something cannot be
    "over": QT_TRANSLATE_NOOP("values", "the session is over"),
    "whole_order": QT_TRANSLATE_NOOP("values", "only the whole order may be returned"),
    "tier": QT_TRANSLATE_NOOP("values", "the policy pays nothing back any more"),
    "policy": QT_TRANSLATE_NOOP("values", "it was sold without a refund policy"),
    "presale": QT_TRANSLATE_NOOP("values", "it was not sold at a window"),
    "not_handed_over": QT_TRANSLATE_NOOP("values", "it was not handed over yet"),
    "pin": QT_TRANSLATE_NOOP("values", "PIN"),
    "taken": QT_TRANSLATE_NOOP("values", "somebody else has this number"),
    "a newer connection of this window exists": QT_TRANSLATE_NOOP(
        "values", "a newer connection of this window exists"
    ),
    "No such file or directory": QT_TRANSLATE_NOOP("values", "there is no such file"),
    "No space left on device": QT_TRANSLATE_NOOP("values", "the disk is full"),
    "Permission denied": QT_TRANSLATE_NOOP("values", "no right to that file"),
    "Read-only file system": QT_TRANSLATE_NOOP("values", "the disk is read-only"),
    "Input/output error": QT_TRANSLATE_NOOP("values", "the disk fails"),
}


def in_words(name: str, value: object) -> str:
    """A field of an error in English words; what is no token of ours stays as it is."""
    text = str(value)
    if name not in TOKEN_FIELDS:
        return text
    return WORDS.get(f"{name} {text}") or WORDS.get(text, text)


def english(error: BoxOfficeError) -> str:
    """The sentence of an error, in English, with its fields filled in."""
    fields = {name: in_words(name, value) for name, value in error.fields.items()}
    return SENTENCES[error.code].format(**fields)

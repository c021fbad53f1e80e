"""One English sentence per error class: what happened and what to do.

The command line prints it; the window translates the same sentence. Fields stand in braces.
"""

from __future__ import annotations

from boxoffice.errors import BoxOfficeError
from boxoffice.sentences.at_central import AT_CENTRAL
from boxoffice.sentences.of_money import OF_MONEY
from boxoffice.sentences.words import QT_TRANSLATE_NOOP, WORDS, in_words

__all__ = ["NAMED_WINDOWS", "SENTENCES", "WORDS", "english", "in_words"]

NAMED_WINDOWS = frozenset(
    {
        *("SeatHeld", "SeatSold", "SeatAwayAt", "HeldElsewhere", "HeldOffLine"),
        *("NotYetReported", "NotReportedOffLine", "NotReportedHere"),
    }
)
"""Errors whose field `window` is the name above a window: "7", which is said "window 7", or any
other, which stands for itself."""


SENTENCES: dict[str, str] = {
    **AT_CENTRAL,
    **OF_MONEY,
    "WrongPin": QT_TRANSLATE_NOOP(
        "errors", "Number or PIN is wrong. Type both again, or ask your supervisor."
    ),
    "WrongPinOf": QT_TRANSLATE_NOOP(
        "errors",
        "{number} did not sign: number or PIN is wrong, or they may no longer sign in. "
        "Nothing was done.",
    ),
    "TooManyPins": QT_TRANSLATE_NOOP(
        "errors", "Too many wrong PINs. Wait {seconds} seconds, then type number and PIN again."
    ),
    "NotAllowed": QT_TRANSLATE_NOOP(
        "errors", "Your role ({role}) may not do this ({act}). Ask a supervisor to sign in."
    ),
    "RoleMayNot": QT_TRANSLATE_NOOP(
        "errors", "The role of {number} ({role}) may not do this ({act}). Ask a supervisor."
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
        "The operator cannot be entered: {why}. The number is digits nobody else has, "
        "the PIN 4 to 12 digits, the name not empty.",
    ),
    "SeatTaken": QT_TRANSLATE_NOOP(
        "errors", "Block {zone} row {row} seat {number} is sold. Choose another seat."
    ),
    "SeatHeld": QT_TRANSLATE_NOOP(
        "errors",
        "Block {zone} row {row} seat {number} is held at {window}. Choose another seat.",
    ),
    "SeatSold": QT_TRANSLATE_NOOP(
        "errors",
        "Block {zone} row {row} seat {number} was sold or reserved at {window}. "
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
    "OnLineOnly": QT_TRANSLATE_NOOP(
        "errors",
        "{session_zh} {session_en} is not sold while central is out of reach: that is its rule.",
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
        "Over the limit: {rule} {zone} at most {limit}, this would make {count}. "
        "Choose fewer tickets.",
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
    "ImpossiblePlay": QT_TRANSLATE_NOOP(
        "errors",
        "This does not fit the play ledger: {why}. Check court and times, and correct them.",
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
        "errors", "Order {order} is being worked on at {window}. Send the visitor there."
    ),
    "HeldOffLine": QT_TRANSLATE_NOOP(
        "errors",
        "Order {order} is at {window}, off line since {since}. Send the visitor there.",
    ),
    "BadTicketCode": QT_TRANSLATE_NOOP(
        "errors", "This ticket code is damaged or not ours. Look the order up by phone or document."
    ),
    "NotYetReported": QT_TRANSLATE_NOOP(
        "errors",
        "This ticket is genuine: it was sold at {window}, which has not reported the sale yet. "
        "Look again in a moment, or send the visitor there.",
    ),
    "NotReportedOffLine": QT_TRANSLATE_NOOP(
        "errors",
        "This ticket is genuine: it was sold at {window}, off line since {since} and not yet "
        "reported. Send the visitor there.",
    ),
    "NotReportedHere": QT_TRANSLATE_NOOP(
        "errors",
        "By its code this ticket was sold at {window}, and the sale is not known here while "
        "central cannot be reached. Send the visitor there.",
    ),
    "FreedCode": QT_TRANSLATE_NOOP(
        "errors",
        "Window {window} was lost and the seat of this ticket went back on sale: its code no "
        "longer counts. Call a supervisor.",
    ),
    "BadKeyChain": QT_TRANSLATE_NOOP(
        "errors",
        "These public keys are incomplete or not certified by central ({why}). Export them again.",
    ),
    "BadFile": QT_TRANSLATE_NOOP("errors", "{file} cannot be read: {why}. Nothing of it was kept."),
    "BadTransfer": QT_TRANSLATE_NOOP(
        "errors", "Transfer {number} cannot be ordered from the bank: {why}. Mend it first."
    ),
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
    "StockMoved": QT_TRANSLATE_NOOP(
        "errors",
        "Windows took seats of these orders while they were stored. Nothing of the file was kept; "
        "import it again.",
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
    "NotAWindow": QT_TRANSLATE_NOOP(
        "errors", "{home} is a central home, no window. Look after it with: main.py central …."
    ),
    "NotACentralHome": QT_TRANSLATE_NOOP(
        "errors",
        "{home} is no central home. Name the right folder with --home, or make one with: "
        "main.py central init URL --home DIR.",
    ),
    "OnlyAtCentral": QT_TRANSLATE_NOOP(
        "errors",
        "This window shares central records on a server. Do it for all windows on the computer "
        "with the central home, with --home DIR.",
    ),
    "ForeignCentral": QT_TRANSLATE_NOOP(
        "errors",
        "The records in schema {schema} belong to another central home. Use that home, or name "
        "another schema with --schema.",
    ),
    "LoginKnown": QT_TRANSLATE_NOOP(
        "errors",
        "The server has a login {login} already, of other records. Found these ones under another "
        "--schema, or have that login dropped.",
    ),
    "WindowUnknown": QT_TRANSLATE_NOOP(
        "errors", "There is no window {window}. Look them up with: main.py central status."
    ),
    "FileStands": QT_TRANSLATE_NOOP(
        "errors", "{file} is there already and is not replaced. Name another file."
    ),
    "BadEnrolment": QT_TRANSLATE_NOOP(
        "errors",
        "{file} does not let this window in: {why}. Ask whoever looks after the central records.",
    ),
    "BadAllotment": QT_TRANSLATE_NOOP(
        "errors", "That cannot be allotted: {value} ({why}). Look up sessions and levels again."
    ),
    "EpochRuns": QT_TRANSLATE_NOOP(
        "errors",
        "Window {window} is still at work as central knows it. "
        "End that first: main.py central fence {window}.",
    ),
    "NotHeld": QT_TRANSLATE_NOOP(
        "errors",
        "Central does not have window {window} hold what it gives back. Nothing was changed; "
        "main.py verify shows what each side says.",
    ),
    "OfEndedEpoch": QT_TRANSLATE_NOOP(
        "errors",
        "Window {window} sold this before its new epoch began and cannot report it again. "
        "Settle it as central has it.",
    ),
    "CopiedRecords": QT_TRANSLATE_NOOP(
        "errors",
        "These records of window {window} are locked: {why}. Nothing may be sold with them. A "
        "supervisor gives the window a new epoch: main.py central fence {window}, then add-window "
        "--replace; where central lies in the same home, main.py central restored.",
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
    "CentralNotTrusted": QT_TRANSLATE_NOOP(
        "errors",
        "The server does not prove that it is the one with the central records ({why}). Nothing "
        "was sent; check its name and certificate.",
    ),
    "CentralRecovering": QT_TRANSLATE_NOOP(
        "errors",
        "The central records were restored and give nothing out before every window has reported "
        "what it holds. Waiting for: {windows}. One that is lost has to be fenced.",
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
    "SeatAway": QT_TRANSLATE_NOOP(
        "errors",
        "Central does not answer, and block {zone} row {row} seat {number} is not held here. "
        "Choose a seat this window holds.",
    ),
    "SeatAwayAt": QT_TRANSLATE_NOOP(
        "errors",
        "Central does not answer, and block {zone} row {row} seat {number} is held at {window}. "
        "Choose a seat this window holds.",
    ),
    "PlacesAway": QT_TRANSLATE_NOOP(
        "errors",
        "Central does not answer, and this window holds {left} places, not {count}. Choose fewer.",
    ),
    "TogetherAway": QT_TRANSLATE_NOOP(
        "errors",
        "Central does not answer, and of {category} this window holds at most {longest} seats "
        "together, not {count}. Choose fewer, or another level.",
    ),
    "OrderAway": QT_TRANSLATE_NOOP(
        "errors",
        "Central does not answer, and this window does not hold order {order}. Wait until central "
        "is back.",
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
        "Nothing may be sold with it. A supervisor gives this window a new epoch: main.py central "
        "fence, then add-window --replace; where central lies in the same home, main.py central "
        "restored.",
    ),
}


def english(error: BoxOfficeError) -> str:
    """The sentence of an error, in English, with its fields filled in."""
    fields = {name: in_words(name, value) for name, value in error.fields.items()}
    if error.code in NAMED_WINDOWS and fields["window"].isdecimal():
        fields["window"] = f"window {fields['window']}"
    return SENTENCES[error.code].format(**fields)

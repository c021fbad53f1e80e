"""Sentences for those who set up and look after the central records, at a terminal."""

from __future__ import annotations

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

AT_CENTRAL: dict[str, str] = {
    "PaperMayExist": QT_TRANSLATE_NOOP(
        "errors",
        "Central does not know all that window {window} did, so tickets may be out. Either a "
        "second person accepts that (--approver), or its recovered disk is taken in first: "
        "main.py central receive HOME. Look at the open reviews, too.",
    ),
    "AllotmentTooLarge": QT_TRANSLATE_NOOP(
        "errors", "{value} has {there} in all; {wanted} cannot be allotted. Plan fewer."
    ),
    "BadAddress": QT_TRANSLATE_NOOP(
        "errors",
        "This address of the central records cannot be used: {why}. Write it like "
        "postgresql://user:password@server/database.",
    ),
    "BadSchema": QT_TRANSLATE_NOOP(
        "errors",
        "A schema cannot be called {schema}. Name it with small letters, digits and _, beginning "
        "with a letter, 31 at most.",
    ),
    "BadCertificate": QT_TRANSLATE_NOOP(
        "errors",
        "{file} is of no use as --ca: {why}. Name the file with the certificate of who certifies "
        "the server (PEM). Nothing was changed.",
    ),
    "NoFile": QT_TRANSLATE_NOOP("errors", "There is no {file}. Check its name and folder."),
    "NoSeat": QT_TRANSLATE_NOOP(
        "errors",
        "There is no seat {seat}. Write it as SESSION:BLOCK-ROW-NUMBER, like S1D:101-5-12.",
    ),
    "NoEpoch": QT_TRANSLATE_NOOP(
        "errors",
        "Window {window} has had no epoch {epoch}. Look it up with: main.py central status.",
    ),
    "ForeignHome": QT_TRANSLATE_NOOP(
        "errors",
        "The records in {home} are not of these central records: their window {window} was never "
        "certified here. Nothing of them was taken in; name the folder of the window you mean.",
    ),
    "StillAtWork": QT_TRANSLATE_NOOP(
        "errors",
        "The records in {home} are of window {window}, which is still at work as central knows it. "
        "It reports by itself; name the folder of the window that has ended.",
    ),
    "WindowKnown": QT_TRANSLATE_NOOP(
        "errors",
        "There is a window {window} already. Choose another name; a new computer for it is added "
        "with --replace.",
    ),
    "NumberKnown": QT_TRANSLATE_NOOP(
        "errors",
        "Number {number} is taken by window {window}. Choose another one, or leave --number out "
        "to get the next that is free.",
    ),
    "CentralPassword": QT_TRANSLATE_NOOP(
        "errors",
        "The server of the central records does not take the password of this window ({user}). "
        "Have a new one made with: main.py central password.",
    ),
    "OwnerPassword": QT_TRANSLATE_NOOP(
        "errors",
        "The server of the central records does not let {user} in with the password from {where}. "
        "Correct it there, or give that login another one at the server.",
    ),
    "PasswordMissing": QT_TRANSLATE_NOOP(
        "errors",
        "The server of the central records wants a password of {user}, and there is none. Set "
        "PGPASSWORD, keep one in ~/.pgpass, or run this in a terminal, which asks for it.",
    ),
    "CentralShut": QT_TRANSLATE_NOOP(
        "errors",
        "The central records are not open to {user}: {why}. Check address, database and rights; "
        "trying again does not help.",
    ),
    "NoCentral": QT_TRANSLATE_NOOP(
        "errors",
        "There are no central records in schema {schema} of that database. Check the address and "
        "--schema; main.py central init makes new ones.",
    ),
}

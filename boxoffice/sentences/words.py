"""Words for the tokens that errors carry: roles, statuses, reasons, in English."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 (lupdate looks for this name)
    """Marks a text for translation and leaves it as it is."""
    return text


# Fields that hold a token of the code rather than what somebody wrote, and the words for it;
# where one token stands for two things, "field token" goes before "token".
TOKEN_FIELDS = frozenset(
    {
        *("act", "category", "expected", "file_kind", "record", "role"),
        *("rule", "status", "ticket_type", "wanted", "where", "why"),
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
    # where money, notices and tax invoices stand (domain/statuses.py)
    "accepted": QT_TRANSLATE_NOOP("values", "on its way"),
    "arrived": QT_TRANSLATE_NOOP("values", "arrived"),
    "dead": QT_TRANSLATE_NOOP("values", "with no way back"),
    "failed": QT_TRANSLATE_NOOP("values", "failed"),
    "filed": QT_TRANSLATE_NOOP("values", "filed"),
    "part_paid": QT_TRANSLATE_NOOP("values", "paid in part"),
    "paybacks": QT_TRANSLATE_NOOP("values", "going back"),
    "sending": QT_TRANSLATE_NOOP("values", "being sent"),
    "wanted": QT_TRANSLATE_NOOP("values", "asked for"),
    # where customers cannot be written to, and why there is no tax invoice
    "mail_address": QT_TRANSLATE_NOOP("values", "it is no mail address"),
    "mobile_number": QT_TRANSLATE_NOOP("values", "it is no number of a mobile phone"),
    "nothing_paid": QT_TRANSLATE_NOOP("values", "nothing was paid for it, or all went back"),
    "invoiced": QT_TRANSLATE_NOOP("values", "one was asked for already"),
    "by_channel": QT_TRANSLATE_NOOP("values", "the channel that sold it issues it"),
    "not_paid_up": QT_TRANSLATE_NOOP("values", "it is not paid in full yet"),
    "invoice_title": QT_TRANSLATE_NOOP("values", "a title has 2 to 100 characters"),
    "tax_number": QT_TRANSLATE_NOOP("values", "the tax number is not right"),
    # why something cannot be allotted (central/allotting.py)
    "no_session": QT_TRANSLATE_NOOP("values", "there is no such session"),
    "no_level": QT_TRANSLATE_NOOP("values", "groups of seats want a level"),
    "numbered": QT_TRANSLATE_NOOP("values", "its places are numbered seats"),
    "orders_of_level": QT_TRANSLATE_NOOP("values", "orders are allotted without a level"),
    "unknown_level": QT_TRANSLATE_NOOP("values", "the session has no such level"),
    # what is wrong with an address of central records (addresses.py), or with what belongs to it
    "url_kind": QT_TRANSLATE_NOOP("values", "it wants postgresql://server/database"),
    "url_letters": QT_TRANSLATE_NOOP(
        "values", "in user and password @ : / ? # % and blanks are written %40 %3A %2F %3F %23 …"
    ),
    "url_host": QT_TRANSLATE_NOOP("values", "the name or the port of its server cannot be"),
    "url_port": QT_TRANSLATE_NOOP("values", "its port is no number from 1 to 65535"),
    "url_escape": QT_TRANSLATE_NOOP(
        "values", "a % is followed by two digits or A to F; a % itself is written %25"
    ),
    "url_query": QT_TRANSLATE_NOOP(
        "values", "behind its ? stands something that is no setting of a connection"
    ),
    "url_several": QT_TRANSLATE_NOOP("values", "a rehearsal wants one server, not several"),
    "no_certificate": QT_TRANSLATE_NOOP("values", "it is no certificate"),
    # where the password of the records' owner came from (records/tls.py)
    "where address": QT_TRANSLATE_NOOP("values", "the address"),
    "where pgpass": QT_TRANSLATE_NOOP("values", "the password file (~/.pgpass)"),
    "where keys": QT_TRANSLATE_NOOP(
        "values", "the central home (main.py central init URL gives it another)"
    ),
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
    "act exchange": QT_TRANSLATE_NOOP("values", "exchange tickets"),
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
    "review": QT_TRANSLATE_NOOP("values", "order in review"),
    "open": QT_TRANSLATE_NOOP("values", "open"),
    "parked": QT_TRANSLATE_NOOP("values", "parked"),
    "paying": QT_TRANSLATE_NOOP("values", "being paid"),
    "reserved": QT_TRANSLATE_NOOP("values", "reserved"),
    "paid": QT_TRANSLATE_NOOP("values", "paid"),
    "exchanging": QT_TRANSLATE_NOOP("values", "being exchanged"),
    "sold": QT_TRANSLATE_NOOP("values", "sold"),
    "returned": QT_TRANSLATE_NOOP("values", "returned"),
    "released": QT_TRANSLATE_NOOP("values", "released to sale"),
    "abandoned": QT_TRANSLATE_NOOP("values", "cleared"),
    "issued": QT_TRANSLATE_NOOP("values", "issued"),
    "void": QT_TRANSLATE_NOOP("values", "void"),
    "refunded": QT_TRANSLATE_NOOP("values", "refunded"),
    "exchanged": QT_TRANSLATE_NOOP("values", "exchanged"),
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
    "owed": QT_TRANSLATE_NOOP("values", "waiting to be collected"),
    "act rain_decision": QT_TRANSLATE_NOOP("values", "decide what a session brings"),
    "act rain_run": QT_TRANSLATE_NOOP("values", "pay a session back"),
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
    "match records": QT_TRANSLATE_NOOP("values", "match records"),
    # what cannot be in the play ledger (domain/play.py)
    "while_waiting": QT_TRANSLATE_NOOP("values", "play has not begun on this court"),
    "while_playing": QT_TRANSLATE_NOOP("values", "play is going on already"),
    "while_suspended": QT_TRANSLATE_NOOP("values", "play is suspended already"),
    "while_ended": QT_TRANSLATE_NOOP("values", "play has ended on this court"),
    "match_before_start": QT_TRANSLATE_NOOP("values", "the match begins before play did"),
    "match_after_end": QT_TRANSLATE_NOOP("values", "the match goes on after play ended"),
    "match_not_started": QT_TRANSLATE_NOOP("values", "the match has no start"),
    "match_not_ended": QT_TRANSLATE_NOOP("values", "a completed match has an end"),
    "ends_before_start": QT_TRANSLATE_NOOP("values", "it ends before it begins"),
    "longer_than_passed": QT_TRANSLATE_NOOP("values", "more minutes than have passed"),
    "in_the_future": QT_TRANSLATE_NOOP("values", "it is still to come"),
    "long_before_session": QT_TRANSLATE_NOOP(
        "values", "it is long before the session; look at day, month and year"
    ),
    "no_time": QT_TRANSLATE_NOOP("values", "it has no time"),
    "no_such_entry": QT_TRANSLATE_NOOP("values", "what it corrects is not there"),
    "corrected_before": QT_TRANSLATE_NOOP("values", "it was corrected before; look again"),
    "other_court": QT_TRANSLATE_NOOP("values", "what it corrects is of another court"),
    # why a session is not decided, or pays nothing
    "play_open": QT_TRANSLATE_NOOP("values", "play may still go on"),
    "play_unrecorded": QT_TRANSLATE_NOOP("values", "nothing was entered in the play ledger"),
    "no_rain_rule": QT_TRANSLATE_NOOP("values", "some tickets have no rain policy"),
    "not_decided": QT_TRANSLATE_NOOP("values", "nobody has decided yet"),
    "counts_as_held": QT_TRANSLATE_NOOP("values", "it counts as held"),
    "exchange_only": QT_TRANSLATE_NOOP("values", "its tickets are exchanged, not paid back"),
    # why something cannot be
    "over": QT_TRANSLATE_NOOP("values", "the session is over"),
    "whole_order": QT_TRANSLATE_NOOP("values", "only the whole order may be returned"),
    "decided": QT_TRANSLATE_NOOP(
        "values", "its session was decided: the run under Play and rain pays it, without a fee"
    ),
    "tier": QT_TRANSLATE_NOOP("values", "the policy pays nothing back any more"),
    "same": QT_TRANSLATE_NOOP("values", "it is the same place"),
    "not_done": QT_TRANSLATE_NOOP("values", "the rules do not allow it"),
    "no_money_back": QT_TRANSLATE_NOOP(
        "values", "money would go back that the refund policy does not give"
    ),
    "policy": QT_TRANSLATE_NOOP("values", "it was sold without a refund policy"),
    "complimentary": QT_TRANSLATE_NOOP("values", "complimentary tickets bring nothing back"),
    "again": QT_TRANSLATE_NOOP("values", "its buyer has had a refund before"),
    "presale": QT_TRANSLATE_NOOP("values", "it was not sold at a window"),
    "not_handed_over": QT_TRANSLATE_NOOP("values", "it was not handed over yet"),
    "why number": QT_TRANSLATE_NOOP("values", "that is no operator number"),
    "why name": QT_TRANSLATE_NOOP("values", "that is no name"),
    "why pin": QT_TRANSLATE_NOOP("values", "that PIN cannot be used"),
    "taken": QT_TRANSLATE_NOOP("values", "somebody else has this number"),
    # why an enrolment file is of no use (services/setup/enrolment.py)
    "enrolment_file": QT_TRANSLATE_NOOP("values", "it is no enrolment file, or only part of one"),
    "enrolment_version": QT_TRANSLATE_NOOP("values", "a newer program wrote it"),
    "enrolment_used": QT_TRANSLATE_NOOP("values", "it was used before, or a newer one was made"),
    "enrolment_ended": QT_TRANSLATE_NOOP("values", "a newer one was made, or the window retired"),
    "enrolment_foreign": QT_TRANSLATE_NOOP("values", "it is for other central records"),
    "enrolment_window": QT_TRANSLATE_NOOP("values", "it is for another window"),
    "enrolment_unsent": QT_TRANSLATE_NOOP(
        "values", "this home has work that central has not got yet"
    ),
    "enrolment_own": QT_TRANSLATE_NOOP(
        "values", "this home has central records in a file of its own"
    ),
    "machine": QT_TRANSLATE_NOOP("values", "they were made on another computer"),
    "place": QT_TRANSLATE_NOOP("values", "they also lie in another folder of this computer"),
    "older": QT_TRANSLATE_NOOP("values", "newer ones were at work on this computer before"),
    "behind": QT_TRANSLATE_NOOP("values", "central has heard from newer ones"),
    "twice": QT_TRANSLATE_NOOP("values", "another program is at work with the same ones"),
    "a newer connection of this window exists": QT_TRANSLATE_NOOP(
        "values", "a newer connection of this window exists"
    ),
    "No such file or directory": QT_TRANSLATE_NOOP("values", "No such file or directory"),
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

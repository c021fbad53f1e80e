"""What a file should have held, and why it cannot be read: tokens with fields, and their English.

A phrase is English text wherever nobody translates it (the terminal, JSON, the log); a window makes
its own words from the token and the fields it carries.
"""

from __future__ import annotations

from collections.abc import Mapping

from boxoffice.sentences.bank_phrases import BANK_PHRASES
from boxoffice.sentences.bill_phrases import BILL_PHRASES
from boxoffice.sentences.invoice_phrases import INVOICE_PHRASES
from boxoffice.sentences.words import QT_TRANSLATE_NOOP

PHRASES: dict[str, str] = {
    # what stands in a column
    "some_value": QT_TRANSLATE_NOOP("phrases", "a value"),
    "one_line": QT_TRANSLATE_NOOP("phrases", "text in one line, without control characters"),
    "shorter": QT_TRANSLATE_NOOP("phrases", "at most {count} characters"),
    "yuan": QT_TRANSLATE_NOOP("phrases", "an amount in yuan"),
    "yuan_from_zero": QT_TRANSLATE_NOOP("phrases", "an amount in yuan, not below zero"),
    "whole": QT_TRANSLATE_NOOP("phrases", "a whole number"),
    "yes_no": QT_TRANSLATE_NOOP("phrases", "yes or no"),
    "moment": QT_TRANSLATE_NOOP("phrases", "a time like 2025-09-27T12:30+08:00"),
    "day": QT_TRANSLATE_NOOP("phrases", "a day like 2025-09-27"),
    "names": QT_TRANSLATE_NOOP("phrases", "one or more names"),
    "one_of": QT_TRANSLATE_NOOP("phrases", "one of: {names}"),
    "per_cent": QT_TRANSLATE_NOOP(
        "phrases", "a percentage from 0 to 100 with two decimals, or none"
    ),
    "once": QT_TRANSLATE_NOOP("phrases", "once; it stands in line {line}"),
    "columns": QT_TRANSLATE_NOOP("phrases", "{count} columns"),
    "number_or_no_type": QT_TRANSLATE_NOOP("phrases", "a number, or no document type"),
    # what does not fit together in a line
    "some_fee": QT_TRANSLATE_NOOP("phrases", "a fee in per cent or in yuan, or none"),
    "one_deadline": QT_TRANSLATE_NOOP("phrases", "either hours before the start or a time"),
    "before_start": QT_TRANSLATE_NOOP("phrases", "not later than the start"),
    "some_deadline": QT_TRANSLATE_NOOP(
        "phrases", "hours before the start, hours after the purchase, or a time"
    ),
    "nothing_beside_none": QT_TRANSLATE_NOOP("phrases", "nothing, where nothing is refunded"),
    "said_twice": QT_TRANSLATE_NOOP("phrases", "nothing; column {column} says it"),
    "not_below": QT_TRANSLATE_NOOP("phrases", "not below {column}"),
    "with_sign": QT_TRANSLATE_NOOP(
        "phrases", "a percentage with its sign, as in 20% or 0.2%; {value} could be either"
    ),
    "span": QT_TRANSLATE_NOOP(
        "phrases", "hours such as 72 or 1.5, or with a unit: 3 days, 30 minutes; at most ten years"
    ),
    "latest_start": QT_TRANSLATE_NOOP(
        "phrases", "a time of day such as 21:30, or minutes after the start"
    ),
    "some_threshold": QT_TRANSLATE_NOOP("phrases", "matches, minutes or a latest start"),
    "held_first": QT_TRANSLATE_NOOP("phrases", "what counts as held, since half is spoken of"),
    "half_first": QT_TRANSLATE_NOOP("phrases", "matches or minutes for which half goes back"),
    "half_money": QT_TRANSLATE_NOOP("phrases", "refund or refund_or_exchange: half is money"),
    "below_held": QT_TRANSLATE_NOOP("phrases", "less than what counts as held"),
    "match_not_started": QT_TRANSLATE_NOOP("phrases", "a start, for a match that was played"),
    "match_not_ended": QT_TRANSLATE_NOOP("phrases", "an end, for a match that was completed"),
    "ends_before_start": QT_TRANSLATE_NOOP("phrases", "not before its start"),
    "in_the_future": QT_TRANSLATE_NOOP("phrases", "a time that has passed"),
    "long_before_session": QT_TRANSLATE_NOOP("phrases", "a time about that of its session"),
    "match_before_start": QT_TRANSLATE_NOOP("phrases", "not before play began on that court"),
    "match_after_end": QT_TRANSLATE_NOOP("phrases", "not after play ended on that court"),
    "longer_than_passed": QT_TRANSLATE_NOOP(
        "phrases", "no more minutes than passed from start to end"
    ),
    "longer_together": QT_TRANSLATE_NOOP(
        "phrases", "together with the other matches no more minutes than passed on that court"
    ),
    "proof": QT_TRANSLATE_NOOP("phrases", "ticket type;proof in Chinese;proof in English"),
    "cap": QT_TRANSLATE_NOOP("phrases", "zone;cap"),
    "limit": QT_TRANSLATE_NOOP("phrases", "a whole number from 1, or none"),
    "exchange_fee": QT_TRANSLATE_NOOP(
        "phrases", "seat, level or session, then ; and a fee in yuan or per cent, none, or no"
    ),
    # cells of a workbook
    "not_reckoned": QT_TRANSLATE_NOOP("phrases", "a value; the sheet could not reckon this cell"),
    "reckoned": QT_TRANSLATE_NOOP(
        "phrases", "a value; open the workbook once and save it, so that it is reckoned"
    ),
    # seat plans
    "seat_once": QT_TRANSLATE_NOOP("phrases", "each seat once"),
    "guid_once": QT_TRANSLATE_NOOP("phrases", "each seat_guid once"),
    "category": QT_TRANSLATE_NOOP("phrases", "one of its categories: {names}"),
    "some_seat": QT_TRANSLATE_NOOP("phrases", "at least one seat"),
    "object": QT_TRANSLATE_NOOP("phrases", "an object"),
    "list": QT_TRANSLATE_NOOP("phrases", "a list"),
    "text": QT_TRANSLATE_NOOP("phrases", "text"),
    "nothing": QT_TRANSLATE_NOOP("phrases", "nothing"),
    "metres": QT_TRANSLATE_NOOP("phrases", "a number of metres"),
    "metres_above_zero": QT_TRANSLATE_NOOP("phrases", "a number of metres above zero"),
    # what does not fit what was imported before
    "nothing_imported": QT_TRANSLATE_NOOP("phrases", "nothing of that kind is imported"),
    "zone": QT_TRANSLATE_NOOP("phrases", "a zone; {names}"),
    "court_or_capacity": QT_TRANSLATE_NOOP(
        "phrases", "one court with a seat plan, or an unnumbered capacity"
    ),
    "sessions_first": QT_TRANSLATE_NOOP(
        "phrases", "a session of the catalogue, which is to be imported before its orders"
    ),
    "same_plan": QT_TRANSLATE_NOOP("phrases", "the plan as imported before; its seats are on sale"),
    # why a line stays as it is
    "rows": QT_TRANSLATE_NOOP("phrases", "{count} rows"),
    "as_imported": QT_TRANSLATE_NOOP("phrases", "as imported: {value}"),
    "as_imported_why": QT_TRANSLATE_NOOP("phrases", "as imported: {value}; {reason}"),
    "as_sold": QT_TRANSLATE_NOOP("phrases", "as imported; {reason}"),
    "sold": QT_TRANSLATE_NOOP("phrases", "tickets were sold for it"),
    "on_sale": QT_TRANSLATE_NOOP("phrases", "its sessions are on sale"),
    "gone": QT_TRANSLATE_NOOP("phrases", "{count} places are gone"),
    "gone_of": QT_TRANSLATE_NOOP("phrases", "{count} places of session {session} are gone"),
    "sold_today": QT_TRANSLATE_NOOP(
        "phrases", "sold at since today; another one can begin tomorrow"
    ),
    "after_sales": QT_TRANSLATE_NOOP(
        "phrases", "a day after {day}; until then tickets were sold under the version before"
    ),
    "new_version": QT_TRANSLATE_NOOP(
        "phrases", "a version that stands is not changed; give the new one its own valid_from"
    ),
    # why an order sold before stays out
    "plan_seat": QT_TRANSLATE_NOOP("phrases", "a seat of the plan"),
    "no_seat": QT_TRANSLATE_NOOP("phrases", "no seat in this session"),
    "session": QT_TRANSLATE_NOOP("phrases", "a session of the catalogue"),
    "price": QT_TRANSLATE_NOOP("phrases", "a price of the catalogue"),
    "free_sold": QT_TRANSLATE_NOOP("phrases", "free; sold in order {order}"),
    "free_basket": QT_TRANSLATE_NOOP("phrases", "free; in a basket at a window"),
    "one_ticket": QT_TRANSLATE_NOOP("phrases", "one document, one ticket per session"),
    "places_left": QT_TRANSLATE_NOOP("phrases", "places left in the session"),
    "cap_left": QT_TRANSLATE_NOOP("phrases", "no more than {cap} in the zone"),
    "as_before": QT_TRANSLATE_NOOP("phrases", "as imported before"),
    "as_in_line": QT_TRANSLATE_NOOP("phrases", "as in line {line}"),
    # why a file cannot be read
    "folder": QT_TRANSLATE_NOOP("phrases", "it is a folder"),
    "device": QT_TRANSLATE_NOOP("phrases", "it is a device or a pipe, not a file"),
    "too_large": QT_TRANSLATE_NOOP("phrases", "it is too large"),
    "no_folder": QT_TRANSLATE_NOOP("phrases", "there is no folder {folder}"),
    "no_right": QT_TRANSLATE_NOOP("phrases", "you may not write there"),
    "not_opened": QT_TRANSLATE_NOOP("phrases", "it cannot be opened"),
    "empty": QT_TRANSLATE_NOOP("phrases", "it is empty"),
    "open_days": QT_TRANSLATE_NOOP(
        "phrases",
        "it belongs to the demo and leaves its days open; start main.py --demo, or import it into "
        "a training home (main.py import with --at)",
    ),
    "no_files_inside": QT_TRANSLATE_NOOP("phrases", "it is a folder without files to import"),
    "no_rows": QT_TRANSLATE_NOOP("phrases", "it has a header and no rows"),
    "old_spreadsheet": QT_TRANSLATE_NOOP(
        "phrases", "it is an old spreadsheet; save the sheet as XLSX or CSV"
    ),
    "other_spreadsheet": QT_TRANSLATE_NOOP(
        "phrases", "it is an archive or another spreadsheet; save the sheet as XLSX or CSV"
    ),
    "damaged_archive": QT_TRANSLATE_NOOP("phrases", "it is a damaged spreadsheet or archive"),
    "damaged_workbook": QT_TRANSLATE_NOOP("phrases", "it is a damaged workbook ({error})"),
    "no_text": QT_TRANSLATE_NOOP("phrases", "it is not text in UTF-8, UTF-16 or GBK"),
    "no_table_row": QT_TRANSLATE_NOOP("phrases", "line {line} is no table row ({error})"),
    "column_twice": QT_TRANSLATE_NOOP("phrases", "column {column} stands twice in the header"),
    "lacks_columns": QT_TRANSLATE_NOOP(
        "phrases", "it looks like {file_kind}, but has no column {columns}"
    ),
    "unknown_kind": QT_TRANSLATE_NOOP(
        "phrases", "it is no kind of file we know; its first line is: {first}"
    ),
    "no_matches": QT_TRANSLATE_NOOP("phrases", "it is no record of matches"),
    "broken_json": QT_TRANSLATE_NOOP("phrases", "its JSON is broken ({error})"),
    "deep_json": QT_TRANSLATE_NOOP(
        "phrases", "its JSON is nested too deeply or has a number that is too long"
    ),
    "no_plan": QT_TRANSLATE_NOOP("phrases", "it is JSON and no seat plan: there are no zones"),
    **BANK_PHRASES,
    **BILL_PHRASES,
    **INVOICE_PHRASES,
}


class Phrase(str):
    """English words of `phrase`; `token` and `fields` say it without words."""

    token: str
    fields: Mapping[str, object]


def phrase(token: str, **fields: object) -> Phrase:
    """The phrase of a token with its fields, which are text, numbers or phrases themselves."""
    made = Phrase(PHRASES[token].format(**fields))
    made.token, made.fields = token, fields
    return made


def packed(text: str) -> str | dict[str, object]:
    """A phrase as JSON keeps it; other text as it is."""
    if not isinstance(text, Phrase):
        return text
    fields = {
        name: packed(value) if isinstance(value, str) else value
        for name, value in text.fields.items()
    }
    return {"token": text.token, **fields}


def unpacked(kept: object) -> str:
    """What `packed` made; a phrase this version does not know is shown as it was kept."""
    if not isinstance(kept, dict) or kept.get("token") not in PHRASES:
        return str(kept)
    fields = {name: value for name, value in kept.items() if name != "token"}
    return phrase(
        kept["token"],
        **{k: unpacked(v) if isinstance(v, dict) else v for k, v in fields.items()},
    )

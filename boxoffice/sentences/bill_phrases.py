"""What bills of payment companies should have held, and what a file seems to be instead."""

from __future__ import annotations

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

BILL_PHRASES: dict[str, str] = {
    # what stands in a cell of a bill
    "fen": QT_TRANSLATE_NOOP("phrases", "an amount in fen, without a point"),
    "yuan_too_much": QT_TRANSLATE_NOOP("phrases", "an amount below ten billion yuan"),
    "nothing_after": QT_TRANSLATE_NOOP("phrases", "nothing after the totals"),
    "amount_above_zero": QT_TRANSLATE_NOOP("phrases", "an amount above zero"),
    "one_amount": QT_TRANSLATE_NOOP("phrases", "an amount in one of the two columns"),
    "net_fits": QT_TRANSLATE_NOOP("phrases", "the amount less the fee"),
    "moment_as": QT_TRANSLATE_NOOP("phrases", "a time written {pattern}"),
    "no_formula": QT_TRANSLATE_NOOP("phrases", "a number, not a formula"),
    "spoiled_number": QT_TRANSLATE_NOOP(
        "phrases",
        "a whole number; a spreadsheet has cut this one off, use the file as it was downloaded",
    ),
    "bill_merchant": QT_TRANSLATE_NOOP(
        "phrases", "it is the bill of merchant {found}, and ours is {wanted}"
    ),
    # why a bill is not whole
    "bill_line": QT_TRANSLATE_NOOP(
        "phrases", "line {line}, column {column}: {value} stands there, {expected} should"
    ),
    "bill_line_empty": QT_TRANSLATE_NOOP(
        "phrases", "line {line}, column {column}: it is empty, {expected} should stand there"
    ),
    "bill_line_width": QT_TRANSLATE_NOOP(
        "phrases",
        "line {line} has {value} instead of {expected}; it breaks at column {column}",
    ),
    "bill_total": QT_TRANSLATE_NOOP(
        "phrases", "line {line}, column {column}: it states {stated}, the lines come to {counted}"
    ),
    "bill_no_totals": QT_TRANSLATE_NOOP(
        "phrases", "it ends at line {line} without its totals, so it may be cut off"
    ),
    "bill_no_lines": QT_TRANSLATE_NOOP("phrases", "it has no line that was understood"),
    # rows that map the files of acquirers and channels
    "number_or_reference": QT_TRANSLATE_NOOP(
        "phrases", "a column with our number or one with theirs"
    ),
    "kind_and_words": QT_TRANSLATE_NOOP(
        "phrases", "a column of types with charge_words and refund_words, or sign: sign or columns"
    ),
    "state_and_words": QT_TRANSLATE_NOOP("phrases", "both state and done_words, or neither"),
    "moment_pattern": QT_TRANSLATE_NOOP(
        "phrases", "a pattern of YYYY, MM, DD and perhaps HH, mm, ss, each once"
    ),
    "other_party": QT_TRANSLATE_NOOP("phrases", "a name no other row has"),
    "no_mappings": QT_TRANSLATE_NOOP(
        "phrases", "it holds no rows that map a file; they need the columns {columns}"
    ),
    "mapping_line": QT_TRANSLATE_NOOP(
        "phrases", "line {line}, column {column} says {value}, but should hold {expected}"
    ),
    # what a file seems to be
    "bill_seems": QT_TRANSLATE_NOOP("phrases", "it is no bill; it seems to be {seems}"),
    "bill_known_as": QT_TRANSLATE_NOOP(
        "phrases", "it is no bill; it looks like {seems}, which main.py import reads"
    ),
    "bill_lacks": QT_TRANSLATE_NOOP(
        "phrases", "it looks like {party}, but lacks columns: {columns}"
    ),
    "unknown_bill": QT_TRANSLATE_NOOP(
        "phrases", "it is no bill of a kind we know; its first line is: {first}"
    ),
    "wechat_bill": QT_TRANSLATE_NOOP("phrases", "a trade bill of WeChat Pay"),
    "alipay_bill": QT_TRANSLATE_NOOP("phrases", "a business bill of Alipay"),
    "wechat_fund_flow": QT_TRANSLATE_NOOP(
        "phrases", "the fund bill of WeChat Pay (资金账单); the trade bill (交易账单) is wanted"
    ),
    "alipay_account": QT_TRANSLATE_NOOP(
        "phrases", "the account bill of Alipay (账务明细); the business bill (业务明细) is wanted"
    ),
    "alipay_summary": QT_TRANSLATE_NOOP(
        "phrases", "the summary of an Alipay bill; the list of its trades (业务明细) is wanted"
    ),
    "wechat_private": QT_TRANSLATE_NOOP(
        "phrases", "the payments of a private WeChat account, not those of the merchant"
    ),
    "alipay_private": QT_TRANSLATE_NOOP(
        "phrases", "the payments of a private Alipay account, not those of the merchant"
    ),
    "bank_lines": QT_TRANSLATE_NOOP(
        "phrases", "a table of a bank account; bank statements are read as camt.053 or camt.054"
    ),
    "camt": QT_TRANSLATE_NOOP("phrases", "a bank statement (camt), which is read as such"),
    "pain": QT_TRANSLATE_NOOP("phrases", "an order to a bank or its answer (pain)"),
    "some_xml": QT_TRANSLATE_NOOP("phrases", "XML"),
    "page": QT_TRANSLATE_NOOP("phrases", "a web page, perhaps of an error; download it again"),
    "answer": QT_TRANSLATE_NOOP(
        "phrases", "an answer of the payment company that says there is no bill"
    ),
    # why a file cannot be opened
    "other_file": QT_TRANSLATE_NOOP("phrases", "it is a {kind} file, not a table"),
    "locked_archive": QT_TRANSLATE_NOOP("phrases", "it is an archive with a password; unpack it"),
    "no_table_inside": QT_TRANSLATE_NOOP("phrases", "it is an archive without CSV files in it"),
    "archive_inside": QT_TRANSLATE_NOOP("phrases", "it is an archive with {count} files in it"),
}

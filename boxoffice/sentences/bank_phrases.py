"""What is wrong or odd about a file of a bank, in English; the tokens are those of `phrase`."""

from __future__ import annotations

from boxoffice.sentences.words import QT_TRANSLATE_NOOP

BANK_PHRASES: dict[str, str] = {
    # why a file of a bank is not read, and what it seems to be
    "bank_archive": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be an archive or a spreadsheet; take the XML file out of it"
    ),
    "bank_pdf": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be a PDF for people; ask the bank for the XML file"
    ),
    "bank_page": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be a web page, perhaps the one to sign in; download the file again"
    ),
    "bank_mt": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be a statement of the older kind (MT940); ask the bank for camt.053"
    ),
    "bank_sealed": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be encrypted or signed; open it with the program of the bank first"
    ),
    "bank_json": QT_TRANSLATE_NOOP("phrases", "it seems to be JSON, not a file of a bank"),
    "bank_table": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be a table or text, such as a bill, not XML of a bank"
    ),
    "bank_binary": QT_TRANSLATE_NOOP("phrases", "it seems to be no text at all"),
    "bank_other_xml": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be XML of another kind; its first element is {element}"
    ),
    "bank_orders": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be orders to a bank (pain.001), such as we send ourselves"
    ),
    "bank_answers": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be a bank's answer to orders (pain.002)"
    ),
    "bank_statement": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be an account statement (camt.053)"
    ),
    "bank_notice": QT_TRANSLATE_NOOP("phrases", "it seems to be a notice of bookings (camt.054)"),
    "bank_intraday": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be a report within the day (camt.052), which proves no booking"
    ),
    "bank_other_message": QT_TRANSLATE_NOOP(
        "phrases", "it seems to be another message of ISO 20022 ({message})"
    ),
    "bank_foreign": QT_TRANSLATE_NOOP(
        "phrases",
        "it is no message of ISO 20022: its namespace is {namespace}; ask the bank for camt.053, "
        "camt.054 or pain.002",
    ),
    "bank_several": QT_TRANSLATE_NOOP(
        "phrases", "it holds {count} messages; import them one by one"
    ),
    "bank_doctype": QT_TRANSLATE_NOOP(
        "phrases", "it declares a document type or entities, which no file of a bank does"
    ),
    "bank_broken": QT_TRANSLATE_NOOP(
        "phrases", "its XML is broken or cut off in line {line}; download it again"
    ),
    "bank_lacks": QT_TRANSLATE_NOOP("phrases", "{element} is missing in line {line}"),
    "bank_amount": QT_TRANSLATE_NOOP(
        "phrases", "{element} in line {line} is not an amount with at most two decimals"
    ),
    "bank_currency": QT_TRANSLATE_NOOP(
        "phrases", "{element} in line {line} is in no currency of two decimals"
    ),
    "bank_direction": QT_TRANSLATE_NOOP(
        "phrases", "{element} in line {line} does not say whether money came or went"
    ),
    # what is odd about a file that was read
    "bank_namespace": QT_TRANSLATE_NOOP(
        "phrases", "it does not name its version as it should; read as {message}"
    ),
    "bank_enveloped": QT_TRANSLATE_NOOP("phrases", "it is wrapped in {element}"),
    "bank_no_schema": QT_TRANSLATE_NOOP(
        "phrases", "there is no schema here for {message}; its form was not checked"
    ),
    "bank_near_schema": QT_TRANSLATE_NOOP(
        "phrases", "there is no schema here for {message}; it was checked against {schema}"
    ),
    "bank_unknown_version": QT_TRANSLATE_NOOP(
        "phrases",
        "{message} is a version not known here; read as {schema}, compare what came of it",
    ),
    "bank_misplaced": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: {element} does not stand where {schema} has it, or lacks a part"
    ),
    "bank_misspelt": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: the value of {element} is not as {schema} has it"
    ),
    "bank_more": QT_TRANSLATE_NOOP("phrases", "{count} more deviations from {schema}"),
    "bank_date": QT_TRANSLATE_NOOP("phrases", "line {line}: the date in {element} cannot be read"),
    "bank_balance": QT_TRANSLATE_NOOP(
        "phrases",
        "the balances of {account} do not add up: {opening} and entries of {entries} "
        "are not {closing}",
    ),
    "bank_no_balance": QT_TRANSLATE_NOOP(
        "phrases", "{account} has no opening and closing balance to check the entries against"
    ),
    "bank_summary": QT_TRANSLATE_NOOP(
        "phrases", "the summary of {account} counts {said} entries, there are {count}"
    ),
    "bank_batch_sum": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: the entry is {amount}, its transactions are {parts}"
    ),
    "bank_batch_count": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: the entry counts {said} transactions, there are {count}"
    ),
    "bank_parts_without_amount": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: transactions without amounts; read as one booking"
    ),
    "bank_other_currency": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: an entry in {currency} in an account in {wanted}"
    ),
    "bank_copy": QT_TRANSLATE_NOOP("phrases", "it is marked as a copy or a duplicate"),
    "bank_unknown_status": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: status {status} is not known here; it is taken as open"
    ),
    "bank_contradiction": QT_TRANSLATE_NOOP(
        "phrases", "{number} is refused in one place and taken on in another; it is taken as open"
    ),
    "bank_double": QT_TRANSLATE_NOOP(
        "phrases", "{number} is refused because the bank has it already; it is taken as open"
    ),
    "bank_no_number": QT_TRANSLATE_NOOP(
        "phrases", "line {line}: an answer without the number of its transfer"
    ),
    # why a file is none of ours
    "bank_not_ours": QT_TRANSLATE_NOOP(
        "phrases", "it answers orders numbered {number}, which were not made here"
    ),
    "bank_other_account": QT_TRANSLATE_NOOP(
        "phrases", "it is of the account ending in {account}, which is not ours"
    ),
    # why a transfer cannot be ordered
    "transfer_number": QT_TRANSLATE_NOOP(
        "phrases", "its number has to be 1 to 35 plain letters, digits and signs"
    ),
    "transfer_twice": QT_TRANSLATE_NOOP("phrases", "it stands in the batch twice"),
    "transfer_amount": QT_TRANSLATE_NOOP("phrases", "its amount has to be above zero"),
    "transfer_too_much": QT_TRANSLATE_NOOP("phrases", "its amount is more than a file can hold"),
    "transfer_currency": QT_TRANSLATE_NOOP("phrases", "transfers are made in CNY and EUR"),
    "transfer_currency_mixed": QT_TRANSLATE_NOOP(
        "phrases", "a batch is of one currency; make one for each"
    ),
    "transfer_name": QT_TRANSLATE_NOOP(
        "phrases", "the name is empty, or has no letter that this bank takes"
    ),
    "transfer_iban": QT_TRANSLATE_NOOP("phrases", "the IBAN is wrong; check its digits"),
    "transfer_account": QT_TRANSLATE_NOOP(
        "phrases", "the account number has to be 5 to 34 letters and digits"
    ),
    "transfer_bic": QT_TRANSLATE_NOOP("phrases", "the BIC has to be 8 or 11 letters and digits"),
    "transfer_bank_number": QT_TRANSLATE_NOOP("phrases", "the bank number has to be 12 digits"),
    "transfer_none": QT_TRANSLATE_NOOP("phrases", "there is nothing to transfer"),
    "transfer_version": QT_TRANSLATE_NOOP("phrases", "orders are not written as {message}"),
}

"""Files of banks as they come: odd forms are read with a warning, wrong files say what they are."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.bank import message
from boxoffice.bank.camt import read_statements
from boxoffice.bank.message import Kind, open_message
from boxoffice.bank.pain001 import write_orders
from boxoffice.bank.pain002 import read_answers
from boxoffice.bank.schemas import MOST_WARNINGS, deviations, schema_for
from boxoffice.errors import BadFile
from tests.bank.bank_files import answer, document, entry, notice, orders, statement, tx

GOOD = statement(entry("980.00", details=tx("RB-2026-000001", "980.00")))
SPACE = b' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"'


def tokens(raw: bytes) -> list[str]:
    return [warning.token for warning in read_statements("s.xml", raw).warnings]


def refusal(raw: bytes, read=read_statements) -> str:
    with pytest.raises(BadFile) as refused:
        read("s.xml", raw)
    return refused.value.fields["why"].token


ODD = {
    "no namespace": (GOOD.replace(SPACE, b""), ["bank_namespace"]),
    "a prefix": (
        GOOD.replace(b"<", b"<x:")
        .replace(b"<x:/", b"</x:")
        .replace(b"<x:?", b"<?")
        .replace(b"xmlns=", b"xmlns:x="),
        [],
    ),
    "no version in the namespace": (GOOD.replace(b".001.08", b""), ["bank_namespace"]),
    "a version that is not here": (GOOD.replace(b"001.08", b"001.07"), []),
    "a version yet to come": (GOOD.replace(b"001.08", b"001.21"), ["bank_unknown_version"]),
    "a version yet to come, and odd": (
        GOOD.replace(b"001.08", b"001.99").replace(b"ST-1", b"S" * 40),
        ["bank_unknown_version", "bank_misspelt"],
    ),
    "a variant of somebody else": (
        GOOD.replace(b"001.08", b"003.08"),
        ["bank_unknown_version"],
    ),
    "a version that is not here, and odd": (
        GOOD.replace(b"001.08", b"001.07").replace(b"ST-1", b"S" * 40),
        ["bank_near_schema", "bank_misspelt"],
    ),
    "an envelope": (
        b"<Bag><AppHdr>1</AppHdr>" + GOOD.split(b"?>")[1] + b"</Bag>",
        ["bank_enveloped"],
    ),
    "an element of the bank's own": (
        GOOD.replace(b"<Stmt>", b"<Stmt><Own>1</Own>"),
        ["bank_misplaced"],
    ),
    "an order of its own": (
        GOOD.replace(b"<Id>ST-1</Id>", b"").replace(b"</Acct>", b"</Acct><Id>ST-1</Id>"),
        ["bank_misplaced"],
    ),
    "a text that is too long": (GOOD.replace(b"ST-1", b"S" * 40), ["bank_misspelt"]),
    "a code nobody knows": (GOOD.replace(b"<Cd>BOOK", b"<Cd>BOOKED"), ["bank_misspelt"]),
    "a byte order mark": (b"\xef\xbb\xbf" + GOOD, []),
    "a line before it": (b"\r\n" + GOOD, []),
    "UTF-16": (GOOD.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"), []),
    "a comment": (GOOD.replace(b"<Stmt>", b"<!-- <Ntry> --><Stmt>"), []),
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_form_is_read_with_a_warning(case):
    raw, expected = ODD[case]
    found = tokens(raw)
    assert [token for token in found if token in expected] == expected
    assert set(found) <= {*expected, "bank_balance"}
    (booking,) = read_statements("s.xml", raw).statements[0].bookings
    assert (booking.end_to_end, booking.fen) == ("RB-2026-000001", 98_000)


def test_a_warning_names_line_element_and_schema_and_no_value():
    raw = GOOD.replace(b"<Cd>BOOK", b"<Cd>SECRET")
    (said,) = [w for w in read_statements("s.xml", raw).warnings if w.token == "bank_misspelt"]
    assert said.fields["element"] == "Cd"
    assert said.fields["schema"] == "camt.053.001.08"
    assert said.fields["line"] == 1 + raw[: raw.index(b"SECRET")].count(b"\n")
    assert "SECRET" not in said


def test_many_deviations_are_counted():
    inner = "".join(entry("1.00").replace("<BookgDt>", "<Own/>\n<BookgDt>") for _ in range(30))
    found = tokens(statement(inner, closing="4970.00"))
    assert found.count("bank_misplaced") == MOST_WARNINGS
    assert found.count("bank_more") == 1


WRONG = {
    "bank_archive": b"PK\x03\x04rest",
    "bank_pdf": b"%PDF-1.7\n",
    "bank_page": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "bank_mt": b"{1:F01BANKCNBJAXXX}{2:O940}{4:\r\n:20:STMT\r\n",
    "bank_json": b'{"entries": []}',
    "bank_sealed": b"-----BEGIN PGP MESSAGE-----\n",
    "bank_table": "交易时间,金额\n`2026-10-05,`980.00\n".encode(),
    "bank_binary": b"\x01\x00\x02\x00\x03",
    "empty": b"  \n",
    "bank_other_xml": b"<OFX><BANKMSGSRSV1/></OFX>",
    "bank_intraday": document("camt.052.001.08", "<Rpt><Id>R</Id></Rpt>"),
    "bank_other_message": (
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08">'
        b"<FIToFICstmrCdtTrf/></Document>"
    ),
    "bank_answers": answer(),
    "bank_orders": write_orders(orders()),
    "bank_broken": GOOD[:-200],
    "bank_foreign": GOOD.replace(b"urn:iso:std:iso:20022:tech:xsd:", b"urn:example:xsd:"),
    "bank_several": b"<Bag>" + GOOD.split(b"?>")[1] * 2 + b"</Bag>",
    "bank_lacks": document("camt.053.001.08", ""),
}


@pytest.mark.parametrize("token", WRONG)
def test_a_wrong_file_is_refused_with_what_it_seems_to_be(token):
    assert refusal(WRONG[token]) == token


def test_the_namespace_of_another_authority_is_named_and_cut_short():
    raw = GOOD.replace(SPACE, b' xmlns="http://bank.example/%s"' % (b"x" * 200))
    with pytest.raises(BadFile) as refused:
        read_statements("s.xml", raw)
    said = str(refused.value.fields["why"])
    assert "its namespace is http://bank.example/xxx" in said
    assert len(said) < 220
    inside = GOOD.replace(b"<Stmt>", b'<Stmt><Own xmlns="urn:example">1</Own>')
    assert tokens(inside) == ["bank_misplaced"]


def test_a_statement_is_no_answer():
    assert refusal(GOOD, read_answers) == "bank_statement"
    assert refusal(notice(entry("1.00")), read_answers) == "bank_notice"


def test_mt_statements_without_a_header_are_known_too():
    assert refusal(b"\r\n:20:STARTUMS\r\n:25:1/2\r\n") == "bank_mt"


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "' % (98 + i) + b"&%c;" % (97 + i) * 10 + b'">' for i in range(12))
    + b"]><Document>&m;</Document>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    b"<Document><BkToCstmrStmt>&a;</BkToCstmrStmt></Document>"
)
ELSEWHERE = (
    b'<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd"><Document><BkToCstmrStmt/></Document>'
)


@pytest.mark.parametrize("raw", [BOMB, OUTSIDE, ELSEWHERE])
def test_entities_and_document_types_are_refused(raw):
    assert refusal(raw) == "bank_doctype"


def test_elements_nested_too_deeply_are_refused():
    assert refusal(b"<a>" * 5000 + b"</a>" * 5000) == "bank_broken"


def test_a_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(message, "LARGEST_BYTES", 100)
    assert refusal(GOOD) == "too_large"


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data):
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(["cut", "change", "repeat"]))
        if kind == "cut":
            del raw[at : at + data.draw(st.integers(1, 60))]
        elif kind == "change":
            raw[at] = data.draw(st.integers(0, 255))
        else:
            raw[at:at] = raw[at : at + data.draw(st.integers(1, 60))]
        if not raw:
            break
    with suppress(BadFile):
        read = read_statements("s.xml", bytes(raw))
        assert read.statements


def test_without_a_schema_the_form_is_not_checked(tmp_path):
    body = open_message("s.xml", GOOD, {Kind.STATEMENT}).body
    assert [w.token for w in deviations(body, "camt.053.001.08", tmp_path)] == ["bank_no_schema"]


@pytest.mark.parametrize(
    ("version", "schema"),
    [
        ("camt.053.001.02", "camt.053.001.02"),
        ("camt.053.001.03", "camt.053.001.04"),
        ("camt.054.001.14", "camt.054.001.13"),
        ("pain.002.001.10", "pain.002.001.12"),
        ("pain.002.003.03", "pain.002.001.03"),
        ("camt.053", "camt.053.001.13"),
    ],
)
def test_which_schema_a_version_is_checked_against(version, schema):
    found = schema_for(version)
    assert found is not None
    assert found.stem == schema

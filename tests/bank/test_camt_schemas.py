"""The schemas of ISO 20022 that we ship: each is what its name says, and their terms lie beside."""

from __future__ import annotations

import pytest
from lxml import etree

from boxoffice.bank.answers import AnswerFile
from boxoffice.bank.iso20022 import may_be_xml, read_bank_file
from boxoffice.bank.message import NAMESPACE
from boxoffice.bank.pain001 import write_orders
from boxoffice.bank.schemas import FOLDER
from boxoffice.bank.statements import StatementFile
from boxoffice.errors import BadFile
from tests.bank.bank_files import answer, entry, notice, orders, statement


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.xsd")))
def test_a_schema_is_what_its_name_says(name):
    tree = etree.parse(str(FOLDER / f"{name}.xsd"))
    assert tree.getroot().get("targetNamespace") == NAMESPACE + name
    etree.XMLSchema(tree)


def test_their_terms_lie_beside_them():
    said = (FOLDER / "TERMS.txt").read_text(encoding="utf-8")
    assert "unchanged" in said
    assert "www.iso20022.org" in said


def test_one_door_takes_what_a_bank_sends():
    for raw, kind in (
        (answer(), AnswerFile),
        (statement(entry("980.00")), StatementFile),
        (notice(entry("980.00")), StatementFile),
    ):
        assert may_be_xml(raw)
        assert isinstance(read_bank_file("b.xml", raw), kind)
    with pytest.raises(BadFile) as refused:
        read_bank_file("b.xml", write_orders(orders()))
    assert refused.value.fields["why"].token == "bank_orders"
    assert not may_be_xml(b"PK\x03\x04")
    assert not may_be_xml("交易时间,金额".encode())

"""Whatever a file holds, reading it gives rows, errors by line or BadFile, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.errors import BadFile
from boxoffice.exchange.plan_file import read_plan
from boxoffice.exchange.rows import ParsedFile
from boxoffice.exchange.tables import decode, read_table

NASTY = st.sampled_from(["", "1e999999", "NaN", "-0", "9" * 5000, "9999-12-31T23:59-12:00"]) | (
    st.sampled_from('",;\t\n\r\x1b\x85\u202e\u0663\ud800½真²%¥')
)


def read(data: bytes) -> ParsedFile | None:
    """What `exchange.read` does, without the disk."""
    try:
        text = decode(data, "f")
        if not text.strip():
            return None
        parse = read_plan if text.lstrip()[0] in "{[" else read_table
        return sound(parse(text, "f", ""))
    except BadFile as bad:
        str(bad.fields["why"]).encode()
        return None


def sound(parsed: ParsedFile) -> ParsedFile:
    """Everything that could be stored or shown can be: no lone surrogates anywhere."""
    repr(parsed.rows).encode()
    for error in parsed.errors:
        assert error.line >= 1
        assert error.expected
        (error.column + error.value + error.expected).encode()
        assert error.value.isprintable()
    return parsed


@given(st.binary(max_size=400))
def test_random_bytes(data):
    read(data)


@given(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.text(max_size=200))
def test_random_text(encoding, text):
    read(text.encode(encoding, "replace"))


@pytest.fixture(scope="module")
def tables(samples):
    return [text for kind, text in samples.items() if kind != "seat plan"]


@given(st.data())
def test_tables_with_mutations(tables, data):
    text = data.draw(st.sampled_from(tables))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 12)))
        text = text[:start] + data.draw(NASTY | st.text(max_size=3)) + text[end:]
    read(text.encode("utf-8", "surrogatepass"))


@given(st.data())
def test_tables_with_changed_cells(tables, data):
    lines = data.draw(st.sampled_from(tables)).splitlines()
    row = lines[1].split(",")
    row[data.draw(st.integers(0, len(row) - 1))] = data.draw(NASTY | st.text(max_size=30))
    parsed = read("\n".join([lines[0], ",".join(row)]).encode("utf-8", "surrogatepass"))
    for found in parsed.rows if parsed else ():
        for value in (getattr(found, name) for name in found.__slots__):
            assert not isinstance(value, float)
            assert type(value) is not int or value < 2**63


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["\ud800", "", " ", "\x00", 10**400])
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into a JSON value."""
    found = [path] if path else []
    inside = value.items() if isinstance(value, dict) else ()
    inside = enumerate(value) if isinstance(value, list) else inside
    for key, part in inside:
        found += places(part, (*path, key))
    return found


@given(st.data())
def test_plans_with_changed_values(samples, data):
    plan = json.loads(samples["seat plan"])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(places(plan)))
        inside = plan
        for key in path[:-1]:
            inside = inside[key]
        if data.draw(st.booleans()):
            inside[path[-1]] = data.draw(JSON)
        else:
            del inside[path[-1]]
        if not plan:
            return
    read(json.dumps(plan).encode())


@given(JSON, st.integers(0, 60))
def test_any_json(value, cut):
    text = json.dumps({"zones": [value], "name": "x", "size": value})
    read(text.encode())
    read(text[:-cut].encode())

"""Files of every kind in every dress: encodings, separators, headers; and files that are none."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from boxoffice import exchange
from boxoffice.errors import BadFile
from boxoffice.exchange import FileKind

KINDS = [kind.value for kind in FileKind]


def refusal(read, content, name="some.csv") -> str:
    with pytest.raises(BadFile) as refused:
        read(content, name)
    assert refused.value.fields["file"] == name
    return str(refused.value.fields["why"])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_told_by_its_content(read, samples, kind):
    parsed = read(samples[kind], "no-hint.txt")
    assert (parsed.kind, parsed.errors, parsed.ignored_columns) == (kind, (), ())
    assert parsed.rows


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "dress",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("gb18030"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: ("\n \n" + text + "\n\n").encode(),
    ],
    ids=["BOM", "GBK", "UTF-16", "CRLF", "CR", "blank lines"],
)
def test_the_dress_makes_no_difference(read, samples, kind, dress):
    plain, dressed = read(samples[kind]), read(dress(samples[kind]))
    assert (dressed.kind, dressed.errors) == (kind, ())
    assert [_lineless(row) for row in dressed.rows] == [_lineless(row) for row in plain.rows]


def _lineless(row):
    return {name: getattr(row, name) for name in row.__slots__ if name != "line"}


def test_a_file_of_a_chinese_spreadsheet(read):
    text = (
        "备注一;状态;证件号码;证件类型;观赛人;票价（元）;票种;座号;排号;看台;场次;手机号;购票人;"
        "付款时间;渠道;取票码;订单号;\n"
        ";已支付;11010118900101001x;身份证;王小树;￥1,280.00;成人票;1;2;101;E1D;19900000001;王小树;"
        "2025/8/29 7:29;app;5SJT3VDK;XX001;\n"
        ";;A1234567;护照;李舟;140;优惠;2;2;101;E1D;19900000001;王小树;"
        "2025/8/29 7:29;app;5SJT3VDK;XX001;\n"
    )
    parsed = read(text.encode("gbk"))
    assert parsed.kind is FileKind.PRESALE
    assert parsed.ignored_columns == ("备注一",)
    assert parsed.errors == ()
    first, second = parsed.rows
    assert first.paid_at == datetime(2025, 8, 28, 23, 29, tzinfo=UTC)
    assert (first.price_fen, first.ticket_type, first.status) == (128000, "adult", "paid")
    assert (second.ticket_type, second.document_type) == ("concession", "passport")
    assert second.problems == ()
    # The check digit of the first is 6.
    assert [problem.column for problem in first.problems] == ["document_no"]


def test_chinese_headers_of_sessions(read):
    text = (
        "场次,日期,球场,类型,中文名,英文名,开门,开赛,价格方案,不对号容量,实名,政策\n"
        "E1,2025/9/27,榆树、外场，外场,夜场,榆,Elm,2025/9/27 17:30,2025-09-27T19:00Z,elm,9,是,s\n"
    )
    (row,) = read(text).rows
    assert row.courts == ("榆树", "外场")
    assert (row.kind, row.date, row.real_name) == ("night", date(2025, 9, 27), True)
    assert row.gates_open == datetime(2025, 9, 27, 9, 30, tzinfo=UTC)
    assert row.starts_at == datetime(2025, 9, 27, 19, tzinfo=UTC)


def test_a_note_of_several_lines_is_kept_as_one(read, samples):
    (row,) = read(samples["rain policy"].replace("说明", '"一\r\n二"')).rows
    assert row.note_zh == "一 二"


def test_digest_and_name_are_those_of_the_file(read):
    parsed = read("price_plan,opens_courts\nelm,Elm\n", "名.csv")
    assert parsed.name == "名.csv"
    assert parsed.digest == hashlib.sha256(b"price_plan,opens_courts\nelm,Elm\n").hexdigest()


def test_files_are_sorted_by_what_needs_what(read, samples):
    files = [read(samples[kind]) for kind in reversed(KINDS)]
    assert [parsed.kind.value for parsed in exchange.sort_by_need(files)] == KINDS


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n ", "empty"),
        (b",,\n", "empty"),
        (b"\x7fELF\x00\x01\x02", "not text"),
        (b"\xff\xfe\x00\xd8a", "not text"),
        (b"\x81\x00", "not text"),
        (b"\xff\xff\xff\xff", "not text"),
        (b"PK\x03\x04rest of a workbook", "spreadsheet"),
        (b"hello\n", "no kind of file we know; its first line is: hello"),
        (b"a\x1b[31mb,c\n1,2\n", "a�[31mb, c"),
        (b"price_plan,opens_courts\n", "no rows"),
        (b"price_plan,opens_courts\n,\n\n", "no rows"),
        (b"price_plan,opens_courts,price plan\nelm,Elm,\n", "price plan stands twice"),
        (b'price_plan,opens_courts\n"elm,Elm\n', "line 2 is no table row"),
        (b'price_plan,opens_courts\n"elm"x,Elm\n', "line 2 is no table row"),
        (b"price_plan,opens_courts\n" + b"e" * 200_000 + b",Elm\n", "line 2 is no table row"),
        (b'"price_plan,opens_courts\nelm,Elm\n', "line 1 is no table row"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(read, content, why):
    assert why in refusal(read, content)


def test_a_file_that_lacks_a_column_is_told_which(read, samples):
    text = samples["presale orders"].replace("section", "elsewhere")
    assert refusal(read, text) == "it looks like presale orders, but has no column section"


def test_missing_files_folders_and_pipes(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, why in [
        (tmp_path / "missing.csv", "No such file"),
        (tmp_path, "folder"),
        (pipe, "pipe"),
        (Path("/"), "folder"),
        (tmp_path / "a\0b", "cannot be opened"),
        (tmp_path / ("n" * 300), "too long"),
    ]:
        with pytest.raises(BadFile) as refused:
            exchange.read(path)
        assert why in str(refused.value.fields["why"])


def test_a_file_name_that_is_not_utf8_can_be_stored(tmp_path: Path):
    path = tmp_path / os.fsdecode(b"gb\xb5.csv")
    path.write_text("price_plan,opens_courts\nelm,Elm\n", encoding="utf-8")
    assert exchange.read(path).name.encode() == b"gb?.csv"


def test_a_file_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(exchange.LARGEST_BYTES + 1)  # takes no room on the disk
    with pytest.raises(BadFile, match="too large"):
        exchange.read(path)

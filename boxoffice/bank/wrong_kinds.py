"""What a file seems to be that is no bill we settle by: said, so that nobody has to guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from boxoffice.bank.bill import Lines
from boxoffice.bank.cells import bare, heading, shown
from boxoffice.bank.headed import LOOKED_THROUGH
from boxoffice.sentences.phrases import Phrase, phrase

BY_HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("wechat_fund_flow", ("资金流水单号", "收支金额")),
    ("wechat_fund_flow", ("资金流水总笔数",)),
    ("alipay_account", ("账务流水号", "收入金额", "支出金额")),
    ("alipay_account", ("入账时间", "支付宝流水号", "账务类型")),
    ("alipay_summary", ("门店编号", "交易订单总笔数")),
    ("wechat_private", ("收/支", "交易单号", "当前状态")),
    ("alipay_private", ("收/支", "交易订单号", "交易对方")),
    ("alipay_private", ("收/支", "交易号", "交易对方")),
    ("bank_lines", ("借方发生额", "贷方发生额")),
    ("bank_lines", ("借方金额", "贷方金额", "余额")),
)
"""Headings by which a file is known, as its company writes them; the first that fits is taken."""
BY_BEGINNING: tuple[tuple[str, str], ...] = (
    ("<!doctypehtml", "page"),
    ("<html", "page"),
    ("{", "answer"),
    ("[", "answer"),
)
BY_MENTION: tuple[tuple[str, str], ...] = (
    ("camt.05", "camt"),
    ("pain.00", "pain"),
    ("return_code", "answer"),
    ("error_code", "answer"),
)
_COMMENTS = (("#支付宝账务", "alipay_account"), ("#支付宝业务汇总", "alipay_summary"))


def seems(sheets: Sequence[Lines]) -> Phrase | None:
    """What the file seems to be, where that can be told."""
    for lines in sheets:
        token = _by_headings(lines) or _by_text(lines)
        if token:
            return phrase(token)
    return None


def first_line(sheets: Iterable[Lines]) -> str:
    """How the first line that says something begins."""
    for lines in sheets:
        for _, cells in lines.rows:
            if any(cells):
                return ", ".join(shown(bare(cell)) for cell in cells[:6])
    return ""


def lacking(lines: Lines, groups: Sequence[Sequence[str]]) -> list[str]:
    """Of each group of headings, the first, where the line that has most has none of the group."""
    best = [group[0] for group in groups]
    for _, cells in lines.rows[:LOOKED_THROUGH]:
        standing = {heading(cell) for cell in cells}
        gone = [
            group[0] for group in groups if not any(heading(name) in standing for name in group)
        ]
        best = min(best, gone, key=len)
    return best


def _by_headings(lines: Lines) -> str:
    for _, cells in lines.rows[:LOOKED_THROUGH]:
        standing = {heading(cell) for cell in cells}
        for token, needed in BY_HEADINGS:
            if all(heading(name) in standing for name in needed):
                return token
        for begins, token in _COMMENTS:
            if cells and bare(cells[0]).startswith(begins):
                return token
    return ""


def _by_text(lines: Lines) -> str:
    text = "".join("".join(cells) for _, cells in lines.rows[:LOOKED_THROUGH])
    begins = "".join(text[:200].casefold().split())
    for start, token in BY_BEGINNING:
        if begins.startswith(start):
            return token
    if begins.startswith("<"):
        return next((token for word, token in BY_MENTION if word in text), "some_xml")
    return ""

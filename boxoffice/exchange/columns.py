"""Columns by their header, Chinese or English, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from boxoffice import clock
from boxoffice.domain.money import parse_yuan

ALIASES: dict[str, tuple[str, ...]] = {
    "session": ("场次", "场次编号", "场次代码", "session_code", "session id"),
    "date": ("日期", "比赛日", "day"),
    "courts": ("球场", "场馆", "球场列表"),
    "court": ("球场", "场馆", "球场代码"),
    "kind": ("类型", "场次类型"),
    "name_zh": ("中文名", "中文名称", "名称"),
    "name_en": ("英文名", "英文名称"),
    "gates_open": ("开门", "开门时间", "入场时间", "gates"),
    "starts_at": ("开赛", "开赛时间", "开始时间", "start", "starts"),
    "price_plan": ("价格方案", "票价方案"),
    "unnumbered_capacity": ("无座容量", "非对号容量", "不对号容量"),
    "real_name": ("实名", "实名制", "实名要求"),
    "policy": ("政策", "退票政策", "规则"),
    "seat_plan": ("座位图", "座位图名称"),
    "nominal_capacity": ("标称容量", "名义容量"),
    "saleable_capacity": ("可售容量", "可售座位"),
    "approved_capacity": ("核定容量", "批准容量"),
    "roof": ("顶棚", "屋顶"),
    "opens_courts": ("可进球场", "可入球场", "开放球场"),
    "category": ("票档", "价位", "档位", "level", "price level"),
    "ticket_type": ("票种", "票类", "type"),
    "price_yuan": ("票价", "价格", "票价(元)", "票价(元)", "price", "price (cny)"),
    "order_no": ("订单号", "订单编号", "单号", "order", "order number"),
    "pickup_code": ("取票码", "取票凭证", "pickup"),
    "channel": ("渠道", "销售渠道"),
    "paid_at": ("支付时间", "付款时间", "paid"),
    "buyer": ("购票人", "买家", "姓名", "buyer name"),
    "phone": ("手机", "手机号", "电话", "mobile"),
    "section": ("区", "看台", "区域", "zone", "block"),
    "row": ("排", "排号"),
    "seat": ("座", "座位", "座号", "座位号"),
    "attendee": ("观赛人", "观众", "观众姓名", "attendee name"),
    "document_type": ("证件类型", "证件种类", "id type"),
    "document_no": ("证件号", "证件号码", "document", "document number", "id no", "id number"),
    "status": ("状态", "订单状态"),
    "valid_from": ("生效日期", "生效日", "起始日期"),
    "until_hours_before_start": ("开赛前小时", "开赛前小时数"),
    "until_at": ("截止时间", "截至"),
    "inclusive": ("含截止", "包含", "含端点"),
    "fee_percent": ("手续费百分比", "手续费率", "手续费%"),
    "fee_yuan": ("手续费", "手续费元", "手续费(元)"),
    "per": ("按", "计费单位"),
    "whole_order_only": ("仅整单", "须整单"),
    "note_zh": ("中文说明", "说明", "备注"),
    "note_en": ("英文说明",),
    "held_if_matches_completed": ("完赛场数", "完成场数视为已举行"),
    "held_if_minutes_over": ("超过分钟", "超过分钟视为已举行"),
    "remedy": ("补救", "处理方式"),
}

VALUES: dict[str, dict[str, str]] = {
    "ticket_type": {
        "成人": "adult",
        "成人票": "adult",
        "优惠": "concession",
        "优惠票": "concession",
        "陪同": "companion",
        "陪同票": "companion",
    },
    "document_type": {
        "身份证": "resident_id",
        "居民身份证": "resident_id",
        "港澳台居民居住证": "hmt_residence",
        "回乡证": "home_return",
        "港澳居民来往内地通行证": "home_return",
        "台胞证": "taiwan_permit",
        "台湾居民来往大陆通行证": "taiwan_permit",
        "外国人永久居留证": "foreign_permanent",
        "外国人永久居留身份证": "foreign_permanent",
        "护照": "passport",
        "户口簿": "household",
    },
    "status": {"已支付": "paid", "已付款": "paid"},
    "kind": {"日场": "day", "夜场": "night", "外场": "grounds", "欢享票": "grounds"},
    "per": {"每张": "ticket", "按票": "ticket", "整单": "order", "按单": "order"},
}

_YES_NO = {
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "是": True,
    "有": True,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
    "否": False,
    "无": False,
}


class Unreadable(ValueError):
    """A value that does not fit; the message names what was expected."""


Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the row, how a value is read, and whether it may be left out."""

    name: str
    read: Reader
    needed: bool = True


def text(value: str) -> str:
    """Any text, empty too."""
    return value


def filled(value: str) -> str:
    """Text that says something."""
    if not value:
        raise Unreadable("a value")
    return value


def yuan(value: str) -> int:
    """Fen of an amount in yuan that is not negative."""
    try:
        fen = parse_yuan(value)
    except ValueError:
        raise Unreadable("an amount in yuan") from None
    if fen < 0:
        raise Unreadable("an amount in yuan, not below zero")
    return fen


def optional_yuan(value: str) -> int:
    """Fen, nothing is zero."""
    return yuan(value) if value else 0


def whole(value: str) -> int:
    """A whole number that is not negative."""
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
        raise Unreadable("a whole number")
    return int(value)


def optional_whole(value: str) -> int | None:
    """A whole number or nothing."""
    return whole(value) if value else None


def yes_no(value: str) -> bool:
    """Yes or no, in both languages."""
    try:
        return _YES_NO[value.casefold()]
    except KeyError:
        raise Unreadable("yes or no") from None


@lru_cache(maxsize=4096)
def moment(value: str) -> datetime:
    """A moment; without a zone it is venue time."""
    try:
        found = datetime.fromisoformat(value.replace("/", "-"))
    except ValueError:
        raise Unreadable("a time like 2025-09-27T12:30+08:00") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=clock.VENUE_ZONE)
    return found.astimezone(UTC)


def optional_moment(value: str) -> datetime | None:
    """A moment or nothing."""
    return moment(value) if value else None


def day(value: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(value.replace("/", "-"))
    except ValueError:
        raise Unreadable("a day like 2025-09-27") from None


def names(value: str) -> tuple[str, ...]:
    """Names between bars, commas of either width, or 、."""
    found = tuple(part.strip() for part in re.split(r"[|、,,;]", value) if part.strip())
    if not found:
        raise Unreadable("one or more names")
    return found


def one_of(column: str, *allowed: str) -> Reader:
    """One of some words, in either language."""
    words = VALUES.get(column, {})

    def read(value: str) -> str:
        found = words.get(value, value.casefold())
        if found not in allowed:
            raise Unreadable(f"one of: {', '.join(allowed)}")
        return found

    return read


def per_cent(value: str) -> int | None:
    """Hundredths of a per cent; None for "none", which means no refund at all."""
    if value.casefold() in ("none", "不退", "不予退票"):
        return None
    try:
        points = Decimal(value.rstrip("%") or "0") * 100
    except InvalidOperation:
        raise Unreadable("a percentage, or none") from None
    if not points.is_finite() or points != points.to_integral_value() or not 0 <= points <= 10000:
        raise Unreadable("a percentage from 0 to 100 with two decimals, or none")
    return int(points)

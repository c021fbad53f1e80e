"""Small files of every kind, and a way to read text as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from boxoffice import exchange
from boxoffice.exchange import ParsedFile

Read = Callable[..., ParsedFile]

COURTS = """\
court,name_zh,name_en,seat_plan,nominal_capacity,saleable_capacity,approved_capacity,roof
Elm,榆树球场,Elm Court,Elm,100,90,95,yes
Outer,外场,Outer courts,,50,50,50,no
"""
ACCESS = "price_plan,opens_courts\nelm,Elm|Outer\n"
PRICES = """\
price_plan,category,ticket_type,price_yuan
elm,A,adult,280.00
elm,A,concession,"1,140.50"
elm,Companion,companion,0
"""
SESSIONS = """\
session,date,courts,kind,name_zh,name_en,gates_open,starts_at,price_plan,unnumbered_capacity,\
real_name,policy
E1D,2025-09-27,Elm,day,日场,"Elm, day",2025-09-27T10:00+08:00,2025-09-27T12:30+08:00,elm,,yes,std
G1,2025-09-27,Elm|Outer,grounds,欢享票,Pass,2025-09-27T10:00,2025-09-27T11:00,elm,1200,no,std
"""
REFUND = """\
policy,valid_from,until_hours_before_start,until_at,inclusive,fee_percent,fee_yuan,per,\
whole_order_only,note_zh,note_en
std,2025-08-01,168,,yes,20.6,,ticket,no,说明,note
std,2025-08-01,,2025-09-20T12:00:00+08:00,no,,5.50,order,yes,说明,note
std,2025-08-01,0,,yes,none,,ticket,no,说明,note
"""
RAIN = """\
policy,valid_from,held_if_matches_completed,held_if_minutes_over,remedy,note_zh,note_en
std,2025-08-01,1,30,refund_or_exchange,说明,note
"""
RULES = """\
rule,valid_from,session,value
purchase_limit_per_phone,2025-08-01,*,4
concession_proof,2025-08-01,,concession;学生证;student card
capacity_cap,2025-08-01,Elm,101;2
real_name,2025-08-01,E1D,no
"""
PRESALE = """\
order_no,pickup_code,channel,paid_at,buyer,phone,session,section,row,seat,ticket_type,\
price_yuan,attendee,document_type,document_no,status
XX001,5SJT3VDK,app,2025-08-29T07:29:00+08:00,王小树,19900000001,E1D,101,1,1,adult,280.00,\
王小树,resident_id,110101189001010016,paid
XX001,5SJT3VDK,app,2025-08-29T07:29:00+08:00,王小树,19900000001,E1D,101,1,2,adult,280.00,\
Maren Oldhaven,passport,x9-000 0001,
"""
MATCHES = """\
session,court,match,started_at,ended_at,minutes,completed
E1D,Elm,M1,2025-09-27T12:30+08:00,2025-09-27T14:10+08:00,85,yes
E1D,Elm,M2,2025-09-27T14:20+08:00,,25,no
"""
PLAN = """\
{"name":"Elm","size":{"width":40.5,"height":30},"categories":[{"name":"A"},{"name":"B"}],"zones":[
{"name":"Elm 101","zone_id":"101","position":{"x":20,"y":15},"rows":[
{"row_number":1,"position":{"x":0,"y":1},"seats":[
{"seat_guid":"E101-1-1","seat_number":"1","category":"A","position":{"x":1.5,"y":-2}},
{"seat_guid":"E101-1-2","seat_number":"2","category":"B","position":{"x":2.5,"y":-2}}]},
{"row_number":"2","position":null,"seats":[
{"seat_guid":"E101-2-1","seat_number":"1","category":"A","position":{"x":1.5,"y":-3}}]}]}]}
"""
TABLES = {
    "courts": COURTS,
    "access": ACCESS,
    "prices": PRICES,
    "sessions": SESSIONS,
    "refund policy": REFUND,
    "rain policy": RAIN,
    "rules": RULES,
    "presale orders": PRESALE,
    "match records": MATCHES,
}


@pytest.fixture(scope="session")
def samples() -> dict[str, str]:
    """A small file of each kind by the name of the kind."""
    return {**TABLES, "seat plan": PLAN}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write text or bytes to a file and read it as an import would."""

    def write_and_read(content: str | bytes, name: str = "some.csv") -> ParsedFile:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return exchange.read(path)

    return write_and_read

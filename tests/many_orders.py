"""Many orders at central on a server, made in SQL: for a window that begins late."""

from __future__ import annotations

from boxoffice.records.postgres import PostgresStore

_ID = "lpad(to_hex(n), 12, '0') || substr(md5('{kind}' || n), 1, 20)"


def make_orders(store: PostgresStore, session: int, count: int) -> None:
    """That many paid orders of one or two unnumbered tickets each, every third handed over.

    Past all rules: pools and journal know nothing of them.
    """
    store.be_patient(600)
    order = _ID.format(kind="o")
    name = "chr((19968 + n % 700)::int) || chr((20100 + n * 7 % 900)::int)"
    with store.transaction():
        store.run(
            f"INSERT INTO orders SELECT {order}, 1, 'M' || n, 'C' || n, 'app', 'paid', "
            "'2025-09-01T00:00:00.000000Z', '2025-09-01T00:00:00.000000Z', '2025-09-01', 0, 1, "
            f"NULL, NULL, 10000, 'CNY', {name}, '', md5('p' || n), md5('e' || n % 10000), '', "
            "NULL, 0 FROM generate_series(1, ?) n",
            (count,),
        )
        for place in (1, 2):
            some = "" if place == 1 else "WHERE n % 2 = 0"
            line, ticket = (_ID.format(kind=f"{kind}{place}") for kind in "lt")
            store.run(
                f"INSERT INTO order_line SELECT {line}, {order}, {place}, ?, NULL, '', 'adult', "
                f"'sold', NULL, 5000, 1, 'standard', {name}, 'resident_id', '', "
                f"md5('d{place}' || n), '' FROM generate_series(1, ?) n {some}",
                (session, count),
            )
            store.run(
                f"INSERT INTO ticket SELECT {ticket}, {order}, {line}, ?, NULL, 'issued', 1, 1, 0, "
                f"1 FROM generate_series(1, ?) n {some}",
                (session, count),
            )
        store.run(
            f"INSERT INTO payment SELECT {_ID.format(kind='p')}, {order}, NULL, 'channel', 10000, "
            "10000, 0, 'CNY', '2025-09-01T00:00:00.000000Z', '2025-09-01', 0, 1, NULL "
            "FROM generate_series(1, ?) n",
            (count,),
        )
        store.run(
            f"INSERT INTO hand_over SELECT {_ID.format(kind='h')}, {_ID.format(kind='t1')}, "
            f"{order}, '2025-09-02T00:00:00.000000Z', 2, 1, 'x', 'code' "
            "FROM generate_series(3, ?, 3) n",
            (count,),
        )
        store.run(
            f"INSERT INTO custody_order SELECT {order}, NULL, NULL FROM generate_series(1, ?) n",
            (count,),
        )

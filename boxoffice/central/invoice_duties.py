"""What a PostgreSQL central sees to in tax invoices: steps, amounts, and what red ones take back.

Row security and `duties` ask for custody of the order and for its journal entry; this is beside it.
"""

from __future__ import annotations

from boxoffice.central.duties import refuse, steps, trigger
from boxoffice.domain.accounts import COMPLIMENTARY
from boxoffice.domain.statuses import InvoiceStatus


def script(schema: str) -> list[str]:
    """The triggers of a schema, made anew."""
    return [
        *trigger(schema, "invoice", "invoice_steps", "BEFORE UPDATE", _STEPS),
        *trigger(schema, "invoice", "invoice_within_money", "BEFORE INSERT", _WITHIN),
        *trigger(schema, "invoice", "invoice_red_ones", "BEFORE INSERT OR UPDATE", _RED),
        *trigger(
            schema,
            "invoice",
            "invoice_never_removed",
            "BEFORE DELETE",
            f"BEGIN {refuse('invoice rows are never removed')}; END",
        ),
    ]


_STEPS = (
    f"BEGIN {steps('invoices', InvoiceStatus)}"
    # Only a red one, which is owed, goes to the platform twice.
    "IF OLD.kind = 'blue' AND (OLD.status = 'refused' AND NEW.status <> 'refused' "
    "OR OLD.status = 'filed' AND NEW.status IN ('wanted', 'dropped')) THEN "
    f"{refuse('a step of invoices that is not allowed')}; END IF; "
    "IF NEW.amount_fen > OLD.amount_fen OR (NEW.amount_fen <> OLD.amount_fen "
    "AND (OLD.status <> 'wanted' OR OLD.kind = 'red')) THEN "
    f"{refuse('the amount of an invoice')}; END IF; "
    "IF OLD.status = 'issued' AND (NEW.number, NEW.issued_on, NEW.batch, NEW.reason) "
    "IS DISTINCT FROM (OLD.number, OLD.issued_on, OLD.batch, OLD.reason) THEN "
    f"{refuse('an invoice that was issued')}; END IF; RETURN NEW; END"
)
"""An amount is lowered while nothing of it went out, and never raised."""

_WITHIN = (
    # Its order's rows come in this order: payments, what went back, invoices. What a red one takes
    # back comes behind its original, so only what was paid is compared here.
    "BEGIN IF NEW.kind = 'blue' AND NEW.amount_fen > (SELECT coalesce(sum(amount_fen), 0) "
    "FROM payment WHERE order_id = NEW.order_id AND tender NOT LIKE 'channel:%' "
    f"AND tender <> '{COMPLIMENTARY}') THEN "
    f"{refuse('an invoice over more than was paid')}; END IF; RETURN NEW; END"
)

_RED = (
    "DECLARE blue invoice%ROWTYPE; BEGIN "
    "IF NEW.kind <> 'red' OR NEW.status = 'dropped' THEN RETURN NEW; END IF; "
    "SELECT * INTO blue FROM invoice WHERE id = NEW.original_id; "
    "IF blue.kind IS DISTINCT FROM 'blue' OR blue.order_id <> NEW.order_id THEN "
    f"{refuse('a red invoice of no invoice of its order')}; END IF; "
    # What became of the original may come in the same report, behind this.
    "IF NEW.status <> 'wanted' AND blue.status NOT IN ('filed', 'issued') THEN "
    f"{refuse('a red invoice of one that was not issued')}; END IF; "
    "IF NEW.amount_fen + (SELECT coalesce(sum(amount_fen), 0) FROM invoice "
    "WHERE original_id = NEW.original_id AND id <> NEW.id AND status <> 'dropped') "
    "> blue.amount_fen THEN "
    f"{refuse('more would be taken back than was invoiced')}; END IF; RETURN NEW; END"
)

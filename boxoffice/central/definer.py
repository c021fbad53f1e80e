"""A function of a server that runs with the rights of the owner of the records (rule 27)."""

from __future__ import annotations


def definer(
    schema: str, signature: str, answers: str, body: str, *, to: str = "", stable: bool = False
) -> list[str]:
    """Make it, for a role to call or for other functions only; `signature` as in the schema.

    It looks in our schema only: nobody puts a table of their own before ours.
    """
    # plpgsql keeps its plans from call to call; functions in SQL are planned in every statement.
    kind = "plpgsql STABLE" if stable else "plpgsql"
    name = f"FUNCTION {schema}.{signature}"
    return [
        f"CREATE OR REPLACE {name} RETURNS {answers} LANGUAGE {kind} "
        f"SECURITY DEFINER SET search_path = {schema}, pg_temp AS $body$ {body} $body$",
        f"REVOKE EXECUTE ON {name} FROM PUBLIC",
        *([f"GRANT EXECUTE ON {name} TO {to}"] if to else []),
    ]

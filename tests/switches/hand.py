"""What a switch may touch: the text of a function, a name, or the rights of a server's schema.

Everything is put back afterwards. A hand knows whether what it changed was come by at all: a
switch that is never reached shows nothing.
"""

from __future__ import annotations
import __future__

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from typing import Any

from boxoffice.central import rights
from boxoffice.records import file_store
from tests import servers

_MARK = "_switch_reached"
_FLAGS = __future__.annotations.compiler_flag
_POLICY = re.compile(r"CREATE POLICY (\w+) ON (\S+)")


class Rusted(Exception):
    """What a switch was to change is not there any more."""


@cache
def _script() -> list[str]:
    return rights.script(servers.SCHEMA)


class Hand:
    """Changes things for the time of one test; made by `hand`."""

    def __init__(self, undo: ExitStack) -> None:
        self._undo = undo
        self._texts: dict[Callable[..., Any], str] = {}
        self._server: list[tuple[str, str]] = []
        self._statements: list[str] = []
        self.unreached: set[str] = set()

    def _expect(self, what: str) -> Callable[[], None]:
        self.unreached.add(what)
        return lambda: self.unreached.discard(what)

    def text(self, function: Callable[..., Any], old: str, new: str = "") -> None:
        """Let a function be as if `new` stood in its source for `old`, which stands there once."""
        plain = inspect.unwrap(function)
        source = self._texts.get(plain) or textwrap.dedent(inspect.getsource(plain))
        if source.count(old) != 1:
            raise Rusted(f"{plain.__qualname__} has {source.count(old)} times: {old}")
        tree = ast.parse(source.replace(old, new))
        (made,) = tree.body
        assert isinstance(made, ast.FunctionDef)
        made.decorator_list = []
        made.body.insert(0, ast.parse(f"{_MARK}('{plain.__qualname__}')").body[0])
        scope: dict[str, Any] = {}
        exec(
            compile(ast.fix_missing_locations(tree), inspect.getfile(plain), "exec", _FLAGS, True),
            plain.__globals__,
            scope,
        )
        if plain not in self._texts:
            self._undo.callback(setattr, plain, "__code__", plain.__code__)
        self._texts[plain] = source.replace(old, new)
        plain.__code__ = scope[made.name].__code__
        self._expect(plain.__qualname__)
        plain.__globals__[_MARK] = self.unreached.discard
        self._undo.callback(plain.__globals__.pop, _MARK, None)

    def name(self, owner: object, name: str, value: object) -> None:
        """Let something else stand under a name; a function counts as reached when it is called."""
        if not hasattr(owner, name):
            raise Rusted(f"{owner} has no {name}")
        old = vars(owner)[name] if isinstance(owner, type) else getattr(owner, name)
        if inspect.isfunction(value):
            reached, inner = self._expect(name), value

            def value(*args: Any, **named: Any) -> Any:
                reached()
                return inner(*args, **named)

        self._undo.callback(setattr, owner, name, old)
        setattr(owner, name, value)

    def file(self, part: str, sql: str) -> None:
        """Run this whenever a file of records is opened, of the window or of central."""
        before = file_store.ON_OPEN[part]
        self._undo.callback(file_store.ON_OPEN.__setitem__, part, before)
        file_store.ON_OPEN[part] = f"{before}\n{sql};\n"

    def server(self, old: str, new: str = "") -> None:
        """Let every new database have `new` for `old` wherever its rights are written down."""
        if not any(old in statement for statement in _script()):
            raise Rusted(f"the rights of a server do not have: {old}")
        self._server.append((old, new))
        self._on_databases()

    def statement(self, sql: str) -> None:
        """Run this in every new database, as its owner; `{database}` is its name."""
        self._statements.append(sql)
        self._on_databases()

    def without_checks(self, table: str) -> None:
        """Let a table of every new database have no check constraint."""
        self.statement(
            "DO $$ DECLARE name text; BEGIN FOR name IN SELECT conname FROM pg_constraint "
            f"WHERE conrelid = '{table}'::regclass AND contype = 'c' LOOP "
            f"EXECUTE format('ALTER TABLE {table} DROP CONSTRAINT %I', name); END LOOP; END $$"
        )

    def _on_databases(self) -> None:
        if len(self._server) + len(self._statements) > 1:
            return
        fresh, reached = servers.fresh_database, self._expect("a database")

        def switched() -> str:
            name = fresh()
            with closing(servers.as_owner(name)) as store, store.transaction():
                for sql in [*self._changed(), *self._statements]:
                    store.execute(sql.replace("{database}", name))
            reached()
            return name

        self._undo.callback(setattr, servers, "fresh_database", fresh)
        servers.fresh_database = switched

    def _changed(self) -> Iterator[str]:
        """The statements of the rights that are others now."""
        for statement in _script():
            other = statement
            for old, new in self._server:
                other = other.replace(old, new)
            if other != statement:
                if policy := _POLICY.match(other):
                    yield "DROP POLICY {} ON {}".format(*policy.groups())
                yield other


@contextmanager
def hand() -> Iterator[Hand]:
    """Switches made with it last as long as this."""
    with ExitStack() as undo:
        yield Hand(undo)

"""What our source does not do: wait, ask the system for the time, swallow errors."""

from __future__ import annotations

import ast
import re

CLOCK = "boxoffice/clock.py"
TELLS_TIME = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "QDateTime.currentDateTime",
    "QDateTime.currentDateTimeUtc",
    "QDate.currentDate",
    "QTime.currentTime",
}
WAITS = {
    "time.sleep",
    "asyncio.sleep",
    "QTest.qWait",
    "QTest.qSleep",
    "qtbot.wait",
    "QThread.sleep",
    "QThread.msleep",
}


def dotted(node: ast.AST) -> str:
    """The last two names of what is called: `datetime.now` for `datetime.datetime.now()`."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        return f"{owner}.{node.attr}"
    return ""


def used(sources, forbidden: set[str]) -> list[str]:
    """Where a forbidden function is named, or imported to be called by its bare name."""
    found = []
    for source in sources:
        for node in source.walk(ast.Attribute):
            if dotted(node) in forbidden:
                found.append(f"{source.path}:{node.lineno} {dotted(node)}")
        for node in source.walk(ast.ImportFrom):
            names = [f"{node.module}.{name.name}" for name in node.names]
            found += [f"{source.path}:{node.lineno} {name}" for name in names if name in forbidden]
    return found


def test_only_the_clock_tells_the_time(sources):
    assert not used([s for s in sources if s.path != CLOCK], TELLS_TIME)


SLOW_LINE = "boxoffice/rehearsal/lines.py"
"""A line that is slow on purpose, for a rehearsal."""


def test_nothing_sleeps(sources):
    assert not used([source for source in sources if source.path != SLOW_LINE], WAITS)


def test_no_error_is_swallowed(sources):
    swallowed = [
        f"{source.path}:{handler.lineno}"
        for source in sources
        for handler in source.walk(ast.ExceptHandler)
        if is_broad(handler) and not passes_on(handler)
    ]
    assert not swallowed


def is_broad(handler: ast.ExceptHandler) -> bool:
    """Whether it catches everything; a tuple counts as what is in it."""
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(
        isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"} for kind in kinds
    )


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Whether it tidies up and raises again, or hands the error to whoever awaits the future."""
    if isinstance(handler.body[-1], ast.Raise):
        return True
    return handler.type is not None and any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "set_exception"
        for node in ast.walk(handler)
    )


def test_nothing_is_left_for_later(tracked):
    note = re.compile(r"\b(TO" + "DO|FIX" + r"ME|HA" + r"CK)\b")
    notes = [
        f"{path}:{number}"
        for path, text in tracked.items()
        if path != "LICENSE"
        for number, line in enumerate(text.splitlines(), 1)
        if note.search(line)
    ]
    assert not notes


def test_every_visible_text_is_one_that_lupdate_reads(sources):
    """lupdate reads other receivers, and texts put together, wrongly and without a word."""
    wrong = []
    for source in sources:
        if not source.path.startswith("ui/"):
            continue
        for call in source.walk(ast.Call):
            if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"tr", "trUtf8"}:
                continue
            receiver = call.func.value
            plain = bool(call.args) and isinstance(call.args[0], ast.Constant)
            if not (isinstance(receiver, ast.Name) and receiver.id == "self" and plain):
                wrong.append(f"{source.path}:{call.lineno}")
    assert not wrong

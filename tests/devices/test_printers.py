"""Printers: a folder that never loses or overwrites a page, and CUPS queues through `lp`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from boxoffice import errors
from boxoffice.devices.printer import FilePrinter, Printer
from boxoffice.devices.system_printer import SystemPrinter, printers

Install = Callable[[str, str], None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a small program on an otherwise empty PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("HEARD", str(tmp_path))

    def put(name: str, body: str) -> None:
        program = folder / name
        source = f"import os, pathlib, sys\nheard = pathlib.Path(os.environ['HEARD'])\n{body}\n"
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
        script = shlex.join([sys.executable, "-I", str(folder / f"{name}.py")])
        program.write_text(f'#!/bin/sh\nexec {script} "$@"\n', encoding="utf-8")
        program.chmod(0o755)

    return put


def test_a_folder_keeps_each_print_under_its_title(tmp_path: Path) -> None:
    printer: Printer = FilePrinter(tmp_path / "out")
    printer.print(b"one", "票 Tickets 3A-2K7Q: 1/2")
    printer.print(b"two", "票 Tickets 3A-2K7Q: 1/2")
    printer.print(b"three", "../..")
    kept = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert kept == {
        "票 Tickets 3A-2K7Q 1 2.pdf": b"one",
        "票 Tickets 3A-2K7Q 1 2 (2).pdf": b"two",
        "print.pdf": b"three",
    }


def test_prints_from_several_threads_are_all_kept(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    pages = [str(number).encode() for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda page: printer.print(page, "ticket"), pages))
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == sorted(pages)


def test_a_folder_that_cannot_be_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    printer = FilePrinter(tmp_path / "file")
    with pytest.raises(errors.PrinterTrouble) as caught:
        printer.print(b"page", "ticket")
    assert caught.value.fields["printer"] == printer.name


def test_a_queue_gets_the_whole_pdf_with_its_title(tmp_path: Path, install: Install) -> None:
    install(
        "lp",
        "(heard / 'pdf').write_bytes(sys.stdin.buffer.read())\n"
        "(heard / 'words').write_text('\\n'.join(sys.argv[1:]), encoding='utf-8')",
    )
    pdf = bytes(range(256)) * 2000
    printer: Printer = SystemPrinter("boca", ["media=Custom.80x200mm"])
    printer.print(pdf, "票 3A-2K7Q")
    assert printer.name == "boca"
    assert (tmp_path / "pdf").read_bytes() == pdf
    words = (tmp_path / "words").read_text(encoding="utf-8").split("\n")
    assert words[:4] == ["-d", "boca", "-t", "票 3A-2K7Q"]
    assert words[4:] == ["-o", "print-scaling=none", "-o", "media=Custom.80x200mm"]


def test_no_lp_is_no_printer(install: Install) -> None:
    with pytest.raises(errors.NoPrinter) as caught:
        SystemPrinter("boca").print(b"page", "ticket")
    assert caught.value.fields == {"printer": "boca"}


def test_an_unknown_queue_is_no_printer(install: Install) -> None:
    install("lp", "sys.exit('lp: The printer or class does not exist.')")
    with pytest.raises(errors.NoPrinter):
        SystemPrinter("boca").print(b"page", "ticket")


@pytest.mark.parametrize(
    ("body", "why"),
    [("sys.exit('lp: No space left')", "lp: No space left"), ("sys.exit(3)", "3")],
)
def test_what_lp_says_is_told(install: Install, body: str, why: str) -> None:
    install("lp", body)
    with pytest.raises(errors.PrinterTrouble) as caught:
        SystemPrinter("boca").print(b"page" * 50_000, "ticket")
    assert why in str(caught.value.fields["why"])


def test_an_lp_that_hangs_is_given_up(install: Install) -> None:
    install("lp", "import threading; threading.Event().wait()")
    with pytest.raises(errors.PrinterTrouble) as caught:
        SystemPrinter("boca", patience=0.3).print(b"page", "ticket")
    assert caught.value.retry


def test_queues_are_listed(install: Install) -> None:
    install("lpstat", "assert sys.argv[1:] == ['-e']; print('boca\\nreceipts')")
    assert printers() == ("boca", "receipts")


def test_no_queues_where_there_is_no_printing(install: Install) -> None:
    assert printers() == ()
    install("lpstat", "sys.exit('lpstat: No destinations added.')")
    assert printers() == ()

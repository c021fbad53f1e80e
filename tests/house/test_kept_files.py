"""What is kept in git: nothing that belongs to one machine, and the licences of what we ship."""

from __future__ import annotations

import re
from pathlib import Path

# Written in pieces, so that this file does not find itself.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org"]
MACHINE = re.compile(r"(?<![\w.~$}])/(?:work|root|home|Users)" + "/")


def test_no_package_registry_is_named(tracked):
    named = [(path, host) for path, text in tracked.items() for host in HOSTS if host in text]
    assert not named


def test_no_path_of_one_machine(tracked):
    found = [
        f"{path}:{number} {line.strip()[:80]}"
        for path, text in tracked.items()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert not found


def test_the_licence_of_the_fonts_lies_beside_them(house: Path):
    fonts = house / "resources" / "fonts"
    assert list(fonts.glob("*.ttf"))
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts / "OFL.txt").read_text(encoding="utf-8")


def test_our_own_licence_is_whole(house: Path):
    text = (house / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_what_is_run_is_executable(house: Path):
    run = [".ci/run", "scripts/environment", "scripts/find-python", "scripts/system-libraries"]
    assert [name for name in run if not (house / name).stat().st_mode & 0o100] == []

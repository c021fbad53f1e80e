"""The libraries we stand on: pinned, installed as pinned, free to go with Apache-2.0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.requirements import requirements

PERMISSIVE = re.compile(
    r"\b(MIT|BSD|Apache|PSF|ISC|Zlib|HPND|LGPL|MPL|MIT-CMU)\b|Mozilla Public|Lesser General Public"
)
# These say it in their licence file only.
IN_THE_FILE = {
    "peewee": "Permission is hereby granted, free of charge",
    "sqlcipher3": "This software is provided 'as-is'",
}


def closure(*extras: str) -> Iterator[Distribution]:
    """What pyproject.toml asks for, with all that it needs in turn, as installed here."""
    waiting = [(Requirement(text), "") for text in requirements(*extras)]
    seen = set()
    while waiting:
        wish, extra = waiting.pop()
        if wish.marker and not wish.marker.evaluate({"extra": extra}):
            continue
        wanted = [(canonicalize_name(wish.name), extra) for extra in ("", *wish.extras)]
        for name, extra in wanted:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            found = distribution(name)
            if not extra:
                yield found
            waiting += [(Requirement(text), extra) for text in found.requires or []]


def pins(house: Path) -> dict[str, str]:
    lines = (house / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(wish.name): str(wish.specifier) for wish in pinned}


def test_every_library_is_pinned_and_installed_as_pinned(house: Path):
    pinned = pins(house)
    installed = {canonicalize_name(d.metadata["Name"]): f"=={d.version}" for d in closure("dev")}
    assert {name: pinned.get(name) for name in installed} == installed


@pytest.mark.parametrize("library", sorted({d.metadata["Name"] for d in closure()}))
def test_what_we_ship_beside_may_be_shipped(library: str):
    found = distribution(library)
    name = canonicalize_name(library)
    if name in IN_THE_FILE:
        files = [path for path in found.files or [] if "LICEN" in path.name.upper()]
        assert any(IN_THE_FILE[name] in path.read_text(encoding="utf-8") for path in files)
        return
    said = " ".join(
        [
            found.metadata.get("License-Expression") or found.metadata.get("License") or "",
            *(c for c in found.metadata.get_all("Classifier", []) if c.startswith("License")),
        ]
    )
    assert PERMISSIVE.search(said), said

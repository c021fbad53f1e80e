"""Checks a message against the ISO 20022 schema of its version, or the nearest that is here.

A deviation is a warning, never a refusal: banks write their own dialects, and what matters for the
money is checked by the readers themselves. A warning names the line and the element, no value.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from boxoffice.sentences.phrases import Phrase, phrase
from boxoffice.settings import RESOURCES

FOLDER = RESOURCES / "iso20022"
MOST_WARNINGS = 20
"""A statement whose every entry deviates alike says so this often, and counts the rest."""

_ELEMENT = re.compile(r"Element '(?:\{[^}]*\})?([\w.:-]+)'")
_PLACE = {"SCHEMAV_ELEMENT_CONTENT", "SCHEMAV_CVC_ELT_1", "SCHEMAV_CVC_COMPLEX_TYPE_2_1"}


def schema_for(version: str, folder: Path = FOLDER) -> Path | None:
    """The schema of a version such as camt.053.001.08; else of the next newer one, for a newer
    one takes nearly all that an older one did; else of the newest. None where there is none."""
    exact = folder / f"{version}.xsd"
    if exact.is_file():
        return exact
    kind, edition = version[:8], version[-2:] if version[8:] else ""
    known = sorted(folder.glob(f"{kind}.001.*.xsd"))
    newer = [path for path in known if path.stem[-2:] >= edition] if edition else []
    return next(iter(newer or known[-1:]), None)


def deviations(body: Any, version: str, folder: Path = FOLDER) -> list[Phrase]:
    """What of a message (its element below Document) is not as the schema has it."""
    path = schema_for(version, folder)
    if path is None:
        return [phrase("bank_no_schema", message=version)]
    # Compiled anew for each file: a schema object keeps the log of its last check.
    schema = etree.XMLSchema(etree.parse(str(path)))
    said = [] if schema.validate(_as(body, path.stem)) else _say(schema.error_log, path.stem)
    if version[8:] and not _older(version, path.stem):
        said.insert(0, phrase("bank_unknown_version", message=version, schema=path.stem))
    elif said and path.stem != version and version[8:]:
        said.insert(0, phrase("bank_near_schema", message=version, schema=path.stem))
    return said


def _older(version: str, known: str) -> bool:
    """Whether a version is the known one, or an edition before it: one that came later may say
    what nobody here has read about, and so may a variant of somebody else (pain.002.003.03)."""
    return version[:-2] == known[:-2] and version[-2:] <= known[-2:]


def _as(body: Any, version: str) -> Any:
    """The message as a document of that version, whatever its namespace and envelope were."""
    space = f"urn:iso:std:iso:20022:tech:xsd:{version}"
    parent = body.getparent()
    if parent is not None and parent.tag == f"{{{space}}}Document":
        return parent if parent.getparent() is None else deepcopy(parent)
    document = etree.Element(f"{{{space}}}Document")
    document.append(deepcopy(body))
    for element in document.iter():
        if isinstance(element.tag, str):
            element.tag = f"{{{space}}}{etree.QName(element).localname}"
    return document


def _say(log: Any, schema: str) -> list[Phrase]:
    said: dict[tuple[int, str], Phrase] = {}
    for entry in log:
        found = _ELEMENT.search(entry.message)
        element = found[1] if found else ""
        token = "bank_misplaced" if entry.type_name in _PLACE else "bank_misspelt"
        # One wrong value is told twice: for its pattern, and for its type.
        said.setdefault(
            (entry.line, element), phrase(token, line=entry.line, element=element, schema=schema)
        )
    first = list(said.values())[:MOST_WARNINGS]
    if len(said) > len(first):
        first.append(phrase("bank_more", count=len(said) - len(first), schema=schema))
    return first

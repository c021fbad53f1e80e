"""The words a name is found by: as written, in full pinyin, by its initials, by the given name."""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache

LONGEST = 40
"""Characters of a word that are kept; nobody types more."""

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]")
_PLAIN = re.compile(r"[\u4e00-\u9fff]+")
"""One word as it stands: nothing in it has accents, letters of two sizes or another form."""
_JOINED = str.maketrans("", "", "'’`´ʼ·•")
"""What stands inside one word of a name: O'Neil, 阿依古丽·买买提."""
_WORD = re.compile(r"[^\W_]+")
# Surnames are read differently from the same character elsewhere.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "区": "ou",
    "翟": "zhai", "朴": "piao", "乐": "yue", "员": "yun", "缪": "miao", "冼": "xian", "种": "chong",
    "任": "ren", "华": "hua", "覃": "qin", "纪": "ji", "宁": "ning", "燕": "yan", "应": "ying",
    "黑": "he", "召": "shao", "折": "she", "隗": "wei", "葛": "ge", "柏": "bai", "车": "che",
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "令狐": "ling hu", "澹台": "tan tai",
    "鲜于": "xian yu", "欧阳": "ou yang", "司马": "si ma", "上官": "shang guan",
    "诸葛": "zhu ge", "东方": "dong fang", "皇甫": "huang fu", "慕容": "mu rong",
    "司徒": "si tu", "夏侯": "xia hou", "公孙": "gong sun", "宇文": "yu wen",
}  # fmt: skip
_OTHERWISE = {
    "长": "chang", "朝": "zhao", "乐": "yue", "行": "hang", "重": "chong", "晟": "cheng",
    "茜": "xi", "莎": "suo", "还": "huan", "传": "zhuan", "都": "du", "奇": "ji", "仔": "zai",
}  # fmt: skip
"""Second readings that are usual in given names."""
_ROUND_U = {"lv": ("lu", "lyu"), "nv": ("nu", "nyu"), "lve": ("lue",), "nve": ("nue",)}
"""吕 is typed lv, written lü, which is lu without its accent, and printed LYU in a passport."""


def parts(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, no accents, no punctuation."""
    if _PLAIN.fullmatch(text):
        return [text]
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_JOINED)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return _WORD.findall(unicodedata.normalize("NFC", bare))


@lru_cache(maxsize=65_536)
def whole(text: str) -> str:
    """A text as one word."""
    return "".join(parts(text))[:LONGEST]


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """Every word that should find this name when its beginning is typed, each once."""
    split = parts(name)
    together = "".join(split)
    if not together:
        return ()
    if _HAN.search(together):
        found = [together, *_chinese(together)]
    else:
        found = [together, *split[1:], "".join(part[0] for part in split)]
    return tuple(dict.fromkeys(word[:LONGEST] for word in found if word))


def warm_up() -> None:
    """Load the readings now (60 ms), so that the first sale does not wait for them."""
    words("张")


def _chinese(name: str) -> list[str]:
    surname = next((n for n in (2, 1) if len(name) > n and name[:n] in _SURNAMES), 1)
    usual = _syllables(name)
    readings = [usual]
    if name[:surname] in _SURNAMES:
        readings.append([*_SURNAMES[name[:surname]].split(), *_syllables(name[surname:])])
    if any(character in _OTHERWISE for character in name):
        readings.append([_OTHERWISE.get(c, s) for c, s in zip(name, usual, strict=True)])
    for pick in (0, -1):
        readings += [
            [_ROUND_U.get(part, (part,))[pick] for part in syllables]
            for syllables in tuple(readings[:3])
            if any(part in _ROUND_U for part in syllables)
        ]
    found = [name[surname:]]
    for syllables in readings:
        given = "".join(syllables[surname:])
        found += ["".join(syllables), given, "".join(part[0] for part in syllables)]
    return found


def _syllables(name: str) -> list[str]:
    """One for each character; letters that are none stand for themselves."""
    return [_syllable(character) for character in name]


@lru_cache(maxsize=32_768)
def _syllable(character: str) -> str:
    # Slow to import, and needed for names in characters only; then without its 47,000 phrases
    # and copies, which single characters never need: 60 ms and 20 MB instead of 320 ms and 65 MB.
    for without in ("PYPINYIN_NO_PHRASES", "PYPINYIN_NO_DICT_COPY"):
        os.environ.setdefault(without, "1")
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(character)).casefold()

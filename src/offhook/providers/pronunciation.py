"""How English words sound, in the phones of the CMU dictionary, and a guess by spelling for words it lacks.

The dictionary is a text file of `word PH ON ES`, further pronunciations as `word(2) PH ON ES` right behind.
"""

import re
from pathlib import Path

_VARIANT = re.compile(r"\(\d+\)$")

# Longest spelling first; "" is silent. Rough, but a recognizer needs a likeness only: an odd name among the words of
# a language model is better guessed at than missing.
_BY_SPELLING = {
    "tion": "SH AH N", "sion": "ZH AH N", "ough": "AO", "augh": "AO", "eigh": "EY", "ture": "CH ER",
    "igh": "AY", "tch": "CH", "sch": "SH", "eau": "OW", "ing": "IH NG", "all": "AO L", "dge": "JH", "eer": "IH R",
    "air": "EH R", "ear": "IH R", "our": "AW R", "oor": "AO R", "are": "EH R",
    "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "wh": "W", "ck": "K", "ng": "NG", "qu": "K W", "kn": "N", "wr": "R",
    "gh": "G", "ee": "IY", "ea": "IY", "oo": "UW", "ou": "AW", "ow": "OW", "oa": "OW", "oi": "OY", "oy": "OY",
    "ai": "EY", "ay": "EY", "ei": "IY", "ey": "IY", "ie": "IY", "au": "AO", "aw": "AO", "ew": "UW", "ue": "UW",
    "ar": "AA R", "er": "ER", "ir": "ER", "ur": "ER", "or": "AO R", "ce": "S", "ci": "S IH", "cy": "S IY",
    "ge": "JH", "gy": "JH IY", "bb": "B", "cc": "K", "dd": "D", "ff": "F", "gg": "G", "ll": "L", "mm": "M",
    "nn": "N", "pp": "P", "rr": "R", "ss": "S", "tt": "T", "zz": "Z",
    "a": "AE", "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH", "k": "K",
    "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S", "t": "T", "u": "AH", "v": "V",
    "w": "W", "x": "K S", "y": "IY", "z": "Z", "é": "EY", "ñ": "N Y", "ü": "UW", "ö": "ER", "ä": "EH",
}  # fmt: skip
_LONG = {"a": "EY", "e": "IY", "i": "AY", "o": "OW", "u": "UW"}
_SPELLING = re.compile("|".join(sorted(map(re.escape, _BY_SPELLING), key=len, reverse=True)))
_MAGIC_E = re.compile(r"([aeiou])([bcdfgklmnpstvz])e(s?)$")
"""A vowel made long by a silent e at the end, as in "slope"."""


class Pronunciations:
    """The pronouncing dictionary of a language, read once (a tenth of a second)."""

    def __init__(self, dictionary: Path) -> None:
        self._entries: dict[str, tuple[str, ...]] = {}
        for line in dictionary.read_text(encoding="utf-8").splitlines():
            word, _, phones = line.partition(" ")
            plain = _VARIANT.sub("", word)
            self._entries[plain] = (*self._entries.get(plain, ()), phones)

    def of(self, word: str) -> tuple[str, ...]:
        """Every way a lower-case word is said; guessed where the dictionary lacks it, empty if it has no letters."""
        known = self._entries.get(word)
        if known is not None:
            return known
        guess = by_spelling(word)
        return (guess,) if guess else ()


def by_spelling(word: str) -> str:
    """A guess at a lower-case word's phones; empty if it has no letters."""
    ending = _MAGIC_E.search(word)
    if ending is None:
        return " ".join(_phones(word))
    vowel, consonant, plural = ending.groups()
    return " ".join([*_phones(word[: ending.start()]), _LONG[vowel], *_phones(consonant), *_phones(plural)])


def _phones(letters: str) -> list[str]:
    return [_BY_SPELLING[piece] for piece in _SPELLING.findall(letters)]

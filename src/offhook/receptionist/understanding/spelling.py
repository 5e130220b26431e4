"""Spelled words: "S H A Y N E", "M-A-R-C-U-S", "b as in boy", "double t", "november golf", "O apostrophe B"."""

import re
from collections.abc import Sequence
from typing import Final

NATO: Final = {
    "alpha": "a", "alfa": "a", "bravo": "b", "charlie": "c", "delta": "d", "echo": "e", "foxtrot": "f", "golf": "g",
    "hotel": "h", "india": "i", "juliet": "j", "juliett": "j", "kilo": "k", "lima": "l", "mike": "m", "november": "n",
    "oscar": "o", "papa": "p", "quebec": "q", "romeo": "r", "sierra": "s", "tango": "t", "uniform": "u", "victor": "v",
    "whiskey": "w", "whisky": "w", "xray": "x", "x-ray": "x", "yankee": "y", "zulu": "z",
}  # fmt: skip
_SOUNDS: Final = {
    "bee": "b", "cee": "c", "see": "c", "dee": "d", "eff": "f", "gee": "g", "aitch": "h", "haitch": "h", "jay": "j",
    "kay": "k", "el": "l", "ell": "l", "em": "m", "en": "n", "pee": "p", "cue": "q", "queue": "q", "ar": "r",
    "are": "r",
    "ess": "s", "tee": "t", "tea": "t", "you": "u", "vee": "v", "ex": "x", "why": "y", "zee": "z", "zed": "z",
    "oh": "o",
    "ay": "a", "eye": "i", "ef": "f", "es": "s", "te": "t",
}  # fmt: skip
_SIGNS: Final = {"apostrophe": "'", "hyphen": "-", "dash": "-", "space": " "}
_FILLERS: Final = {"uh", "um", "er", "then", "and", "a", "an", "capital", "letter", "small", "again", "like", "another"}
_AS_IN: Final = (("as", "in"), ("for",), ("like",), ("like", "in"), ("is", "in"), ("as",))


def letters_at(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """The letters spelled from word `at` on, and the place after them; at least two letters, else None."""
    spelled = ""
    end = at
    place = at
    while place < len(words):
        one = _letter_at(words, place, first=not spelled)
        if one is None:
            if spelled and _bare(words[place]) in _FILLERS and _letter_at(words, place + 1, first=False) is not None:
                place += 1
                continue
            break
        spelled += one[0]
        place = end = one[1]
    return (spelled, end) if sum(c.isalpha() for c in spelled) >= 2 else None


def _bare(word: str) -> str:
    return word.lower().strip(',.;:!?"()')


def _letter_at(words: Sequence[str], at: int, *, first: bool) -> tuple[str, int] | None:
    if at >= len(words):
        return None
    word = _bare(words[at])
    if re.fullmatch(r"(?:[a-z][-.]){1,}[a-z]", word):
        return re.sub(r"[-.]", "", word), at + 1
    if word in {"double", "triple"} and at + 1 < len(words):
        once = _single(_bare(words[at + 1]))
        return (once * (2 if word == "double" else 3), at + 2) if once and once.isalpha() else None
    if word in {"capital", "letter"}:
        return _letter_at(words, at + 1, first=first)
    letter = _single(word)
    if letter is not None and letter.isalpha():
        return letter, _after_example(words, at + 1, letter)
    if not first and letter is not None:
        return letter, at + 1
    if word in _SOUNDS and (_has_example(words, at + 1, _SOUNDS[word]) or (not first and _neighbour_spells(words, at))):
        return _SOUNDS[word], _after_example(words, at + 1, _SOUNDS[word])
    if word in NATO and (not first or _bare(words[at + 1] if at + 1 < len(words) else "") in NATO):
        return NATO[word], at + 1
    return None


def _single(word: str) -> str | None:
    if len(word) == 1 and word.isalpha():
        return word
    return _SIGNS.get(word)


def _neighbour_spells(words: Sequence[str], at: int) -> bool:
    """A word that only sounds like a letter counts inside a spelled run."""
    after = _bare(words[at + 1]) if at + 1 < len(words) else ""
    before = _bare(words[at - 1]) if at else ""
    return len(before) == 1 and (len(after) == 1 or after in _SOUNDS or after == "")


def _has_example(words: Sequence[str], at: int, letter: str) -> bool:
    return _after_example(words, at, letter) > at


def _after_example(words: Sequence[str], at: int, letter: str) -> int:
    """The place after "as in boy", "for boy", "like boy" when the example begins with the letter."""
    for opener in _AS_IN:
        place = at + len(opener)
        if place < len(words) and tuple(_bare(w) for w in words[at:place]) == opener:
            example = _bare(words[place])
            if example.startswith(letter) and len(example) > 1:
                return place + 1
    return at

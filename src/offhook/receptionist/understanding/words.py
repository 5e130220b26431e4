"""An utterance cut into words, alike for typed text ("3:30pm") and recognized speech ("three thirty p m")."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_STOPS: Final = ",.;:!?…"
_OUTER: Final = _STOPS + "\"()[]{}'`*_~"
_PIECE: Final = re.compile(
    r"""
    \d{4}-\d{1,2}-\d{1,2}            # 2026-12-01
    | \d{1,2}/\d{1,2}(?:/\d{2,4})?   # 12/1, 12/1/2026
    | \d{1,2}-\d{1,2}-\d{4}          # 12-01-2026
    | [$€£]\d[\d,.]*                 # a price is one word
    | \d+(?:\.\d+)?%
    | \d{1,2}[:.]\d{2}(?!\d)         # 3:30, 3.30
    | \d+(?:st|nd|rd|th)\b
    | \d{1,3}(?:,\d{3})+             # 1,200
    | \d+
    | [^\W\d_]+
    | [-\u2013\u2014&@/+#]
    """,
    re.VERBOSE,
)
_TELEPHONE: Final = re.compile(r"\+?[\d().-]{7,}")
_DATE_SHAPES: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[:.]\d\d-\d{1,2}[:.]\d\d"
)
_HALVES: Final = re.compile(r"\b([ap])\.\s?m\b\.?")
_COMPOUND: Final = re.compile(
    r"\b(twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety|half|quarter|mid|o)-(?=[a-z])"
)
_RANGE_OF_DAYS: Final = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[-\u2013](?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
)
_ISH: Final = re.compile(r"^(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|noon|midday)ish$")
_QUOTES: Final = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
_SAME: Final = {
    "tmrw": "tomorrow", "tmr": "tomorrow", "tmw": "tomorrow", "tomorow": "tomorrow", "tommorow": "tomorrow",
    "tommorrow": "tomorrow", "tomorrows": "tomorrow", "2moro": "tomorrow", "todays": "today", "2day": "today",
    "tonite": "tonight", "&": "and", "\u2013": "-", "\u2014": "-", "til": "until", "till": "until", "w": "with",
    "pls": "please",
    "plz": "please", "appt": "appointment", "apt": "appointment", "clock": "oclock", "hrs": "hours",
    "wanna": "want", "gonna": "going",
}  # fmt: skip


_MOST_LETTERS: Final = 1500
_MOST_WORDS: Final = 300
"""Of a longer utterance only so many words are looked at: nobody says a date in more."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an utterance."""

    text: str
    """Lower case, without apostrophes: "dont", "3:30", "pm", "24th"."""
    place: int
    """Which word of the utterance, split at white space, it belongs to."""
    stop: bool
    """Whether a comma, full stop or the like follows."""


def clipped(text: str) -> str:
    """As much of an utterance as is looked at, so that no text takes long."""
    return text[:_MOST_LETTERS]


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`; a written word such as "3:30pm" or "twenty-three" may give several."""
    cut: list[Word] = []
    for place, chunk in enumerate(
        unicodedata.normalize("NFKC", clipped(text).translate(_QUOTES)).lower().split()[:_MOST_WORDS]
    ):
        body = chunk.rstrip("\"')]}*_~")
        stop = body[-1:] in _STOPS and body[-1:] != ""
        pieces = _pieces(_HALVES.sub(r"\1m", chunk))
        cut += [Word(_SAME.get(piece, piece), place, stop=stop and piece is pieces[-1]) for piece in pieces]
    return _with_halves_joined(cut)


def _pieces(chunk: str) -> list[str]:
    core = chunk.strip(_OUTER)
    if _TELEPHONE.fullmatch(core) and not _DATE_SHAPES.fullmatch(core) and sum(c.isdecimal() for c in core) >= 7:
        return [core]
    bare = _COMPOUND.sub(r"\1 ", core.replace("'", "")).replace("-ish", " ish")
    if not any(sign.isdecimal() for sign in bare) and not _RANGE_OF_DAYS.fullmatch(bare):
        bare = bare.replace("-", " ") if bare.strip("-") else bare
    bare = re.sub(r"^(\d{1,2})h(\d{2})$", r"\1:\2", bare)
    bare = re.sub(r"^(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})$", r"\1/\2/\3", bare)
    pieces = [re.sub(r"^(\d{1,2})\.(\d{2})$", r"\1:\2", piece) for piece in _PIECE.findall(bare)]
    return [part for piece in pieces for part in (_ISH.sub(r"\1 ish", piece).split())]


def _with_halves_joined(cut: Sequence[Word]) -> tuple[Word, ...]:
    """With "p", "m" made "pm" and "o", "clock" made "oclock"."""
    joined: list[Word] = []
    for word in cut:
        last = joined[-1] if joined else None
        if last is not None and word.text == "m" and last.text in {"a", "p"}:
            joined[-1] = Word(last.text + "m", word.place, word.stop)
        elif last is not None and word.text == "oclock" and last.text == "o":
            joined[-1] = word
        else:
            joined.append(word)
    return tuple(joined)


def each(text: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(text.split())


def texts(words: Sequence[Word]) -> list[str]:
    """The bare words."""
    return [word.text for word in words]


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """`text` as bare words between single spaces, with a space at both ends: what phrases are looked for in."""
    return f" {' '.join(texts(words_of(text)))} "


@lru_cache(maxsize=4096)
def _cut(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


@lru_cache(maxsize=1024)
def _by_first(alternatives: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by the word with which they begin."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in alternatives:
        wanted = _cut(phrase)
        phrases.setdefault(wanted[0], []).append(wanted)
    return phrases


def match_at(words: Sequence[Word], at: int, *alternatives: str) -> int | None:
    """The place after the longest of `alternatives` (each one or more words) that stands at `at`."""
    best: int | None = None
    if not 0 <= at < len(words):
        return None
    for wanted in _by_first(alternatives).get(words[at].text, ()):
        end = at + len(wanted)
        if end <= len(words) and all(words[at + k].text == w for k, w in enumerate(wanted)):
            best = end if best is None else max(best, end)
    return best


def skip(words: Sequence[Word], at: int, *fillers: str) -> int:
    """The next place at or after `at` whose word is none of `fillers`."""
    while at < len(words) and words[at].text in fillers:
        at += 1
    return at

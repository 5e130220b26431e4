"""What a voice is given for a written reply: words only, and how far each of them takes the caller in the source.

Markdown, emoji, bullets and addresses of web pages never reach a voice; figures, times, prices, dates, telephone
numbers and e-mails become words. Works on any piece of a reply, so a clause can be spoken while the next is made.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from offhook.conversation.speech_phrases import phrase_at
from offhook.conversation.speech_words import spoken_word

_LINK: Final = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")
_SENTENCE_ENDS: Final = ".,;:!?…"
_OPENING: Final = "\"'([{<*_~`#>\u201c\u2018|•·▪"
_CLOSING: Final = "\"')]}>*_~`\u201d\u2019|"


@dataclass(frozen=True, slots=True)
class SpeechText:
    """Words to be read out, and what they stand for."""

    text: str
    ends: tuple[int, ...]
    """For each word of `text` (split at white space): how many words of the source have been said with it, whole.

    Never falls, and the last is the number of words of the source. Empty where nothing is to be said.
    """


@dataclass(frozen=True, slots=True)
class SourceWord:
    """A word of the source, its signs taken off."""

    core: str
    stops: str
    """The punctuation after it that is heard as a pause: ".", ",", "?" and the like, or none."""
    dotted: bool = False
    """Whether a full stop follows at once, which may be that of an abbreviation."""


def speech_text(text: str) -> SpeechText:
    """The words a voice reads out for `text`."""
    source = [_source_word(word) for word in _without_links(text)]
    said: list[str] = []
    ends: list[int] = []
    at = 0
    while at < len(source):
        spoken, end = _spoken_at(source, at)
        if spoken:
            words = spoken.split()
            said += words
            ends += [at] * (len(words) - 1) + [end]
        elif ends:
            ends[-1] = end
            said[-1] = _with_stop(said[-1], source[at].stops)
        at = end
    return SpeechText(" ".join(said), tuple(ends))


def _with_stop(word: str, stops: str) -> str:
    return word if not stops or word[-1] in _SENTENCE_ENDS else word + stops


def _without_links(text: str) -> list[str]:
    """The words of the source, each link in the place of all of its words replaced by what it is called."""
    words = text.split()
    if not _LINK.search(text):
        return words
    # A link may hold spaces: its label is kept word by word, the address goes with the word it hangs on.
    marked = _LINK.sub(lambda match: _same_count(match[0], match[1]), text)
    changed = marked.split()
    return changed if len(changed) == len(words) else words


def _same_count(whole: str, label: str) -> str:
    """The label with as many words as the whole link had, so that the count of the source holds."""
    missing = len(whole.split()) - len(label.split())
    return label if missing == 0 and label else f"{label} {' '.join(['*'] * missing)}".strip() or "*"


def _source_word(word: str) -> SourceWord:
    cleaned = "".join(sign for sign in word.replace("°", " degrees ").strip() if not _is_picture(sign)).replace(
        " ", "_"
    )
    opened = cleaned.lstrip(_OPENING)
    core = f"#{opened}" if cleaned.startswith("#") and opened[:1].isdecimal() else opened
    stripped = core.rstrip(_CLOSING + _SENTENCE_ENDS)
    tail = "".join(sign for sign in core[len(stripped) :] if sign in _SENTENCE_ENDS)
    return SourceWord(stripped, "..." if tail.startswith("..") or "…" in tail else tail[-1:], tail[:1] == ".")


def _is_picture(sign: str) -> bool:
    """Emoji and the signs that join them, arrows and boxes: nothing a voice can say."""
    if sign in "$+&<>=|~^`°€£₹%":
        return False
    return unicodedata.category(sign) in {"So", "Sk", "Cs", "Cn", "Co", "Cf", "Cc", "Me"} or sign in "\ufe0f\ufe0e→←↑↓⇒"


def _spoken_at(source: Sequence[SourceWord], at: int) -> tuple[str, int]:
    """What is said for the words from `at` on, with its punctuation, and the place after them."""
    cores = [word.core for word in source[at : at + 5]]
    stops = [word.stops for word in source[at : at + 5]]
    phrase = phrase_at(cores, stops)
    if phrase is not None:
        spoken, count = phrase
        following = source[at + count].core if at + count < len(source) else ""
        goes_on = cores[count - 1][-1:].isalpha() and stops[count - 1] == "." and following[:1].islower()
        return _ended(spoken, "" if goes_on else stops[count - 1]), at + count
    before = source[at - 1].core if at else ""
    after = source[at + 1].core if at + 1 < len(source) else ""
    word = spoken_word(cores[0], dotted=source[at].dotted, before=before, after=after)
    kept = "" if word.takes_stop and stops[0] == "." else stops[0]
    return _ended(word.text, kept), at + 1


def _ended(spoken: str, stops: str) -> str:
    return spoken + stops if spoken else ""

"""What the conversation itself says, and the few words it understands without a receptionist."""

import re
from functools import lru_cache

REMEMBERED = 64
"""Texts whose reading is kept: while a turn grows, the heart asks of the same words again and again."""

MOMENT = "One moment, please."
STILL_LOOKING = "Thanks for waiting, I'm still on it."
REPEAT = "I didn't quite catch that, could you repeat?"
STILL_THERE = "Are you still there?"
GOODBYE_SILENT = "I can't hear you, so I'll let you go now. Please call again any time. Goodbye."
APOLOGY = "I'm sorry, something went wrong on our side. Please call again in a few minutes. Goodbye."
LENGTH_WARNING = "Just so you know, we have about a minute left on this call."
GOODBYE_LENGTH = "I'm sorry, we've run out of time on this call. Please call again any time. Goodbye."

PHRASES = (MOMENT, STILL_LOOKING, REPEAT, STILL_THERE, GOODBYE_SILENT, APOLOGY, LENGTH_WARNING, GOODBYE_LENGTH)
"""Everything above: made into sound ahead of time, so that it can be said when a voice has failed."""

_BACKCHANNELS = frozenset(
    [
        "uh-huh",
        "uhuh",
        "mhm",
        "mm",
        "hmm",
        "hm",
        "mmhm",
        "mm-hmm",
        "okay",
        "ok",
        "right",
        "yeah",
        "yes",
        "yep",
        "sure",
        "alright",
        "good",
        "great",
        "i",
        "see",
        "got",
        "it",
        "uh",
        "um",
        "er",
        "ah",
        "oh",
    ]
)
_FILLERS = frozenset(["um", "uh", "er", "erm", "ah", "hm", "hmm", "mm"])
_WORD = re.compile(r"[^\W_][^\W_@']*(?:[@'][^\W_]+)*(?:-[^\W\d_]+)?")
_UNFINISHED = re.compile(
    r"(?:\b(?:um|uh|er|erm|and|but|or|because|so|then|the|a|an|my|your|our|his|her|their|at|on|for|with|from|of|"
    r"between|around|about|until|either|maybe|like,|it's|its)"
    r"|\b(?:name|number|address|email|e-mail|phone|date|birthday|code|street|zip) (?:is|would be|was)"
    r"|\b(?:wait|let me see|let me check|let me think|hold on))[\s,.…-]*$"
)
_HOLD_ON = re.compile(
    r"\b(?:hold on|hang on|one (?:moment|second|sec|minute)|just a (?:moment|second|sec|minute)|give me a (?:moment|"
    r"second|sec|minute)|let me (?:check|look|get|find|see|grab|think)|bear with me|wait a (?:moment|second|minute))\b"
)


@lru_cache(maxsize=REMEMBERED)
def plain_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning: no case, punctuation or fillers. Equal plain words ask for the same reply."""
    words = _WORD.findall(text.lower())
    return tuple(words) if _FILLERS.isdisjoint(words) else tuple(word for word in words if word not in _FILLERS)


def is_backchannel(text: str) -> bool:
    """Whether `text` only says "I am listening" ("uh-huh", "right"): no wish for the floor. Empty text is one too."""
    words = _WORD.findall(text.lower())
    return len(words) <= 3 and all(word in _BACKCHANNELS for word in words)


@lru_cache(maxsize=REMEMBERED)
def sounds_unfinished(text: str) -> bool:
    """Whether the caller will go on, judging by the last words ("and my number is")."""
    return _UNFINISHED.search(text.lower()) is not None


def asks_to_wait(text: str) -> bool:
    """Whether the caller wants a moment ("hang on, let me get my calendar")."""
    return _HOLD_ON.search(text.lower()) is not None

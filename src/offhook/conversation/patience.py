"""How long each wait may last: one frozen table, in seconds, and how long a pause must be to end a turn."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from offhook.conversation.form import Question, QuestionKind
from offhook.conversation.wording import REMEMBERED, sounds_unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Defaults are what offhook owes its callers; a tenant may set `silence`, a bench `filler`."""

    silence: float = 3.0
    """The caller says nothing: prompt, again, then goodbye."""
    hold_on: float = 20.0
    """The same after "one moment, please"."""
    prompts: int = 2
    longest_turn: float = 60.0
    wordless: float = 3.0
    """Voice activity without a single word: a noise, a radio; it does not hold the floor any longer."""
    transcript: float = 1.0
    """From the end of a turn to its words."""
    barge_in: float = 0.4
    """From the end of a short sound over the agent to the decision that it was none of our business."""
    overlap: float = 2.0
    """A sound over the agent that has no words: the agent goes on after this."""
    filler: float | None = 1.2
    """From the end of a turn until "one moment, please"; None: say nothing."""
    reply: float = 8.0
    """From the end of a turn until the call is closed with an apology."""
    playback: float = 4.0
    """Between two `Played` of a reply."""
    key: float = 2.0
    """After a key of the telephone until its number is complete."""
    linger: float = 0.6
    """From the agent's goodbye to hanging up."""
    warn_at: float = 14 * 60.0
    limit: float = 15 * 60.0
    """A call is warned, then closed, so many seconds after pick-up."""
    judge: float = 0.2
    """Silence after which an end-of-turn model is asked."""
    judged_unfinished: float = 0.9
    """Silence that ends a turn which that model calls unfinished."""


PATIENCE = Patience()


class Pause(NamedTuple):
    """Silence in seconds: after `think` a reply is begun (unheard), after `over` the turn is decided to be over."""

    think: float
    over: float


OPEN = Pause(0.2, 0.45)
YES_NO = Pause(0.15, 0.35)
NAME = Pause(0.3, 0.7)
UNFINISHED = Pause(0.7, 1.3)
DICTATION = Pause(1.5, 1.8)
DICTATION_COMPLETE = Pause(0.5, 0.8)
_MAIL_ENDS = re.compile(r"(?:dot|\.)\s*(?:com|net|org|edu|gov|uk|us|de|in|io|co)\W*$")
_DIGIT = re.compile(r"\d|\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b")
_ENDS_IN_DIGIT = re.compile(rf"(?:{_DIGIT.pattern}|\b(?:double|triple|hundred|area code))[\s,.-]*$")
_ADDRESS_ENDS = re.compile(
    r"(?:\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|boulevard|blvd|way|place|terrace|circle)"
    r"|\b\d{5})[\s,.]*$"
)


def pause_after(words: str, asked: Question | None, *, speculate: bool) -> Pause:
    """What silence ends a turn of which `words` have been understood so far.

    Sources: the clips of the benchmark pause for up to 360 ms inside a sentence, and the voice activity needs up to
    80 ms to hear speech come back: hence 450 ms before anything is heard, but after a short yes or no.
    """
    pause = _by_question(words, QuestionKind.OPEN if asked is None else asked.kind)
    return Pause(min(0.1, pause.think), pause.over) if speculate and pause.over < DICTATION.over else pause


def is_undecided(words: str, asked: Question | None) -> bool:
    """Whether the rules above rest on silence alone, so that an end-of-turn model may add something."""
    return (asked is None or asked.kind is QuestionKind.OPEN) and not sounds_unfinished(words)


@lru_cache(maxsize=REMEMBERED)
def _by_question(words: str, kind: QuestionKind) -> Pause:
    """Dictation is waited for while the words look like it; who answers with a sentence of their own is not."""
    said = words.lower()
    match kind:
        case QuestionKind.PHONE if _ENDS_IN_DIGIT.search(said):
            return DICTATION_COMPLETE if len(_DIGIT.findall(said)) >= 10 else DICTATION
        case QuestionKind.EMAIL if len(said.split()) <= 12:
            return DICTATION_COMPLETE if _MAIL_ENDS.search(said) else DICTATION
        case QuestionKind.ADDRESS if len(said.split()) <= 12:
            return DICTATION_COMPLETE if _ADDRESS_ENDS.search(said) else DICTATION
        case QuestionKind.SPELLING if len(said.split()) <= 12:
            return DICTATION
        case _ if sounds_unfinished(words):
            return UNFINISHED
        case QuestionKind.YES_NO | QuestionKind.CHOICE if len(said.split()) <= 3:
            return YES_NO
        case QuestionKind.NAME | QuestionKind.PHONE if len(said.split()) <= 4:
            return NAME
        case _:
            return OPEN

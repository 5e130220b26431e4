"""Yes and no, in the many ways they are said."""

import re
from typing import Final

from offhook.receptionist.understanding.words import each, plain

_UNSURE: Final = (
    "im not sure", "i am not sure", "im not certain", "im not really sure", "not sure", "doesnt matter",
    "does not matter", "either is fine", "maybe", "i dont know", "dont know",
    "let me think", "hold on", "possibly", "perhaps", "not certain",
    "let me check", "one moment", "give me a second", "unsure", "no idea", "either way",
)  # fmt: skip
_YES: Final = (
    "no problem", "no worries", "no thats fine", "no thats right", "no thats ok", "no thats okay", "no thats correct",
    "no thats good", "no it is fine", "no it is good", "no it is right",
    "no it is ok", "no it is okay", "no it is correct", "no it is perfect", "no it is great",
    "no it is all right",
    "no objection", "no its fine", "no thats perfect", "no thats great", "i dont mind",
    "dont mind", "i do not mind", "not a problem",
    "no youre right", "no thats all right", "no issues", "no complaints", "dont see why not", "why not", "wouldnt mind",
    "nothing wrong with that", "no that works", "no that sounds", "no that is right",
    "no that is correct",
    "no that is fine", "that is not a problem", "thats not a problem", "no doubt", "cant complain", "not bad",
    "couldnt be better", "no questions", "no that will work", "no thatll work", "no yes", "no yeah", "no sounds good",
    "no we are good", "no were good",
)  # fmt: skip
_NO: Final = (
    "i do not", "i have not", "i am not", "i did not", "i would not", "i will not", "i can not", "it is not",
    "we do not",
    "we have not", "they are not", "it does not", "not at the moment", "not anymore", "not any more", "not currently",
    "im not", "were not", "i was not", "no", "nope", "nah", "naw", "negative", "incorrect", "wrong", "not really",
    "not right", "not correct", "not quite",
    "not exactly", "not yet", "not today", "not now", "not at all", "absolutely not", "definitely not", "of course not",
    "certainly not", "i dont think so", "dont think so", "dont think that works", "id rather not", "rather not",
    "never mind", "nevermind", "dont", "do not", "doesnt", "does not", "isnt", "is not", "wasnt", "cant", "cannot",
    "wont", "no thanks", "no thank you", "uh uh", "nuh uh", "uhuh", "mm mm", "not for me", "not me", "no way", "not it",
    "havent", "didnt", "not that", "not what", "never", "im afraid not", "not particularly", "no good", "yeah no",
    "nothing", "none", "neither", "not necessary", "not interested", "pass", "id prefer not", "i disagree", "yes no",
    "forget it", "ive changed my mind", "changed my mind", "no sir", "no maam", "hardly", "hell no", "not this time",
    "not good", "misspelled", "mistake", "not my", "not spelled", "arent", "close but", "almost",
)  # fmt: skip
_PLAIN_YES: Final = (
    "yes", "yeah", "yep", "yup", "yea", "ya", "yah", "ye", "yess", "yas", "aye", "sure", "ok", "okay", "k", "kk",
    "right",
    "correct", "absolutely", "definitely", "certainly", "of course", "indeed", "exactly", "precisely", "totally",
    "affirmative", "uh huh", "uhhuh", "mhm", "mm hmm", "mmhmm", "mm hm", "mhmm", "sounds good", "sounds great",
    "sounds fine", "sounds right", "sounds perfect", "that works", "works for me", "that will work", "thatll work",
    "works", "perfect", "great", "fine", "good", "go ahead", "please do", "please", "you got it", "thats it",
    "thats me",
    "that is me", "it is", "i do", "i am", "i have", "i did", "i would", "i will", "we do", "we are", "we have",
    "do it",
    "book it", "lets do it", "lets do that", "ill take it", "confirmed", "confirm", "i confirm", "i guess so",
    "i guess",
    "i think so", "i believe so", "i suppose", "suppose so", "by all means", "alright", "all right", "all good",
    "excellent",
    "wonderful", "lovely", "awesome", "bingo", "you bet", "yes sir", "yes maam", "true", "why not", "hope so", "cool",
    "super", "brilliant", "spot on", "thats the one", "agreed", "deal", "gladly", "id love to", "id like that",
    "go for it",
    "it does", "that does", "they are", "they do", "he is", "she is", "he does", "she does", "thats good",
    "thatd be great",
    "got it", "very good", "beautiful", "ill do that", "i can", "we can", "roger", "fantastic", "amazing", "sí", "si",
)  # fmt: skip
_QUESTION: Final = re.compile(
    r"^ (?:(?:and|but|so|oh|um|uh|hmm|wait|also|well|then|actually|sorry) )*"
    r"(?:what|when|where|why|how|who|which|whats|hows|do you|can you|could you|are you|is there|is it"
    r"|will you|would you|does|did you|can i|could i|could we|can we|may we|may i|should i) "
)
_BUT: Final = re.compile(r"\b(?:yes|yeah|yep|sure|ok|okay|right)\b[,\s]+(?:but|except|only)\b", re.IGNORECASE)
_OPENERS: Final = each("oh uh um er well hmm ah so hey actually honestly and but like i mean you know just")
_LONGEST: Final = 4
_A_SENTENCE: Final = 7
_EDGE: Final = 3
"""Words from either end of a sentence in which "fine" or "I have" may still be the answer."""


def yes_or_no(text: str) -> bool | None:
    """Whether `text` says yes or no; None where it says neither, or asks something, or both cannot be told apart.

    What is said first and last counts most: "yeah no" is no, "no, yes" and "no problem" are yes. A yes with a
    reservation ("yes, but at four") is None: it must be heard out.
    """
    said = plain(text)
    if not said.strip() or (_QUESTION.match(said) and " why not " not in said):
        return None
    if said in {" y ", " n "}:
        return said == " y "
    marks = _at_the_edges(_marks(said.split()), len(said.split()))
    if not marks:
        return False if said.startswith(" not ") else None
    if _BUT.search(text):
        return None
    signs = [sign for _, sign, _ in marks]
    if all(sign == signs[0] for sign in signs):
        return signs[0]
    return _of_mixed(marks)


_Mark = tuple[int, bool | None, str]


def _marks(words: list[str]) -> list[_Mark]:
    """Every phrase that means something, longest first at each place."""
    marks: list[_Mark] = []
    at = 0
    while at < len(words):
        for length in range(min(6, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            sign = _sign(phrase)
            if sign != "-":
                marks.append((at, {"y": True, "n": False, "?": None}[sign], phrase))
                at += length - 1
                break
        at += 1
    return marks


def _at_the_edges(marks: list[_Mark], length: int) -> list[_Mark]:
    """Without the weak ones in the middle of a long sentence: a "fine line flower", "what I have in mind"."""
    if length <= _A_SENTENCE:
        return marks
    return [
        (at, sign, phrase)
        for at, sign, phrase in marks
        if phrase not in _WEAK_YES or at < _EDGE or at + len(phrase.split()) > length - _EDGE
    ]


def _sign(phrase: str) -> str:
    if phrase in _YES_SET:
        return "y"
    if phrase in _NO_SET:
        return "n"
    if phrase in _UNSURE_SET:
        return "?"
    return "y" if phrase in _PLAIN_SET else "-"


_YES_SET: Final = frozenset(_YES)
_NO_SET: Final = frozenset(_NO)
_UNSURE_SET: Final = frozenset(_UNSURE)
_PLAIN_SET: Final = frozenset(_PLAIN_YES)
_WEAK_YES: Final = each(
    "ok okay right good great fine please works it is k cool sure perfect correct i am i have i can i do"
) | {
    "i have", "i am", "i do", "i can", "it is", "i will", "we are", "sounds good", "that works", "i did", "we have",
    "they are",
    "it does", "i would", "got it", "all right", "true", "thats it", "thats me",
}  # fmt: skip


def _of_mixed(marks: list[_Mark]) -> bool | None:
    """Several answers in one: a first "no" holds unless a plain "yes" takes it back; unsureness outweighs both."""
    if any(sign is None for _, sign, _ in marks):
        return None
    strong = [(sign, phrase) for _, sign, phrase in marks if not (sign and phrase in _WEAK_YES)]
    if not strong:
        return True
    if all(sign == strong[0][0] for sign, _ in strong):
        return strong[0][0]
    first, last = strong[0], strong[-1]
    if last[1] in _YES_SET:
        return True
    if first[0] is False and last[0] is True:
        return last[1] in {"yes", "yeah", "yep", "yup", "correct", "thats it", "absolutely", "definitely", "yes sir"}
    # "yes, don't worry", "yeah I can't wait" begin with the answer; "yeah no" ends with it.
    return first[1] != "yeah" and last[1] not in {"no", "nope", "wrong", "incorrect", "not right", "not correct"}


def is_negation_with_correction(text: str) -> bool:
    """Whether `text` refuses and says what would be right: "no, it's Smyth", "no, make it Wednesday"."""
    words = [word for word in plain(text).split() if word not in _OPENERS]
    if not words or yes_or_no(text) is True:
        return False
    refused = (
        words[0] in {"no", "nope", "nah", "not", "wrong", "sorry"} or yes_or_no(" ".join(words[:_LONGEST])) is False
    )
    rest = [word for word in words if word not in _EMPTY]
    return refused and bool(rest)


_EMPTY: Final = each(
    "no nope nah not wrong thats that is right correct it isnt incorrect quite sorry thanks thank you sir "
    "maam at all really i dont think so the a way wasnt doesnt work works for me good exactly cant do never "
    "mind"
)

"""Whether somebody's words carry a sign: lists of phrases anybody can edit, matched without regular expressions.

A sign is a line of items. All items must be heard in one sentence, near each other, in any order. An item may be
alternatives (`leg|calf`), a stem (`swell*`), words side by side (`not_breathing`), or a family of words (`@child`).
Apostrophes and sounds like "um" do not count, "wanna" is "want to", and `baby` is also heard in "baby's".

`says` asks whether the words are there; `states` also that they are told as a fact of now: not denied, supposed,
long past, or part of a question about what the business does.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from offhook.receptionist.word_families import members

REACH = 16
"""Words from the first to the last item of a sign, at most."""
DENIAL_REACH = 3
"""Words before a sign in which "no" or "not" denies it."""

CONDITION_REACH = 5
"""Words before a sign in which "if" makes it a condition."""

_POSSESSED = re.compile(r"\b(?!(?:it|that|there|here|what|who|where|how|when|he|she|let)'s)(\w+)'s\b")
_DENIALS = frozenset({
    "no", "not", "never", "without", "nobody", "none", "isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt",
    "hasnt", "havent", "hadnt", "nothing", "neither", "nor", "aint",
})  # fmt: skip
_SCOPE_ENDS = frozenset({",", "and", "but", "because", "so", "then"})
_NO_DENIAL = frozenset({"know", "care", "understand", "sure", "idea", "kidding", "joking", "clue"})
"""After "not" they deny nothing that follows: "I don't know, he's choking"."""
_INTERJECTED = frozenset({"no", "he", "she", "they", "please", "god"})
"""After "no" they begin what is told."""
_SOUNDS = frozenset({"um", "uh", "er", "erm", "uhm", "umm", "hmm"})
_SAID_SHORT = {"wanna": "want to", "gonna": "going to", "gotta": "got to", "lemme": "let me", "gimme": "give me"}
_SUPPOSED = (
    "what_if", "what_happens_if", "what_would_happen", "in_case", "if_i_ever", "if_we_ever", "if_it_ever",
    "how_do|can i|you|we avoid|prevent", "avoid|prevent getting|an|any",
)  # fmt: skip
_PAST = (
    "last_year", "last_month", "last_spring", "last_summer", "last_fall", "last_winter", "a_year|month ago",
    "years|months|decades ago|back", "used_to", "when_i_was", "i|we|ive|have had once", "once_it_was|once_when",
    "a_while ago|back", "back_in_the|back_in_my|back_in_high|back_in_college", "in_19*|20*",
)  # fmt: skip
_STILL = ("now", "right_now", "just", "today", "still", "keeps")
"""After what is past they tell of today: "it was fixed last year and now it burst"."""
_WHETHER = frozenset({"know", "sure", "wonder", "wondering", "as", "see", "tell", "check", "like"})
"""Before "if" they ask whether it is so: "I don't know if I'm having a stroke"."""
_QUESTIONS = (
    "do_you", "does_your", "does_the", "does_it", "how_much", "what_do_you",
    "whats_the_price|cost|fee", "price|cost|quote for|of|to", "are_you_able", "would_you",
    "is|are included",    "something_you_do", "is|are covered",
)  # fmt: skip
_OURS = frozenset({
    "my", "our", "im", "i", "ive", "weve", "were", "theres", "hes", "shes", "its", "the", "there", "right",
})  # fmt: skip
_MINE = frozenset({"my", "our", "theres", "hes", "shes", "he", "she", "its", "were"})
"""Before a question they tell what is: "my tooth was knocked out, how much do you charge"."""

Tokens = tuple[str, ...]
Place = tuple[int, ...]


def sentences(text: str) -> tuple[Tokens, ...]:
    """The words of each sentence, in lower case, without apostrophes; a comma is a word of its own."""
    plain = _apart(_unaccented(text.lower().replace("\u2019", "'")))
    parts = re.split(r"[.?!;:\n]+", re.sub(r"(?<=\d)[.:](?=\d)", "", plain))
    tokens = (tuple(_spoken(re.findall(r"[^\W_]+|,", part))) for part in parts)
    return tuple(sentence for sentence in tokens if sentence)


def _spoken(heard: Iterable[str]) -> Iterator[str]:
    for word in heard:
        if word not in _SOUNDS:
            yield from _SAID_SHORT.get(word, word).split()


def _unaccented(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def _apart(text: str) -> str:
    """Without apostrophes: "baby's" is "baby s", whoever it belongs to, but "it's" is "its" and "can't" is "cant"."""
    return _POSSESSED.sub(r"\1 s", text).replace("'", "")


def words(text: str) -> Tokens:
    """All words of a text, in lower case, without apostrophes, hyphens and punctuation."""
    return tuple(word for sentence in sentences(text) for word in sentence if word != ",")


def check_sign(sign: str) -> str:
    """The sign itself; raises ValueError where it is not one."""
    if not re.fullmatch(r"[a-z0-9'*|_@ ]+", sign) or not sign.strip():
        raise ValueError("a sign holds lower-case words, with only ' * | _ @ between them")
    for item in sign.split():
        for alternative in item.split("|"):
            if not alternative.replace("*", "").replace("_", ""):
                raise ValueError(f"a sign's item {item!r} has an empty alternative")
        members(item.split("|"))
    return sign


def says(signs: Iterable[str], text: str) -> bool:
    """Whether any of the signs is heard in the text."""
    return any(find(sign, sentence) is not None for sentence in sentences(text) for sign in signs)


def states(signs: Iterable[str], text: str, *, unless: Sequence[str] = ()) -> bool:
    """Whether any of the signs is told as a fact of now; a sentence that carries one of `unless` does not count."""
    for sentence in sentences(text):
        told = any(_is_a_fact(found, sentence) for sign in signs for found in _finds(sign, sentence))
        if told and all(find(sign, sentence) is None for sign in unless):
            return True
    return False


def find(sign: str, sentence: Tokens) -> Place | None:
    """The places of the sign's words in the sentence, in order, or None."""
    return next(_finds(sign, sentence), None)


def _finds(sign: str, sentence: Tokens) -> Iterator[Place]:
    """The same from each place where its first item is heard."""
    items = _items(sign)
    if any(item.begins.isdisjoint(sentence) and not item.stems for item in items):
        return
    heard: list[list[Place]] = []
    for item in items:
        heard.append(_places(item, sentence))
        if not heard[-1]:
            return
    for start in heard[0]:
        taken = set(start)
        for places in heard[1:]:
            near = [place for place in places if taken.isdisjoint(place)]
            if not near:
                break
            taken.update(min(near, key=partial(_distance, start[0])))
        else:
            if max(taken) - min(taken) < REACH:
                yield tuple(sorted(taken))


@dataclass(frozen=True, slots=True)
class _Item:
    begins: frozenset[str]
    """The first words of its alternatives; a sentence that holds none of them is passed over quickly."""
    stems: tuple[str, ...]
    """The same of those that begin with a stem."""
    alternatives: tuple[Tokens, ...]


@lru_cache(maxsize=8192)
def _items(sign: str) -> tuple[_Item, ...]:
    return tuple(_item(_apart(told).replace(" ", "_")) for told in sign.split())


def _item(told: str) -> _Item:
    alternatives = tuple(tuple(one.split("_")) for one in members(told.split("|")))
    begins = frozenset(words[0] for words in alternatives)
    stems = tuple(word[:-1] for word in begins if word.endswith("*"))
    return _Item(begins, stems, alternatives)


def _places(item: _Item, sentence: Tokens) -> list[Place]:
    """Where the item is heard, each as the places of its words."""
    return [
        tuple(range(at, at + len(alternative)))
        for at, word in enumerate(sentence)
        if word in item.begins or (item.stems and word.startswith(item.stems))
        for alternative in item.alternatives
        if _same(alternative[0], word)
        and at + len(alternative) <= len(sentence)
        and all(_same(wanted, sentence[at + offset]) for offset, wanted in enumerate(alternative))
    ]


def _distance(start: int, place: Place) -> int:
    return abs(place[0] - start)


def _same(wanted: str, heard: str) -> bool:
    return heard.startswith(wanted[:-1]) if wanted.endswith("*") else heard == wanted


def _is_a_fact(found: Place, sentence: Tokens) -> bool:
    return not (_denied(found, sentence) or _supposed(found, sentence))


def _denied(found: Place, sentence: Tokens) -> bool:
    """Whether a "no" or "not" that is not itself part of the sign stands before or inside it."""
    begin = found[0]
    for _ in range(DENIAL_REACH):
        if begin == 0 or sentence[begin - 1] in _SCOPE_ENDS:
            break
        begin -= 1
    if any(sentence[at : at + 2] == ("dont", "think") for at in range(max(0, found[0] - 5), found[0] - 1)):
        return True
    for place in range(begin, found[-1]):
        if place in found or sentence[place] not in _DENIALS:
            continue
        after = sentence[place + 1]
        if after in _NO_DENIAL or (sentence[place] in {"no", "nothing"} and after in _OURS | _INTERJECTED):
            continue  # "No, my tooth was knocked out", heard without the comma.
        denied = min(each for each in found if each > place)
        if not any(sentence[between] in _SCOPE_ENDS for between in range(place, denied)):
            return True
    return False


def _supposed(found: Place, sentence: Tokens) -> bool:
    """Whether the clause around the sign speaks of another day, supposes, or asks what the business does."""
    begin = max((at for at in range(found[0]) if sentence[at] == ","), default=-1) + 1
    end = min((at for at in range(found[-1], len(sentence)) if sentence[at] == ","), default=len(sentence))
    clause = sentence[begin:end]
    at, own = found[0] - begin, {place - begin for place in found}
    return (
        any(find(sign, clause) is not None for sign in _SUPPOSED)
        or any(_is_past(past, clause) for sign in _PAST for past in _finds(sign, clause))
        or _conditional(clause[max(0, at - CONDITION_REACH) : at])
        or any(
            _asks(asked, clause, at)
            for sign in _QUESTIONS
            for asked in _finds(sign, clause)
            if not own.issuperset(asked)
        )
    )


def _is_past(past: Place, clause: Tokens) -> bool:
    return all(find(sign, clause[past[-1] + 1 :]) is None for sign in _STILL)


def _conditional(before: Tokens) -> bool:
    """Whether the words right before a sign make it a condition: "if a pipe bursts", but not "if you can"."""
    return any(
        word == "if" and before[at + 1 : at + 2] != ("you",) and (at == 0 or before[at - 1] not in _WHETHER)
        for at, word in enumerate(before)
    )


def _asks(asked: Place, clause: Tokens, at: int) -> bool:
    """Whether a question of the clause is about the sign at that place, not about something of the caller's own."""
    told = clause[asked[-1] + 1 : at] if asked[0] <= at else clause[:at]
    return not (_OURS if asked[0] <= at else _MINE).intersection(told)

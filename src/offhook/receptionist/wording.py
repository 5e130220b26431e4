"""Whether somebody's words carry a sign: lists of phrases anybody can edit, matched without regular expressions.

A sign is a line of items. All items must be heard in one sentence, near each other, in any order. An item may be
alternatives (`leg|calf`), a stem (`swell*`), or words side by side (`not_breathing`). Apostrophes do not count,
but `baby` is also heard in "baby's".

`says` asks whether the words are there; `states` also that they are told as a fact of now: not denied, supposed,
long past, or part of a question about what the business does.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

REACH = 12
"""Words from the first to the last item of a sign, at most."""
DENIAL_REACH = 3
"""Words before a sign in which "no" or "not" denies it."""

_POSSESSED = re.compile(r"\b(?!(?:it|that|there|here|what|who|where|how|when|he|she|let)'s)(\w+)'s\b")
_DENIALS = frozenset({
    "no", "not", "never", "without", "nobody", "none", "isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt",
    "hasnt", "havent", "hadnt", "nothing", "neither", "nor", "aint",
})  # fmt: skip
_SCOPE_ENDS = frozenset({",", "and", "but", "because", "so", "then"})
_SUPPOSED = (
    "what_if", "what_happens_if", "what_would_happen", "in_case", "if_i_ever", "if_we_ever", "if_it_ever",
    "how_do|can i|you|we avoid|prevent", "avoid|prevent getting|an|any",
)  # fmt: skip
_PAST = (
    "last_year", "last_month", "last_spring", "last_summer", "last_fall", "last_winter", "years|months|decades ago",
    "a_year|month ago", "used_to", "when_i_was", "i|we|ive|have had once", "a_while ago|back", "back_in", "in_19*|20*",
)  # fmt: skip
_QUESTIONS = (
    "do_you", "does_your", "does_the", "does_it", "how_much", "what_do_you",
    "whats_the_price|cost|fee", "price|cost|quote for|of|to", "are_you_able", "would_you",
    "is|are included",    "something_you_do", "is|are covered",
)  # fmt: skip
_OURS = frozenset({
    "my", "our", "im", "i", "ive", "weve", "were", "theres", "hes", "shes", "its", "the", "there", "right",
})  # fmt: skip

Tokens = tuple[str, ...]
Place = tuple[int, ...]


def sentences(text: str) -> tuple[Tokens, ...]:
    """The words of each sentence, in lower case, without apostrophes; a comma is a word of its own."""
    plain = _apart(text.lower().replace("\u2019", "'"))
    parts = re.split(r"[.?!;:\n]+", re.sub(r"(?<=\d)[.:](?=\d)", "", plain))
    tokens = (tuple(re.findall(r"[^\W_]+|,", part)) for part in parts)
    return tuple(sentence for sentence in tokens if sentence)


def _apart(text: str) -> str:
    """Without apostrophes: "baby's" is "baby s", whoever it belongs to, but "it's" is "its" and "can't" is "cant"."""
    return _POSSESSED.sub(r"\1 s", text).replace("'", "")


def words(text: str) -> Tokens:
    """All words of a text, in lower case, without apostrophes, hyphens and punctuation."""
    return tuple(word for sentence in sentences(text) for word in sentence if word != ",")


def check_sign(sign: str) -> str:
    """The sign itself; raises ValueError where it is not one."""
    if not re.fullmatch(r"[a-z0-9'*|_ ]+", sign) or not sign.strip():
        raise ValueError("a sign holds lower-case words, with only ' * | _ between them")
    for item in sign.split():
        for alternative in item.split("|"):
            if not alternative.replace("*", "").replace("_", ""):
                raise ValueError(f"a sign's item {item!r} has an empty alternative")
    return sign


def says(signs: Iterable[str], text: str) -> bool:
    """Whether any of the signs is heard in the text."""
    return any(find(sign, sentence) is not None for sentence in sentences(text) for sign in signs)


def states(signs: Iterable[str], text: str, *, unless: Sequence[str] = ()) -> bool:
    """Whether any of the signs is told as a fact of now; a sentence that carries one of `unless` does not count."""
    for sentence in sentences(text):
        if any(find(sign, sentence) is not None for sign in unless):
            continue
        for sign in signs:
            found = find(sign, sentence)
            if found is not None and _is_a_fact(found, sentence):
                return True
    return False


def find(sign: str, sentence: Tokens) -> Place | None:
    """The places of the sign's words in the sentence, in order, or None."""
    first, *others = items = _items(sign)
    if any(item.begins.isdisjoint(sentence) and not item.stems for item in items):
        return None
    for start in _places(first, sentence):
        taken = set(start)
        for item in others:
            near = [place for place in _places(item, sentence) if taken.isdisjoint(place)]
            if not near:
                break
            taken.update(min(near, key=partial(_distance, start[0])))
        else:
            if max(taken) - min(taken) < REACH:
                return tuple(sorted(taken))
    return None


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
    alternatives = tuple(tuple(one.split("_")) for one in told.split("|"))
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
        if at + len(alternative) <= len(sentence)
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
    if sentence[max(0, found[0] - 6) : found[0]].count("think") and "dont" in sentence[max(0, found[0] - 7) : found[0]]:
        return True
    for place in range(begin, found[-1]):
        if place in found or sentence[place] not in _DENIALS:
            continue
        if place == 0 and sentence[place] == "no" and sentence[1] in _OURS:
            continue  # "No, my tooth was knocked out", heard without the comma.
        if not any(sentence[between] in _SCOPE_ENDS for between in range(place, found[0])):
            return True
    return False


def _supposed(found: Place, sentence: Tokens) -> bool:
    """Whether the clause around the sign speaks of another day, supposes, or asks what the business does."""
    begin = max((at for at in range(found[0]) if sentence[at] == ","), default=-1) + 1
    end = min((at for at in range(found[-1], len(sentence)) if sentence[at] == ","), default=len(sentence))
    clause = sentence[begin:end]
    if any(find(sign, clause) is not None for sign in (*_SUPPOSED, *_PAST)):
        return True
    for sign in _QUESTIONS:
        asked = find(sign, clause)
        if asked is not None and not _OURS.intersection(clause[asked[-1] + 1 : found[0] - begin]):
            return True
    return False

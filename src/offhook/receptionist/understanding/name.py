"""A caller's name: "my name is ...", "Smith, S M I T H", "Jon without an h", or the bare name where we asked for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from offhook.receptionist.understanding.corrections import versions
from offhook.receptionist.understanding.name_words import (
    AFTER_A_NAME,
    ALSO_FAMILY_NAMES,
    FILLERS,
    NEVER_NAMES,
    PARTICLES,
    REFUSALS,
    TITLES,
    is_request,
)  # fmt: skip
from offhook.receptionist.understanding.spelling import letters_at
from offhook.receptionist.understanding.words import clipped, each
from offhook.receptionist.understanding.written_name import written_name


@dataclass(frozen=True, slots=True)
class NameHeard:
    """A name as it should be written."""

    name: str
    spelled: bool = False
    """Whether the caller spelled it, or a part of it: then it need not be asked how it is written."""


_OPENER: Final = re.compile(
    r"""(?ix)
    (?: \b(?: (?:and\s+)?(?:my|the)\s+(?:full\s+|first\s+|last\s+|sur)?name(?:\s+is|'s|s\b|\s+would\s+be|\s+spells?|:)
        | (?:full|first)\s+name(?:\s+is|'s|:)? | name(?:\s+is|'s|:) | i\s+am\s+called | i'?m\s+called
        | (?:you\s+can\s+)?call\s+me(?!\s+(?:back|at|on))
        | (?:it|that)\s+(?:is|would\s+be|will\s+be|should\s+be)\s+(?:for|under) | (?:it|that)'?s\s+(?:for|under)
        | (?:you\s+can\s+)?put\s+(?:it\s+|me\s+|that\s+)?(?:down\s+)?(?:under|as|for)
        | under(?:\s+the\s+name(?:\s+of)?)?
        | (?:book|booking|appointment|reservation)\s+(?:is\s+)?(?:for|under) | in\s+the\s+name\s+of
        | goes?\s+by | i\s+go\s+by
        | this\s+is | speaking\s+with | you'?re\s+(?:speaking|talking)\s+(?:to|with)
        | it\s+is | it'?s | that'?s | i\s+am | i'?m | im | make\s+(?:it|that) | for | here\s+is | with )
      \s+ ) """
)
_WEAK: Final = re.compile(
    r"(?i)^(?:it\s+is|it'?s|that'?s|i\s+am|i'?m|im|this\s+is|make\s+(?:it|that)|for|with|under|here\s+is)\s*$"
)
_LAST_NAME: Final = re.compile(
    r"(?i)\b(?:and\s+)?(?:my\s+|the\s+)?(?:last\s+name|surname|family\s+name)(?:\s+is|'s|:)?\s+(?:spelled\s+)?"
)
_FIRST_NAME: Final = re.compile(r"(?i)\b(?:and\s+)?(?:my\s+|the\s+)?(?:first|given)\s+name(?:\s+is|'s|:)?\s+")
_WITHOUT: Final = re.compile(r"(?i)\b(\w+)\s+(?:with\s*out|with\s+no)\s+(?:an?|the)?\s*([a-z])\b")
_WITH: Final = re.compile(r"(?i)\b(\w{2,}),?\s+with\s+(?:an?|the)\s+([a-z])(?:\s+([a-z]))?\b")
_THAT_IS: Final = re.compile(r"(?i)[,.;\s]+(?:and\s+)?(?:that'?s|that\s+is|it'?s|spelled)?\s*$")
_NOT_FIRST: Final = re.compile(r"(?i)^(?:no[,\s]+)?(?:it'?s\s+)?not\s+[\w'-]+[,.]\s*(?:but\s+)?(?=\w)")
_FAMILY_FIRST: Final = re.compile(r"([^\W\d_]{2,}),\s+([^\W\d_]{2,})[.!]?")
_SAID_TWICE: Final = re.compile(r"(?i)\b([a-z]{2,})[.,]\s+(?=\1\s+[a-z]{2,}\b)")
"""Such as "it's Omar. Omar Siddiq"."""
_COUPLE: Final = re.compile(r"(?:[A-Z][\w'-]+ ){1,2}and (?:[A-Z][\w'-]+ ?){1,2}")
"""Two people as somebody types them: "Karl and Inge Brandt"."""
_DOUBTFUL: Final = frozenset({"may", "will", "mark", "bill", "rich", "grace", "hope", "joy", "art"})
_NO_LETTER: Final = re.compile(r"(?i)((?:\b[a-z]\b[-\s.,]*){2,}|\b[a-z]{2,}),?\s+no\s+[a-z]\b(?!-)[,.]?\s*(?=\w)")
"""Such as "J-O-N, no H, Jon Ashby": a letter that there is not corrects nothing."""
_NOT_SO: Final = re.compile(r"(?i)[,\s]+(?:and\s+)?not\s+(?:with\s+)?(?!e\b)[\w' -]+$")
_FAMILY_NAMES: Final = frozenset({"das", "dos", "san", "el", "al", "bin", "van", "ten"})
"""Particles that are also family names of their own."""
_DAY_OF_MONTH: Final = re.compile(r"\d|the\b|\w+(?:st|nd|rd|th)\b")
_MONTHS: Final = each("march april may june july august september jan feb mar apr jun jul aug sep sept oct nov dec")
_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_MOST_WORDS: Final = 5


def find_name(text: str, *, asked: bool = False) -> NameHeard | None:
    """The name said in `text`, or None. With `asked` (we have just asked for it) a bare "John Smith" counts.

    A refusal, a question or another wish gives None. A spelling wins over the sound; the last correction wins.
    """
    cleaned = _NO_LETTER.sub(r"\1 ", " ".join(clipped(text).replace("\u2019", "'").split()))
    two = _trim_courtesy(cleaned).split() if asked else []
    if len(two) == 2 and two[0] in _DOUBTFUL and two[1] not in NEVER_NAMES | AFTER_A_NAME:
        return NameHeard(written_name(" ".join(two)))
    if not cleaned or (asked and (REFUSALS.search(cleaned) or is_request(cleaned))):
        return _introduced(cleaned, asked=False) if cleaned and not REFUSALS.search(cleaned) else None
    for version in reversed(versions(cleaned)):
        found = _one_name(version, asked=asked)
        if found is not None:
            return found
    return None


def _trim_courtesy(text: str) -> str:
    return re.sub(r"(?i)^(?:uh|um|yes|it's|sure)[,\s]+|[,\s]+(?:please|thanks)\W*$|[.!]+$", "", text).lower()


def _one_name(text: str, *, asked: bool) -> NameHeard | None:
    text = _SAID_TWICE.sub("", _NOT_FIRST.sub("", text, count=1), count=1)
    reversed_name = _FAMILY_FIRST.fullmatch(text.strip()) if asked else None
    if reversed_name is not None and not {w.lower() for w in reversed_name.groups()} & (
        NEVER_NAMES | AFTER_A_NAME | FILLERS | TITLES
    ):
        return NameHeard(written_name(f"{reversed_name[2]} {reversed_name[1]}", typed=reversed_name.groups()))
    couple = _COUPLE.fullmatch(text.strip(" .!,")) if asked else None
    if couple is not None and not {w.lower() for w in couple[0].split()} & (NEVER_NAMES | FILLERS - {"and"} | TITLES):
        return NameHeard(couple[0])
    lettered = _WITH.search(text)
    if lettered is not None:
        said = _one_name(_THAT_IS.sub("", text[: lettered.start()]), asked=asked)
        if said is not None and lettered[1].lower() in said.name.lower().split():
            written = {lettered[1].lower(): _with_letter(*lettered.groups()).lower()}
            words = (written.get(word, word) for word in said.name.lower().split())
            return NameHeard(written_name(" ".join(words), typed=said.name.split()), spelled=True)
        text = text[: lettered.start()] + _with_letter(*lettered.groups()) + text[lettered.end() :]
        found = _one_name(text, asked=asked)
        return None if found is None else NameHeard(found.name, spelled=True)
    both = _first_and_last(text)
    if both is not None:
        return both
    if asked and letters_at(text.split(), _skip(text.split(), 0)) is not None:
        spelled = _bare_name(text)
        if spelled is not None:
            return spelled
    introduced = _introduced(text, asked=asked)
    if introduced is None or (asked and introduced.spelled):
        whole = _bare_name(text) if asked else None  # "Ann Lee, that's L E E" opens with no "that's"
        return whole or introduced
    return introduced


def _first_and_last(text: str) -> NameHeard | None:
    """Such as "first name Anna, last name Kowalski", "John Smith, the last name is spelled S M Y T H"."""
    last = _LAST_NAME.search(text)
    if last is None:
        return None
    first_after = _FIRST_NAME.search(text, last.end())
    family = _name_from(text[last.end() : first_after.start() if first_after else None], strong=True)
    if family is None:
        return None
    head = text[: last.start()].strip(" ,.;")
    if first_after is not None:
        head = text[first_after.end() :].strip(" ,.;")
    first = _introduced(head, asked=True) or _bare_name(head)
    if first is None:
        return NameHeard(family.name, family.spelled)
    given = first.name.split()
    kept = given[:-1] if len(given) > 1 else given
    return NameHeard(" ".join([*kept, family.name]), family.spelled or first.spelled)


def _introduced(text: str, *, asked: bool) -> NameHeard | None:
    """The name after "my name is" or, more doubtfully, after "this is", "I'm", "for"."""
    for opener in _OPENER.finditer(text):
        weak = _WEAK.match(opener[0].strip()) is not None
        if weak and opener.start() > 0 and letters_at(text[opener.end() :].split(), 0) is not None:
            continue  # "Marcus Webb, that's W E B B": the name begins before the spelling
        found = _name_from(text[opener.end() :], strong=not weak or asked)
        if found is not None and not _negated(text[: opener.start()]):
            if weak and not asked and not _plausible(text, opener, found):
                continue
            if opener[0].startswith("I") and text[opener.end() :][:1].islower():
                continue  # who writes "I'm" writes "I'm Dave"; "I'm behind the rail" tells no name
            return found
    return None


def _negated(before: str) -> bool:
    return re.search(r"(?i)\bnot\s*$", before) is not None


def _plausible(text: str, opener: re.Match[str], found: NameHeard) -> bool:
    """After a weak opening: capital letters as typed, or an opening of the whole sentence with two name-like words."""
    word = opener[0].strip().lower()
    rest = text[opener.end() :]
    capital = rest[:1].isupper()
    typed = text != text.lower()
    if word in {"for", "with", "under", "make it", "make that", "that's", "thats"}:
        return (capital and " " in found.name) or (capital and word == "under")
    if typed:
        return capital
    return word in {"this is", "i'm", "im", "i am"} and len(found.name.split()) <= 3


def _bare_name(text: str) -> NameHeard | None:
    return _name_from(text, strong=True, whole=True)


def _name_from(text: str, *, strong: bool, whole: bool = False) -> NameHeard | None:
    """The name that `text` begins with; with `whole`, nothing else may follow but courtesies."""
    without = _WITHOUT.search(text)
    said = _WITHOUT.sub(r"\1", text) if without else _NOT_SO.sub("", text)
    words = said.split()
    at = 0
    while at < len(words) and _bare(words[at]) in FILLERS | TITLES and not _begins_spelling(words, at):
        at += 1
    spoken: list[str] = []
    while at < len(words) and len(spoken) < _MOST_WORDS:
        if letters_at(words, at) is not None or not _may_be_name(words, at, spoken, strong=strong):
            break
        if (
            _bare(words[at]) in _MONTHS
            and at + 1 < len(words)
            and re.match(r"\d|the\b|\w+(?:st|nd|rd|th)\b", words[at + 1])
        ):
            break  # "it's March 20th"
        spoken.append(words[at].strip(',.;:!?"()'))
        at += 1
        if (
            words[at - 1][-1:] in ".;!?"
            and letters_at(words, _skip(words, at)) is None
            and len(_bare(words[at - 1])) > 1
        ):
            break
        if words[at - 1].endswith(",") and (len(spoken) > 1 or not _more_name(words, at)):
            break
    spoken = _trimmed(spoken)
    spelled, at = _spelled(words, at, told=len(spoken))
    closed = at > 0 and words[at - 1][-1:] in ",.;!" and all(word[:1].isupper() for word in spoken)
    if whole and not spelled and not closed and not _only_courtesy(words[at:]):
        return None
    if not spoken and not spelled:
        return None
    after: list[str] = []
    if spelled and whole and at < len(words) and _bare(words[at]) not in FILLERS:
        more = _name_from(" ".join(words[at:]), strong=True, whole=True)
        if more is not None and more.spelled:
            return NameHeard(f"{_composed(spoken, spelled, [])} {more.name}", spelled=True)
    if spelled:
        after = _after_spelling(words, at)
    return NameHeard(_composed(spoken, spelled, after), bool(spelled) or without is not None)


def _with_letter(word: str, letter: str, second: str | None) -> str:
    """Catherine for "Katherine with a C", Smyth for "Smith with a y"; a letter that is there changes nothing."""
    low, letter = word.lower(), letter.lower()
    if letter in low or second is not None:
        return word
    if {low[0], letter} == {"c", "k"}:
        return letter + low[1:]
    for one, other in (("i", "y"), ("y", "i"), ("s", "z"), ("z", "s"), ("ie", "y"), ("c", "k"), ("k", "c"), ("g", "j")):
        if letter == other and one in low:
            return low[::-1].replace(one[::-1], other, 1)[::-1]
    return word


def _skip(words: Sequence[str], at: int) -> int:
    while at < len(words) and _bare(words[at]) in _BEFORE_SPELLING and not _begins_spelling(words, at):
        at += 1
    return at


def _begins_spelling(words: Sequence[str], at: int) -> bool:
    """Whether "I" or "A" is the first letter of a spelled name, not "a B as in boy"."""
    example = [_bare(word) for word in words[at + 2 : at + 4]] == ["as", "in"]
    return (
        len(_bare(words[at])) == 1 and letters_at(words, at) is not None and not (_bare(words[at]) == "a" and example)
    )


_BEFORE_SPELLING: Final = (
    each("that's thats it's its spelled spelt is so and i the as in which with name last first that spelling") | FILLERS
)


def _spelled(words: Sequence[str], at: int, *, told: int) -> tuple[list[str], int]:
    """All spelled runs from `at` on: "S M I T H", or first and last name one after the other.

    A comma inside a run parts it where that gives as many words as were `told` before: "Al Ng, A L, N G".
    """
    runs: list[str] = []
    while True:
        found = letters_at(words, _skip(words, at))
        if found is None:
            return runs, at
        begin = _skip(words, at)
        parts = " ".join(words[begin : found[1]]).strip(" ,.;").split(",")
        groups = [letters_at(part.split(), 0) for part in parts]
        several = [group[0] for group in groups if group is not None]
        if 1 < len(parts) == len(several) and len(parts) in {told, 2 if told == 0 else told}:
            runs.extend(several)
        else:
            runs.append(found[0])
        at = found[1]


def _after_spelling(words: Sequence[str], at: int) -> list[str]:
    """Such as "Marcus, M A R C U S, Webb"."""
    rest: list[str] = []
    last = " ".join(words[max(at - 2, 0) : at])
    if last.endswith(".") and last.count(".") == 1:
        return rest  # the sentence ended with the last letter
    for word in words[at:]:
        if _bare(word) in NEVER_NAMES | AFTER_A_NAME | FILLERS or not _WORD.fullmatch(word.strip(",.;")):
            break
        rest.append(word.strip(",.;"))
    return rest[:2]


def _may_be_name(words: Sequence[str], at: int, spoken: Sequence[str], *, strong: bool) -> bool:
    word = _bare(words[at])
    if word in ALSO_FAMILY_NAMES and strong and len(spoken) == 1:
        return words[at][:1].isupper() and spoken[0][:1].isupper()
    if not _WORD.fullmatch(word) or word.endswith("'s") or word in NEVER_NAMES or any(c.isdecimal() for c in word):
        return False
    if word in AFTER_A_NAME:
        return False
    return not (not strong and not spoken and word.endswith("ing") and word not in {"king", "ming", "ling", "sterling"})


def _more_name(words: Sequence[str], at: int) -> bool:
    """Whether after "Smith," comes a first name ("Smith, John") or the spelling."""
    if at >= len(words):
        return False
    return (
        letters_at(words, _skip(words, at)) is not None or _bare(words[at]) not in NEVER_NAMES | AFTER_A_NAME | FILLERS
    )


def _only_courtesy(rest: Sequence[str]) -> bool:
    return all(word[:1].isdecimal() or _bare(word) in FILLERS | AFTER_A_NAME | _BEFORE_SPELLING for word in rest)


def _trimmed(spoken: list[str]) -> list[str]:
    """Without particles left hanging, and "bond james bond" said the film's way."""
    while len(spoken) > 1 and spoken[-1] in PARTICLES - _FAMILY_NAMES:
        spoken = spoken[:-1]
    if len(spoken) == 3 and spoken[0].lower() == spoken[2].lower():
        return spoken[1:]
    return [word for word in spoken if word]


def _composed(spoken: list[str], spelled: list[str], after: list[str]) -> str:
    """The spelled runs take the place of the spoken words they resemble."""
    words = [word.lower() for word in spoken]
    if len(spelled) == 1 and len(words) > 1 and spelled[0] == "".join(words):
        return written_name(" ".join(words), typed=spoken)  # "Moira Quinn M O I R A Q U I N N"
    for run in spelled:
        for at in range(len(words) - 1):
            if words[at] + words[at + 1] == run:
                words[at : at + 2] = [run]  # "Mc Grath, M C G R A T H"
                break
        near = [k for k, word in enumerate(words) if _alike(word, run)]
        if near:
            words[near[-1]] = run
        elif len(spelled) == 1 and len(words) == 1 and _alike_loosely(words[0], run):
            words[0] = run
        else:
            words.append(run)
    if spelled and any(word.lower() == spelled[-1] for word in after):
        return written_name(" ".join(after), typed=after)
    tail = [word.lower() for word in after if word.lower() not in words]
    return written_name(" ".join([*words, *tail]), typed=spoken)


def _alike(one: str, other: str) -> bool:
    """Whether a spelled run is this word written differently: same first sound, much the same letters."""
    one, other = re.sub(r"\W", "", one), re.sub(r"\W", "", other)
    if not one or not other:
        return False
    shared = sum(min(one.count(c), other.count(c)) for c in set(one))
    first = one[0] == other[0] or {one[0], other[0]} in (
        {"c", "k"},
        {"g", "j"},
        {"s", "c"},
        {"f", "p"},
        {"x", "z"},
        {"s", "z"},
    )
    return first and shared * 2 >= max(len(one), len(other)) - (1 if len(one) > 4 else 0)


def _alike_loosely(one: str, other: str) -> bool:
    return one[0] == other[0]


def _bare(word: str) -> str:
    return word.lower().strip(',.;:!?"()')

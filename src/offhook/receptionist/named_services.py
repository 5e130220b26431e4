"""Which of a business's services a caller's words name. The longest wording wins; small slips are forgiven."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile

from offhook.receptionist.business import Business, Service
from offhook.receptionist.wording import Tokens, words

GAP = 2
"""Other words that may stand between those of a wording: "clean all my teeth"."""
_FORGIVEN_FROM = 6
"""Letters of a word in which one wrong letter is forgiven."""
_CORRECTIONS = (("i", "mean"), ("i", "meant"), ("actually",), ("sorry",), ("no", "wait"), ("rather",), ("make", "that"))
_ARTICLES = frozenset({"a", "an", "the", "my", "our"})
_FOR = (("for",), ("about",), ("regarding",))
_JOINS = frozenset({"and", "plus", "also"})
_BOOKS = frozenset({"book", "schedule", "appointment"})
_BETWEEN = (
    _JOINS | _BOOKS | _ARTICLES | {"as", "well", "then", "another", "one", "i", "need", "want", "get", "make", "for"}
)
"""Words that may stand between two services that are two bookings."""
_ANY_VISIT = frozenset(
    words(
        "somebody someone plumber mechanic locksmith come out take have look looked at car house call visit "
        "appointment estimate quote check checked fix repair problem issue work plumbing something wrong to it"
    )
)
"""Wordings of these alone do not say what is to be done."""
_TALKS = frozenset({"talk", "speak", "meet", "discuss"})
_REFUSED = frozenset({"not", "without"})
_TWO = tuple((count, what) for count in ("two", "2") for what in ("appointment", "visit", "booking", "problem", "job"))
_ALONG = (("along", "with"), ("together", "with"), ("on", "top", "of"), ("in", "addition", "to"))
_INSTEAD = (("instead", "of"), ("rather", "than"), ("dont", "want"), ("dont", "need"))
_ALIKE = {"teeth": "tooth", "feet": "foot", "leaves": "leaf", "tire": "tyre", "brake": "break", "faucet": "tap"} | {
    "replacing": "replace", "changing": "change", "installing": "install", "swap": "replace", "swapping": "replace",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Named:
    service: Service
    places: tuple[int, ...]
    letters: int
    own: bool
    """By its own name, not by another wording."""
    vague: bool
    """By a word that several services have in their names: "an inspection"."""

    @property
    def weight(self) -> tuple[int, int]:
        return (0 if self.vague else len(self.places) + self.own), self.letters


def find_service(business: Business, text: str) -> Service | None:
    """The service that a caller's words name most fully; after a correction, the one named last."""
    heard = _plain(text)
    corrected = max((at for at in range(len(heard)) if _begins(heard, at, _CORRECTIONS)), default=None)
    if corrected is not None:
        after = heard[corrected + 1 :]
        named = _particular(business, after, _named(business, after))
        if named:
            return max(named, key=_most).service
    named = _particular(business, heard, _named(business, heard))
    return _visit(business, heard, named) or (max(named, key=_most).service if named else None)


def _visit(business: Business, heard: Tokens, named: Sequence[_Named]) -> Service | None:
    """The usual service, where what else is named goes along with it: "radon along with a full inspection"."""
    usual = (each for each in named if each.service.name == business.profession.default_service)
    return next((each.service for each in usual if _is_joined_by(heard, each.places[0])), None)


def _is_joined_by(heard: Tokens, at: int) -> bool:
    return any(_begins(heard, before, _ALONG) for before in range(max(0, at - 2 - GAP), at))


def _particular(business: Business, heard: Tokens, named: tuple[_Named, ...]) -> tuple[_Named, ...]:
    """Without what only names the trade ("a plumber"), and without the kind that another one is of."""
    trade = _plain(business.profession.name)
    names = {each.service.name: set(_wanted(each.service.name)) for each in named if not each.vague}
    kept = tuple(
        each
        for each in named
        if not all(heard[place] in trade for place in each.places)
        and not any(names.get(each.service.name, set()) < name for name in names.values() if each.own)
    )
    return kept or named


def is_vague(business: Business, text: str) -> bool:
    """Whether the service that the words name is named only by a word that fits several: "a massage"."""
    named = _named(business, _plain(text))
    return bool(named) and all(each.vague for each in named)


def is_named_outright(service: Service, text: str) -> bool:
    """Whether the service is called by its whole name ("a consult"), or is the talk "about my idea" that was wished."""
    heard = _plain(text)
    talks = (each for each in service.also_called if each.split()[0] in _TALKS)
    if "about" in heard and any(each in text.lower() for each in talks):
        return True
    return all(any(_begins_word(each, word) for each in heard) for word in _plain(service.name))


def _begins_word(said: str, word: str) -> bool:
    return said == word or (len(said) >= _FORGIVEN_FROM and word.startswith(said))


def find_services(business: Business, text: str) -> tuple[Service, ...]:
    """All services named, in the order in which they are."""
    heard = _plain(text)
    found: dict[str, Service] = {}
    for each in sorted(_particular(business, heard, _named(business, heard)), key=_place):
        found.setdefault(each.service.name, each.service)
    return tuple(found.values())


def find_separate_services(business: Business, text: str) -> tuple[Service, ...]:
    """Services that are asked for as bookings of their own: "a cleaning and a filling"; else none.

    Each has to be called by words of its own name, and be joined to the one before by "and", "plus" or "also". What
    any visit may be called ("a check-up"), a trouble told with its remedy, and what goes with another are one visit.
    """
    heard = _plain(text)
    usual = business.profession.default_service
    every = sorted(_named(business, heard), key=_place)
    if _visit(business, heard, every) is not None:
        return ()
    named = [each for each in every if each.service.name != usual]
    if any(_begins(heard, at, _TWO) for at in range(len(heard))):
        return tuple({each.service.name: each.service for each in named}.values()) if len(named) > 1 else ()
    found: list[Service] = []
    for one, other in pairwise(named):
        if _are_two(heard, one, other) and _is_joined(heard[one.places[-1] + 1 : other.places[0]]):
            found += [each for each in (one.service, other.service) if each not in found]
    return tuple(found)


def _are_two(heard: Tokens, one: _Named, other: _Named) -> bool:
    """Whether each is called by its own name, and neither by a word that the other has in its name too."""
    said = [{heard[place] for place in each.places} - _ARTICLES for each in (one, other)]
    names = [set(_wanted(each.service.name)) for each in (one, other)]
    by_name = said[0] <= names[0] and said[1] <= names[1]
    return by_name and not (said[0] <= names[1] or said[1] <= names[0])


def _is_joined(between: Tokens) -> bool:
    """Whether nothing but "and a" lies between, or right before the second is said "and also book a"."""
    last = tuple(takewhile(_BETWEEN.__contains__, reversed(between)))
    return not _JOINS.isdisjoint(last) and (len(last) == len(between) or not _BOOKS.isdisjoint(last))


def _named(business: Business, heard: Tokens) -> tuple[_Named, ...]:
    return _named_among(business.services, heard)


@lru_cache(maxsize=256)
def _named_among(services: tuple[Service, ...], heard: Tokens) -> tuple[_Named, ...]:
    """The wordings found, but for those inside a longer one and those that are refused."""
    wordings = _wordings(services)
    named = _all_named(wordings, heard)
    if not named:
        named = _all_named(wordings, tuple(_meant(_long_words(services), word) for word in heard))
    return tuple(
        each
        for each in named
        if not _refused(heard, each.places[0])
        and not any(other.own and other.service != each.service and _is_for(heard, other, each) for other in named)
        and not any(other.service != each.service and _is_about(heard, each, other) for other in named)
        and not any(set(each.places) < set(other.places) for other in named)
        and not any(set(each.places) & set(other.places) and other.weight > each.weight for other in named)
    )


def _is_for(heard: Tokens, head: _Named, other: _Named) -> bool:
    """Whether the one is asked for because of the other: "a consultation for a tattoo", "a tattoo consultation"."""
    if set(_wanted(head.service.name)) < set(_wanted(other.service.name)):
        return False  # "a check-up for my son" is a child check-up
    after = head.places[-1] + 1
    if other.places[-1] + 1 == head.places[0]:
        return True
    return heard[after : after + 1] in _FOR and 0 < other.places[0] - after <= 1 + GAP


def _is_about(heard: Tokens, talk: _Named, other: _Named) -> bool:
    """Whether the other tells what such a talk is to be about: "meet with an agent about selling"."""
    before = heard[max(0, other.places[0] - 2) : other.places[0]]
    alike = talk.service.name.split()[-1] == other.service.name.split()[-1]
    return alike and not talk.own and talk.places[-1] < other.places[0] and "about" in before


@dataclass(frozen=True, slots=True)
class _Wording:
    service: Service
    wanted: Tokens
    own: bool
    vague: bool


@lru_cache(maxsize=64)
def _wordings(services: tuple[Service, ...]) -> tuple[_Wording, ...]:
    names = [set(_wanted(service.name)) for service in services]
    return tuple(
        _Wording(
            service,
            wanted := _wanted(wording),
            own := wording == service.name,
            not own and (set(wanted) <= _ANY_VISIT or sum(set(wanted) <= name for name in names) > 1),
        )
        for service in services
        for wording in (service.name, *service.also_called)
    )


@lru_cache(maxsize=64)
def _long_words(services: tuple[Service, ...]) -> tuple[str, ...]:
    """The words of all wordings in which a slip is forgiven."""
    told = {word for each in _wordings(services) for word in each.wanted}
    return tuple(sorted(word for word in told if len(word) >= _FORGIVEN_FROM))


@lru_cache(maxsize=4096)
def _meant(known: tuple[str, ...], word: str) -> str:
    """The known word that this one is with a slip; else itself."""
    if word in known or len(word) < _FORGIVEN_FROM - 1:
        return word
    return next((each for each in known if _one_slip(each, word)), word)


def _all_named(wordings: Sequence[_Wording], heard: Tokens) -> list[_Named]:
    there = set(heard)
    found = ((each, _find(each.wanted, heard)) for each in wordings if there.issuperset(each.wanted))
    return [_Named(each.service, places, _letters(each), each.own, each.vague) for each, places in found if places]


def _letters(wording: _Wording) -> int:
    """How much the wording says: of two of as many words, the one with more letters."""
    return 0 if wording.vague and _ANY_VISIT.issuperset(wording.wanted) else sum(map(len, wording.wanted))


def _find(wanted: Tokens, heard: Tokens) -> tuple[int, ...] | None:
    for start, word in enumerate(heard):
        if not wanted or wanted[0] != word:
            continue
        places = [start]
        for part in wanted[1:]:
            near = range(places[-1] + 1, min(places[-1] + 2 + GAP, len(heard)))
            at = next((at for at in near if heard[at] == part), None)
            if at is None:
                break
            places.append(at)
        else:
            return tuple(places)
    return None


def _one_slip(one: str, other: str) -> bool:
    """Whether they differ by one letter changed, added, left out, or two that changed places."""
    if abs(len(one) - len(other)) > 1:
        return False
    begin = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[begin:], other[begin:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]


@lru_cache(maxsize=8192)
def _wanted(wording: str) -> Tokens:
    """The words of a wording that must be heard; whose toilet is replaced does not matter."""
    said = _plain(wording)
    return tuple(word for word in said if word not in _ARTICLES) or said


def _plain(text: str) -> Tokens:
    return tuple(_singular(word) for word in words(text) if word != "s")


@lru_cache(maxsize=4096)
def _singular(word: str) -> str:
    if word in _ALIKE:
        return _ALIKE[word]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _ALIKE.get(word, word)


def _refused(heard: Tokens, at: int) -> bool:
    """Whether "not a", "instead of" or the like stands right before."""
    before = range(max(0, at - 3), at)
    return any(heard[place] in _REFUSED for place in before[-2:]) or any(
        _begins(heard, place, _INSTEAD) for place in before
    )


def _begins(heard: Tokens, at: int, phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(heard[at : at + len(phrase)] == phrase for phrase in phrases)


def _most(named: _Named) -> tuple[tuple[int, int], int]:
    return named.weight, -named.places[0]


def _place(named: _Named) -> int:
    return named.places[0]

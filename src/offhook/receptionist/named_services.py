"""Which of a business's services a caller's words name. The longest wording wins; small slips are forgiven."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from offhook.receptionist.business import Business, Service
from offhook.receptionist.wording import Tokens, words

GAP = 2
"""Other words that may stand between those of a wording: "clean all my teeth"."""
_FORGIVEN_FROM = 6
"""Letters of a word in which one wrong letter is forgiven."""
_CORRECTIONS = (("i", "mean"), ("i", "meant"), ("actually",), ("sorry",), ("no", "wait"), ("rather",), ("make", "that"))
_ARTICLES = frozenset({"a", "an", "the"})
_FOR = (("for",), ("about",), ("regarding",))
_REFUSED = frozenset({"not", "without"})
_INSTEAD = (("instead", "of"), ("rather", "than"), ("dont", "want"), ("dont", "need"))
_ALIKE = {"teeth": "tooth", "feet": "foot", "leaves": "leaf", "tire": "tyre", "brake": "break", "faucet": "tap"}


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
        named = _named(business, heard[corrected + 1 :])
        if named:
            return max(named, key=_most).service
    named = _named(business, heard)
    return max(named, key=_most).service if named else None


def is_vague(business: Business, text: str) -> bool:
    """Whether the service that the words name is named only by a word that fits several: "a massage"."""
    named = _named(business, _plain(text))
    return bool(named) and all(each.vague for each in named)


def find_services(business: Business, text: str) -> tuple[Service, ...]:
    """All services named, in the order in which they are."""
    found: dict[str, Service] = {}
    for each in sorted(_named(business, _plain(text)), key=_place):
        found.setdefault(each.service.name, each.service)
    return tuple(found.values())


def _named(business: Business, heard: Tokens) -> list[_Named]:
    """The wordings found, but for those inside a longer one and those that are refused."""
    named = list(_all_named(business, heard, forgiving=False)) or list(_all_named(business, heard, forgiving=True))
    return [
        each
        for each in named
        if not _refused(heard, each.places[0])
        and not any(other.own and other.service != each.service and _is_for(heard, other, each) for other in named)
        and not any(set(each.places) < set(other.places) for other in named)
        and not any(set(each.places) & set(other.places) and other.weight > each.weight for other in named)
    ]


def _is_for(heard: Tokens, head: _Named, other: _Named) -> bool:
    """Whether the one is asked for because of the other: "a consultation for a tattoo", "a tattoo consultation"."""
    if set(_wanted(head.service.name)) < set(_wanted(other.service.name)):
        return False  # "a check-up for my son" is a child check-up
    after = head.places[-1] + 1
    if other.places[-1] + 1 == head.places[0]:
        return True
    return heard[after : after + 1] in _FOR and 0 < other.places[0] - after <= 1 + GAP


def _all_named(business: Business, heard: Tokens, *, forgiving: bool) -> Iterator[_Named]:
    for service in business.services:
        for wording in (service.name, *service.also_called):
            wanted = _wanted(wording)
            places = _find(wanted, heard, forgiving=forgiving)
            if places:
                own = wording == service.name
                vague = not own and _is_vague(tuple(each.name for each in business.services), wanted)
                yield _Named(service, places, sum(map(len, wanted)), own, vague)


@lru_cache(maxsize=8192)
def _is_vague(names: tuple[str, ...], wanted: Tokens) -> bool:
    telling = set(wanted) - _ARTICLES
    return sum(telling <= set(_wanted(name)) for name in names) > 1


def _find(wanted: Tokens, heard: Tokens, *, forgiving: bool) -> tuple[int, ...] | None:
    if not forgiving and not set(wanted) <= set(heard):
        return None
    for start, word in enumerate(heard):
        if not wanted or not _same(wanted[0], word, forgiving=forgiving):
            continue
        places = [start]
        for part in wanted[1:]:
            near = range(places[-1] + 1, min(places[-1] + 2 + GAP, len(heard)))
            at = next((at for at in near if _same(part, heard[at], forgiving=forgiving)), None)
            if at is None:
                break
            places.append(at)
        else:
            return tuple(places)
    return None


def _same(wanted: str, heard: str, *, forgiving: bool) -> bool:
    return wanted == heard or (forgiving and len(wanted) >= _FORGIVEN_FROM and _one_slip(wanted, heard))


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
    return _plain(wording)


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

"""Whether two names may be the same person's, and whether something is a telephone number."""

import re
import unicodedata

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "sir", "madam", "jr", "sr"})
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


def is_e164(phone: str) -> bool:
    """Whether it is written as E.164: a plus and 7 to 15 digits."""
    return _E164.fullmatch(phone) is not None


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name by which it is compared: small letters without accents, titles or punctuation, sorted."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    parts = re.findall(r"[^\W\d_]+", re.sub(r"['\u2019.]", "", plain.casefold()))
    return tuple(sorted(part for part in parts if part not in _TITLES))


def same_person(told: str, known: str) -> bool:
    """Whether a caller who says `told` may be `known`: every part of the shorter name is in the longer one.

    So "Lopez", "maria lópez" and "Lopez, Maria" fit Maria Lopez, and her brother Juan Lopez does not. An initial fits
    the name it begins. It takes the telephone number as well to be let near an appointment.
    """
    shorter, longer = sorted((name_parts(told), name_parts(known)), key=len)
    return any(len(part) > 1 for part in shorter) and all(
        any(part == other or (1 in (len(part), len(other)) and part[0] == other[0]) for other in longer)
        for part in shorter
    )

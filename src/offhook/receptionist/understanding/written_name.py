"""A name in its usual letters."""

import re
from collections.abc import Sequence

from offhook.receptionist.understanding.name_words import PARTICLES


def written_name(name: str, *, typed: Sequence[str] = ()) -> str:
    """A name in its usual letters: "o'brien" is "O'Brien", "mcdonald" "McDonald", "de la cruz" stays low inside."""
    kept = {word.lower(): word for word in typed if re.search(r"[a-z][A-Z]", word) or _is_typed_particle(word)}
    words = name.split()
    out = []
    for place, word in enumerate(words):
        low = word.lower()
        if low in kept:
            out.append(kept[low])
        elif (low in PARTICLES and 0 < place < len(words) - 1) or (
            low in PARTICLES - {"van", "al", "el", "la", "san"} and place == 0 and len(words) > 1
        ):
            out.append(low)
        else:
            out.append("-".join(_capital(part) for part in low.split("-")))
    return " ".join(out)


def _is_typed_particle(word: str) -> bool:
    """Whether somebody wrote "Van" or "De" with a capital, as their name has it."""
    return word.lower() in PARTICLES and word.istitle()


def _capital(word: str) -> str:
    if re.match(r"^[od]'\w", word):
        return word[0].upper() + "'" + word[2:].capitalize()
    if re.fullmatch(r"[a-z]j|[bcdfghjklmnpqrstvwxz]{2}", word) and word not in {"ng", "mc"}:
        return word.upper()
    if re.match(r"^mc[a-z]{2,}", word):
        return "Mc" + word[2:].capitalize()
    return word[:1].upper() + word[1:]

"""E-mail addresses, typed or spoken: "j smith ninety two at yahoo dot co dot uk"."""

import re
from collections.abc import Sequence
from typing import Final

from offhook.receptionist.understanding.corrections import versions
from offhook.receptionist.understanding.numbers import UNITS, spoken_digits
from offhook.receptionist.understanding.spelling import letters_at
from offhook.receptionist.understanding.words import clipped, each

_TYPED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_SIGNS: Final = {
    "dot": ".", "point": ".", "period": ".", "underscore": "_", "dash": "-", "hyphen": "-", "minus": "-", "plus": "+",
    "underline": "_",
}  # fmt: skip
_LEAD: Final = each(
    "my email e-mail mail address is it's its it the that's thats sure yes yeah ok okay um uh so that would "
    "be you can send use at to reach me all lowercase lower case one word and write well hi hello please "
    "contact on best"
)
_MOST_PIECES: Final = 8
_PROVIDERS: Final = each("gmail yahoo hotmail outlook icloud aol proton protonmail msn live comcast verizon")
_ENDINGS: Final = each("com org net edu gov io co uk us info biz me ai app dev de fr ca au")


def find_email(text: str, *, asked: bool = False) -> str | None:
    """The e-mail address in `text`, lower case, or None. With `asked`, "smith at gmail" is completed to gmail.com."""
    text = clipped(text)
    typed = _TYPED.findall(text)
    if typed:
        return str(typed[-1]).lower()
    for version in reversed(versions(text)):
        found = _spoken(version, asked=asked)
        if found is not None:
            return found
    return None


def _spoken(text: str, *, asked: bool) -> str | None:
    words = [word.strip(',;:!?"()').rstrip(".").lower() for word in text.split()]
    words = [word for word in words if word and word not in {"um", "uh", "er"}]
    ats = [k for k, word in enumerate(words) if word in {"at", "@"}]
    for at in reversed(ats):
        domain = _domain(words[at + 1 :], asked=asked)
        local = _local(words[:at])
        if domain and local:
            return f"{local}@{domain}"
    return None


def _domain(words: Sequence[str], *, asked: bool) -> str | None:
    """Such as "yahoo dot co dot uk"; what follows the last ending is left out."""
    pieces: list[str] = []
    sign = ""
    for k, word in enumerate(words):
        if word in _SIGNS:
            sign = _SIGNS[word]
            continue
        if pieces and not sign and pieces[-1].lstrip(".") in _ENDINGS:
            break
        if len(pieces) > _MOST_PIECES:
            break
        spelled = letters_at(words, k) if k == 0 else None
        if spelled is not None and spelled[1] < len(words) and words[spelled[1]] in _SIGNS:
            return _domain([spelled[0], *words[spelled[1] :]], asked=asked)
        if not re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*", word):
            break
        pieces.append(sign + word)
        sign = ""
    domain = "".join(pieces)
    if asked and domain in _PROVIDERS:
        return f"{domain}.com"
    return domain if re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", domain) else None


def _local(words: Sequence[str]) -> str | None:
    start = 0
    while start < len(words) and words[start] in _LEAD:
        start += 1
    rest = list(words[start:])
    for k in range(
        len(rest) - 1, -1, -1
    ):  # "you can reach me under j smith": what belongs to it is the last unbroken part
        if rest[k] in {"is", "it's", "under", "address"}:
            rest = rest[k + 1 :]
            break
    if not rest or len(rest) > 24:
        return None
    out = ""
    at = 0
    while at < len(rest):
        piece, at = _piece(rest, at)
        out += piece
    return out if re.fullmatch(r"[a-z0-9][a-z0-9._%+'-]*", out) and not out.endswith(".") else None


def _piece(words: Sequence[str], at: int) -> tuple[str, int]:
    spelled = letters_at(words, at)
    if spelled is not None:
        return spelled[0].replace(" ", ""), spelled[1]
    word = words[at]
    if word in _SIGNS:
        return _SIGNS[word], at + 1
    if len(word) == 1 and at + 3 <= len(words) and list(words[at + 1 : at + 3]) == ["as", "in"]:
        return word, at + 4
    end = at
    while end < len(words) and (
        spoken_digits(words[end]) or words[end] in UNITS | {"hundred": 0, "double": 0, "triple": 0, "thousand": 0}
    ):
        end += 1
    if end > at and not any(c.isalpha() for c in words[at] if any(d.isdecimal() for d in words[at])):
        return spoken_digits(" ".join(words[at:end])), end
    return re.sub(r"[^a-z0-9._+-]", "", word), at + 1

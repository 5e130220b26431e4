"""Where callers correct themselves: "Tuesday, no wait, Wednesday". The last version is what counts."""

import re
from typing import Final

from offhook.receptionist.understanding.words import clipped

_MARKERS: Final = re.compile(
    r"""(?ix)
    (?:^|(?<=\W))
    (?: no[,\s]+(?:wait|sorry|hold\s+on|hang\s+on|actually|make\s+(?:it|that)|i\s+(?:mean|meant))
      | (?:oh[,\s]+)?(?:hold\s+on|hang\s+on)(?=[,\s]+(?:no|it|that|i|make|actually|the)\b)
      | (?:oh[,\s]+)?wait(?:[,\s]+(?:no|sorry|actually|i\s+(?:mean|meant)))?
      | (?:i'?m\s+)?sorry[,\s]+(?:i\s+(?:mean|meant)|no|make\s+(?:it|that)|it'?s|that'?s|actually)
      | scratch\s+that | strike\s+that | correction | let\s+me\s+(?:start|try)\s+(?:over|again)
      | i\s+(?:mean|meant)(?:\s+to\s+say)? | or\s+rather | make\s+(?:it|that) | let'?s\s+make\s+(?:it|that)
      | change\s+(?:it|that)\s+to | actually | rather | no\b(?=[,\s]+(?:it'?s|its|the|that'?s)\s)
        (?![,\s]+that'?s\s(?:all|it|right|fine|ok|okay|correct|good|great|perfect)\b)
    )
    (?=\W|$)[,.\s]*
    """
)


_MAKE: Final = re.compile(r"(?i)make\s+(?:it|that)[,.\s]*")
_BEFORE_MAKE: Final = re.compile(
    r"(?i)(?:^|[,.;!?]\s*|\b(?:no|wait|sorry|actually|please|just|let'?s|instead|oh|and|you|rather|but|so|uh|um)[,\s]+)$"
)


def versions(text: str) -> tuple[str, ...]:
    """`text` cut at its self-corrections, in order; one piece where there are none. Empty pieces are left out."""
    text = clipped(text)
    pieces: list[str] = []
    begin = 0
    for marker in _markers(text):
        pieces.append(text[begin : marker.start()].strip(" ,.;"))
        begin = marker.end()
    pieces.append(text[begin:].strip(" ,.;"))
    return tuple(piece for piece in pieces if piece) or (text.strip(),)


def last_version(text: str) -> str:
    """What counts of a text that corrects itself."""
    return versions(text)[-1]


def corrects(text: str) -> bool:
    """Whether the caller takes something back or changes it."""
    return bool(_markers(clipped(text)))


def _markers(text: str) -> list[re.Match[str]]:
    """The places of correction; "make it" counts as an order ("make it four"), not in "I can't make it"."""
    return [
        marker
        for marker in _MARKERS.finditer(text)
        if _MAKE.fullmatch(marker[0]) is None or _BEFORE_MAKE.search(text[: marker.start()])
    ]

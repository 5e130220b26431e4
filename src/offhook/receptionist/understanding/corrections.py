"""Where callers correct themselves: "Tuesday, no wait, Wednesday". The last version is what counts."""

import re
from typing import Final

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
    )
    (?=\W|$)[,.\s]*
    """
)


def versions(text: str) -> tuple[str, ...]:
    """`text` cut at its self-corrections, in order; one piece where there are none. Empty pieces are left out."""
    pieces = [piece.strip(" ,.;") for piece in _MARKERS.split(text)]
    return tuple(piece for piece in pieces if piece) or (text.strip(),)


def last_version(text: str) -> str:
    """What counts of a text that corrects itself."""
    return versions(text)[-1]


def corrects(text: str) -> bool:
    """Whether the caller takes something back or changes it."""
    return _MARKERS.search(text) is not None

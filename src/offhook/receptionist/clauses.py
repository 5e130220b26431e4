"""Cuts a reply that is still being written into clauses that can be spoken: the first as early as it makes sense."""

import re

LONG_ENOUGH = 40
"""Letters after which a later clause may end at a comma; before that, only at the end of a sentence."""

_FIRST_END = re.compile(r"[,;:.!?…]+[\"')\]]*(?=\s)|(?<=[a-z]{2})[,;!?]$|\n")
_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]]*(?=\s)|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|St|Ave|Blvd|Rd|vs|No|approx|Inc|Jr|Sr|a\.m|p\.m|e\.g|i\.e)|\b[A-Z])\.$"
)


class ClauseCutter:
    """One reply's text on its way to the voice."""

    __slots__ = ("_began", "_rest")

    def __init__(self, *, began: bool = False) -> None:
        self._rest = ""
        self._began = began

    def feed(self, text: str) -> list[str]:
        """Take in more text; gives the clauses that are complete. Joined with `flush` they are the text."""
        self._rest += text
        clauses: list[str] = []
        while (end := self._end()) is not None:
            clauses.append(self._rest[:end])
            self._rest = self._rest[end:]
            self._began = True
        return clauses

    def flush(self) -> str:
        """What is left; the text is over."""
        rest, self._rest = self._rest, ""
        return rest

    def _end(self) -> int | None:
        """Where the next clause ends, its following white space included."""
        pattern = _SENTENCE_END if self._began else _FIRST_END
        for match in pattern.finditer(self._rest):
            if self._is_end(match):
                return self._after(match.end())
        if self._began and len(self._rest) > LONG_ENOUGH:
            for match in _FIRST_END.finditer(self._rest, LONG_ENOUGH):
                if self._is_end(match):
                    return self._after(match.end())
        return None

    def _is_end(self, match: re.Match[str]) -> bool:
        before = self._rest[: match.end()]
        return bool(before.strip(" ,;:.!?…\n")) and not _ABBREVIATION.search(before)

    def _after(self, end: int) -> int:
        while end < len(self._rest) and self._rest[end].isspace():
            end += 1
        return end

"""When each word of a reply ends: a vendor's word timestamps, laid upon the words that we gave it."""

from collections.abc import Sequence

_LOOK_AHEAD = 3
"""Words of ours that the vendor may have told in words of its own ("10:30" as "ten thirty")."""


class WordTimes:
    """The words of one reply, and how far they are timed. Times only grow."""

    __slots__ = ("_count", "_end_s", "_given")

    def __init__(self) -> None:
        self._given = ""
        self._count = 0
        self._end_s = 0.0

    @property
    def all_timed(self) -> bool:
        """Whether every word given so far has its end."""
        return self._count >= len(self._given.split())

    def say(self, text: str) -> None:
        """More words are to be spoken; a word may be continued."""
        self._given += text

    def timed(
        self, words: Sequence[str], starts: Sequence[float], ends: Sequence[float], *, base_s: float = 0.0
    ) -> tuple[float, ...]:
        """The vendor's next words, and the seconds after `base_s` at which they start and end.

        Returns:
            The ends of our next words, so far as they are known. A word that the vendor told otherwise is known once
            one that follows is recognized: then the time between is shared out by length.
        """
        ours = self._given.split()[self._count :]
        known: list[float] = []
        for word, start, end in zip(words, starts, ends, strict=False):
            at = len(known)
            for skipped in range(min(_LOOK_AHEAD + 1, len(ours) - at)):
                if _same(ours[at + skipped], word):
                    known += self._shared_out(ours[at : at + skipped], until_s=base_s + start)
                    self._end_s = max(self._end_s, base_s + end)
                    known.append(self._end_s)
                    break
        self._count += len(known)
        return tuple(known)

    def rest(self, until_s: float) -> tuple[float, ...]:
        """The ends of all words that have none yet, now that all of them were spoken by `until_s`."""
        ours = self._given.split()[self._count :]
        self._count += len(ours)
        return tuple(self._shared_out(ours, until_s=until_s))

    def _shared_out(self, words: Sequence[str], *, until_s: float) -> list[float]:
        letters = sum(map(len, words))
        start, span = self._end_s, max(0.0, until_s - self._end_s)
        ends, before = [], 0
        for word in words:
            before += len(word)
            ends.append(start + span * before / letters)
        if ends:
            self._end_s = ends[-1]
        return ends


def _same(ours: str, theirs: str) -> bool:
    return ours == theirs or _bare(ours) == _bare(theirs)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()

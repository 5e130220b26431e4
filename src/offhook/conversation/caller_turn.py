"""What the caller has said since the agent's last reply began: words as they firm up, and keys."""

from dataclasses import dataclass, field

from offhook.conversation.events import Partial, Transcript
from offhook.conversation.wording import plain_words

LEAST_CONFIDENCE = 0.6
"""Words recognized with less are not taken as said; the caller is asked again."""


@dataclass(slots=True)
class CallerTurn:
    """One turn in the making."""

    fixed: list[str] = field(default_factory=list[str])
    """Final transcripts, in order."""
    partial: str = ""
    keys: str = ""
    settled: bool = True
    """The recognizer owes nothing: what it heard is in `fixed`."""
    finalizing: bool = False
    """It has been asked to settle."""
    taken: tuple[str, ...] = ()
    """Plain words that were taken as said before the recognizer had fixed them: it will give them once more."""
    mumbled: bool = False
    """Something was said, but not clearly enough to take as said."""
    spoke_s: float = 0.0
    """Seconds of voice activity."""

    @property
    def text(self) -> str:
        """Everything understood so far, the unsettled part included."""
        if not self.fixed and not self.keys:
            return self.partial
        return " ".join(filter(None, (*self.fixed, self.partial, self.keys)))

    @property
    def has_words(self) -> bool:
        """Whether anything was understood."""
        return bool(plain_words(self.text))

    def speaks(self) -> None:
        """The caller makes a sound: words will follow, after the keys so far."""
        self.settled = self.finalizing = False
        if self.keys:
            self.fixed.append(self.keys)
            self.keys = ""

    def hears(self, words: Partial | Transcript) -> None:
        """Take in what the recognizer says."""
        match words:
            case Partial():
                self.partial = self._new_words(words.text)
                self.settled = False
            case Transcript():
                self._fix(words)

    def settle(self) -> None:
        """Stop waiting: the words so far are all there are."""
        if self.partial:
            self.fixed.append(self.partial)
            self.taken += plain_words(self.partial)
            self.partial = ""
        self.settled, self.finalizing = True, False

    def give_back(self, text: str) -> None:
        """Words of a turn that was taken as over and was not."""
        self.fixed.insert(0, text)

    def following(self, *, settled: bool = True) -> "CallerTurn":
        """The next turn: what the recognizer still owes of this one is not said again in it."""
        return CallerTurn(settled=settled, taken=self.taken)

    def _fix(self, words: Transcript) -> None:
        self.partial = ""
        text = self._new_words(words.text)
        self.taken = ()
        if words.endpoint or self.finalizing:
            self.settled, self.finalizing = True, False
        if not plain_words(text):
            return
        if words.confidence is not None and words.confidence < LEAST_CONFIDENCE:
            self.mumbled = True
        else:
            self.fixed.append(text)

    def _new_words(self, text: str) -> str:
        """`text` without what was taken from it before."""
        if not self.taken:
            return text
        known = list(self.taken)
        rest = text.split()
        while known and rest:
            plain = list(plain_words(rest[0]))
            if plain != known[: len(plain)]:
                break
            del known[: len(plain)], rest[0]
        return " ".join(rest) if len(known) < len(self.taken) else text

"""The question that a model's clause asks, so that patience, dictation and the recognizer follow a model too.

The first pattern that fits decides; the order is from the plain ("spell") to the general (an opening verb).
"""

import re
from typing import Final

from offhook.conversation.form import FormChange, Question, QuestionKind
from offhook.receptionist.business import Business
from offhook.receptionist.profession import IntakeQuestion
from offhook.receptionist.script.wants import BOOK_OK, HELP, MORE

_REQUEST: Final = re.compile(
    r"\bplease (?:tell|give|spell|say)\b|\b(?:could|can|may|would) (?:i|you) (?:please )?(?:have|get|tell|give|spell)\b"
    r"|\b(?:i(?:'ll| will)? (?:just )?need) your\b",
    re.IGNORECASE,
)
_CLOSED: Final = (
    r"^(?:so,? |and |great,? |okay,? |ok,? )*(?:is|are|was|were|do|does|did|has|have|had|shall|should|will|would)\b"
)
_DAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|next week|this week"
_TIMES: Final = rf"(?:{_DAYS}|\b\d{{1,2}}(?::\d\d)? ?[ap]\.?m|\bnoon\b|\bo'clock|\bmorning|\bafternoon|\bevening)"
_PATTERNS: Final[tuple[tuple[re.Pattern[str], str, QuestionKind], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), field, kind)
    for pattern, field, kind in (
        (r"^(?!.*\b(?:what|which|when|how|who)\b).*"
         r"\b(?:shall|should|may|can) i (?:go ahead and )?(?:book|schedule|reserve|confirm|put)"
         r"|\bwould you like me to "
         r"(?:book|schedule|reserve|confirm)", BOOK_OK, QuestionKind.YES_NO),
        (r"\b(?:anything|something) else\b|\bis that all\b", MORE, QuestionKind.YES_NO),
        (r"\b(?:is|was) (?:that|this|it|everything|all that) (?:all )?(?:right|correct|ok|okay)\b"
         r"|\b(?:did|do) i (?:get|have) that right|, (?:right|correct)\?"
         r"|\bdoes (?:that|it|this) (?:sound|look|work|suit)",
         "yes", QuestionKind.YES_NO),
        (r"\bspell", "name", QuestionKind.SPELLING),
        (r"\be-?mail", "email", QuestionKind.EMAIL),
        (rf"^(?!{_CLOSED}).*\b(?:phone|number|reach you|call you back)\b", "phone", QuestionKind.PHONE),
        (rf"^(?!{_CLOSED}).*\b(?:your|the|what|which|full|first|last)\b.*\bname\b"
         r"|\bwho (?:am i|is this|is it for|is the)",
         "name", QuestionKind.NAME),
        (rf"^(?!{_CLOSED}).*\b(?:address|zip code)\b|\bwhere (?:are you|is the (?:car|property|house|home|leak))",
         "address", QuestionKind.ADDRESS),
        (r"\bwhat (?:day|time|date)|\bwhich (?:day|time)|\bday and time"
         r"|\bwhen (?:would|should|can|could|do|is|are|will)",
         "start", QuestionKind.DAY_AND_TIME),
        (rf"\b(?:would|how about|what about|which|prefer|works?|suits?|is|or)\b.*{_TIMES}"
         rf"|{_TIMES}.*\b(?:works?|suits?|or)\b",
         "start", QuestionKind.DAY_AND_TIME),
        (r"\bhow (?:many|old|long|much)|\bfrom (?:one|1) to (?:ten|10)\b|\bscale of\b", "number", QuestionKind.NUMBER),
        (r"\bhow (?:can|may) i help|\bwhat can i (?:do|help)", HELP, QuestionKind.OPEN),
        (r"\bwhich\b|\bor\b", "choice", QuestionKind.CHOICE),
        (_CLOSED, "yes", QuestionKind.YES_NO),
        (r"\b(?:can|could|may|shall) (?:i|we)\b", "yes", QuestionKind.YES_NO),
    )
)  # fmt: skip
_WORD: Final = re.compile(r"[a-z']{3,}")
_ALIKE: Final = 0.7
"""Share of an intake question's words that a model's question must hold to be the same."""


class Questions:
    """Finds the questions of one business's model."""

    def __init__(self, business: Business) -> None:
        self._intake = [(frozenset(_WORD.findall(each.ask.lower())), each) for each in business.profession.intake]

    def in_clause(self, clause: str) -> FormChange | None:
        """The question that `clause` asks, as a change of the form; None where it asks nothing."""
        if "?" not in clause and not _REQUEST.search(clause):
            return None
        return FormChange(asking=self._question(clause))

    def _question(self, clause: str) -> Question:
        if (intake := self._of_intake(clause)) is not None:
            return Question(intake.field, intake.kind, intake.choices)
        asked = clause.strip()
        for pattern, field, kind in _PATTERNS:
            if pattern.search(asked):
                return Question(field, kind)
        return Question("open", QuestionKind.OPEN)

    def _of_intake(self, clause: str) -> IntakeQuestion | None:
        heard = frozenset(_WORD.findall(clause.lower()))
        alike = ((len(words & heard) / len(words), each) for words, each in self._intake if words)
        best = max(alike, key=lambda found: found[0], default=None)
        return best[1] if best is not None and best[0] >= _ALIKE else None

"""One request to a model and what came of it, for the journal."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from offhook.providers.llm import Piece, Text, ToolCall


@dataclass(slots=True)
class Generation:
    """One request to a model and what came of it."""

    reply: int
    template: str
    """Version of the composer's text and the profession, e.g. "receptionist/1 dentist"."""
    prompt: str
    """The composed text, whole."""
    model: str
    attempt: int = 0
    """Counts the requests for one reply: again for a better answer, the next model's, the next round's."""
    response: list[Piece] = field(default_factory=list[Piece])
    first_word_s: float | None = None
    total_s: float = 0.0
    problem: str | None = None
    complete: bool = False

    def response_text(self) -> str:
        """The raw response: words as they came, tool calls as JSON in double brackets."""
        return "".join(map(_raw, self.response))


Record = Callable[[Generation], None]


def _raw(piece: Piece) -> str:
    match piece:
        case Text():
            return piece.text
        case ToolCall():
            arguments: Mapping[str, object] = piece.arguments
            return f"[[{piece.name} {json.dumps(dict(arguments), default=str)}]]"
        case _:
            return ""

"""What a language model must do to be used here."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from offhook.conversation.actions import ActionResult
from offhook.conversation.commands import Utterance
from offhook.conversation.form import Form


@dataclass(frozen=True, slots=True)
class Tool:
    """Something the model may ask for, described by a JSON schema of its arguments."""

    name: str
    description: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """Everything one generation rests on. A vendor sends `system`, `history` and `tools`; the script reads the rest."""

    system: str
    """The composed prompt, the form and the facts of the moment included."""
    history: Sequence[Utterance]
    """Oldest first; the last exchanges only. Ends with the caller's words."""
    form: Form
    now: datetime
    """Aware, in the tenant's zone."""
    tools: Sequence[Tool] = ()
    results: Sequence[ActionResult] = ()
    """What came of the actions this reply has asked for so far, oldest first."""
    begun: str = ""
    """Words of this reply that are already spoken or queued; the pieces go on from there."""


@dataclass(frozen=True, slots=True)
class Text:
    """The next words of the reply; joined as they are, never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """The model asks for a tool. A tool that answers (all but `note`) ends the generation; it is asked again then."""

    id: str
    name: str
    arguments: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Usage:
    """What the generation cost, in tokens; the last piece where the vendor tells."""

    prompt_tokens: int
    completion_tokens: int


Piece = Text | ToolCall | Usage


class LanguageModel(Protocol):
    """Writes what the agent says next."""

    @property
    def name(self) -> str:
        """As the journal names it, e.g. "openai/gpt-6-luna" or "scripted"."""
        ...

    def reply(self, request: Request) -> AsyncGenerator[Piece, None]:
        """Write the reply to `request.history`, in pieces.

        Closing the generator (use `contextlib.aclosing`) ends the request at once.

        Raises:
            ProviderError: While iterating, and nothing else.
        """
        ...

"""What the agent says in one turn: written, spoken, heard; guessed, committed; with the actions it waits for."""

from dataclasses import dataclass, field

from offhook.conversation.actions import Action, ActionKind, ActionResult
from offhook.conversation.form import Form, FormChange

LONGEST_REPLY = 200
"""Words; what a model writes beyond them is not spoken."""
MOST_ROUNDS = 6
"""Times a reply may ask for actions and be written on."""


@dataclass(slots=True)
class Reply:
    """One reply."""

    number: int
    answers: tuple[str, ...] = ()
    """Plain words of the caller that this reply answers; a guess stands while they are all that was said."""
    form: Form = field(default_factory=Form)
    """The form as this reply sees it, its own notes included."""
    committed: bool = True
    """The turn it answers is over; until then it is a guess: unheard, without effect."""
    words: list[str] = field(default_factory=list[str])
    heard: int = 0
    """`words[:heard]` have reached the caller's ear."""
    finished: bool = True
    """No more words will be written, unless an action that is awaited brings some."""
    playing: bool = False
    """`Play` was given, and no `Hold` since."""
    ended_speech: bool = False
    fillers: int = 0
    """How often the caller was asked to wait."""
    waits_since_filler: bool = False
    """Nothing has been written since the caller was last asked to wait."""
    rounds: int = 0
    answered: int = 0
    """How many of `results` the receptionist has been told."""
    written: int = 0
    """Words by the receptionist, fillers not counted."""
    text: str = ""
    """What the receptionist has written."""
    held: list[Action] = field(default_factory=list[Action])
    """Actions with an effect that a guess has proposed."""
    running: set[str] = field(default_factory=set[str])
    results: list[ActionResult] = field(default_factory=list[ActionResult])
    ends_call: bool = False

    @property
    def all_heard(self) -> bool:
        """Nothing of it waits to be heard."""
        return self.heard == len(self.words)

    @property
    def waits_for_actions(self) -> bool:
        """Whether it cannot go on before an action has run."""
        return bool(self.running or self.held)

    @property
    def over(self) -> bool:
        """Everything was written and heard."""
        return self.finished and self.all_heard and not self.waits_for_actions

    @property
    def heard_text(self) -> str:
        """What the caller heard of it."""
        return " ".join(self.words[: self.heard])

    def note(self, change: FormChange) -> None:
        """The form changes with this reply."""
        self.form = self.form.changed(change)

    def propose(self, action: Action) -> Action | None:
        """Take in an action; returns it if it is to be run now."""
        if action.kind is ActionKind.END_CALL:
            self.ends_call = True
            return None
        if action.kind.has_effect and not self.committed:
            self.held.append(action)
            return None
        self.running.add(action.id)
        return action

    def done(self, result: ActionResult) -> bool:
        """Take in a result; False if this reply did not ask for it."""
        if result.action.id not in self.running:
            return False
        self.running.discard(result.action.id)
        self.results.append(result)
        if result.receipt is not None:
            self.form = self.form.with_receipt(result.receipt)
        return True

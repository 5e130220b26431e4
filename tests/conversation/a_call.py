"""A call with nobody real in it: what tests know of the caller, the line, the model and the diary, and what must hold.

Every word with a meaning is told apart by its letters ("item-ab" is said once in a call), so that a word that is lost,
said twice or out of order shows.
"""

import re
from dataclasses import dataclass, field, replace

from offhook.conversation import events as ev
from offhook.conversation.actions import Action, ActionKind
from offhook.conversation.commands import (
    Act,
    Command,
    EndSpeech,
    HangUp,
    Hold,
    JudgeTurn,
    Play,
    Say,
    StopReply,
    Think,
)
from offhook.conversation.conversation import Conversation
from offhook.conversation.form import Form, FormChange
from offhook.conversation.patience import DICTATION, Patience
from offhook.conversation.replay import replay, step
from offhook.conversation.states import State, Ways

HELLO = "Hello, how can I help?"
ITEM = re.compile(r"item[a-z]{3}")


def item(n: int) -> str:
    """The n-th word of a call that means something."""
    return "item" + "".join(chr(ord("a") + n // 26**place % 26) for place in (2, 1, 0))


@dataclass
class Played:
    """What one reply was told to say, and how much of it the caller heard."""

    words: list[str] = field(default_factory=list[str])
    heard: int = 0

    @property
    def text(self) -> str:
        """What was heard."""
        return " ".join(self.words[: self.heard])


class ACall:
    """A conversation under watch: whatever is fed to it, the promises are checked after every step."""

    def __init__(self, ways: Ways, patience: Patience) -> None:
        self.ways = ways
        self.patience = patience
        self.talk = self.fresh()
        self.now = 0.0
        self.tape: list[tuple[float, ev.Event | None]] = []
        self.commands: list[tuple[float, Command]] = []
        self.replies: dict[int, Played] = {}
        self.thoughts: dict[int, Think] = {}
        self.settled_replies: set[int] = set()
        """Replies to turns that were over."""
        self.stopped: set[int] = set()
        self.acts: list[Act] = []
        self.judged: list[int] = []
        self.playing: int | None = None
        self.sounding = False
        self.words_at: float | None = None
        """When the caller who sounds now last said something that is no backchannel."""
        self.understood: list[str] = []
        self.shown: list[str] = []
        """Every word that anybody told of, in the order in which it first was."""
        self.keys = ""
        self.notes: dict[int, list[FormChange]] = {}
        self.held_notes: list[tuple[int, FormChange]] = []
        self.receipts: list[str] = []
        self.quiet_since = 0.0
        """Since when neither the caller nor the agent can be heard, whatever goes on inside."""

    def fresh(self) -> Conversation:
        """A conversation made the same way."""
        return Conversation(HELLO, patience=self.patience, ways=self.ways)

    @property
    def is_heard(self) -> bool:
        """Whether the agent sounds."""
        return self.playing is not None and self.replies[self.playing].heard < len(self.replies[self.playing].words)

    @property
    def over(self) -> bool:
        """Whether the call has ended."""
        return self.talk.state is State.ENDED

    def pass_time(self, seconds: float) -> None:
        """Let time go by; every deadline is kept."""
        until = self.now + seconds
        while (due := self.talk.next_deadline) is not None and due <= until:
            self.now = max(self.now, due)
            self.feed(None)
        self.now = until
        self.check_quiet()

    def feed(self, event: ev.Event | None) -> None:
        """Something happens."""
        turns = self._callers_turns()
        self.tape.append((self.now, event))
        commands = step(self.talk, event, now=self.now)
        if self._callers_turns() > turns:
            self.settled_replies.add(self.talk.reply.number)
        for command in commands:
            assert not any(isinstance(done, HangUp) for _, done in self.commands), "a command after the end"
            self.commands.append((self.now, command))
            self._obey(command)
        self._hold_notes()
        self.check()

    # -- what is done about a command -------------------------------------

    def _obey(self, command: Command) -> None:
        match command:
            case Say() | EndSpeech() | Play() | Hold() | Act():
                assert command.reply not in self.stopped, f"a stopped reply goes on: {command}"
            case _:
                pass
        match command:
            case Think():
                self._note_thought(command)
            case Say():
                self.replies.setdefault(command.reply, Played()).words += command.text.split()
            case Play():
                self._note_play(command)
            case Hold():
                assert self.playing == command.reply, "silence was asked of a reply that is not playing"
                self.playing = None
                self.quiet_since = self.now
            case StopReply():
                self.stopped.add(command.reply)
                if self.playing == command.reply:
                    self.playing = None
                    self.quiet_since = self.now
            case Act():
                guess = command.reply not in self.settled_replies
                assert not (guess and command.action.kind.has_effect), "an action ran from a speculation"
                self.acts.append(command)
            case JudgeTurn():
                self.judged.append(command.pause)
            case _:
                pass

    def _note_thought(self, think: Think) -> None:
        assert think.history, "a model was asked about nothing"
        assert len(think.history) <= 20, "more than the last 10 exchanges"
        self.thoughts[think.reply] = think
        if not think.speculative:
            self.settled_replies.add(think.reply)

    def _note_play(self, play: Play) -> None:
        asked = play.reply in self.thoughts
        assert not asked or play.reply in self.settled_replies, "a reply was heard before its turn was over"
        assert self.replies[play.reply].words, "a reply without words was to be heard"
        self.playing = play.reply
        self.quiet_since = self.now

    def show(self, text: str) -> None:
        """Somebody tells of the caller's words."""
        self.shown += [word for word in ITEM.findall(text) if word not in self.shown]

    def line_plays(self, share: float) -> None:
        """The caller hears more of the reply that is playing."""
        if self.playing is None:
            return
        number, played = self.playing, self.replies[self.playing]
        heard = max(played.heard, round(share * len(played.words)))
        self._heard(number, heard)

    def _heard(self, number: int, words: int) -> None:
        self.replies[number].heard = words
        self.quiet_since = self.now
        self.feed(ev.Played(number, words))

    def _hold_notes(self) -> None:
        """Notes hold with the reply they came with; what was taken back unheard takes them along."""
        for number, notes in self.notes.items():
            if number in self.settled_replies and number not in self.stopped:
                self.held_notes += [(number, change) for change in notes]
                notes.clear()
        if self.talk.state not in {State.CLOSING, State.ENDED}:
            self.held_notes = [
                (n, change) for n, change in self.held_notes if not (n in self.stopped and not self._was_heard(n))
            ]

    def _was_heard(self, number: int) -> bool:
        return number in self.replies and self.replies[number].heard > 0

    # -- what must hold ---------------------------------------------------

    def check(self) -> None:
        """Everything that is promised at every moment."""
        self._check_waits()
        self._check_floor()
        self._check_history()
        self._check_words()
        self._check_form()
        if self.over:
            assert self.talk.reason is not None, "a call ended without a reason"

    def _check_waits(self) -> None:
        deadline, state = self.talk.next_deadline, self.talk.state
        assert (deadline is None) == (state in {State.RINGING, State.ENDED}), f"{state} waits for ever"
        assert deadline is None or deadline <= self.now + self._longest(state) + 1e-6, f"{state} waits too long"

    def _longest(self, state: State) -> float:
        patience = self.patience
        match state:
            case State.LISTENING:
                return patience.hold_on
            case State.HEARING:
                return patience.wordless if self.ways.gives_partials else patience.longest_turn
            case State.KEYING:
                return patience.key
            case State.PAUSED:
                return DICTATION.over + 0.1
            case State.UNCLEAR:
                return patience.transcript
            case State.THINKING:
                filler = patience.filler
                return patience.reply if filler is None else max(3 * filler, patience.reply - 3 * filler)
            case State.OVERLAP:
                return patience.overlap
            case State.LEAVING:
                return patience.linger
            case _:
                return patience.playback

    def _check_floor(self) -> None:
        """The agent is silent while the caller talks, from the first word on."""
        if not self.is_heard or self.talk.state is State.CLOSING or not self.sounding or self.words_at is None:
            return
        patient = self.patience.wordless if self.ways.gives_partials else self.patience.longest_turn
        assert self.now >= self.words_at + patient - 1e-6, "the agent speaks over a caller who holds the floor"

    def check_quiet(self) -> None:
        """Nobody waits in dead air: after the caller's last sound or the agent's, the agent is heard or has left."""
        if self.over or self.sounding or self.is_heard or self.talk.state is State.RINGING:
            return
        asked_for_time = any("hang on" in said.text for said in self.talk.history[-2:])
        limit = self.patience.hold_on if asked_for_time else self.patience.silence
        limit = max(limit, self.patience.filler or self.patience.reply, self.patience.key)
        slack = DICTATION.over + self.patience.transcript + 0.5
        assert self.now <= self.quiet_since + limit + slack, f"dead air for {self.now - self.quiet_since:.1f} s"

    def _check_history(self) -> None:
        """The agent is remembered for what was heard of it, to the word and in order."""
        remembered = [said.text for said in self.talk.history if said.speaker == "agent"]
        heard = [
            played.text
            for number, played in sorted(self.replies.items())
            if played.heard and not (number == self.talk.reply.number and self.talk.reply.words)
        ]
        assert remembered == heard, "the history is not what was played"

    def _check_words(self) -> None:
        """No word of the caller is lost, none is there twice, none changes its place."""
        said = [turn.text for turn in self.talk.history if turn.speaker == "caller"]
        kept = ITEM.findall(" ".join([*said, self.talk.unanswered]))
        assert len(kept) == len(set(kept)), "a word of the caller is there twice"
        assert not (set(self.understood) - set(kept)), "a word of the caller was lost"
        assert set(kept) <= set(self.shown), "the caller is credited with a word that was never said"
        assert kept == sorted(kept, key=self.shown.index), "the caller's words are out of order"
        assert re.sub(r"\D", "", " ".join([*said, self.talk.unanswered])) == self.keys, "a key was lost"

    def _check_form(self) -> None:
        form = Form()
        for _, change in self.held_notes:
            form = form.changed(change)
        now = self.talk.form
        assert now == replace(form, receipts=now.receipts), "the form is not the sum of its notes"
        assert [receipt.id for receipt in now.receipts] == self.receipts, "a receipt was lost"

    def check_end(self) -> None:
        """Left alone, every call ends; and the same tape gives the same call."""
        for _ in range(40):
            self.pass_time(max(self.patience.hold_on, self.patience.longest_turn))
        assert self.over, f"a call hangs in {self.talk.state}"
        said = " ".join(turn.text for turn in self.talk.history if turn.speaker == "caller")
        assert not (set(self.understood) - set(ITEM.findall(said))), "a word was in no history at the end"
        assert replay(self.fresh(), self.tape) == self.commands, "the same tape gave another call"

    def _callers_turns(self) -> int:
        return sum(said.speaker == "caller" for said in self.talk.history)

    # -- what a model and a diary need to know ----------------------------

    @property
    def wanted(self) -> int | None:
        """The reply that somebody is writing."""
        number = self.talk.reply.number
        return number if number in self.thoughts and number not in self.stopped else None

    def action_of(self, number: int, kind: str) -> Action:
        """An action of a reply; its id is its own."""
        return Action(f"{number}.{len(self.tape)}", ActionKind(kind))

"""What holds in every call, whatever the caller, the recognizer, the model, the voice and the diary do.

Hypothesis plays everybody but the conversation, on a clock that moves only when it says so. Random events alone seldom
get past the greeting; `a_polite_turn` plays one whole exchange, so that most calls get deep.
"""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from offhook.conversation import events as ev
from offhook.conversation.actions import ActionResult, Receipt
from offhook.conversation.caller_turn import LEAST_CONFIDENCE
from offhook.conversation.form import FormChange, Question, QuestionKind
from offhook.conversation.patience import PATIENCE
from offhook.conversation.states import State, Ways
from offhook.conversation.wording import is_backchannel
from tests.conversation.a_call import HELLO, ITEM, ACall, item

REACHED: Counter[State] = Counter()
LATE: Counter[str] = Counter()
SPOKEN = ["@", "@ @", "@ and", "yes @", "hang on @", "uh-huh", "yes", "um", "and my number is @"]
"""What callers say; each @ is a word that is said once in the call."""
REPLIES = ["Of course.", "When would you like to come? ", "Let me see, ", "...", "word " * 120]
KINDS = st.sampled_from([QuestionKind.OPEN, QuestionKind.YES_NO, QuestionKind.PHONE, QuestionKind.NAME])
ACTIONS = st.sampled_from(["book", "take_message", "find_slots", "end_call"])
LUCK = st.integers(0, 19)


class Call(RuleBasedStateMachine):
    """One call."""

    call: ACall

    @initialize(
        speculate=st.booleans(),
        partials=st.booleans(),
        finalizes=st.booleans(),
        judges=st.booleans(),
        filler=st.sampled_from([1.2, None]),
    )
    def pick_up(self, speculate: bool, partials: bool, finalizes: bool, judges: bool, filler: float | None) -> None:
        ways = Ways(speculate=speculate, gives_partials=partials, finalizes=finalizes, judges_turns=judges)
        patience = type(PATIENCE)(filler=filler, warn_at=100.0, limit=130.0)
        self.call = ACall(ways, patience)
        self.said = 0
        self.utterance: list[str] = []
        """Words spoken that the recognizer has not fixed."""
        self.feed(ev.PickedUp())

    def feed(self, event: ev.Event | None) -> None:
        self.call.feed(event)
        REACHED[self.call.talk.state] += 1

    # -- the caller -------------------------------------------------------

    def words(self, pattern: str) -> list[str]:
        words = []
        for word in pattern.split():
            words.append(item(self.said) if word == "@" else word)
            self.said += word == "@"
        return words

    def sound_words(self, words: list[str]) -> None:
        if not is_backchannel(" ".join(words)) and self.call.sounding:
            self.call.words_at = self.call.now

    @rule(seconds=st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0, 2.5, 5.0]))
    def time_passes(self, seconds: float) -> None:
        self.call.pass_time(seconds)
        REACHED[self.call.talk.state] += 1

    @rule()
    def caller_begins(self) -> None:
        if not self.call.sounding:
            self.call.sounding, self.call.words_at = True, None
            self.call.quiet_since = self.call.now
            self.feed(ev.SpeechStarted())

    @rule(times=st.sampled_from([1, 1, 30]))
    def something_rustles(self, times: int) -> None:
        for _ in range(times):
            self.feed(ev.SpeechHinted())
            self.time_passes(0.05 if times > 1 else 0.0)

    @rule(silent_s=st.sampled_from([0.0, 0.1, 0.3]))
    def caller_stops(self, silent_s: float) -> None:
        if self.call.sounding:
            self.call.sounding, self.call.words_at = False, None
            self.call.quiet_since = self.call.now
            self.feed(ev.SpeechEnded(silent_s))

    @rule(pattern=st.sampled_from(SPOKEN))
    def words_appear(self, pattern: str) -> None:
        """The recognizer shows what it makes of the utterance so far."""
        words = self.words(pattern)
        self.utterance += words
        if not self.call.ways.gives_partials:
            return
        self.call.show(" ".join(self.utterance))
        self.sound_words(words)
        self.call.quiet_since = self.call.now
        self.feed(ev.Partial(" ".join(self.utterance)))

    @rule(
        pattern=st.sampled_from(["", "", *SPOKEN]),
        confidence=st.sampled_from([None, None, 1.0, 0.6, 0.3]),
        endpoint=st.booleans(),
    )
    def words_are_fixed(self, pattern: str, confidence: float | None, endpoint: bool) -> None:
        self.utterance += self.words(pattern)
        text = " ".join(self.utterance)
        if confidence is None or confidence >= LEAST_CONFIDENCE:
            self.call.understood += [] if self.call.over else ITEM.findall(text)
            if set(ITEM.findall(text)) - set(self.call.shown):
                self.sound_words(self.utterance)
        self.call.show(text)
        self.utterance = []
        self.call.quiet_since = self.call.now
        self.feed(ev.Transcript(text, confidence, endpoint))

    @rule(key=st.sampled_from("1234567890*##"))
    def key_is_pressed(self, key: str) -> None:
        self.call.keys += key if key.isdigit() and not self.call.over else ""
        self.call.quiet_since, self.call.words_at = self.call.now, None  # a key ends what was said before it
        self.feed(ev.KeyPressed(key))

    @rule(pattern=st.sampled_from(["", "?!", *SPOKEN]), luck=LUCK)
    def caller_types(self, pattern: str, luck: int) -> None:
        if luck < 15:
            return
        text = " ".join(self.words(pattern))
        self.call.show(text)
        self.call.understood += [] if self.call.over else ITEM.findall(text)
        self.call.quiet_since, self.call.words_at = self.call.now, None
        self.feed(ev.Typed(text))

    @precondition(lambda self: self.call.judged)
    @rule(complete=st.sampled_from([0.1, 0.5, 0.9]), late=st.booleans())
    def turn_is_judged(self, complete: float, late: bool) -> None:
        self.feed(ev.TurnJudged(self.call.judged[-2 if late and len(self.call.judged) > 1 else -1], complete))

    # -- the model, the diary, the voice ----------------------------------

    @precondition(lambda self: self.call.wanted is not None)
    @rule(text=st.sampled_from(REPLIES))
    def model_writes(self, text: str) -> None:
        assert self.call.wanted is not None
        self.feed(ev.ReplyText(self.call.wanted, text))

    @precondition(lambda self: self.call.wanted is not None and not self.call.talk.reply.finished)
    @rule(kind=KINDS, value=st.sampled_from(["a", "b"]), drops=st.booleans())
    def model_notes(self, kind: QuestionKind, value: str, drops: bool) -> None:
        number = self.call.wanted
        assert number is not None
        change = FormChange(
            wants=value, answers={value: str(number)}, dropped=("a",) if drops else (), asking=Question("it", kind)
        )
        self.call.notes.setdefault(number, []).append(change)
        self.feed(ev.FormNoted(number, change))

    @precondition(lambda self: self.call.wanted is not None and not self.call.talk.reply.finished)
    @rule(kind=ACTIONS, luck=LUCK)
    def model_proposes(self, kind: str, luck: int) -> None:
        if kind == "end_call" and luck < 15:
            return
        assert self.call.wanted is not None
        self.feed(ev.ActionProposed(self.call.wanted, self.call.action_of(self.call.wanted, kind)))

    @precondition(lambda self: self.call.wanted is not None)
    @rule()
    def model_finishes(self) -> None:
        assert self.call.wanted is not None
        self.feed(ev.ReplyFinished(self.call.wanted))

    @precondition(lambda self: self.call.acts)
    @rule(refused=st.booleans())
    def action_is_done(self, refused: bool) -> None:
        act = self.call.acts.pop(0)
        looks = not act.action.kind.has_effect
        receipt = None if refused or looks else Receipt(f"r{act.action.id}", act.action.kind)
        self.call.receipts += [] if receipt is None else [receipt.id]
        self.feed(ev.ActionDone(act.reply, ActionResult(act.action, receipt, "taken" if refused else None)))

    @rule(share=st.sampled_from([0.3, 0.6, 1.0, 1.0]))
    def line_plays(self, share: float) -> None:
        self.call.line_plays(share)
        REACHED[self.call.talk.state] += 1

    @precondition(lambda self: self.call.stopped)
    @rule(data=st.data())
    def somebody_is_late(self, data: st.DataObject) -> None:
        """News of a reply that was stopped changes nothing."""
        number = data.draw(st.sampled_from(sorted(self.call.stopped)))
        late: list[ev.Event] = [
            ev.ReplyText(number, "late"),
            ev.FormNoted(number, FormChange(wants="late")),
            ev.ReplyFinished(number),
            ev.ReplyFailed(number),
            ev.VoiceFailed(number),
            ev.Played(number, 50),
        ]
        event = data.draw(st.sampled_from(late))
        before = len(self.call.commands)
        LATE[type(event).__name__] += 1
        self.feed(event)
        assert len(self.call.commands) == before, "news of a stopped reply had an effect"

    @rule(event=st.sampled_from(["model", "voice", "ears", "line"]), luck=LUCK)
    def something_breaks(self, event: str, luck: int) -> None:
        number = self.call.talk.reply.number
        if luck == 0:
            breaks: dict[str, ev.Event] = {
                "model": ev.ReplyFailed(number),
                "voice": ev.VoiceFailed(number),
                "ears": ev.HearingFailed(),
                "line": ev.HungUp(),
            }
            self.feed(breaks[event])

    # -- a polite exchange ------------------------------------------------

    @rule(pattern=st.sampled_from(SPOKEN), acts=st.booleans(), splits=st.booleans())
    def a_polite_turn(self, pattern: str, acts: bool, splits: bool) -> None:
        self.caller_speaks(pattern, splits)
        self.agent_answers(acts)

    def caller_speaks(self, pattern: str, splits: bool, pause_s: float = 1.0) -> None:
        """Lets the agent finish, and is understood."""
        self.caller_stops(0.0)
        self.agent_answers(acts=False)
        self.caller_begins()
        self.time_passes(0.5)
        self.words_appear(pattern)
        if splits:
            self.words_are_fixed("", None, endpoint=False)
            self.words_appear("@")
        self.time_passes(0.3)
        self.caller_stops(0.1)
        self.time_passes(0.1)
        self.words_are_fixed("", None, endpoint=True)
        self.time_passes(pause_s)

    @rule(pause_s=st.sampled_from([0.2, 1.0]), done=st.booleans(), more=st.sampled_from(["", "@", "uh-huh"]))
    def an_action_meets_a_second_thought(self, pause_s: float, done: bool, more: str) -> None:
        """Something is to be done before the turn is surely over, or before the caller has heard of it."""
        self.caller_speaks("@", splits=False, pause_s=pause_s)
        if self.call.wanted is None or self.call.talk.reply.finished:
            return
        self.model_proposes("book", luck=0)
        if done and self.call.acts:
            self.action_is_done(refused=False)
        if more:
            self.caller_begins()
            self.words_appear(more)
            self.caller_stops(0.1)

    @rule(more=st.sampled_from(["@", "um", "uh-huh", ""]), after=st.sampled_from([0.0, 0.5]))
    def a_goodbye(self, more: str, after: float) -> None:
        """And perhaps the caller has one more thing to say."""
        self.caller_speaks("@", splits=False)
        if self.call.wanted is None or self.call.talk.reply.finished:
            return
        self.feed(ev.ReplyText(self.call.wanted, "Goodbye."))
        self.model_proposes("end_call", luck=19)
        self.model_finishes()
        self.line_plays(1.0)
        self.time_passes(after)
        if more:
            self.caller_begins()
            self.words_appear(more)
            self.caller_stops(0.1)

    @rule(luck=LUCK)
    def everybody_falls_silent(self, luck: int) -> None:
        if luck < 17:
            return
        self.agent_answers(acts=False)
        for _ in range(3):
            self.time_passes(3.0)
            self.line_plays(1.0 if self.call.talk.state is not State.CLOSING else 0.5)

    def agent_answers(self, acts: bool) -> None:
        for _ in range(3):
            while self.call.acts:
                self.action_is_done(refused=False)
            if self.call.wanted is not None and not self.call.talk.reply.finished:
                if acts:
                    self.model_proposes("book", luck=0)
                    acts = False
                self.model_writes("Of course.")
                self.model_finishes()
            self.line_plays(1.0)

    def teardown(self) -> None:
        if not hasattr(self, "call"):
            return
        call = self.call
        self.caller_stops(0.0)
        self.words_are_fixed("", None, endpoint=True)
        for _ in range(4):  # everybody does their part: whatever was understood is answered
            call.pass_time(2.0)
            self.agent_answers(acts=False)
        if call.talk.state not in {State.CLOSING, State.ENDED}:
            assert not ITEM.search(call.talk.unanswered), "a word of the caller waits for an answer"
        call.check_end()
        REACHED[call.talk.state] += 1


def test_the_promises_of_a_call() -> None:
    REACHED.clear()
    run_state_machine_as_test(Call, settings=settings(max_examples=100, stateful_step_count=40, derandomize=True))
    rare = {state: REACHED[state] for state in State if REACHED[state] < 10 and state is not State.RINGING}
    assert not rare, "states that are hardly reached prove nothing"


def test_a_call_that_is_never_picked_up_ends_when_the_line_does() -> None:
    call = ACall(Ways(), PATIENCE)
    call.feed(ev.SpeechStarted())
    call.feed(ev.HungUp())
    assert call.over
    assert HELLO not in str(call.commands)

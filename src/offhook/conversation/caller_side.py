"""The caller's side of a conversation: speech, words, keys; whether a pause ends the turn, and who has the floor."""

from typing import assert_never

from offhook.conversation import events as ev
from offhook.conversation.agent_side import AgentSide
from offhook.conversation.commands import Command, EndReason, Finalize, Hold, JudgeTurn
from offhook.conversation.floor import Floor
from offhook.conversation.form import QuestionKind
from offhook.conversation.patience import is_undecided, pause_after
from offhook.conversation.states import State
from offhook.conversation.wording import APOLOGY, REPEAT, asks_to_wait, is_backchannel, plain_words

NOISE_S = 0.8
"""Wordless sound of the caller that is longer than this is asked about."""
HINT_S = 0.07
"""How long a first sign of speech keeps a reply from being heard."""
MOST_HINTED_S = 0.3
"""How long such signs, one after the other, keep it from being heard: a rustling line has many."""


class CallerSide:
    """What the caller does on the floor, and what the agent makes of it."""

    def __init__(self, floor: Floor, agent: AgentSide) -> None:
        self._floor = floor
        self._agent = agent
        self._speaking_since: float | None = None
        self._over_after = 0.0
        self._pauses = 0
        self._judged = False
        self._overlap_ended = False
        self._overlap_until = 0.0

    def receive(self, event: ev.OfCaller) -> list[Command]:
        """The caller did something."""
        match event:  # the most frequent first
            case ev.Partial() | ev.Transcript():
                return self._heard_words(event)
            case ev.SpeechHinted():
                return self._speech_hinted()
            case ev.SpeechStarted():
                return self._speech_started()
            case ev.SpeechEnded():
                return self._speech_ended(event.silent_s)
            case ev.Typed():
                return self._typed(event.text)
            case ev.KeyPressed():
                return self._key_pressed(event.key)
            case ev.TurnJudged():
                return self._turn_judged(event)
            case ev.HearingFailed():
                leaving = self._floor.leaving or self._floor.state is State.CLOSING
                return [] if leaving else self._agent.close(EndReason.NO_REPLY, APOLOGY)
            case ev.HungUp():
                return self._agent.end(EndReason.CALLER_HUNG_UP)
            case _:
                assert_never(event)

    # -- sound and words --------------------------------------------------

    def _speech_hinted(self) -> list[Command]:
        """Not now: a reply that is about to be heard waits to see what this is."""
        floor = self._floor
        if floor.state is not State.PAUSED:
            return []
        pause = pause_after(floor.turn.text, floor.form.asking, speculate=floor.ways.speculate)
        hinted = min(floor.now - floor.silent_since + HINT_S, pause.over + MOST_HINTED_S)
        self._over_after = max(self._over_after, hinted)
        return self.in_pause()

    def _speech_started(self) -> list[Command]:
        floor, reply = self._floor, self._agent.reply
        if floor.state in {State.CLOSING, State.HEARING} or (floor.state is State.OVERLAP and self._sounds):
            return []
        floor.turn.speaks()
        self._speaking_since = floor.now
        match floor.state:
            case State.OVERLAP:  # another sound before it was clear what the first was: the agent waits no longer
                self._overlap_ended = False
                return floor.enter(State.OVERLAP, max(0.0, self._overlap_until - floor.now))
            case State.SPEAKING:
                reply.playing = False
                return [Hold(reply.number), *self._overlap()]
            case State.THINKING if reply.words:
                return self._overlap()
            case _:  # a reply that nobody has heard is kept until there are words that it does not answer
                return self._hear()

    def _speech_ended(self, silent_s: float) -> list[Command]:
        floor = self._floor
        if self._speaking_since is not None:
            floor.turn.spoke_s += max(0.0, floor.now - silent_s - self._speaking_since)
            self._speaking_since = None
        match floor.state:
            case State.HEARING:
                return self.pause(floor.now - silent_s)
            case State.OVERLAP if not self._overlap_ended:
                self._overlap_ended = True
                floor.silent_since = floor.now - silent_s
                if floor.turn.settled:
                    return self._go_on_speaking()
                return [*self._finalize(), *floor.enter(State.OVERLAP, floor.patience.barge_in)]
            case State.SPEAKING:  # a long sound that the agent spoke over: was it words?
                return self._finalize()
            case _:
                return []

    def _heard_words(self, words: ev.Partial | ev.Transcript) -> list[Command]:
        floor = self._floor
        before = floor.turn.text
        floor.turn.hears(words)
        match floor.state:
            case State.OVERLAP | State.SPEAKING | State.LEAVING:
                return self._words_over_the_agent()
            case State.HEARING:
                fresh = floor.turn.text != before
                return [*self._drop_what_does_not_answer(), *(self._hear() if fresh else [])]
            case State.PAUSED:
                fresh = floor.turn.text != before
                dropped = self._drop_what_does_not_answer()
                return [*dropped, *(self._hear() if fresh and self._sounds else self.in_pause())]
            case State.UNCLEAR if floor.turn.settled:
                return [*self._drop_what_does_not_answer(), *self.turn_over()]
            case State.LISTENING if floor.turn.has_words:  # late, or voice activity missed it; but not lost
                return self._take_up()
            case State.KEYING if self._sounds and floor.turn.text != before:
                return self._hear()
            case State.THINKING if floor.turn.has_words:
                return [*self._drop_what_does_not_answer(), *self._take_up()]
            case _:
                return []

    @property
    def _sounds(self) -> bool:
        return self._speaking_since is not None

    def _take_up(self) -> list[Command]:
        """There are words that nobody waited for: is more coming?"""
        return self._hear() if self._sounds else self.pause(self._floor.now)

    def _hear(self) -> list[Command]:
        patience = self._floor.patience
        wait = patience.wordless if self._floor.ways.gives_partials else patience.longest_turn
        return self._floor.enter(State.HEARING, wait)

    # -- over the agent ---------------------------------------------------

    def _words_over_the_agent(self) -> list[Command]:
        """Real words take the floor; a backchannel or a cough does not."""
        floor = self._floor
        overlap = floor.state is State.OVERLAP
        if floor.turn.has_words and not self._is_backchannel():
            since = floor.silent_since if overlap and self._overlap_ended else floor.now
            return [*self._agent.drop(), *(self._hear() if self._sounds else self.pause(since))]
        if overlap and self._overlap_ended and floor.turn.settled:
            return self._go_on_speaking()
        if floor.state is State.SPEAKING and floor.turn.settled:
            floor.turn = floor.turn.following()
        return []

    def _is_backchannel(self) -> bool:
        """Whether the caller's words over the agent want no floor: a "yes" to the question being asked does."""
        reply = self._agent.reply
        asking = reply.form.asking
        answers = asking is not None and asking.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}
        asked = 2 * reply.heard >= len(reply.words)
        return is_backchannel(self._floor.turn.text) and not (answers and asked)

    def _overlap(self) -> list[Command]:
        self._overlap_ended = False
        self._overlap_until = self._floor.now + self._floor.patience.overlap
        return self._floor.enter(State.OVERLAP, self._floor.patience.overlap)

    def overlap_decided(self) -> list[Command]:
        """A sound over the agent has lasted long, or has ended, and there are no words."""
        if self._floor.ways.gives_partials or self._overlap_ended:
            return self._go_on_speaking()
        return [*self._agent.drop(), *self._hear()]

    def _go_on_speaking(self) -> list[Command]:
        """What sounded over the agent was nothing: take up the reply at the word where it stopped."""
        floor = self._floor
        floor.turn = floor.turn.following(settled=not self._sounds)
        return self._agent.resume()

    # -- text and keys ----------------------------------------------------

    def _typed(self, text: str) -> list[Command]:
        floor = self._floor
        stopped = [] if floor.state is State.CLOSING else self._agent.drop()
        floor.turn.settle()
        if plain_words(text):
            floor.turn.fixed.append(text)
        if floor.state is State.CLOSING:
            return []
        return [*stopped, *(self.commit() if floor.turn.has_words else self._agent.say(REPEAT))]

    def _key_pressed(self, key: str) -> list[Command]:
        floor = self._floor
        stopped = [] if floor.state is State.CLOSING else self._agent.drop()
        floor.turn.settle()
        if key != "#":
            floor.turn.keys += key
        if floor.state is State.CLOSING:
            return []
        if not floor.turn.has_words:
            return [*stopped, *self._agent.listen()]
        asking = floor.form.asking
        complete = asking is not None and asking.kind is QuestionKind.PHONE and len(floor.turn.keys) >= 10
        return [*stopped, *floor.enter(State.KEYING, 0.0 if key == "#" or complete else floor.patience.key)]

    # -- the end of a turn ------------------------------------------------

    def pause(self, silent_since: float) -> list[Command]:
        """The caller fell silent then: is it the end of the turn, or a breath?"""
        self._floor.silent_since = silent_since
        self._pauses += 1
        self._judged = False
        self._over_after = 0.0
        self._floor.enter(State.PAUSED, 0.0)
        return self.in_pause()

    def in_pause(self) -> list[Command]:
        """Do what is due in a pause: have the words fixed, begin a reply unheard, decide that the turn is over."""
        floor = self._floor
        text = floor.turn.text
        pause = pause_after(text, floor.form.asking, speculate=floor.ways.speculate)
        quiet = floor.now - floor.silent_since + 1e-6
        over = max(pause.over, self._over_after)
        commands = self._ask_judge(text, quiet)
        if quiet >= pause.think:
            commands += self._finalize()
            if self._may_guess(text):
                commands += self._agent.guess(text)
        if quiet >= over:
            return [*commands, *self.turn_over()]
        due = min(pause.think, over) if quiet < pause.think else over
        if floor.ways.judges_turns and not self._judged:
            due = min(due, floor.patience.judge)
        floor.enter(State.PAUSED, floor.silent_since + due - floor.now)
        return commands

    def _ask_judge(self, text: str, quiet: float) -> list[Command]:
        if not self._floor.ways.judges_turns or self._judged or quiet < self._floor.patience.judge:
            return []
        self._judged = True
        return [JudgeTurn(self._pauses)] if is_undecided(text, self._floor.form.asking) else []

    def _turn_judged(self, judged: ev.TurnJudged) -> list[Command]:
        if self._floor.state is not State.PAUSED or judged.pause != self._pauses or judged.complete >= 0.5:
            return []
        self._over_after = self._floor.patience.judged_unfinished
        return self.in_pause()

    def _finalize(self) -> list[Command]:
        turn = self._floor.turn
        if turn.settled or turn.finalizing or not self._floor.ways.finalizes:
            return []
        turn.finalizing = True
        return [Finalize()]

    def _may_guess(self, text: str) -> bool:
        floor, reply, words = self._floor, self._agent.reply, plain_words(text)
        if not words or not (floor.turn.settled or floor.ways.speculate):
            return False
        return reply.over or (not reply.committed and reply.answers != words)

    def _drop_what_does_not_answer(self) -> list[Command]:
        """More words came: a reply that does not answer them was never said."""
        turn, reply = self._floor.turn, self._agent.reply
        if reply.over:
            return []
        if reply.committed:
            return [] if is_backchannel(turn.text) else self._agent.drop()
        return self._agent.drop() if plain_words(turn.text) != reply.answers else []

    def turn_over(self) -> list[Command]:
        """The caller has finished, as far as silence tells; the words may still be on their way."""
        floor, agent = self._floor, self._agent
        if not floor.turn.settled:
            return floor.enter(State.UNCLEAR, floor.patience.transcript)
        kept = agent.reply.committed and (not agent.reply.over or bool(agent.reply.answers))
        if floor.turn.has_words and not (kept and is_backchannel(floor.turn.text)):
            return self.commit()
        unclear = floor.turn.mumbled or floor.turn.spoke_s > NOISE_S
        floor.turn = floor.turn.following(settled=not self._sounds)
        if kept:
            return agent.resume()
        dropped = agent.drop()  # a guess at words that turned out to be none
        return [*dropped, *(agent.ask_again() if unclear else agent.listen())]

    def commit(self) -> list[Command]:
        """The turn is over, and these were its words."""
        floor, reply = self._floor, self._agent.reply
        floor.turn.settle()
        taken_back = self._agent.drop() if reply.committed and not reply.over else []
        text = floor.turn.text
        floor.turn = floor.turn.following(settled=not self._sounds)
        floor.grants_time = asks_to_wait(text)
        return [*taken_back, *self._agent.answer(text)]

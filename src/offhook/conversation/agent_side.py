"""The agent's side of a conversation: replies guessed, written, spoken, heard, cut; prompts, fillers, the end."""

from typing import assert_never

from offhook.conversation import events as ev
from offhook.conversation.actions import Action
from offhook.conversation.commands import Act, Command, EndReason, EndSpeech, HangUp, Play, Say, StopReply, Think
from offhook.conversation.commands import Utterance as Said
from offhook.conversation.floor import Floor
from offhook.conversation.reply import LONGEST_REPLY, MOST_ROUNDS, Reply
from offhook.conversation.states import State
from offhook.conversation.wording import (
    APOLOGY,
    GOODBYE_SILENT,
    LENGTH_WARNING,
    MOMENT,
    REPEAT,
    STILL_LOOKING,
    STILL_THERE,
    plain_words,
)

LAST_EXCHANGES = 10
"""Exchanges that a request to a model carries; what was established before them is in the form."""
MOST_REPEATS = 3
"""Times in a row the caller is asked to repeat before the call is closed with an apology."""


class AgentSide:
    """What the agent does on the floor."""

    def __init__(self, floor: Floor) -> None:
        self.reply = Reply(0, form=floor.form)
        """The reply that is being guessed, written or spoken; an empty one where there is none."""
        self._floor = floor
        self._form_before = floor.form
        self._thinking_since = 0.0
        self._prompts = self._repeats = 0
        self._warned = False

    def receive(self, event: ev.OfReply | ev.ActionDone) -> list[Command]:
        """Something about a reply; news of one that nobody waits for is dropped, but what an action did is a fact."""
        if isinstance(event, ev.ActionDone):
            return self._action_done(event)
        if self._is_stale(event):
            return []
        match event:  # the most frequent first
            case ev.Played():
                return self._played(event.words)
            case ev.ReplyText():
                return self._written(event.text)
            case ev.FormNoted():
                return self._noted(event)
            case ev.ActionProposed():
                return self._proposed(event.action)
            case ev.ReplyFinished():
                return self._finished()
            case ev.ReplyFailed():
                return self.close(EndReason.NO_REPLY, APOLOGY) if self.reply.committed else self.drop()
            case ev.VoiceFailed():
                return self.voice_failed()
            case _:
                assert_never(event)

    # -- a reply begins ---------------------------------------------------

    def guess(self, text: str) -> list[Command]:
        """Begin a reply unheard; it is kept if `text` turns out to be the caller's last words."""
        return [*self.drop(), *self._think(text, committed=False)]

    def answer(self, text: str) -> list[Command]:
        """The turn is over: it enters the history, and the reply that answers it holds."""
        floor, reply = self._floor, self.reply
        self._prompts = 0
        floor.leaving = False
        self._thinking_since = floor.now
        self._form_before = floor.form
        assert reply.over or not reply.committed, "a turn was answered before the last answer was taken back"
        if reply.over or reply.answers != plain_words(text):
            begun = [*self.drop(), *self._think(text, committed=True)]
            floor.history.append(Said("caller", text))
            return [*begun, *self._wait()]
        floor.history.append(Said("caller", text))
        reply.committed = True
        floor.form = reply.form
        acts = [Act(reply.number, action) for action in reply.held if reply.propose(action)]
        reply.held.clear()
        return [*acts, *self.resume()]

    def say(self, text: str) -> list[Command]:
        """Something of the conversation's own."""
        number = self.reply.number + 1
        self.reply = Reply(number, form=self._floor.form, words=text.split(), playing=True)
        speaking = self._floor.enter(State.SPEAKING, self._floor.patience.playback)
        return [Say(number, text), EndSpeech(number), Play(number), *speaking]

    def ask_again(self) -> list[Command]:
        """Nothing was understood, or nothing was answered."""
        self._repeats += 1
        if self._repeats > MOST_REPEATS:
            return self.close(EndReason.NO_REPLY, APOLOGY)
        return self.say(REPEAT)

    def listen(self) -> list[Command]:
        """The floor is the caller's."""
        floor, patience = self._floor, self._floor.patience
        if floor.leaving:
            return floor.enter(State.LEAVING, patience.linger)
        if not self._warned and floor.now >= floor.picked_up_at + patience.warn_at:
            self._warned = True
            return self.say(LENGTH_WARNING)
        return floor.enter(State.LISTENING, patience.hold_on if floor.grants_time else patience.silence)

    def prompt(self) -> list[Command]:
        """The caller has been silent for long."""
        self._floor.grants_time = False
        if self._prompts == self._floor.patience.prompts:
            return self.close(EndReason.CALLER_SILENT, GOODBYE_SILENT)
        self._prompts += 1
        return self.say(STILL_THERE)

    def _think(self, text: str, *, committed: bool) -> list[Command]:
        floor = self._floor
        number = self.reply.number + 1
        self.reply = Reply(number, plain_words(text), floor.form, committed=committed, finished=False)
        history = (*floor.history[1 - 2 * LAST_EXCHANGES :], Said("caller", text))
        return [Think(number, history, floor.form, speculative=not committed)]

    # -- a reply is written -----------------------------------------------

    def _written(self, text: str) -> list[Command]:
        reply = self.reply
        words = text.split()
        if len(words) > LONGEST_REPLY - reply.written:
            words = words[: LONGEST_REPLY - reply.written]
            text = " ".join(words)
        if not plain_words(text):
            return []
        reply.waits_since_filler = False
        reply.written += len(words)
        reply.words += words
        reply.text += text
        say: list[Command] = [Say(reply.number, text)]
        return [*say, *self.resume()] if self._floor.state is State.THINKING else say

    def _noted(self, noted: ev.FormNoted) -> list[Command]:
        self.reply.note(noted.change)
        if self.reply.committed:
            self._floor.form = self._floor.form.changed(noted.change)
        return []

    def _proposed(self, proposed: Action) -> list[Command]:
        action = self.reply.propose(proposed)
        return [] if action is None else [Act(self.reply.number, action)]

    def _action_done(self, done: ev.ActionDone) -> list[Command]:
        floor, reply = self._floor, self.reply
        if done.result.receipt is not None:
            floor.form = floor.form.with_receipt(done.result.receipt)
            self._form_before = self._form_before.with_receipt(done.result.receipt)
            reply.form = reply.form.with_receipt(done.result.receipt)
        if floor.state is State.ENDED or done.reply != reply.number or not reply.done(done.result):
            return []
        return self._write_on() if reply.finished and not reply.waits_for_actions else []

    def _write_on(self) -> list[Command]:
        """Have the reply continued, now that its actions have run."""
        floor, reply = self._floor, self.reply
        if reply.rounds == MOST_ROUNDS:
            return self._finish()
        reply.rounds += 1
        reply.finished = False
        self._thinking_since = floor.now
        reply.fillers = 0
        history = tuple(floor.history[-2 * LAST_EXCHANGES :])
        if not reply.committed:
            history = (*history[1:], Said("caller", floor.turn.text))
        results = tuple(reply.results)
        reply.answered = len(results)
        think = Think(reply.number, history, reply.form, not reply.committed, reply.text, results)
        return [think, *(self._wait() if floor.state is State.THINKING else [])]

    def _finished(self) -> list[Command]:
        self.reply.finished = True
        if self.reply.waits_for_actions:
            return []
        return self._write_on() if len(self.reply.results) > self.reply.answered else self._finish()

    def _finish(self) -> list[Command]:
        reply = self.reply
        reply.finished = True
        if reply.written:
            self._repeats = 0
        end: list[Command] = [EndSpeech(reply.number)] if reply.words else []
        return [*end, *self.resume()] if self._floor.state is State.THINKING else end

    # -- a reply is awaited, spoken and heard -----------------------------

    def resume(self) -> list[Command]:
        """Let the caller hear what there is of the reply, or wait for it."""
        reply = self.reply
        if not reply.all_heard:
            reply.playing = True
            return [Play(reply.number), *self._floor.enter(State.SPEAKING, self._floor.patience.playback)]
        if not reply.over:
            return self._wait()
        return self._reply_over() if reply.words else self.ask_again()

    def still_thinking(self) -> list[Command]:
        """A reply has not come in time: ask for patience, in the end for forgiveness."""
        reply = self.reply
        if self._floor.now >= self._thinking_since + self._floor.patience.reply - 1e-6:
            return self.close(EndReason.NO_REPLY, APOLOGY)
        filler = (MOMENT, STILL_LOOKING)[reply.fillers]
        reply.fillers += 1
        reply.waits_since_filler = True
        reply.words += filler.split()
        return [Say(reply.number, filler + " "), *self.resume()]

    def voice_failed(self) -> list[Command]:
        """What was not heard is not said."""
        if self.reply.over:
            return []
        if self._floor.state is State.CLOSING:
            return self.end(self._floor.reason or EndReason.NO_VOICE)
        return self.close(EndReason.NO_VOICE, APOLOGY) if self.reply.committed else self.drop()

    def _wait(self) -> list[Command]:
        """Wait for (more of) a reply, for as long as a caller may be left waiting."""
        patience, fillers = self._floor.patience, self.reply.fillers
        wait = patience.reply
        if patience.filler is not None and fillers < 2:
            wait = min(wait, patience.filler * (1, 3)[fillers])
        return self._floor.enter(State.THINKING, max(0.0, self._thinking_since + wait - self._floor.now))

    def _played(self, words: int) -> list[Command]:
        floor, reply = self._floor, self.reply
        reply.heard = max(reply.heard, min(words, len(reply.words)))
        match floor.state:
            case State.SPEAKING if reply.all_heard:
                if not reply.waits_since_filler:  # a wait begins with silence; "one moment" does not end one
                    self._thinking_since, reply.fillers = floor.now, 0
                return self.resume()
            case State.CLOSING if reply.all_heard:
                return self.end(floor.reason or EndReason.NO_VOICE)
            case State.SPEAKING | State.CLOSING:
                return floor.enter(floor.state, floor.patience.playback)
            case _:
                return []

    def _reply_over(self) -> list[Command]:
        floor, leaves = self._floor, self.reply.ends_call
        self.keep_what_was_heard()
        floor.leaving = leaves
        if floor.turn.has_words:
            floor.silent_since = floor.now
            return floor.enter(State.PAUSED, 0.0)
        return self.listen()

    # -- a reply is cut, the call ends ------------------------------------

    def cut(self) -> list[Command]:
        """The caller has the floor: what was not heard is not said."""
        number, over = self.reply.number, self.reply.over
        self.keep_what_was_heard()
        return [] if over else [StopReply(number)]

    def drop(self) -> list[Command]:
        """Take back a reply of which nothing was heard; the turn that it answered goes on."""
        floor, reply = self._floor, self.reply
        if reply.over or reply.heard:
            return self.cut()
        if reply.committed and reply.answers and floor.history and floor.history[-1].speaker == "caller":
            floor.turn.give_back(floor.history.pop().text)
            floor.form = self._form_before
        self.reply = Reply(reply.number, form=floor.form)
        return [StopReply(reply.number)]

    def close(self, reason: EndReason, text: str) -> list[Command]:
        """Say a last sentence that nothing undoes, then hang up."""
        floor = self._floor
        floor.reason = reason
        stopped = self.cut()
        floor.file_turn()
        return [*stopped, *self.say(text), *floor.enter(State.CLOSING, floor.patience.playback)]

    def end(self, reason: EndReason) -> list[Command]:
        """Hang up."""
        floor = self._floor
        floor.reason = reason
        stopped = self.cut()
        floor.file_turn()
        return [*stopped, HangUp(reason), *floor.enter(State.ENDED, None)]

    def keep_what_was_heard(self) -> None:
        """Close the reply: what was heard enters the history, the rest was never said."""
        if self.reply.heard:
            self._floor.history.append(Said("agent", self.reply.heard_text))
        self.reply = Reply(self.reply.number, form=self._floor.form)

    def _is_stale(self, event: ev.OfReply) -> bool:
        """Whether `event` is about words nobody waits for any more."""
        if event.reply != self.reply.number:
            return True
        return self.reply.finished and not isinstance(event, ev.Played | ev.VoiceFailed)

"""The running call: drives one conversation with ears, mouth, receptionist, actions and journal.

Whatever happens comes in by a plain call and steps the conversation at once; no queue, task or lock per frame. Tasks
exist only for what takes time: a reply being written, an action being carried out. `run` owns them all.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from datetime import datetime, timedelta
from typing import assert_never

import structlog

from offhook.calls.call_journal import CallJournal
from offhook.calls.faculties import Doer, Judge, Listener, Speaker, Watcher
from offhook.calls.stopwatch import Stopwatch
from offhook.conversation import commands as cmd
from offhook.conversation import events as ev
from offhook.conversation.actions import ActionResult
from offhook.conversation.conversation import Conversation
from offhook.conversation.form import Question
from offhook.conversation.replay import step
from offhook.conversation.states import State
from offhook.conversation.wording import APOLOGY
from offhook.providers.errors import AllProvidersFailed, ProviderError
from offhook.receptionist.receptionist import Generation, Receptionist
from offhook.store.records import Fate

log = structlog.get_logger("offhook.calls")

LAST_WORDS_S = 8.0
"""How long a caller whose call is broken has for the apology."""
LAST_ACTIONS_S = 5.0
"""How long a call that is over waits for actions that were begun."""
ACTION_S = 7.0
"""Shorter than the wait for a reply, so that an action that hangs is told of, not apologized for."""
JUDGE_S = 0.3


class RunningCall:
    """Owns everything one call has running; when `run` returns, nothing is left.

    Args:
        conversation: Fresh.
        receptionist: Who answers.
        actions: Who carries out what it decides.
        journal: Where everything is written down.
        wall: The time in the tenant's zone, now.
        patient: States in which no deadline is kept: a typed call waits for its caller.
    """

    def __init__(
        self,
        conversation: Conversation,
        *,
        receptionist: Receptionist,
        actions: Doer,
        journal: CallJournal,
        wall: datetime,
        patient: frozenset[State] = frozenset(),
    ) -> None:
        self.conversation = conversation
        self.stopwatch = Stopwatch()
        self.journal = journal
        self._receptionist = receptionist
        self._actions = actions
        self._loop = asyncio.get_running_loop()
        self._began, self._wall, self._patient = self._loop.time(), wall, patient
        self._speaker: Speaker | None = None
        self._listener: Listener | None = None
        self._judge: Judge | None = None
        self._watcher: Watcher | None = None
        self.position_of: Callable[[], int] | None = None
        """How many of the caller's samples have come in; None on a line without audio."""
        self._mistake: Exception | None = None
        self._inbox: deque[ev.Event | None] = deque()
        self._stepping = False
        self._at = 0.0
        self._over = asyncio.Event()
        self._tasks: asyncio.TaskGroup | None = None
        self._thinking: dict[int, asyncio.Task[None]] = {}
        self._acting: set[asyncio.Task[None]] = set()
        self._timer: asyncio.Handle | None = None
        self._rings_at = 0.0
        self._asked: Question | None = None
        self._history: tuple[int, cmd.Utterance | None] = (0, None)
        self._turns = 0
        self._fates: dict[int, Fate] = {}
        self._generations: dict[int, list[Generation]] = {}
        self.speech_end: int | None = None
        """Position of the caller's last speech sample, kept up to date by the ears' owner."""

    @property
    def now(self) -> datetime:
        """The time in the tenant's zone."""
        return self._wall + timedelta(seconds=self._loop.time() - self._began)

    def attach(
        self,
        speaker: Speaker,
        listener: Listener | None = None,
        *,
        judge: Judge | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        """What speaks, hears and looks on; before anything is fed."""
        self._speaker, self._listener, self._judge, self._watcher = speaker, listener, judge, watcher

    def feed(self, event: ev.Event | None) -> None:
        """Tell the call what happened (None: its deadline came). Never blocks, never raises."""
        if self._mistake is not None:
            return
        self._inbox.append(event)
        if not self._stepping and self._tasks is not None:  # what comes before `run` waits for it
            self._work_off()

    def _work_off(self) -> None:
        self._stepping = True
        try:
            while self._inbox:
                self._step(self._inbox.popleft())
        except Exception as mistake:  # noqa: BLE001  this call ends; whoever fed it serves others
            self._break_off(mistake)
        finally:
            self._stepping = False
        self._arm()

    def _break_off(self, mistake: Exception) -> None:
        """The conversation is broken: the caller is told, and let go. Its journal shows how it came to this."""
        log.error("call_broken", exc_info=mistake, **self.journal.names)
        self.journal.error("call_broken", done="the caller was told and let go")
        self._mistake = mistake
        self._inbox.clear()
        self._loop.call_later(LAST_WORDS_S, self._over.set)
        if self._speaker is not None and self.conversation.state is not State.ENDED:
            now, reply = self._loop.time(), self.conversation.reply.number
            self._speaker.stop(reply, now=now)
            self._speaker.say(reply + 1, APOLOGY)
            self._speaker.end(reply + 1)
            self._speaker.play(reply + 1)

    def leave(self) -> None:
        """A typed call has read the agent's goodbye: nobody waits for more."""
        if self.conversation.state is State.LEAVING:
            self.feed(None)

    async def run(self, *companions: Coroutine[None, None, None]) -> cmd.EndReason:
        """Serve the caller to the end, however it comes; `companions` live as long as the call (opening its ears)."""
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                self._work_off()
                beside = [tasks.create_task(self._guarded(companion)) for companion in companions]
                await self._over.wait()
                for task in (*beside, *self._thinking.values()):
                    task.cancel()
                if self._acting:
                    await asyncio.wait(self._acting, timeout=LAST_ACTIONS_S)
                for task in self._acting:
                    task.cancel()
        finally:
            if self._timer is not None:
                self._timer.cancel()
            for companion in companions:  # one that never began, because the call was over at once
                companion.close()
        if self._mistake is not None:
            raise self._mistake
        assert self.conversation.reason is not None, "a call ended without a reason"
        return self.conversation.reason

    # -- stepping ---------------------------------------------------------

    def _step(self, event: ev.Event | None) -> None:
        now = self._loop.time()
        at = now - self._began  # the conversation's clock is the journal's, to the last bit: a replay sees the same
        if event is None:
            at = max(at, self.conversation.next_deadline or 0.0)
        self._at = at = max(at, self._at)
        self._note_time(event, now)
        self.journal.event(at, event)
        for command in step(self.conversation, event, now=at):
            self.journal.command(at, command)
            self._perform(command, now)
        self._keep_up(now)
        if isinstance(event, ev.Transcript | ev.KeyPressed) and self.conversation.unanswered:
            self.journal.unanswered(self._turns + 1, self.conversation.unanswered)

    def _arm(self) -> None:
        """Set the alarm for the conversation's deadline; one that moved later lets the old alarm ring in vain."""
        deadline = self._deadline()
        if deadline is None or self.conversation.state in self._patient:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            return
        if self._timer is None or self._rings_at > deadline:
            if self._timer is not None:
                self._timer.cancel()
            self._timer, self._rings_at = self._loop.call_at(deadline, self._ring), deadline

    def _deadline(self) -> float | None:
        """When the conversation wants to be woken, on the loop's clock."""
        deadline = self.conversation.next_deadline
        return None if deadline is None else self._began + deadline

    def _ring(self) -> None:
        self._timer = None
        deadline = self._deadline()
        if deadline is not None and deadline <= self._loop.time():
            self.feed(None)
        else:
            self._arm()

    def _note_time(self, event: ev.Event | None, now: float) -> None:
        match event:
            case ev.ReplyText():
                clock = self.stopwatch.of_reply(event.reply)
                clock.first_word_at = clock.first_word_at or now
            case ev.Transcript() if event.text:
                self.stopwatch.words_at = self._position_now()
            case _:
                pass

    def _keep_up(self, now: float) -> None:
        """After a step: write down turns that changed, tell the recognizer what is being asked."""
        history = self.conversation.history
        seen = (len(history), history[-1] if history else None)
        if seen != self._history:
            if self._watcher is not None and seen[0] > self._history[0]:
                for utterance in history[self._history[0] :]:
                    self._watcher.said(utterance.speaker, utterance.text)
            self._history = seen
            turns = sum(utterance.speaker == "caller" for utterance in history)
            if turns > self._turns:
                reply = self.conversation.reply.number
                self.stopwatch.committed(turns, reply, speech_end=self.speech_end, now=now)
            self._turns = turns
            self.journal.turns(history, self.stopwatch.of_turn)
        asked = self.conversation.form.asking
        if asked is not self._asked and self._listener is not None:
            self._listener.expect(asked)
        self._asked = asked
        if self._watcher is not None:
            self._watcher.stepped()

    # -- performing -------------------------------------------------------

    def _perform(self, command: cmd.Command, now: float) -> None:
        assert self._speaker is not None, "nothing is attached"
        assert self._tasks is not None, "the call is not running"
        match command:
            case cmd.Think():
                self._start_thinking(command, now)
            case cmd.Say():
                self.stopwatch.said(command.reply, now)
                self._speaker.say(command.reply, command.text)
            case cmd.EndSpeech():
                self._speaker.end(command.reply)
            case cmd.Play():
                self._speaker.play(command.reply)
            case cmd.Hold():
                self._speaker.hold(command.reply, now=now)
            case cmd.StopReply():
                self._stop(command.reply, now)
            case cmd.Finalize():
                if self._listener is not None:
                    self._listener.finalize()
            case cmd.JudgeTurn():
                self._tasks.create_task(self._guarded(self._judged(command.pause)))
            case cmd.Act():
                self._start_acting(command)
            case cmd.HangUp():
                self._over.set()
            case _:
                assert_never(command)

    def _start_thinking(self, think: cmd.Think, now: float) -> None:
        assert self._tasks is not None
        self.stopwatch.of_reply(think.reply).asked_at = now
        task = self._tasks.create_task(self._think(think), name=f"reply {think.reply}")
        self._thinking[think.reply] = task

    def _start_acting(self, act: cmd.Act) -> None:
        assert self._tasks is not None
        acting = self._tasks.create_task(self._act(act), name=f"{act.action.kind} {act.action.id}")
        self._acting.add(acting)
        acting.add_done_callback(self._acting.discard)

    def _stop(self, reply: int, now: float) -> None:
        assert self._speaker is not None
        clock = self.stopwatch.of_reply(reply)
        clock.interrupted = clock.sent_at is not None
        self._fates[reply] = Fate.CUT if clock.interrupted else Fate.DROPPED
        for generation in self._generations.get(reply, ()):
            self.journal.generation(generation, self._fates[reply])
        if (task := self._thinking.pop(reply, None)) is not None:
            task.cancel()
        self._speaker.stop(reply, now=now)

    async def _think(self, think: cmd.Think) -> None:
        reply = think.reply
        try:
            written = self._receptionist.reply(think, now=self.now, record=self._generated)
            async with aclosing(written) as events:
                async for event in events:
                    self.feed(event)
        except AllProvidersFailed as failed:
            self.journal.error("all_models_failed", room="receptionist", done=f"the caller was told ({failed})")
            self.feed(ev.ReplyFailed(reply))
        except Exception:  # here a reply's life ends; the caller is told
            log.exception("reply_failed", reply=reply, **self.journal.names)
            self.journal.error("reply_failed", room="receptionist", done="the caller was told")
            self.feed(ev.ReplyFailed(reply))
        else:
            self.feed(ev.ReplyFinished(reply))

    def _generated(self, generation: Generation) -> None:
        self._generations.setdefault(generation.reply, []).append(generation)
        if generation.problem is not None:
            self.journal.error(
                "model_failed",
                room="providers",
                provider=generation.model,
                attempt=generation.attempt,
                done="the next one was asked",
            )
        self.journal.generation(generation, self._fates.get(generation.reply, Fate.KEPT))

    async def _act(self, act: cmd.Act) -> None:
        try:
            async with asyncio.timeout(ACTION_S):
                result = await self._actions.run(act.action, now=self.now)
        except Exception:  # here an action's life ends: whoever proposed it is told that it did not happen
            log.exception("action_failed", action=act.action.kind.value, **self.journal.names)
            self.journal.error("action_failed", room="receptionist", done="the receptionist was told")
            result = ActionResult(act.action, problem="failed")
        self.feed(ev.ActionDone(act.reply, result))

    async def _judged(self, pause: int) -> None:
        if self._judge is None:
            return
        try:
            async with asyncio.timeout(JUDGE_S):
                complete = await self._judge.complete()
        except TimeoutError:
            return  # silence decides
        except ProviderError as error:
            self.journal.error(
                "turn_not_judged", room="providers", provider=error.provider, done="the length of the silence decided"
            )
            return
        self.feed(ev.TurnJudged(pause, complete))

    async def _guarded(self, companion: Coroutine[None, None, None]) -> None:
        try:
            await companion
        except Exception:  # a companion's failure must not take the call with it
            log.exception("companion_failed", **self.journal.names)
            self.journal.error("companion_failed", done="the call went on without it")

    # -- from the mouth ---------------------------------------------------

    def played(self, reply: int, words: int) -> None:
        """See `MouthOwner`."""
        self.feed(ev.Played(reply, words))

    def first_sound_made(self, reply: int) -> None:
        """See `MouthOwner`."""
        clock = self.stopwatch.of_reply(reply)
        clock.sound_at = clock.sound_at or self._loop.time()

    def first_sound_sent(self, reply: int) -> None:
        """See `MouthOwner`."""
        clock = self.stopwatch.of_reply(reply)
        clock.sent_at, clock.sent_position = self._loop.time(), self._position_now()
        self.journal.turns(self.conversation.history, self.stopwatch.of_turn)

    def voice_failed(self, reply: int, error: Exception) -> None:
        """See `MouthOwner`."""
        log.error("voice_failed", problem=str(error), **self.journal.names)
        self.journal.error("voice_failed", room="providers", done="the conversation was told")
        self.feed(ev.VoiceFailed(reply))

    def _position_now(self) -> int | None:
        return None if self.position_of is None else self.position_of()

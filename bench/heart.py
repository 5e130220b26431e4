"""CPU and memory of the heart alone: turns per second of one core, and bytes of a call of 100 turns.

Run: `.venv/bin/python -m bench.heart [--profile]`. Figures go into `bench/results/heart.txt`.

Two calls are played. "plain" is a caller who speaks whole sentences. "eventful" has all that a call at scale has:
five partials a turn, a guess that is kept or dropped, a note in the form, an action every tenth turn, a reply in eight
pieces and its playing reported five times. What is timed is their tapes, played again.
"""

import argparse
import copy
import cProfile
import gc
import pstats
import time
import tracemalloc

from bench.machine import figure, machine
from offhook.conversation import events as ev
from offhook.conversation.actions import Action, ActionKind, ActionResult, Receipt
from offhook.conversation.commands import Command, Think
from offhook.conversation.conversation import Conversation
from offhook.conversation.form import FormChange, Question, QuestionKind
from offhook.conversation.patience import Patience
from offhook.conversation.replay import step
from offhook.conversation.states import State, Ways

TURNS = 100  # a call of about ten minutes
CALLS = 20
REPEATS = 5  # the best counts: whoever else uses the machine only takes away
SAID = "for number {turn} I need a check-up on Tuesday"  # no two turns have the same words: nothing is known beforehand
PARTIALS = 5
PIECES = (
    "Tuesday ",
    "the {turn} ",
    "is free, ",
    "and so is ",
    "half past two. ",
    "Which of the ",
    "two would ",
    "you like?",
)
LONG = Patience(limit=3600.0, warn_at=3500.0)
PLAIN, EVENTFUL = Ways(), Ways(speculate=True, judges_turns=True)


class Play:
    """One call as it is played."""

    def __init__(self, ways: Ways) -> None:
        self.call = fresh(ways)
        self.now = 0.0
        self.tape: list[tuple[float, ev.Event | None]] = []
        self.guesses = self.acts = 0
        self.reply = 0
        self.feed(ev.PickedUp())
        self.feed(ev.Played(self.call.reply.number, 5))
        assert self.call.state is State.LISTENING

    def feed(self, event: ev.Event, after: float = 0.1) -> None:
        """Something happens; deadlines that come before it are kept."""
        until = self.now + after
        while (due := self.call.next_deadline) is not None and due <= until:
            self._step(None, due)
        self._step(event, until)

    def until_answered(self) -> None:
        """Let time pass until the turn is over."""
        while self.call.state in {State.PAUSED, State.HEARING, State.UNCLEAR}:
            due = self.call.next_deadline
            assert due is not None, "a wait without an end"
            self._step(None, max(self.now, due))

    def _step(self, event: ev.Event | None, now: float) -> None:
        self.now = now
        self.tape.append((now, event))
        self._note(step(self.call, event, now=now))

    def _note(self, commands: list[Command]) -> None:
        for command in commands:
            if isinstance(command, Think):
                self.reply = command.reply
                self.guesses += command.speculative


def plain() -> Play:
    """Whole sentences, one piece each way."""
    play = Play(PLAIN)
    for turn in range(TURNS):
        play.feed(ev.SpeechStarted())
        play.feed(ev.SpeechEnded(0.1), after=1.0)
        play.feed(ev.Transcript(SAID.format(turn=turn), endpoint=True))
        play.until_answered()
        play.feed(ev.ReplyText(play.reply, "Tuesday at ten is free."))
        play.feed(ev.ReplyFinished(play.reply))
        play.feed(ev.Played(play.reply, words=5))
    return play


def eventful() -> Play:
    """Everything that happens in a call at scale."""
    play = Play(EVENTFUL)
    for turn in range(TURNS):
        said = SAID.format(turn=turn)
        play.feed(ev.SpeechStarted())
        for heard in range(1, PARTIALS + 1):
            play.feed(ev.Partial(said[: len(said) * heard // PARTIALS]), after=0.3)
        play.feed(ev.SpeechEnded(0.05))
        if turn % 4 == 0:  # a pause for thought: the guess is dropped
            play.feed(ev.SpeechStarted(), after=0.2)
            play.feed(ev.Partial(said + " at ten"), after=0.3)
            play.feed(ev.SpeechEnded(0.05), after=0.3)
        play.feed(ev.Transcript(said + " at ten" * (turn % 4 == 0), 0.9, endpoint=True), after=0.2)
        play.until_answered()
        _reply(play, turn)
    return play


def _reply(play: Play, turn: int) -> None:
    number = play.reply
    question = Question("start", QuestionKind.DAY_AND_TIME)
    play.feed(ev.FormNoted(number, FormChange(wants="book", answers={"day": f"day {turn}"}, asking=question)))
    if turn % 10 == 5:
        action = Action(f"act {turn}", ActionKind.BOOK, {"service": "check-up"})
        play.feed(ev.ActionProposed(number, action))
        play.feed(ev.ReplyFinished(number))
        receipt = Receipt(f"receipt {turn}", ActionKind.BOOK)
        play.feed(ev.ActionDone(number, ActionResult(action, receipt)))
        play.acts += 1
    for piece in PIECES:
        play.feed(ev.ReplyText(number, piece.format(turn=turn)), after=0.02)
    play.feed(ev.ReplyFinished(number), after=0.02)
    words = sum(len(piece.split()) for piece in PIECES)
    for heard in range(1, 6):
        play.feed(ev.Played(number, words * heard // 5), after=0.5)


def turns_per_second(play: Play, ways: Ways) -> float:
    """Of the same call played again, by the best of some rounds."""
    best = float("inf")
    for _ in range(REPEATS):
        calls = [fresh(ways) for _ in range(CALLS)]
        began = time.process_time()
        for call in calls:
            for now, event in play.tape:
                step(call, event, now=now)
        best = min(best, time.process_time() - began)
        assert all(call.history == play.call.history for call in calls), "the same tape gave another call"
    return CALLS * TURNS / best


def fresh(ways: Ways) -> Conversation:
    """A conversation before its call."""
    return Conversation("Hello, how can I help?", patience=LONG, ways=ways)


def check(play: Play) -> None:
    """The work was really done."""
    caller = sum(said.speaker == "caller" for said in play.call.history)
    assert caller == TURNS, f"the bench no longer plays a whole call but {caller} turns"
    assert len(play.call.history) == 2 * TURNS + 1
    assert len(play.call.form.receipts) == play.acts


def memory(play: Play, ways: Ways) -> float:
    """KiB of a call at its end, what it was told included."""
    gc.collect()
    tracemalloc.start()
    call = fresh(ways)
    for now, event in copy.deepcopy(play.tape):
        step(call, event, now=now)
    gc.collect()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert call.history == play.call.history
    return size / 1024


def main(*, profile: bool) -> None:
    """Print one figure per line."""
    check(short := plain())
    check(full := eventful())
    if profile:
        with cProfile.Profile() as profiler:
            turns_per_second(full, EVENTFUL)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)
        return
    print(f"machine: {machine()}")
    figure("turns of plain calls", turns_per_second(short, PLAIN), "per second and core (goal: 10,000)")
    figure("turns of eventful calls", turns_per_second(full, EVENTFUL), "per second and core (goal: 10,000)")
    figure("events and wakes of a plain turn", len(short.tape) / TURNS, "", 1)
    figure("events and wakes of an eventful turn", len(full.tape) / TURNS, "", 1)
    figure("guesses in an eventful call", full.guesses / TURNS, "per turn", 2)
    figure("memory of a plain call of 100 turns", memory(short, PLAIN), "KiB")
    figure("memory of an eventful call of 100 turns", memory(full, EVENTFUL), "KiB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", action="store_true", help="where the time goes, instead of figures")
    main(profile=parser.parse_args().profile)

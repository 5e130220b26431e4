"""The conversation by example: calls a reader can follow, and the cases that once went wrong."""

from collections.abc import Callable

from offhook.conversation import events as ev
from offhook.conversation.actions import Action, ActionKind, ActionResult, Receipt
from offhook.conversation.commands import (
    Act,
    Command,
    EndReason,
    EndSpeech,
    Finalize,
    HangUp,
    Hold,
    Play,
    Say,
    StopReply,
    Think,
    Utterance,
)
from offhook.conversation.conversation import Conversation
from offhook.conversation.form import FormChange, Question, QuestionKind
from offhook.conversation.patience import Patience
from offhook.conversation.states import State, Ways
from offhook.conversation.wording import (
    APOLOGY,
    GOODBYE_LENGTH,
    GOODBYE_SILENT,
    LENGTH_WARNING,
    MOMENT,
    REPEAT,
    STILL_LOOKING,
    STILL_THERE,
)

HELLO = "Smile Dental, how can I help?"
Script = tuple[float, ev.Event | None]


def play(call: Conversation, *script: Script) -> list[tuple[float, Command]]:
    """What the call asks for, and when; a None wakes it. Deadlines in between are kept."""
    done: list[tuple[float, Command]] = []
    for at, event in script:
        while (due := call.next_deadline) is not None and due < at:
            done += [(round(due, 3), command) for command in call.wake(now=due)]
        commands = call.wake(now=at) if event is None else call.receive(event, now=at)
        done += [(at, command) for command in commands]
    return done


def greeted(ways: Ways | None = None, **patience: float | None) -> Conversation:
    """A call whose greeting has been heard by second 2."""
    filled: Callable[..., Patience] = Patience
    call = Conversation(HELLO, patience=filled(**patience), ways=ways)
    play(call, (0.0, ev.PickedUp()), (2.0, ev.Played(1, 6)))
    return call


def asking(kind: QuestionKind) -> Conversation:
    """A call in which a question of this kind was asked and heard by second 5."""
    call = greeted()
    note = ev.FormNoted(2, FormChange(asking=Question("it", kind)))
    play(
        call,
        (2.5, ev.Typed("hello there")),
        (2.6, note),
        (2.7, ev.ReplyText(2, "Which is it?")),
        (2.8, ev.ReplyFinished(2)),
        (5.0, ev.Played(2, 3)),
    )
    assert call.form.asking == Question("it", kind)
    return call


def spoken(text: str, *, start: float, end: float, final: float) -> tuple[Script, ...]:
    """A caller's utterance as voice activity and recognizer tell of it."""
    return (
        (start, ev.SpeechStarted()),
        (end + 0.08, ev.SpeechEnded(0.08)),
        (final, ev.Transcript(text, endpoint=True)),
    )


def kinds(done: list[tuple[float, Command]]) -> list[str]:
    return [type(command).__name__ for _, command in done]


def says(done: list[tuple[float, Command]]) -> list[str]:
    return [command.text for _, command in done if isinstance(command, Say)]


def test_a_whole_turn_thinks_in_the_pause_and_speaks_when_the_turn_is_over() -> None:
    call = greeted()
    done = play(
        call,
        *spoken("a check-up please", start=3.0, end=4.0, final=4.3),
        (4.35, ev.ReplyText(2, "Tuesday at ten?")),
        (4.40, ev.ReplyFinished(2)),
        (4.60, None),
    )
    assert done == [
        (4.2, Finalize()),
        (4.3, Think(2, (Utterance("agent", HELLO), Utterance("caller", "a check-up please")), call.form, True)),
        (4.35, Say(2, "Tuesday at ten?")),
        (4.4, EndSpeech(2)),
        (4.45, Play(2)),
    ]
    assert call.history[-1] == Utterance("caller", "a check-up please")


def test_a_breath_in_mid_sentence_loses_neither_a_word_nor_the_floor() -> None:
    call = greeted()
    done = play(
        call,
        *spoken("I'd like to come", start=3.0, end=4.0, final=4.3),
        (4.35, ev.ReplyText(2, "When?")),
        (4.40, ev.SpeechStarted()),
        (4.80, ev.Partial("on Tuesday")),
        (5.08, ev.SpeechEnded(0.08)),
        (5.3, ev.Transcript("on Tuesday", endpoint=True)),
    )
    assert "Play" not in kinds(done)
    thinks = [command for _, command in done if isinstance(command, Think)]
    assert thinks[-1].history[-1].text == "I'd like to come on Tuesday"
    assert (4.8, StopReply(2)) in done


def test_speculation_keeps_the_reply_if_the_final_words_are_the_same() -> None:
    call = greeted(Ways(speculate=True))
    done = play(
        call,
        (3.0, ev.SpeechStarted()),
        (3.9, ev.Partial("a checkup please")),
        (4.1, ev.SpeechEnded(0.1)),
        (4.2, ev.Transcript("A checkup, please.", endpoint=True)),
        (4.3, ev.ReplyText(2, "When?")),
        (4.5, None),
    )
    assert next(command for _, command in done if isinstance(command, Think)).speculative
    assert kinds(done) == ["Finalize", "Think", "Say", "Play"]


def test_speculation_drops_the_reply_unheard_if_there_are_more_words() -> None:
    call = greeted(Ways(speculate=True))
    done = play(
        call,
        (3.0, ev.SpeechStarted()),
        (3.9, ev.Partial("a checkup")),
        (4.1, ev.SpeechEnded(0.1)),
        (4.2, ev.Transcript("a checkup on Tuesday", endpoint=True)),
    )
    assert kinds(done) == ["Finalize", "Think", "StopReply", "Think"]


def test_nothing_a_guess_proposes_is_done_before_the_turn_is_over() -> None:
    call = greeted()
    book = Action("2.1", ActionKind.BOOK, {"service": "cleaning"})
    look = Action("2.2", ActionKind.FIND_SLOTS, {"service": "cleaning"})
    done = play(
        call,
        *spoken("yes please", start=3.0, end=4.0, final=4.25),
        (4.3, ev.ActionProposed(2, look)),
        (4.31, ev.ActionProposed(2, book)),
        (4.32, ev.ReplyFinished(2)),
        (4.46, None),
    )
    acts = [(at, command.action.kind) for at, command in done if isinstance(command, Act)]
    assert acts == [(4.3, ActionKind.FIND_SLOTS), (4.45, ActionKind.BOOK)]


def test_a_cough_interrupts_nothing_and_the_agent_goes_on_at_its_word() -> None:
    call = Conversation(HELLO)
    done = play(
        call,
        (0.0, ev.PickedUp()),
        (0.5, ev.Played(1, 2)),
        (0.5, ev.SpeechStarted()),
        (0.7, ev.SpeechEnded(0.08)),
        (0.9, ev.Transcript("", endpoint=True)),
    )
    assert kinds(done)[3:] == ["Hold", "Finalize", "Play"]
    assert call.state is State.SPEAKING


def test_a_backchannel_wants_no_floor_and_is_no_turn() -> None:
    call = Conversation(HELLO)
    play(call, (0.0, ev.PickedUp()), (0.5, ev.Played(1, 2)), (0.5, ev.SpeechStarted()))
    done = play(call, (0.8, ev.Partial("uh-huh")), (0.9, ev.SpeechEnded(0.08)), (1.1, ev.Transcript("uh-huh")))
    assert kinds(done) == ["Finalize", "Play"]
    play(call, (2.0, ev.Played(1, 6)))
    assert call.state is State.LISTENING
    assert call.history == [Utterance("agent", HELLO)]


def test_real_words_take_the_floor_and_only_what_was_heard_enters_the_history() -> None:
    call = Conversation(HELLO)
    done = play(
        call,
        (0.0, ev.PickedUp()),
        (0.5, ev.Played(1, 2)),
        (0.5, ev.SpeechStarted()),
        (0.8, ev.Partial("I need a dentist")),
    )
    assert done[-1] == (0.8, StopReply(1))
    assert call.history == [Utterance("agent", "Smile Dental,")]
    assert call.state is State.HEARING


def test_a_yes_over_the_end_of_a_question_is_its_answer() -> None:
    call = greeted()
    question = FormChange(asking=Question("sure", QuestionKind.YES_NO))
    play(
        call,
        (2.5, ev.Typed("a cleaning")),
        (2.6, ev.FormNoted(2, question)),
        (2.7, ev.ReplyText(2, "Tuesday at ten, is that right?")),
        (2.8, ev.ReplyFinished(2)),
        (4.0, ev.Played(2, 5)),
        (4.0, ev.SpeechStarted()),
    )
    done = play(call, (4.3, ev.Partial("yes")))
    assert kinds(done) == ["StopReply"]


def test_a_radio_does_not_hold_the_agent_up_for_ever() -> None:
    call = Conversation(HELLO)
    done = play(call, (0.0, ev.PickedUp()), (0.5, ev.Played(1, 2)), (0.5, ev.SpeechStarted()), (3.0, None))
    assert (2.5, Play(1)) in done


def test_a_phone_number_is_waited_for_and_a_yes_is_not() -> None:
    number = asking(QuestionKind.PHONE)
    done = play(number, *spoken("two one two five five five", start=6.0, end=8.0, final=8.25), (9.4, None))
    assert kinds(done) == []
    yes = asking(QuestionKind.YES_NO)
    done = play(yes, *spoken("yes", start=6.0, end=6.4, final=6.6), (6.8, None))
    assert kinds(done) == ["Finalize", "Think"]
    assert yes.state is State.THINKING


def test_words_that_want_more_words_are_given_time() -> None:
    call = greeted()
    done = play(call, *spoken("and my number is", start=3.0, end=4.0, final=4.25), (5.2, None))
    assert "Play" not in kinds(done)
    assert call.state is State.PAUSED


def test_keys_are_a_turn() -> None:
    call = asking(QuestionKind.PHONE)
    done = play(call, *((6.0 + n / 10, ev.KeyPressed(key)) for n, key in enumerate("2125550147")), (7.0, None))
    think = next(command for _, command in done if isinstance(command, Think))
    assert think.history[-1].text == "2125550147"


def test_speech_without_clear_words_is_asked_for_again() -> None:
    call = greeted()
    done = play(
        call,
        (3.0, ev.SpeechStarted()),
        (4.1, ev.SpeechEnded(0.1)),
        (4.3, ev.Transcript("mumble", 0.4, True)),
        (4.6, None),
    )
    assert says(done) == [REPEAT]


def test_no_confidence_is_not_low_confidence() -> None:
    call = greeted()
    done = play(call, *spoken("a check-up", start=3.0, end=4.0, final=4.2), (4.5, None))
    assert "Think" in kinds(done)


def test_a_silent_caller_is_asked_twice_and_let_go() -> None:
    call = greeted()
    done = play(
        call,
        (5.0, None),
        (6.0, ev.Played(2, 9)),
        (9.0, None),
        (10.0, ev.Played(3, 9)),
        (13.0, None),
        (17.0, ev.Played(4, 99)),
    )
    assert says(done) == [STILL_THERE, STILL_THERE, GOODBYE_SILENT]
    assert done[-1] == (17.0, HangUp(EndReason.CALLER_SILENT))


def test_who_asks_for_a_moment_gets_one() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("hang on, let me find my calendar")), (2.6, ev.ReplyText(2, "Sure.")))
    play(call, (2.7, ev.ReplyFinished(2)), (3.0, ev.Played(2, 1)))
    assert says(play(call, (20.0, None))) == []


def test_a_slow_model_is_covered_twice_then_apologized_for() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("Tuesday?")))
    done = play(call, (4.0, None), (4.5, ev.Played(2, 3)), (7.0, None), (8.0, ev.Played(2, 10)), (10.6, None))
    assert [text.strip() for text in says(done)] == [MOMENT, STILL_LOOKING, APOLOGY]
    assert call.reason is EndReason.NO_REPLY


def test_an_empty_reply_becomes_a_request_to_repeat_and_three_of_them_an_apology() -> None:
    call = greeted()
    told: list[str] = []
    now = 3.0
    for _ in range(4):
        play(call, (now, ev.Typed("hello there")))
        told += says(
            play(
                call,
                (now + 0.1, ev.ReplyText(call.reply.number, " ** ")),
                (now + 0.2, ev.ReplyFinished(call.reply.number)),
            )
        )
        play(call, (now + 1.0, ev.Played(call.reply.number, 99)))
        now += 2.0
    assert told == [REPEAT, REPEAT, REPEAT, APOLOGY]


def test_an_action_that_was_begun_is_a_fact_even_if_its_announcement_is_cut() -> None:
    call = greeted()
    book = Action("2.1", ActionKind.BOOK, {})
    receipt = Receipt("r1", ActionKind.BOOK, {"service": "cleaning"})
    play(call, (2.5, ev.Typed("yes")), (2.6, ev.ActionProposed(2, book)), (2.61, ev.ReplyFinished(2)))
    play(call, (2.7, ev.SpeechStarted()), (2.9, ev.Partial("oh wait a second there")))
    play(call, (3.0, ev.ActionDone(2, ActionResult(book, receipt))))
    assert call.form.receipts == (receipt,)


def test_right_and_a_cough_do_not_stop_a_reply_that_is_due() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("put me through")), (2.6, ev.SpeechStarted()), (2.8, ev.SpeechEnded(0.08)))
    done = play(
        call,
        (2.9, ev.Transcript("right", endpoint=True)),
        (3.0, ev.ReplyText(2, "I'm putting you through.")),
        (3.4, None),
    )
    assert "StopReply" not in kinds(done)
    assert kinds(done) == ["Say", "Play"]


def test_after_actions_the_same_reply_goes_on_with_their_results() -> None:
    call = greeted()
    look = Action("2.1", ActionKind.FIND_SLOTS, {})
    result = ActionResult(look, slots=("2026-11-24T10:00",))
    done = play(
        call,
        (2.5, ev.Typed("when are you free?")),
        (2.6, ev.ReplyText(2, "Let me see. ")),
        (2.6, ev.ActionProposed(2, look)),
        (2.7, ev.ReplyFinished(2)),
        (2.8, ev.ActionDone(2, result)),
    )
    think = done[-1][1]
    assert isinstance(think, Think)
    assert (think.reply, think.begun, think.results) == (2, "Let me see. ", (result,))


def test_goodbye_is_said_whole_and_then_the_line_is_let_go() -> None:
    call = greeted()
    leave = Action("2.1", ActionKind.END_CALL, {})
    play(
        call, (2.5, ev.Typed("no thanks, bye")), (2.6, ev.ReplyText(2, "Goodbye!")), (2.6, ev.ActionProposed(2, leave))
    )
    done = play(call, (2.7, ev.ReplyFinished(2)), (3.0, ev.Played(2, 1)), (3.7, None))
    assert done[-1][1] == HangUp(EndReason.AGENT_SAID_GOODBYE)


def test_one_more_thing_after_goodbye_is_heard() -> None:
    call = greeted()
    leave = Action("2.1", ActionKind.END_CALL, {})
    play(
        call, (2.5, ev.Typed("no thanks, bye")), (2.6, ev.ReplyText(2, "Goodbye!")), (2.6, ev.ActionProposed(2, leave))
    )
    play(call, (2.7, ev.ReplyFinished(2)), (3.0, ev.Played(2, 1)), (3.3, ev.SpeechStarted()))
    play(call, (4.3, ev.SpeechEnded(0.1)), (4.4, ev.Transcript("oh and where do I park", endpoint=True)), (4.8, None))
    assert call.state is State.THINKING


def test_a_long_call_is_warned_then_closed_kindly() -> None:
    call = greeted(warn_at=60.0, limit=120.0)
    told: list[str] = []
    for second in range(3, 200):
        told += says(play(call, (second, None)))
        match call.state:
            case State.SPEAKING | State.CLOSING:
                told += says(play(call, (second, ev.Played(call.reply.number, 99))))
            case State.LISTENING:
                told += says(
                    play(call, (second, ev.Typed("still here")), (second, ev.ReplyText(call.reply.number + 1, "Ok.")))
                )
                told += says(play(call, (second, ev.ReplyFinished(call.reply.number))))
            case _:
                pass
    assert [text for text in told if text in {LENGTH_WARNING, GOODBYE_LENGTH}] == [LENGTH_WARNING, GOODBYE_LENGTH]
    assert call.reason is EndReason.TOO_LONG


def test_a_voice_that_fails_ends_in_the_recorded_apology() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("hello there")), (2.6, ev.ReplyText(2, "Hi.")))
    done = play(call, (2.7, ev.VoiceFailed(2)), (2.8, ev.VoiceFailed(3)))
    assert says(done) == [APOLOGY]
    assert done[-1][1] == HangUp(EndReason.NO_VOICE)


def test_the_tail_of_the_transcript_survives_a_hang_up() -> None:
    call = greeted()
    play(call, (3.0, ev.SpeechStarted()), (3.5, ev.Partial("tell them I am late")), (3.6, ev.HungUp()))
    assert call.history[-1] == Utterance("caller", "tell them I am late")


def test_hold_is_given_before_anything_else_when_the_caller_begins() -> None:
    call = Conversation(HELLO)
    play(call, (0.0, ev.PickedUp()))
    assert play(call, (0.4, ev.SpeechStarted())) == [(0.4, Hold(1))]

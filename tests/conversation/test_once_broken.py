"""What once went wrong in a call, found by the promises: one short call for each."""

from offhook.conversation import events as ev
from offhook.conversation.actions import Action, ActionKind, ActionResult, Receipt
from offhook.conversation.commands import EndReason, HangUp, Play, Say, Think, Utterance
from offhook.conversation.states import State, Ways
from offhook.conversation.wording import MOMENT, REPEAT
from tests.conversation.test_conversation import greeted, kinds, play, says, spoken


def test_words_that_were_taken_before_they_were_fixed_are_not_taken_again() -> None:
    call = greeted(Ways(finalizes=False))
    play(call, (3.0, ev.SpeechStarted()), (3.9, ev.Partial("tomorrow at")), (4.1, ev.SpeechEnded(0.1)), (9.0, None))
    assert call.history[-1] == Utterance("caller", "tomorrow at")
    play(call, (9.1, ev.Transcript("Tomorrow at ten", endpoint=True)), (9.6, None))
    assert [said.text for said in call.history if said.speaker == "caller"] == ["tomorrow at ten"]


def test_a_receipt_that_comes_during_a_guess_stays() -> None:
    call = greeted()
    book = Action("2.1", ActionKind.BOOK)
    play(call, (2.5, ev.Typed("yes")), (2.6, ev.ActionProposed(2, book)), (2.7, ev.ReplyText(2, "Booking it now.")))
    play(call, (3.0, ev.Played(2, 2)), *spoken("and one more thing please", start=3.1, end=4.0, final=4.2))
    receipt = Receipt("r1", ActionKind.BOOK)
    play(call, (4.3, ev.ActionDone(2, ActionResult(book, receipt))), (5.0, None))
    assert call.form.receipts == (receipt,)


def test_a_guess_at_words_that_were_none_is_never_heard() -> None:
    call = greeted(Ways(speculate=True))
    play(call, (3.0, ev.SpeechStarted()), (3.9, ev.Partial("a checkup")), (4.1, ev.SpeechEnded(0.1)))
    play(call, (4.15, ev.ReplyText(2, "When?")), (4.2, ev.ReplyFinished(2)))
    done = play(call, (4.25, ev.Transcript("a checkup", 0.2, endpoint=True)), (6.0, None))
    assert says(done) == [REPEAT]
    assert not [command for _, command in done if command == Play(2)]


def test_a_rustling_line_keeps_nobody_waiting() -> None:
    call = greeted()
    play(call, *spoken("a check-up please", start=3.0, end=4.0, final=4.2), (4.3, ev.ReplyText(2, "When?")))
    done = play(call, *((4.3 + n / 20, ev.SpeechHinted()) for n in range(40)))
    assert next(at for at, command in done if command == Play(2)) < 4.8


def test_nobody_is_asked_to_wait_in_the_middle_of_a_reply() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("when?")), (2.6, ev.ReplyText(2, "Let me see.")))
    done = play(call, (4.5, ev.Played(2, 3)), (5.0, ev.ReplyText(2, " Tuesday.")))
    assert MOMENT not in says(done)
    assert call.state is State.SPEAKING


def test_a_cough_after_goodbye_does_not_bring_the_agent_back() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("bye")), (2.6, ev.ReplyText(2, "Bye.")))
    play(call, (2.6, ev.ActionProposed(2, Action("2.1", ActionKind.END_CALL))), (2.7, ev.ReplyFinished(2)))
    play(call, (3.0, ev.Played(2, 1)), (3.3, ev.SpeechStarted()), (3.5, ev.SpeechEnded(0.08)))
    done = play(call, (3.6, ev.Transcript("", endpoint=True)), (6.0, None))
    assert [command for _, command in done] == [HangUp(EndReason.AGENT_SAID_GOODBYE)]


def test_a_second_sound_over_the_agent_is_waited_for_like_the_first() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("when?")), (2.6, ev.ReplyText(2, "We are open from nine to five.")))
    play(call, (3.0, ev.Played(2, 2)), (3.0, ev.SpeechStarted()), (3.2, ev.SpeechEnded(0.1)), (3.3, ev.SpeechStarted()))
    assert kinds(play(call, (3.9, ev.Partial("wait")))) == ["StopReply"]
    assert call.state is State.HEARING


def test_a_reply_without_end_is_neither_heard_nor_remembered_beyond_its_length() -> None:
    call = greeted()
    done = play(
        call, (2.5, ev.Typed("tell me")), (2.6, ev.ReplyText(2, "word " * 150)), (2.7, ev.ReplyText(2, "and " * 99))
    )
    assert sum(len(command.text.split()) for _, command in done if isinstance(command, Say)) == 200
    assert len(call.reply.words) == 200


def test_nothing_heard_means_nothing_said_and_the_turn_goes_on() -> None:
    call = greeted()
    play(call, (2.5, ev.Typed("I need a dentist")), (2.6, ev.ReplyText(2, "When would you like to come?")))
    done = play(call, (2.7, ev.SpeechStarted()), (2.9, ev.Partial("for my son")), (3.4, ev.SpeechEnded(0.1)))
    done += play(call, (3.5, ev.Transcript("for my son", endpoint=True)), (4.0, None))
    asked = [command for _, command in done if isinstance(command, Think)]
    assert asked[-1].history[-1].text == "I need a dentist for my son"


def test_what_was_said_in_another_script_is_heard() -> None:
    call = greeted()
    done = play(call, *spoken("Здравствуйте", start=3.0, end=4.0, final=4.2), (4.6, None))
    assert "Think" in kinds(done)

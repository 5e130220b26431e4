"""What came of a call: what stands at its end, not what was tried."""

import pytest

from offhook.conversation.actions import ActionKind, Receipt
from offhook.conversation.commands import EndReason
from offhook.conversation.form import Answer, Form
from offhook.receptionist.outcome import ANSWERED, EMERGENCY, NOT_INTERESTED, Outcome, outcome_of

THREE, FOUR = "2026-11-24T15:00", "2026-11-24T16:00"


def receipts(*told: tuple[str, str]) -> tuple[Receipt, ...]:
    """Kind and start of each; a move goes from three to its start."""
    return tuple(
        Receipt(str(n), ActionKind(kind), {"start": start, "old_start": THREE, "phone": "+12125550147"})
        for n, (kind, start) in enumerate(told)
    )


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ((("book", THREE),), Outcome.BOOKED),
        ((("book", THREE), ("cancel", THREE)), Outcome.CANCELLED),
        ((("book", THREE), ("cancel", THREE), ("book", THREE)), Outcome.BOOKED),
        ((("book", THREE), ("reschedule", FOUR)), Outcome.BOOKED),
        ((("book", THREE), ("reschedule", FOUR), ("cancel", FOUR)), Outcome.CANCELLED),
        ((("book", THREE), ("book", FOUR), ("cancel", FOUR)), Outcome.BOOKED),
        ((("cancel", THREE), ("book", FOUR)), Outcome.BOOKED),
        ((("reschedule", FOUR),), Outcome.RESCHEDULED),
        ((("take_message", ""),), Outcome.MESSAGE),
        ((("book", THREE), ("take_message", "")), Outcome.BOOKED),
        ((("take_message", ""), ("transfer", "")), Outcome.TRANSFERRED),
        ((("cancel", THREE), ("take_message", "")), Outcome.CANCELLED),
    ],
)
def test_the_outcome_is_what_stands(told: tuple[tuple[str, str], ...], outcome: Outcome) -> None:
    assert outcome_of(Form(receipts=receipts(*told)), EndReason.AGENT_SAID_GOODBYE) is outcome


def test_an_emergency_comes_before_everything() -> None:
    form = Form(answers={EMERGENCY: Answer("gas")}, receipts=receipts(("book", THREE)))
    assert outcome_of(form, EndReason.CALLER_HUNG_UP) is Outcome.EMERGENCY


@pytest.mark.parametrize(
    ("form", "reason", "outcome"),
    [
        (Form(wants=NOT_INTERESTED), EndReason.AGENT_SAID_GOODBYE, Outcome.NOT_INTERESTED),
        (Form(answers={ANSWERED: Answer("hours")}), EndReason.CALLER_HUNG_UP, Outcome.ANSWERED),
        (Form(), EndReason.CALLER_HUNG_UP, Outcome.ABANDONED),
        (Form(), EndReason.CALLER_SILENT, Outcome.ABANDONED),
        (Form(), EndReason.NO_REPLY, Outcome.FAILED),
        (Form(), EndReason.NO_VOICE, Outcome.FAILED),
        (Form(), None, Outcome.INTERRUPTED),
    ],
)
def test_a_call_without_effect_ends_as_it_was(form: Form, reason: EndReason | None, outcome: Outcome) -> None:
    assert outcome_of(form, reason) is outcome

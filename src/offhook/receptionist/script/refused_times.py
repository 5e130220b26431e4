"""Times that cannot be: why, as a sentence to the caller."""

from datetime import date, datetime

from offhook.receptionist.business import Service
from offhook.receptionist.hours import Problem, closed_because, opening, problem_with
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.phrases import say_day, say_start, say_time


def refusal(draft: Draft, service: Service, start: datetime) -> str:
    """Why an appointment cannot begin then, as a sentence; empty if the diary alone decides."""
    problem: Problem | None = problem_with(draft.business, _aware(draft, start), service.minutes, now=draft.now)
    day = start.date()
    match problem:
        case None:
            return ""
        case "past":
            return f"{say_start(start)} is already past."
        case "too_far":
            return f"We don't book as far ahead as {say_day(day)}."
        case "off_grid":
            return f"Our appointments begin every {draft.business.slot_minutes} minutes, so not at {say_time(start)}."
        case "closed":
            reason = closed_all_day(draft, day)
            if reason:
                return reason
            spans = opening(draft.business, day)
            if any(span.opens <= start.time() < span.closes for span in spans):
                closes = say_time(spans[-1].closes)
                return f"On {say_day(day)} we close at {closes}, which is too soon after {say_time(start)}."
            hours = " and ".join(f"{say_time(span.opens)} to {say_time(span.closes)}" for span in spans)
            return f"On {say_day(day)} we're open {hours}, so {say_time(start)} doesn't work."


def closed_all_day(draft: Draft, day: date) -> str:
    """Why nobody is served on that day, as a sentence; empty if somebody is."""
    if day < draft.now.date():
        return f"{say_day(day)} is already past."
    reason = closed_because(draft.business, day)
    return f"I can't offer {say_day(day)}, because {reason}." if reason else ""


def is_too_far(draft: Draft, day: date) -> bool:
    """Whether the day is beyond what is booked ahead."""
    return (day - draft.now.date()).days > draft.business.book_days_ahead


def _aware(draft: Draft, start: datetime) -> datetime:
    return start.replace(tzinfo=draft.business.zone)

"""The claim check: what a model says is done, free or costs must rest on a receipt, on slots found, on the facts.

Clause by clause, before it is spoken. Questions, conditions, negations and offers ("once you're booked", "I can book
you") claim nothing. What rests on nothing is put into true words where the code has them, else into neutral ones,
and the model is told, so that it can do what it said.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, NamedTuple

from offhook.conversation.actions import ActionKind, Receipt
from offhook.conversation.form import Form
from offhook.receptionist import prompt_text
from offhook.receptionist.business import Business
from offhook.receptionist.claim_words import (
    CONDITION,
    DONE,
    FREE_CUE,
    LATER_CONDITION,
    NO_OFFER,
    NOT_CLAIMED,
    ONLY_REPEATED,
    OPENING_VERB,
    SENDS,
    STATED,
    TIMES,
    TRIGGERS,
    UNITS,
    WORD,
    Claim,
)
from offhook.receptionist.form_notes import FOUND, FREE, OFFERED
from offhook.receptionist.money import amounts_in
from offhook.receptionist.named_services import find_services
from offhook.receptionist.outcome import standing_appointments
from offhook.receptionist.script.phrases import say_start, say_starts
from offhook.receptionist.telling import a, say_price
from offhook.receptionist.understanding.mentions import mentions
from offhook.receptionist.understanding.words import words_of

CHECK: Final = "Let me check that before I confirm it."
NO_PRICE: Final = "I don't have an exact price for that."
CHECK_TIMES: Final = "Let me check what's free."
PUT_THROUGH: Final = "Let me see if I can put you through."
NOT_SENT: Final = "I can't send that from here."
CALL_YOURSELF: Final = "I can't call them from here: please call 911 yourself right now."
TEAM_ONLY: Final = "That's something the team has to do."
_OFFERED_AT_ONCE: Final = 2
_FIGURE: Final = re.compile(r"\d")
_KINDS: Final = {
    Claim.CANCELLED: ActionKind.CANCEL,
    Claim.MESSAGE: ActionKind.TAKE_MESSAGE,
    Claim.TRANSFER: ActionKind.TRANSFER,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a clause is held against."""

    form: Form
    now: datetime
    before: str = ""
    """What the sentence has said already, in clauses before this one."""


class Verdict(NamedTuple):
    """What may be spoken of a clause; with a hint if it was changed, for the model to do better."""

    spoken: str
    hint: str = ""


class _Point(NamedTuple):
    day: date | None
    at: time | None


class ClaimCheck:
    """Checks the clauses of one business's model."""

    def __init__(self, business: Business) -> None:
        self._business = business
        told = [business.profession.price_policy, business.prompt_changes, *business.extra_facts.values()]
        self._general = frozenset().union(*map(amounts_in, told))
        self._of_service = {service.name: _amounts_of(business, service.name) for service in business.services}
        self._amounts = self._general.union(*self._of_service.values())
        self._sends = any(SENDS.search(fact) for fact in [*told, business.profession.booking_flow.after_booking])

    def spoken(self, clause: str, evidence: Evidence) -> Verdict:
        """What may be spoken of `clause`."""
        plain = clause.replace("\u2019", "'")
        words = set(WORD.findall(plain.lower()))
        verdict = None
        if claims := TRIGGERS.keys() & words:
            verdict = self._done(plain, frozenset().union(*(TRIGGERS[word] for word in claims)), evidence)
        if verdict is None and UNITS & words:
            verdict = self._price(plain)
        if verdict is None and self._business.takes_bookings and (TIMES & words or _FIGURE.search(plain)):
            verdict = self._free(plain, evidence)
        if verdict is None:
            return Verdict(clause)
        end = clause[len(clause.rstrip()) :]
        inside = bool(evidence.before.strip()) and not verdict.spoken.startswith(("I ", "I'"))
        spoken = verdict.spoken[0].lower() + verdict.spoken[1:] if inside else verdict.spoken
        return Verdict(spoken + end, verdict.hint)

    def told(self, receipt: Receipt) -> str:
        """A receipt in the code's own words."""
        facts = receipt.facts
        match receipt.kind:
            case ActionKind.BOOK | ActionKind.RESCHEDULE:
                verb = "booked" if receipt.kind is ActionKind.BOOK else "now down"
                return f"You're {verb} for {a(facts['service'])} on {_say(facts['start'])}."
            case ActionKind.CANCEL:
                return f"Your {facts['service']} on {_say(facts['start'])} is cancelled."
            case ActionKind.TAKE_MESSAGE:
                return "I've taken your message."
            case ActionKind.TRANSFER:
                return f"I'm putting you through to {facts['target']} now."
            case _:
                return "That's done."

    # What is said to be done

    def _done(self, clause: str, claims: Set[Claim], evidence: Evidence) -> Verdict | None:
        for claim, pattern in DONE:
            found = pattern.search(clause) if claim in claims else None
            if found is not None and not _is_harmless(clause, found, evidence.before):
                verdict = self._held(claim, clause, evidence)
                if verdict is not None:
                    return verdict
        return None

    def _held(self, claim: Claim, clause: str, evidence: Evidence) -> Verdict | None:
        """What is put in the place of a claim; None where it is true."""
        form = evidence.form
        match claim:
            case Claim.BOOKED | Claim.MOVED:
                return self._held_appointment(claim, clause, evidence)
            case Claim.ALL_SET | Claim.DEED:
                return None if form.receipts else Verdict(CHECK, prompt_text.NOT_DONE)
            case Claim.RESCUE:
                return Verdict(CALL_YOURSELF)
            case Claim.BEYOND:
                return Verdict(TEAM_ONLY)
            case Claim.SENT:
                return None if self._sends else Verdict(NOT_SENT)
            case Claim.TRANSFER:
                done = any(receipt.kind is ActionKind.TRANSFER for receipt in form.receipts)
                return None if done else Verdict(PUT_THROUGH, prompt_text.NOT_DONE)
            case _:
                done = any(receipt.kind is _KINDS[claim] for receipt in form.receipts)
                return None if done else Verdict(CHECK, prompt_text.NOT_DONE)

    def _held_appointment(self, claim: Claim, clause: str, evidence: Evidence) -> Verdict | None:
        form = evidence.form
        standing = standing_appointments(form.receipts)
        if claim is Claim.MOVED:
            standing = [receipt for receipt in standing if receipt.kind is ActionKind.RESCHEDULE]
        starts = [datetime.fromisoformat(receipt.facts["start"]) for receipt in standing]
        known = form.value(FOUND)
        if claim is Claim.BOOKED and known:  # the caller's own, looked up against name and number
            starts.append(datetime.fromisoformat(known))
        if not starts:
            return Verdict(CHECK, prompt_text.NOT_DONE)
        points = _points(clause, evidence.now)
        if all(_is_among(point, starts) for point in points):
            return None
        return Verdict(self.told(standing[-1]) if standing else CHECK)

    # What is said to cost

    def _price(self, clause: str) -> Verdict | None:
        amounts = amounts_in(clause)
        if not amounts:
            return None
        named = [service for service in find_services(self._business, clause) if service.name in self._of_service]
        allowed = self._general.union(*(self._of_service[service.name] for service in named))
        if amounts <= (allowed if named else self._amounts):
            return None
        priced = [service for service in named if service.price_from is not None]
        return Verdict(say_price(self._business, priced[0]) if priced else NO_PRICE)

    # What is said to be at a time

    def _stated(self, clause: str, evidence: Evidence) -> Verdict | None:
        """A day and a time told to the caller as a fact is an appointment, however it is worded."""
        told = STATED.search(clause)
        sentence = evidence.before + clause
        if told is None or NO_OFFER.search(sentence) or ONLY_REPEATED.search(sentence):
            return None
        points = [point for point in _points(clause, evidence.now) if point.day is not None and point.at is not None]
        if not points or _is_harmless(clause, told, evidence.before):
            return None
        return self._held_appointment(Claim.BOOKED, clause, evidence)

    def _free(self, clause: str, evidence: Evidence) -> Verdict | None:
        if FREE_CUE.search(clause) is None:
            return self._stated(clause, evidence)
        if NO_OFFER.search(evidence.before + clause) is not None:
            return None
        points = _points(clause, evidence.now)
        if clause.rstrip().endswith("?"):
            points = [point for point in points if point.at is not None]
        if not points:
            return None
        slots = _slots(evidence.form)
        known = [*slots, *_starts_in(evidence.form)]
        if all(_is_among(point, known) for point in points):
            return None
        if not slots:
            return Verdict(CHECK_TIMES, prompt_text.NOT_FREE)
        return Verdict(f"I have {say_starts(slots[:_OFFERED_AT_ONCE], evidence.now.date())}. Does one of those work?")


def _is_harmless(clause: str, found: re.Match[str], before: str) -> bool:
    """Whether a question, a condition, a negation or an offer is made of what looks like a claim."""
    sentence = before + clause
    if sentence.rstrip().endswith("?") or OPENING_VERB.match(sentence.lstrip()):
        return True
    lead = before + clause[: found.start()]
    if CONDITION.search(lead):
        return True
    part = re.split(r"[,;:.!]\s|\bbut\b", lead)[-1]
    rest = re.split(r"[,;:.!?]", clause[found.end() :])[0]
    return NOT_CLAIMED.search(part) is not None or LATER_CONDITION.match(rest.lstrip()) is not None


def _points(clause: str, now: datetime) -> list[_Point]:
    """Days and times that are named, each time with its day: the one before it, else the one after."""
    heard = mentions(words_of(clause), today=now.date(), asked=False)
    days = [
        (each.start, each.day.day)
        for each in heard
        if each.day is not None and each.day.day is not None and each.day.last_day in {None, each.day.day}
    ]
    part = next((each.part for each in heard if each.part is not None), None)
    points: list[_Point] = []
    for each in heard:
        if each.clock is not None and each.clock.at is not None:
            before = [day for place, day in days if place < each.start]
            after = [day for place, day in days if place > each.start]
            day = before[-1] if before else after[0] if after else None
            points.append(_Point(day, each.clock.at.on(part)))
    timed = {point.day for point in points}
    return [*points, *(_Point(day, None) for _, day in days if day not in timed)]


def _is_among(point: _Point, starts: Sequence[datetime]) -> bool:
    return any(
        (point.day is None or start.date() == point.day) and (point.at is None or start.time() == point.at)
        for start in starts
    )


def _slots(form: Form) -> list[datetime]:
    """Times found free, the newest findings first."""
    told = [*(form.value(OFFERED) or "").split(","), *(form.value(FREE) or "").split(",")]
    return [datetime.fromisoformat(slot) for slot in dict.fromkeys(told) if slot]


def _starts_in(form: Form) -> list[datetime]:
    """Times that are the caller's own."""
    told = [receipt.facts.get("start") for receipt in form.receipts] + [form.value(FOUND)]
    return [datetime.fromisoformat(start) for start in told if start]


def _amounts_of(business: Business, name: str) -> frozenset[int]:
    service = next(each for each in business.services if each.name == name)
    ends = {price for price in (service.price_from, service.price_to) if price is not None}
    return frozenset(ends) | amounts_in(service.price_note) | amounts_in(service.about)


def _say(start: str) -> str:
    return say_start(datetime.fromisoformat(start))

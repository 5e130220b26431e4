"""The composer: what a model is told for one reply.

The profession's prompt and the tenant's changes come first, then what never changes for this business, then the day,
the minute and the form: so vendors' caches of a prompt's beginning hold from call to call. The same facts give the
same text, so its hash means something.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from offhook.conversation.actions import ActionResult, Receipt
from offhook.conversation.commands import Think
from offhook.conversation.form import Form
from offhook.providers.llm import Request
from offhook.receptionist import prompt_text
from offhook.receptionist.business import Business, Service
from offhook.receptionist.form_notes import CALLER_ID, DIGITS, FREE
from offhook.receptionist.hours import closed_because, opening
from offhook.receptionist.noting import NOTE
from offhook.receptionist.profession_file import filled
from offhook.receptionist.telling import say_date, say_hours, say_length, say_price, say_time, say_whether_open
from offhook.receptionist.tools import tools_of

_DAYS_AHEAD = 10
_HOLIDAYS_AHEAD = 60
_ANY_DAY = date(2026, 11, 23)
_WANTS = ("book", "reschedule", "cancel", "appointment", "message", "done", "not_interested")
_WANTS_WITHOUT_DIARY = ("message", "done", "not_interested")


class Composer:
    """Builds the requests of one business."""

    def __init__(self, business: Business) -> None:
        self._business = business
        self._tools = tools_of(business)
        self._tools_but_note = tuple(tool for tool in self._tools if tool.name != NOTE)
        self._fixed = _fixed(business)
        self._day: tuple[date, str] = (date.min, "")
        self._minute: tuple[datetime | None, str] = (None, "")
        closed_because(business, _ANY_DAY)  # the calendar of holidays takes most of a second to load: not in a call

    @property
    def prompt(self) -> str:
        """What every request begins with: the profession's prompt, with the tenant's changes."""
        return profession_prompt(self._business)

    def request(  # noqa: PLR0913 - a request is made of so many things
        self,
        think: Think,
        *,
        now: datetime,
        form: Form,
        begun: str = "",
        results: Sequence[ActionResult] = (),
        hint: str = "",
        notes: bool = True,
    ) -> Request:
        """The request for one generation. `hint` is why it is asked again; without `notes` it must speak or act."""
        now = now.astimezone(self._business.zone)
        parts = [self._fixed, self._moment(now), form_text(form)]
        if hint:
            parts.append(f"# Now\n{hint}")
        return Request(
            system="\n\n".join(parts),
            history=think.history,
            form=form,
            now=now,
            tools=self._tools if notes else self._tools_but_note,
            results=tuple(results),
            begun=begun,
        )

    def _moment(self, now: datetime) -> str:
        minute = now.replace(second=0, microsecond=0)
        if self._minute[0] != minute:
            if self._day[0] != now.date():
                self._day = now.date(), _days(self._business, now.date())
            told = f"It is {say_date(now.date())}, {now.year}, {say_time(now.time())}, at the business."
            self._minute = minute, f"{self._day[1]}\n{told} {say_whether_open(self._business, now)}"
        return self._minute[1]


def profession_prompt(business: Business) -> str:
    """The profession's prompt with the tenant's changes, placeholders filled; they were checked when it was saved."""
    profession = business.profession
    values = {"business": business.name, "title": profession.title, "address": business.address}
    prompt = filled(profession.system_prompt, values)
    changes = filled(business.prompt_changes, values).strip()
    return f"{prompt}\n\n# Changes by {business.name}, which come before the above\n{changes}" if changes else prompt


def form_text(form: Form) -> str:
    """The whole form, as a model reads it."""
    lines = ["# The form of this call", f"wants: {form.wants or 'not known yet'}"]
    for name, answer in form.answers.items():
        if not name.startswith("_"):
            lines.append(f"{name}: {answer.value}{' (confirmed)' if answer.confirmed else ''}")
    if digits := form.value(DIGITS):
        lines.append(f"phone, heard so far: {digits}; ask for the rest")
    if (caller := form.value(CALLER_ID)) and not form.value("phone"):
        lines.append(f"the call comes from {caller}; if you need a number, ask whether this is the best one")
    if free := form.value(FREE):
        lines.append(f"free times found so far: {free.replace(',', ', ')}")
    if form.asking is not None:
        choices = f" ({', '.join(form.asking.choices)})" if form.asking.choices else ""
        lines.append(f"you asked for: {form.asking.field} ({form.asking.kind.value}){choices}")
    lines += map(_receipt, form.receipts) if form.receipts else ["done so far: nothing"]
    return "\n".join(lines)


def _receipt(receipt: Receipt) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in receipt.facts.items() if value)
    return f"done: {receipt.kind.value} (receipt {receipt.id}) {facts}".rstrip()


def _fixed(business: Business) -> str:
    wants = _WANTS if business.takes_bookings else _WANTS_WITHOUT_DIARY
    tools = prompt_text.TOOLS.format(wants=", ".join(wants))
    rules = prompt_text.BOOKING if business.takes_bookings else prompt_text.NO_BOOKING
    parts = [profession_prompt(business)]
    if business.tone:
        parts.append(f"# Your tone\n{business.tone}")
    parts += [prompt_text.SPEAKING, f"{tools}\n{rules}", _facts(business)]
    return "\n\n".join(parts)


def _facts(business: Business) -> str:
    profession = business.profession
    lines = ["# Facts. What is not here you do not know.", f"Business: {business.name}"]
    if business.address:
        lines.append(f"Address: {business.address}")
    lines += [_service(business, service) for service in business.services]
    lines.append(f"With any price say: {profession.price_policy}")
    if profession.booking_flow.after_booking and business.takes_bookings:
        lines.append(f"After a booking say: {profession.booking_flow.after_booking}")
    lines += [f"{name.replace('_', ' ')}: {fact}" for name, fact in business.extra_facts.items()]
    lines += [f"You may put callers through to: {target.name}" for target in business.targets]
    for question in profession.intake:
        needed = "before a booking" if question.required else "if it is mentioned"
        only = f", for {', '.join(question.only_for)}" if question.only_for else ""
        lines.append(f"Note {question.field} {needed}{only}: {question.ask}")
    lines += [f"If asked about {each.name.replace('_', ' ')}: {each.say}" for each in profession.refusals]
    return filled_spoken("\n".join(lines), business)


def filled_spoken(text: str, business: Business) -> str:
    """Ready-made answers with the business's name in its place; other braces stay."""
    return text.replace("{business}", business.name)


def _service(business: Business, service: Service) -> str:
    about = f" {service.about}" if service.about else ""
    return f"Service: {service.name}, {say_length(service.minutes)}. {say_price(business, service)}{about}"


def _days(business: Business, today: date) -> str:
    lines = ["# Today", say_hours(business, datetime.combine(today, datetime.min.time(), business.zone))]
    for ahead in range(_DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        name = {0: "today, ", 1: "tomorrow, "}.get(ahead, "")
        lines.append(f"{name}{say_date(day)}, {day.isoformat()}: {_open(business, day)}")
    further = (today + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD, _HOLIDAYS_AHEAD))
    lines += [
        f"{say_date(day)}, {day.isoformat()}: closed, {closed_because(business, day)}"
        for day in further
        if business.hours.get(day.weekday()) and not opening(business, day)
    ]
    return "\n".join(lines)


def _open(business: Business, day: date) -> str:
    told = [f"{say_time(span.opens)} to {say_time(span.closes)}" for span in opening(business, day)]
    return " and ".join(told) or f"closed, {closed_because(business, day)}"

"""A profession: what a receptionist of that trade asks, books, charges, fears and says. Data files, one schema.

`load_profession("dentist")` reads one of the files in `professions/`; `load_profession(path)` a tenant's own. What a
file says wrongly is told when it is loaded, never while a caller waits.
"""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from offhook.conversation.form import QuestionKind
from offhook.receptionist.wording import check_sign

_STRICT = ConfigDict(extra="forbid", strict=True)

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Sign = Annotated[str, AfterValidator(check_sign)]
"""See `offhook.receptionist.wording`."""
FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]

RESERVED_FIELDS = frozenset({"service", "start", "day", "time", "name", "phone", "text", "urgent", "notes"})
"""Fields of the form that every booking or message has; an intake question may not take their names."""


@dataclass(frozen=True, slots=True)
class ServiceDefault:
    """A service as a business of this trade would offer it; a tenant changes what is different."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: Text
    """As it is said to a caller after "a", "an" or "your", e.g. "teeth cleaning"."""
    minutes: Annotated[int, Field(ge=5, le=720)]
    usd_from: Annotated[int, Field(ge=0)] | None = None
    """Whole dollars, an estimate; None: not told on the telephone."""
    usd_to: Annotated[int, Field(ge=0)] | None = None
    also_called: tuple[Text, ...] = ()
    price_note: str = ""
    about: str = ""
    """One sentence on what it is or includes."""


@dataclass(frozen=True, slots=True)
class IntakeQuestion:
    """Something this trade has to know before it can help."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    field: FieldName
    kind: QuestionKind
    ask: Text
    required: bool = False
    """Asked at every booking it is for; "I don't know" is an answer. What is not required is noted when it is told."""
    only_for: tuple[Text, ...] = ()
    """Names of services; empty: all."""
    choices: tuple[Text, ...] = ()
    """For kind "choice"."""
    told_by: tuple[Sign, ...] = ()
    """Signs that the caller has answered it without being asked; those words are the answer, of kind "yes_no" a yes."""
    denied_by: tuple[Sign, ...] = ()
    """For kind "yes_no": signs that the answer is no."""
    if_yes: str = ""
    """Said before going on, after a yes."""
    if_no: str = ""
    refuse_if: Literal["yes", "no"] | None = None
    """The answer with which the business does not serve; `if_yes` or `if_no` is then said and nothing is booked."""
    condition: str = ""
    """For one with `refuse_if` whose answer stayed open: said with the read-back, so that a yes covers it."""
    emergency_if: Literal["yes", "no"] | None = None
    """The answer that is an emergency."""
    emergency: str = ""
    """The name of that emergency."""

    def is_for(self, service: str | None) -> bool:
        """Whether it is asked when this service is booked."""
        return not self.only_for or service in self.only_for


Step = Literal["service", "intake", "when", "name", "phone", "confirm"]


@dataclass(frozen=True, slots=True)
class BookingFlow:
    """How an appointment is made."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    steps: tuple[Step, ...]
    """In the order in which they are asked; what is already known is skipped."""
    ask_service: Text
    """Asked when the caller wants to come but has not said what for."""
    after_booking: str = ""
    """Said once it is booked: what to bring, when to come."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Something callers say against booking, or want that this trade does not do, and the answer to it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: Text
    signs: tuple[Sign, ...]
    say: Text
    then: Literal["go_on", "message", "end_call"] = "go_on"
    unless: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class Emergency:
    """Danger or loss that cannot wait, how callers tell of it, and what is said and done at once."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: FieldName
    signs: tuple[Sign, ...]
    say: Text
    """First what to do for safety; never a time of arrival."""
    then: Literal["transfer", "message", "advise"]
    """Put the caller through, take an urgent message, or go on (the advice was all)."""
    urgent: bool = True
    unless: tuple[Sign, ...] = ()
    """Words that make it harmless, e.g. a gas stove that is only mentioned."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something callers ask about; the answer is the tenant's own fact of the same name."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: FieldName
    signs: tuple[Sign, ...]
    unless: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketValue:
    """What one booking is worth to such a business: a default from price surveys, never told as a fact."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    usd_low: int
    usd_high: int
    usd_default: int
    source: Text
    estimate: Literal[True] = True


@dataclass(frozen=True, slots=True)
class Profession:
    """One trade."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    name: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    title: Text
    """As it is said, e.g. "massage therapist"."""
    system_prompt: Text
    """For a model; may hold {business}, {title} and {address}."""
    greeting: Text
    """Holds {business}, and says that an automated assistant answers."""
    default_service: Text
    """Booked when the caller wants to come but cannot say what for."""
    price_policy: Text
    """Said with any price."""
    booking_flow: BookingFlow
    services: tuple[ServiceDefault, ...]
    intake: tuple[IntakeQuestion, ...]
    objections: tuple[Objection, ...]
    refusals: tuple[Objection, ...]
    """What is never done: diagnosing, promising, serving whom the law forbids."""
    emergencies: tuple[Emergency, ...]
    ticket_value: TicketValue
    topics: tuple[Topic, ...] = field(default_factory=tuple)
    """Beyond those that callers of every trade ask about."""

    def questions_for(self, service: str | None) -> tuple[IntakeQuestion, ...]:
        """What must be asked before this service is booked."""
        return tuple(question for question in self.intake if question.required and question.is_for(service))

    def emergency(self, name: str) -> Emergency:
        """The emergency of that name; it exists, for the file was checked."""
        return next(emergency for emergency in self.emergencies if emergency.name == name)


@dataclass(frozen=True, slots=True)
class EveryProfession:
    """What holds for every trade, in `every_profession.toml`."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    emergencies: tuple[Emergency, ...]
    questions: tuple[Topic, ...]
    """How callers ask for what hours, services and address answer; the names are those in `facts.py`."""
    topics: tuple[Topic, ...]
    objections: tuple[Objection, ...]

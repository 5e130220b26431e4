"""An agent's configuration as it is stored: JSON in, a `Business` out, every mistake told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Annotated, Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from offhook.receptionist.business import Business, Service, Span, TransferTarget
from offhook.receptionist.demo_business import offered
from offhook.receptionist.profession_file import (
    PROMPT_PLACEHOLDERS,
    BadProfessionFile,
    load_profession,
    unknown_placeholders,
)

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_Hours = Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d-\d\d:\d\d$")]
_Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class BadConfiguration(ValueError):
    """A stored configuration cannot be used; the message says what is wrong where, and what to do."""


@dataclass(frozen=True, slots=True)
class _Configuration:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: _Name
    zone: str
    hours: Mapping[str, tuple[_Hours, ...]]
    """By weekday in English, e.g. {"monday": ["09:00-12:00", "13:00-18:00"]}."""
    services: tuple[Service, ...] | None = None
    """None: what the profession offers."""
    address: str = ""
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "US"
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "USD"
    holidays: tuple[date, ...] = ()
    keeps_public_holidays: bool = True
    extra_facts: Mapping[str, str] = field(default_factory=dict[str, str])
    targets: tuple[TransferTarget, ...] = ()
    places: Annotated[int, Field(ge=1)] = 1
    slot_minutes: Annotated[int, Field(ge=5, le=120)] = 15
    book_days_ahead: Annotated[int, Field(ge=1, le=730)] = 180
    takes_bookings: bool = True
    tone: str = ""
    prompt_changes: str = ""
    greeting: str | None = None


_reader: TypeAdapter[_Configuration] = TypeAdapter(_Configuration)


def business_of(profession: str, body: Mapping[str, object]) -> Business:
    """The business that a stored configuration describes.

    Raises:
        BadConfiguration: Something in it cannot be used.
    """
    try:
        read = _reader.validate_python(dict(body))
        zone = ZoneInfo(read.zone)
        hours = {DAYS.index(day): tuple(map(_span, spans)) for day, spans in read.hours.items()}
        known = load_profession(profession)
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)
        told = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in wrong)
        raise BadConfiguration(f"The configuration cannot be used: {told}. Correct this.") from None
    except ZoneInfoNotFoundError:
        raise BadConfiguration("The configuration's zone is unknown. Give one such as America/New_York.") from None
    except ValueError as error:
        raise BadConfiguration(f"The configuration's hours cannot be used: {error}. Correct them.") from None
    except BadProfessionFile as error:
        raise BadConfiguration(str(error)) from error
    _check_prompt(read.prompt_changes)
    fields: dict[str, Any] = {name: getattr(read, name) for name in _SAME}
    services = read.services if read.services is not None else tuple(map(offered, known.services))
    return Business(profession=known, zone=zone, hours=hours, services=services, **fields)


def _check_prompt(changes: str) -> None:
    """A placeholder that nothing would fill is told when the prompt is saved, never while a caller waits."""
    told = " and ".join(sorted(f"{{{name}}}" for name in PROMPT_PLACEHOLDERS))
    try:
        unknown = unknown_placeholders(changes, PROMPT_PLACEHOLDERS)
    except ValueError as error:
        raise BadConfiguration(f"The configuration's prompt_changes cannot be used: {error}. Correct it.") from None
    if unknown:
        raise BadConfiguration(
            f"The configuration's prompt_changes hold {{{unknown[0]}}}, which nothing fills. Use {told}, or none."
        )


def configuration_of(business: Business) -> dict[str, object]:
    """The configuration that describes `business`; `business_of` reads it back."""
    body: dict[str, object] = {name: getattr(business, name) for name in _SAME}
    body["zone"] = business.zone.key
    body["services"] = business.services
    body["hours"] = {
        DAYS[day]: tuple(f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in spans)
        for day, spans in business.hours.items()
    }
    return _reader.dump_python(_reader.validate_python(body), mode="json")  # type: ignore[no-any-return]  # a dataclass dumps as a dict


_SAME = (
    "name",
    "address",
    "country",
    "currency",
    "holidays",
    "keeps_public_holidays",
    "extra_facts",
    "targets",
    "places",
    "slot_minutes",
    "book_days_ahead",
    "takes_bookings",
    "tone",
    "prompt_changes",
    "greeting",
)


def _span(told: str) -> Span:
    opens, closes = told.split("-")
    span = Span(time.fromisoformat(opens), time.fromisoformat(closes))
    if span.opens >= span.closes:
        raise ValueError(f"{told} ends before it begins")
    return span

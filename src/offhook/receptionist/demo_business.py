"""The demo business of each profession: what `offhook demo` and `offhook chat` answer for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, StringConstraints, TypeAdapter, ValidationError

from offhook.receptionist.business import Business, Service, Span, TransferTarget
from offhook.receptionist.profession import ServiceDefault, Text
from offhook.receptionist.profession_file import BadProfessionFile, demo_table, load_profession

_ZONE = ZoneInfo("America/New_York")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CENTS = 100

Hours = Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d-\d\d:\d\d$")]


@dataclass(frozen=True, slots=True)
class _Demo:
    """The `[demo]` table of a profession file."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    name: Text
    address: Text
    hours: Mapping[str, Hours]
    """By weekday in English, e.g. "09:00-18:00"; a day that is missing is closed."""
    targets: tuple[TransferTarget, ...]
    facts: Mapping[str, Text] = field(default_factory=dict[str, str])
    tone: str = ""


def demo_business(profession_name: str) -> Business:
    """The demo business of a profession that comes with offhook; raises BadProfessionFile."""
    profession = load_profession(profession_name)
    try:
        demo = TypeAdapter(_Demo).validate_json(json.dumps(demo_table(profession_name), default=str))
        hours = {_DAYS.index(day): (_span(told),) for day, told in demo.hours.items()}
    except (ValidationError, ValueError) as error:
        raise BadProfessionFile(f"{profession_name}.toml: [demo] cannot be used: {error}. Correct it.") from None
    return Business(
        name=demo.name,
        profession=profession,
        zone=_ZONE,
        hours=hours,
        services=tuple(offered(default) for default in profession.services),
        address=demo.address,
        extra_facts=demo.facts,
        targets=demo.targets,
        tone=demo.tone,
    )


def offered(default: ServiceDefault) -> Service:
    """A trade's default as a tenant's own service, in US dollars."""
    return Service(
        name=default.name,
        minutes=default.minutes,
        price_from=None if default.usd_from is None else default.usd_from * _CENTS,
        price_to=None if default.usd_to is None else default.usd_to * _CENTS,
        also_called=default.also_called,
        price_note=default.price_note,
        about=default.about,
    )


def _span(told: str) -> Span:
    opens, closes = told.split("-")
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))

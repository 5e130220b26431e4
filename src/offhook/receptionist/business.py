"""A business as its receptionist knows it: the facts of a tenant, one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from zoneinfo import ZoneInfo

from offhook.receptionist.profession import Profession


@dataclass(frozen=True, slots=True)
class Span:
    """Opening hours of one day, local time: open from `opens` up to, not including, `closes`."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can be booked."""

    name: str
    """As it is said to a caller, e.g. "cleaning"."""
    minutes: int
    price_from: int | None = None
    """Minor units of the business's currency; None: not told on the telephone."""
    price_to: int | None = None
    also_called: tuple[str, ...] = ()
    """Other wordings callers use, e.g. "check-up", "hygienist"."""
    price_note: str = ""
    """Said with the price, e.g. "The dentist confirms it after a look."."""
    about: str = ""
    """One sentence on what it is or includes."""


@dataclass(frozen=True, slots=True)
class TransferTarget:
    """Somebody a caller may be put through to; the only numbers a call is ever transferred to."""

    name: str
    """E.g. "the on-call plumber", "the front desk"."""
    phone: str
    """E.164."""
    for_emergencies: bool = False


@dataclass(frozen=True, slots=True)
class Business:
    """The facts of one tenant."""

    name: str
    profession: Profession
    zone: ZoneInfo
    hours: Mapping[int, tuple[Span, ...]]
    """By weekday, Monday is 0; a day that is missing is closed."""
    services: tuple[Service, ...]
    address: str = ""
    country: str = "US"
    currency: str = "USD"
    holidays: tuple[date, ...] = ()
    """Closures of its own, beyond the public holidays of `country`."""
    keeps_public_holidays: bool = True
    extra_facts: Mapping[str, str] = field(default_factory=dict[str, str])
    """Answers to common questions by topic, e.g. "parking": "There is free parking behind the house."."""
    targets: tuple[TransferTarget, ...] = ()
    places: int = 1
    """Appointments that can go on at the same time."""
    slot_minutes: int = 15
    """Appointments begin at multiples of this after the hour."""
    book_days_ahead: int = 180
    takes_bookings: bool = True
    tone: str = ""
    """The tenant's wish for the model, e.g. "warm and brief"."""
    prompt_changes: str = ""
    greeting: str | None = None
    """Replaces the profession's greeting."""

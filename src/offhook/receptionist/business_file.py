"""Business files: one business in TOML, its numbers and trade and all that a configuration holds.

profession = "plumber"
numbers = ["+15185550142"]
name = "Hudson Plumbing"
zone = "America/New_York"
[hours]
monday = ["08:00-18:00"]
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from offhook.receptionist.business import Business
from offhook.receptionist.configuration import BadConfiguration, business_of, configuration_of
from offhook.receptionist.toml_file import UnreadableFile, read_toml
from offhook.receptionist.understanding.phone import e164

_OWN_FIELDS = ("tenant", "profession", "numbers")
"""What a file holds beyond the configuration."""


@dataclass(frozen=True, slots=True)
class BusinessFile:
    """A file that was found right."""

    tenant: str
    """Unique in the installation, and what makes the next file a change of this business; the file's name without
    its ending, unless it gives another."""
    business: Business
    numbers: tuple[str, ...]
    """E.164."""


def read_business_file(path: Path) -> BusinessFile:
    """The business of a file; raises BadConfiguration, with all that is wrong."""
    tables = _tables(path)
    body = {name: value for name, value in tables.items() if name not in _OWN_FIELDS}
    try:
        profession = tables.get("profession")
        if not isinstance(profession, str):
            raise BadConfiguration("`profession` is missing. `offhook professions` lists them.")
        business = business_of(profession, body)
        return BusinessFile(_tenant(tables, path), business, _numbers(tables, business.country))
    except BadConfiguration as error:
        raise BadConfiguration(f"{path.name}: {error}") from None


def example(business: Business, number: str) -> str:
    """A file that describes `business`, to be changed into one's own."""
    body = configuration_of(business)
    hours, facts = body["hours"], body["extra_facts"]
    assert isinstance(hours, dict), "as it was written"
    assert isinstance(facts, dict), "as it was written"
    first: dict[str, object] = {"profession": business.profession.name, "numbers": [number]}
    first |= {name: body[name] for name in ("name", "zone", "address", "country", "currency", "places", "tone")}
    targets = [line for target in business.targets for line in ("", "[[targets]]", *_lines(_target(target)))]
    return "\n".join([
        "# One business. Set it up, or change it, with: offhook business FILE",
        "# Services and prices are the trade's, unless [[services]] (name, minutes, price_from in cents) say others.",
        *_lines(first),
        "",
        "[hours]",
        *_lines(hours),
        "",
        "[extra_facts]  # what callers ask, and your answer",
        *_lines(facts),
        *targets,
        "",
    ])  # fmt: skip


def _target(target: object) -> dict[str, object]:
    return {name: getattr(target, name) for name in ("name", "phone", "for_emergencies")}


def _lines(table: Mapping[str, object]) -> list[str]:
    """Keys and values as TOML: of strings, numbers, booleans and lists of strings, JSON is a part of it."""
    return [f"{json.dumps(key) if ' ' in key else key} = {json.dumps(value)}" for key, value in table.items()]


def _tables(path: Path) -> dict[str, object]:
    try:
        return read_toml(path)
    except UnreadableFile as error:
        raise BadConfiguration(str(error)) from error


def _tenant(tables: Mapping[str, object], path: Path) -> str:
    given = tables.get("tenant", path.stem)
    if not isinstance(given, str) or not given.strip():
        raise BadConfiguration("`tenant` must be a short name. Give one such as hudson-plumbing.")
    return given.strip()


def _numbers(tables: Mapping[str, object], country: str) -> tuple[str, ...]:
    given = tables.get("numbers", [])
    if not isinstance(given, list):
        raise BadConfiguration('`numbers` must be a list. Give one such as ["+15185550142"].')
    read = {told: e164(str(told), country=country) for told in given}
    if wrong := [str(told) for told, number in read.items() if number is None]:
        raise BadConfiguration(f"`numbers`: {', '.join(wrong)} cannot be dialled. Give each as +15185550142.")
    return tuple(number for number in read.values() if number is not None)

"""Profession files: TOML, checked whole when they are loaded."""

import json
import string
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from offhook.receptionist.profession import RESERVED_FIELDS, EveryProfession, Profession
from offhook.receptionist.toml_file import UnreadableFile, read_toml

T = TypeVar("T")

PROMPT_PLACEHOLDERS = frozenset({"business", "title", "address"})
"""What a profession's prompt may hold, and a tenant's changes to it."""
SPOKEN_PLACEHOLDERS = frozenset({"business"})
"""What a greeting and ready-made answers may hold."""
_PLAINLY = {"unexpected_keyword_argument": "there is no such field", "missing": "is missing"}
MOST_QUESTIONS = 3
"""Required intake questions for one service, at most: a caller who wants to book is not interviewed."""


class BadProfessionFile(Exception):
    """A profession file cannot be used: which file, which field, what is wrong, what to do."""


def profession_names() -> tuple[str, ...]:
    """The professions that come with offhook, in alphabetical order."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")))


def load_profession(name_or_path: str | Path) -> Profession:
    """One of the professions that come with offhook by its name, or another from a file; raises BadProfessionFile."""
    if isinstance(name_or_path, str) and name_or_path in profession_names():
        return _packaged(name_or_path)
    path = Path(name_or_path)
    if isinstance(name_or_path, str) and path.suffix != ".toml":
        known = ", ".join(profession_names())
        raise BadProfessionFile(f"There is no profession {name_or_path!r}. Choose among {known}, or name a .toml file.")
    tables = _tables(path)
    tables.pop("demo", None)
    return _profession(path.name, tables)


def demo_table(name: str) -> Mapping[str, object]:
    """The `[demo]` table of a profession that comes with offhook; raises BadProfessionFile."""
    load_profession(name)
    demo = _tables(_folder() / f"{name}.toml").get("demo")
    if not isinstance(demo, dict):
        raise BadProfessionFile(f"{name}.toml: there is no [demo] table. Add one to make a demo business of it.")
    return demo


@cache
def every_profession() -> EveryProfession:
    """What holds for every trade."""
    file = resources.files("offhook.receptionist") / "every_profession.toml"
    return _validated(file.name, TypeAdapter(EveryProfession), _tables(file))


def unknown_placeholders(template: str, known: frozenset[str]) -> tuple[str, ...]:
    """The `{x}` of a template that nothing would fill; raises ValueError where its braces do not match."""
    return tuple(name for name in _placeholders(template) if name not in known)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its placeholders filled; it has been checked before."""
    return string.Formatter().vformat(template, (), values)


@cache
def _packaged(name: str) -> Profession:
    file = _folder() / f"{name}.toml"
    tables = _tables(file)
    tables.pop("demo", None)
    profession = _profession(file.name, tables)
    if profession.name != name:
        raise BadProfessionFile(f"{file.name}: `name` is {profession.name!r}. Name it as the file is named.")
    return profession


def _folder() -> Traversable:
    return resources.files("offhook.receptionist") / "professions"


def _tables(file: Traversable | Path) -> dict[str, object]:
    try:
        return read_toml(file)
    except UnreadableFile as error:
        raise BadProfessionFile(str(error)) from error


def _profession(file: str, tables: Mapping[str, object]) -> Profession:
    profession = _validated(file, TypeAdapter(Profession), tables)
    problems = list(_problems(profession))
    if problems:
        raise BadProfessionFile(f"{file}: {'; '.join(problems)}. Correct this and load the file again.")
    return profession


def _validated(file: str, kind: TypeAdapter[T], tables: Mapping[str, object]) -> T:
    # By way of JSON, where strict means what a file can hold: a list is a tuple, a table is a dataclass.
    try:
        return kind.validate_json(json.dumps(tables, default=str))
    except ValidationError as error:
        wrong = "; ".join(_told(each) for each in error.errors(include_url=False, include_input=False))
        raise BadProfessionFile(f"{file}: {wrong}. Correct this and load the file again.") from None


def _told(error: ErrorDetails) -> str:
    """One complaint of the schema, with the field's place in the file, in words for who writes such files."""
    said = _PLAINLY.get(error["type"], error["msg"])
    return f"`{'.'.join(map(str, error['loc'])) or 'file'}`: {said}"


def _problems(profession: Profession) -> Iterator[str]:
    """What the schema cannot see."""
    services = [service.name for service in profession.services]
    yield from _repeated("services", services)
    yield from _repeated("intake", [question.field for question in profession.intake])
    yield from _repeated("emergencies", [emergency.name for emergency in profession.emergencies])
    if profession.default_service not in services:
        yield f"`default_service`: there is no service {profession.default_service!r}"
    for at, service in enumerate(profession.services):
        if (service.usd_to is None) != (service.usd_from is None) or (service.usd_to or 0) < (service.usd_from or 0):
            yield f"`services.{at}.usd_to`: needs a `usd_from` that is not above it"
    for at, question in enumerate(profession.intake):
        yield from (f"`intake.{at}.{problem}" for problem in _question_problems(profession, at, services))
        if question.field in RESERVED_FIELDS:
            yield f"`intake.{at}.field`: {question.field!r} is asked in every call; choose another name"
    for name in services:
        if len(profession.questions_for(name)) > MOST_QUESTIONS:
            yield f"`intake`: more than {MOST_QUESTIONS} required questions for {name!r}"
    yield from _placeholder_problems(profession)


def _question_problems(profession: Profession, at: int, services: list[str]) -> Iterator[str]:
    question = profession.intake[at]
    for name in question.only_for:
        if name not in services:
            yield f"only_for`: there is no service {name!r}"
    if (question.kind == "choice") != bool(question.choices):
        yield 'choices`: belong to kind "choice", and only to it'
    if question.denied_by and question.kind != "yes_no":
        yield 'denied_by`: belongs to kind "yes_no"'
    if bool(question.emergency) != (question.emergency_if is not None):
        yield "emergency`: needs `emergency_if`, and the other way round"
    if question.emergency and question.emergency not in {emergency.name for emergency in profession.emergencies}:
        yield f"emergency`: there is no emergency {question.emergency!r}"
    if question.refuse_if and not (question.if_yes if question.refuse_if == "yes" else question.if_no):
        yield f"refuse_if`: say why, in `if_{question.refuse_if}`"
    if bool(question.condition) != (question.refuse_if is not None):
        yield "condition`: needs `refuse_if`, and the other way round"


def _placeholder_problems(profession: Profession) -> Iterator[str]:
    if "{business}" not in profession.greeting:
        yield "`greeting`: must name the business, by {business}"
    if "automated" not in profession.greeting.lower():
        yield "`greeting`: must say that an automated assistant answers"
    spoken = [("greeting", profession.greeting)]
    spoken += [(f"emergencies.{at}.say", each.say) for at, each in enumerate(profession.emergencies)]
    spoken += [(f"objections.{at}.say", each.say) for at, each in enumerate(profession.objections)]
    spoken += [(f"refusals.{at}.say", each.say) for at, each in enumerate(profession.refusals)]
    for where, template in [("system_prompt", profession.system_prompt), *spoken]:
        known = PROMPT_PLACEHOLDERS if where == "system_prompt" else SPOKEN_PLACEHOLDERS
        try:
            unknown = unknown_placeholders(template, known)
        except ValueError as error:
            yield f"`{where}`: {error}"
            continue
        if unknown:
            told = " and ".join(sorted(f"{{{name}}}" for name in known))
            yield f"`{where}`: {{{unknown[0]}}} is not known; it may hold {told}"


def _placeholders(template: str) -> Iterator[str]:
    for _, name, spec, conversion in string.Formatter().parse(template):
        if name is not None:
            if spec or conversion:
                raise ValueError(f"{{{name}}} must stand alone, without : or !")
            yield name


def _repeated(table: str, names: list[str]) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"`{table}`: {name!r} is there twice"

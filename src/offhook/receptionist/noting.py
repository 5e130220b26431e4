"""The `note` tool: a change of the form as a receptionist writes it, and as the conversation reads it."""

from collections.abc import Mapping, Sequence

from offhook.conversation.form import FormChange, Question, QuestionKind

NOTE = "note"
"""The tool's name; the only tool that ends no generation."""

_KEYS = frozenset({"wants", "answers", "confirmed", "dropped", "asking", "asks_nothing"})


class UnreadableNote(ValueError):
    """A note's arguments are no change of a form; the message names the part that is wrong."""


def change_from_arguments(arguments: Mapping[str, object]) -> FormChange:
    """The change of the form that `arguments` describe.

    Raises:
        UnreadableNote: A part is unknown or of the wrong shape.
    """
    unknown = sorted(set(arguments) - _KEYS)
    if unknown:
        raise UnreadableNote(f"A note has no part {unknown[0]!r}. Its parts are {', '.join(sorted(_KEYS))}.")
    wants = arguments.get("wants")
    if wants is not None and not isinstance(wants, str):
        raise UnreadableNote("The part 'wants' of a note is not text. Give one word or leave it out.")
    asks_nothing = arguments.get("asks_nothing", False)
    if not isinstance(asks_nothing, bool):
        raise UnreadableNote("The part 'asks_nothing' of a note is not true or false. Give one of them.")
    return FormChange(
        wants=wants or None,
        answers=_answers(arguments.get("answers")),
        confirmed=_names("confirmed", arguments.get("confirmed")),
        dropped=_names("dropped", arguments.get("dropped")),
        asking=_question(arguments.get("asking")),
        asks_nothing=asks_nothing,
    )


def arguments_from_change(change: FormChange) -> dict[str, object]:
    """The arguments that describe `change`; parts that say nothing are left out."""
    arguments: dict[str, object] = {}
    if change.wants is not None:
        arguments["wants"] = change.wants
    if change.answers:
        arguments["answers"] = dict(change.answers)
    if change.confirmed:
        arguments["confirmed"] = list(change.confirmed)
    if change.dropped:
        arguments["dropped"] = list(change.dropped)
    if change.asking is not None:
        asking: dict[str, object] = {"field": change.asking.field, "kind": change.asking.kind.value}
        if change.asking.choices:
            asking["choices"] = list(change.asking.choices)
        arguments["asking"] = asking
    if change.asks_nothing:
        arguments["asks_nothing"] = True
    return arguments


def _answers(part: object) -> dict[str, str]:
    if part is None:
        return {}
    if not isinstance(part, Mapping):
        raise UnreadableNote("The part 'answers' of a note is not an object. Give answers by their names.")
    answers: dict[str, str] = {}
    for name, value in part.items():
        # Models write 2 where "2" was asked for; that much is plain.
        if not isinstance(name, str) or not isinstance(value, str | int | float) or isinstance(value, bool):
            raise UnreadableNote("An answer in a note is not text. Give each answer as text, by its name.")
        answers[name] = str(value)
    return answers


def _names(key: str, part: object) -> tuple[str, ...]:
    if part is None:
        return ()
    if isinstance(part, str) or not isinstance(part, Sequence):
        raise UnreadableNote(f"The part {key!r} of a note is not a list. Give the names of answers.")
    names = tuple(name for name in part if isinstance(name, str))
    if len(names) != len(part):
        raise UnreadableNote(f"The part {key!r} of a note holds more than names. Give the names of answers.")
    return names


def _question(part: object) -> Question | None:
    if part is None:
        return None
    if not isinstance(part, Mapping):
        raise UnreadableNote(
            "The part 'asking' of a note is not an object. Give field, kind and, for a choice, choices."
        )
    name, kind = part.get("field"), part.get("kind", QuestionKind.OPEN.value)
    if not isinstance(name, str) or not name:
        raise UnreadableNote("The part 'asking' of a note has no field. Name the answer that is asked for.")
    if kind not in {known.value for known in QuestionKind}:
        raise UnreadableNote(f"The part 'asking' of a note has no such kind. Choose among {', '.join(QuestionKind)}.")
    return Question(name, QuestionKind(kind), _names("choices", part.get("choices")))

"""A conversation with the scripted receptionist, typed: lines in; replies, appointments, messages and outcome out."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from offhook.conversation.actions import Action, ActionKind, ActionResult
from offhook.conversation.commands import EndReason, Utterance
from offhook.conversation.form import Form
from offhook.providers.llm import Request, Text, ToolCall
from offhook.receptionist.actions import Actions
from offhook.receptionist.business import Business
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.noting import NOTE, change_from_arguments
from offhook.receptionist.outcome import Outcome, outcome_of
from offhook.receptionist.scripted import ScriptedReceptionist
from tests.receptionist.diary_in_memory import DiaryInMemory, Message

MONDAY_AT_TEN = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
MOST_ROUNDS = 6
LAST_UTTERANCES = 20


@dataclass
class Dialogue:
    """One call. A reply may ask for actions a few times, as in the conversation itself."""

    business: Business
    now: datetime = MONDAY_AT_TEN
    diary: DiaryInMemory = field(default_factory=DiaryInMemory)
    form: Form = field(default_factory=Form)
    history: list[Utterance] = field(default_factory=list[Utterance])
    actions: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])
    """Kind of each action run, and whether it left a receipt."""
    ids: list[str] = field(default_factory=list[str])
    ended: bool = False
    call_id: str = "call-1"

    @classmethod
    def with_demo(cls, profession: str, now: datetime = MONDAY_AT_TEN) -> "Dialogue":
        return cls(demo_business(profession), now)

    async def say(self, words: str) -> str:
        """The caller's line; the whole reply to it."""
        assert not self.ended, f"the call has ended before {words!r}"
        self.history.append(Utterance("caller", words))
        results: list[ActionResult] = []
        begun = ""
        for _ in range(MOST_ROUNDS):
            action, begun = await self._generation(begun, results)
            if action is None:
                break
            if action.kind is ActionKind.END_CALL:
                self.ended = True
                self.actions.append((action.kind.value, False))
                break
            results.append(await self._run(action))
        else:
            raise AssertionError("a reply asked for actions without end")
        assert begun.strip(), "an empty reply"
        self.history.append(Utterance("agent", begun))
        return begun

    async def _generation(self, begun: str, results: list[ActionResult]) -> tuple[Action | None, str]:
        request = Request("", self.history[-LAST_UTTERANCES:], self.form, self.now, (), tuple(results), begun)
        action: Action | None = None
        async for piece in ScriptedReceptionist(self.business).reply(request):
            assert action is None, "a piece after an action"
            match piece:
                case Text(text):
                    assert text
                    begun += text
                case ToolCall(_, name, arguments) if name == NOTE:
                    self.form = self.form.changed(change_from_arguments(arguments))
                case ToolCall(id_, name, arguments):
                    action = Action(id_, ActionKind(name), {key: str(value) for key, value in arguments.items()})
                case _:
                    raise AssertionError("the script has no usage to report")
        return action, begun

    async def _run(self, action: Action) -> ActionResult:
        assert action.id not in self.ids, f"{action.id} is not unique in the call"
        self.ids.append(action.id)
        result = await Actions(self.business, self.diary, call_id=self.call_id).run(action, now=self.now)
        self.actions.append((action.kind.value, result.receipt is not None))
        if result.receipt is not None:
            self.form = self.form.with_receipt(result.receipt)
        return result

    @property
    def appointments(self) -> list[tuple[str, str, str, str]]:
        """Service, start, name and phone of each that stands, soonest first."""
        standing = [each for each in self.diary.appointments if not each.cancelled]
        return [
            (each.service, f"{each.starts_at.astimezone(self.business.zone):%Y-%m-%dT%H:%M}", each.name, each.phone)
            for each in sorted(standing, key=lambda each: each.starts_at)
        ]

    @property
    def messages(self) -> list[Message]:
        return self.diary.messages

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.form, EndReason.AGENT_SAID_GOODBYE if self.ended else EndReason.CALLER_HUNG_UP)

    @property
    def transcript(self) -> str:
        return "\n".join(f"{each.speaker:>6}: {each.text}" for each in self.history)


async def converse(
    profession: str, *lines: str, now: datetime = MONDAY_AT_TEN, diary: DiaryInMemory | None = None
) -> Dialogue:
    """A whole call; lines after the goodbye are not said. `diary` may come from a call before."""
    dialogue = Dialogue.with_demo(profession, now)
    if diary is not None:
        dialogue.diary = diary
        dialogue.call_id = f"call-{len(diary.signed) + 1}"
    for line in lines:
        if dialogue.ended:
            break
        await dialogue.say(line)
    return dialogue

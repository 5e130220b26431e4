"""A simulated caller in this process: places one call and shows its transcript as it happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape

from offhook.calls.line import Accepted, Incoming, LineAbilities
from offhook.store.records import CallSummary
from offhook.telephony.simulated import CallerLine, SimulatedLine
from offhook.wiring.house import House

SNR_DB = 28.0
"""Pink noise below the caller's speech, as on an ordinary telephone line."""
_OFFER = "Which suits you"
"""How the scripted receptionist asks about several free times."""


@dataclass(slots=True)
class Transcript:
    """Prints what is said, as it is said."""

    console: Console

    def note(self, note: Mapping[str, object]) -> None:
        """A note of the call (`telephony/browser.py` lists them)."""
        if note.get("kind") != "words" or not note.get("final"):
            return
        who, text = str(note["who"]), str(note["text"])
        colour = "cyan" if who == "agent" else "green"
        self.console.print(f"  [bold {colour}]{who:>6}[/]  {escape(text)}", highlight=False)


async def place_call(
    house: House,
    lines: Sequence[CallerLine],
    *,
    called: str,
    console: Console,
    snr_db: float | None = SNR_DB,
    pick: CallerLine | None = None,
) -> CallSummary:
    """One whole call by a caller who says `lines`; returns what was stored of it.

    `pick` is said when the agent asks which of several times suits: the wished one may be gone, or a holiday.
    """
    line = ShownLine(SimulatedLine(lines, snr_db=snr_db), Transcript(console), pick)
    incoming = Incoming("simulated", "", called, "", {})
    admission = await house.switchboard.admit(incoming)
    assert isinstance(admission, Accepted), "the demo's own number is not taken"
    incoming = Incoming("simulated", "", called, "", {"route": admission.route})
    owner = house.switchboard.connect(incoming, line)
    line.caller.connect(owner)
    await line.caller.run()
    call_id = await house.switchboard.closed(owner)
    return await house.store.call(call_id)


class ShownLine:
    """A simulated line with a screen."""

    def __init__(self, caller: SimulatedLine, transcript: Transcript, pick: CallerLine | None) -> None:
        self.caller = caller
        self._transcript = transcript
        self._pick = pick

    @property
    def abilities(self) -> LineAbilities:
        """See `Line`."""
        return self.caller.abilities

    def send(self, samples: bytes) -> None:
        """See `Line`."""
        self.caller.send(samples)

    def clear(self) -> None:
        """See `Line`."""
        self.caller.clear()

    def show(self, note: Mapping[str, object]) -> None:
        """See `Line`."""
        self._transcript.note(note)
        offered = note.get("who") == "agent" and note.get("final") and _OFFER in str(note.get("text"))
        if offered and self._pick is not None:
            self.caller.say_next(self._pick)

    def hang_up(self) -> None:
        """See `Line`."""
        self.caller.hang_up()


def call_json(summary: CallSummary) -> dict[str, object]:
    """The last line of a demo, for `print_json`."""
    told = summary.as_json()
    gaps = [turn.gap_ms for turn in summary.turns if turn.gap_ms is not None]
    return {
        "call": summary.id,
        "outcome": told["outcome"],
        "appointments": told["appointments"],
        "messages": told["messages"],
        "gap_ms": gaps,
        "transcript": told["transcript"],
    }

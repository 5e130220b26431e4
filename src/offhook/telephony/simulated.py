"""The simulated caller: a line whose caller is a list of recorded lines.

It listens to the agent as a person does, says its next line once the agent has been quiet for a moment, and hangs up
when it has nothing left to say. One `tick` is 20 ms of the line in both directions; `run` ticks by a clock: the
event loop's for real time, the owner's own for as fast as the machine goes.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from offhook.audio import g711
from offhook.audio.noise import on_a_telephone, pink_noise, speech_power
from offhook.calls.line import LineAbilities, LineOwner

FRAME_S: Final = 0.02
_AUDIBLE = 400 / 32768
_QUIET: Final = bytes(int(byte) for byte in np.flatnonzero(np.abs(g711.MULAW_TO_FLOAT) <= _AUDIBLE))
_FEW_SAMPLES = 8
"""A frame with so many audible samples may still be line noise."""
_NOISE_FRAMES = 250
"""5 s of noise, used over and over in the pauses."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Something to say: 16-bit little-endian PCM, 8 kHz, mono. Silence and noise are clips too."""

    pcm: bytes


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys to press, half a second apart."""

    keys: str


CallerLine = Clip | Keys


@dataclass(frozen=True, slots=True)
class Manners:
    """How long the caller waits, in seconds."""

    before_answering_s: float = 0.7
    """The agent's quiet that is taken for the end of what it says."""
    for_an_answer_s: float = 12.0
    """For an agent who says nothing at all; then the caller goes on."""
    before_leaving_s: float = 2.0
    """After the agent's answer to the last line."""
    between_keys_s: float = 0.5


class Clock(Protocol):
    """Whose time the call takes."""

    def time(self) -> float:
        """Seconds."""
        ...

    async def sleep_until(self, at: float) -> None:
        """Returns at `at`, or at once if that has passed."""
        ...


class LoopClock:
    """The event loop's time: real time, or none at all on a loop whose clock jumps."""

    def time(self) -> float:
        """See `Clock`."""
        return asyncio.get_running_loop().time()

    async def sleep_until(self, at: float) -> None:
        """See `Clock`."""
        await asyncio.sleep(max(0.0, at - self.time()))


class SimulatedLine:
    """A `Line` with its caller.

    Args:
        lines: What the caller says, one after the other.
        snr_db: How far below the speech the line's pink noise is, pauses included; None: no noise.
        seed: Of the noise.
        manners: How long the caller waits.
        ear: Given every 20 ms what the caller hears, silence included; to record a call, for instance.
    """

    abilities = LineAbilities("simulated", clears=True)

    def __init__(
        self,
        lines: Sequence[CallerLine],
        *,
        snr_db: float | None = None,
        seed: int = 0,
        manners: Manners | None = None,
        ear: Callable[[bytes], None] | None = None,
    ) -> None:
        self.over = False
        self._manners = manners or Manners()
        self._ear = ear
        self._lines = [*lines]
        self._snr_db = snr_db
        self._seed = seed
        self._pauses = self._noise()
        self._frames = self._said = 0
        self._owner: LineOwner | None = None
        self._saying: deque[bytes | str] = deque()
        """20 ms each: samples (none: a pause), or a key that is pressed then."""
        self._queued = bytearray()
        self._agent_left = False
        self._agent_spoke = False
        self._quiet_s = 0.0

    @property
    def lines_said(self) -> int:
        """How many lines are said to their end."""
        return self._said

    def connect(self, owner: LineOwner) -> None:
        """The call begins."""
        self._owner = owner
        owner.picked_up()

    def say_next(self, line: CallerLine) -> None:
        """Something to be said before the lines that are left."""
        self._lines.insert(0, line)

    # What the call asks.

    def send(self, samples: bytes) -> None:
        """See `Line`."""
        if not self.over and not self._agent_left:
            self._queued += samples

    def clear(self) -> None:
        """See `Line`."""
        if not self._agent_left:
            self._queued.clear()

    def show(self, note: Mapping[str, object]) -> None:
        """See `Line`: this caller has no screen."""

    def hang_up(self) -> None:
        """See `Line`."""
        self._agent_left = True
        self._owner = None

    # What the caller does.

    async def run(self, clock: Clock | None = None) -> None:
        """The whole call, to its end."""
        clock = clock or LoopClock()
        due = clock.time()
        while not self.over:
            self.tick()
            due += FRAME_S
            await clock.sleep_until(due)

    def leave(self) -> None:
        """The caller hangs up, whatever is going on."""
        self.over = True
        owner, self._owner = self._owner, None
        if owner is not None:
            owner.hung_up()

    def tick(self) -> None:
        """20 ms: hear, decide, speak."""
        self._hear()
        if self._agent_left:
            self.over = self.over or not self._queued
        elif not self.over and not self._saying and self._may_speak():
            if self._lines:
                self._begin(self._lines.pop(0))
            else:
                self.leave()
        if self._owner is not None:
            self._speak(self._owner)

    def _hear(self) -> None:
        frame = bytes(self._queued[: g711.FRAME])
        del self._queued[: g711.FRAME]
        if self._ear is not None:
            self._ear(frame.ljust(g711.FRAME, g711.SILENCE))
        if len(frame.translate(None, _QUIET)) > _FEW_SAMPLES:
            self._agent_spoke = True
            self._quiet_s = 0.0
        else:
            self._quiet_s += FRAME_S

    def _may_speak(self) -> bool:
        manners = self._manners
        if not self._agent_spoke:
            return self._quiet_s >= manners.for_an_answer_s
        return self._quiet_s >= (manners.before_answering_s if self._lines else manners.before_leaving_s)

    def _begin(self, line: CallerLine) -> None:
        self._seed += 1
        match line:
            case Clip(pcm=pcm):
                silent = self._snr_db is None or not any(pcm)
                mulaw = g711.pcm_to_mulaw(pcm) if silent else on_a_telephone(pcm, self._snr_db or 0.0, self._seed)
                frames = [mulaw[at : at + g711.FRAME] for at in range(0, len(mulaw), g711.FRAME)]
                self._saying.extend(frame.ljust(g711.FRAME, g711.SILENCE) for frame in frames)
            case Keys(keys=keys):
                between = round(self._manners.between_keys_s / FRAME_S)
                for key in keys:
                    self._saying.append(key)
                    self._saying.extend([b""] * between)

    def _speak(self, owner: LineOwner) -> None:
        self._frames += 1
        step = self._saying.popleft() if self._saying else None
        if isinstance(step, str):
            owner.key_pressed(step)
        spoken = step if isinstance(step, bytes) else b""
        owner.audio_in(spoken or self._pauses[self._frames % len(self._pauses)])
        if step is not None and not self._saying:  # the end of a line: what counts now is the answer to it
            self._said += 1
            self._agent_spoke = False
            self._quiet_s = 0.0

    def _noise(self) -> Sequence[bytes]:
        """What the line sounds like while the caller is silent: noise as loud as behind the lines."""
        spoken = b"".join(line.pcm for line in self._lines if isinstance(line, Clip))
        if self._snr_db is None or not any(spoken):
            return [g711.SILENCE * g711.FRAME]
        power = speech_power(np.frombuffer(spoken, "<i2").astype(np.float64))
        noise = pink_noise(_NOISE_FRAMES * g711.FRAME, self._seed) * np.sqrt(power) * 10 ** (-self._snr_db / 20)
        mulaw = g711.pcm_to_mulaw(np.rint(noise).clip(-32768, 32767).astype("<i2").tobytes())
        return [mulaw[at : at + g711.FRAME] for at in range(0, len(mulaw), g711.FRAME)]

"""The simulated caller's manners, on a clock that jumps."""

import asyncio

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio import g711
from offhook.audio.noise import speech_power
from offhook.calls.line import Incoming
from offhook.telephony.simulated import CallerLine, Clip, Keys, Manners, SimulatedLine
from tests import virtual_time
from tests.telephony.house import Owner

TONE = (np.sin(np.arange(8000) * 0.3) * 8000).astype("<i2").tobytes()
VOICE = g711.pcm_to_mulaw(TONE)
"""One second of the agent speaking."""
WORD = TONE[: 2 * 3200]
"""0.4 s of the caller speaking."""


def level(mulaw: bytes) -> float:
    return float(np.sqrt(np.mean(g711.MULAW_TO_FLOAT[np.frombuffer(mulaw, np.uint8)] ** 2)))


class Agent(Owner):
    """Speaks a second at the start and, given `answers`, after each line; writes down when the caller spoke."""

    answers = True
    leaves_after: int | None = None

    def __init__(self, line: SimulatedLine) -> None:
        super().__init__(Incoming("simulated", "", "", "1", {}), line)
        self.frames = 0
        self.spoken: list[int] = []
        """The frames at which lines of the caller's began."""
        self._speaking = False

    def picked_up(self) -> None:
        super().picked_up()
        self.line.send(VOICE)

    def audio_in(self, samples: bytes) -> None:
        super().audio_in(samples)
        assert len(samples) == 160
        speaking = level(samples) > 0.03
        if speaking and not self._speaking:
            self.spoken.append(self.frames)
        if self._speaking and not speaking:
            if self.leaves_after == len(self.spoken):
                self.line.hang_up()
            elif self.answers:
                self.line.send(VOICE)
        self._speaking = speaking
        self.frames += 1


def played(lines: list[CallerLine], agent_answers: bool = True, leaves_after: int | None = None) -> tuple[Agent, float]:
    """A whole call: the agent's notes and how long it took, s."""
    line = SimulatedLine(lines)
    agent = Agent(line)
    agent.answers, agent.leaves_after = agent_answers, leaves_after

    async def call() -> float:
        line.connect(agent)
        await line.run()
        return asyncio.get_running_loop().time()

    return agent, virtual_time.run(call())


def test_the_caller_listens_to_the_end_before_speaking() -> None:
    agent, _ = played([Clip(WORD), Clip(WORD)])
    greeting, pause, word = 50, 35, 20
    assert abs(agent.spoken[0] - (greeting + pause)) <= 2
    assert abs(agent.spoken[1] - (agent.spoken[0] + word + greeting + pause)) <= 4


def test_the_caller_hangs_up_when_nothing_is_left_to_say() -> None:
    agent, seconds = played([Clip(WORD)])
    assert agent.events[-1] == "hung_up"
    assert 5 < seconds < 6  # greeting, pause, word, answer, a moment


def test_an_agent_who_hangs_up_is_heard_to_the_end_and_not_told() -> None:
    agent, _ = played([Clip(WORD)] * 9, leaves_after=3)
    assert len(agent.spoken) == 3
    assert not agent.ended


def test_a_silent_agent_is_not_waited_for_for_ever() -> None:
    agent, seconds = played([Clip(WORD), Clip(WORD)], agent_answers=False)
    assert len(agent.spoken) == 2
    assert agent.spoken[1] - agent.spoken[0] > Manners().for_an_answer_s * 50
    assert seconds < 1 + 3 * Manners().for_an_answer_s
    assert agent.ended


def test_keys_are_pressed_one_after_the_other_and_answered_like_words() -> None:
    agent, _ = played([Keys("12#"), Clip(WORD)], agent_answers=False)
    assert [event for event in agent.events if event.startswith("key")] == ["key 1", "key 2", "key #"]
    assert len(agent.spoken) == 1


@given(st.floats(15, 30), st.integers(0, 5))
def test_the_lines_noise_goes_on_through_the_pauses(snr_db: float, seed: int) -> None:
    line = SimulatedLine([Clip(WORD)], snr_db=snr_db, seed=seed)
    owner = Owner(Incoming("simulated", "", "", "1", {}), line)
    line.connect(owner)
    for _ in range(100):
        line.tick()
    noise = level(bytes(owner.audio))
    speech = np.sqrt(speech_power(np.frombuffer(WORD, "<i2").astype(np.float64))) / 32768
    assert abs(20 * np.log10(speech / noise) - snr_db) < 2


def test_the_ear_hears_what_was_sent_in_step_with_time() -> None:
    heard: list[bytes] = []
    line = SimulatedLine([], ear=heard.append)
    line.send(VOICE[:200])
    for _ in range(3):
        line.tick()
    assert b"".join(heard) == VOICE[:200] + g711.SILENCE * 280

"""Voice activity on recorded speech: when a caller begins and ends, and who is not the caller."""

import numpy as np
import pytest

from offhook.audio.g711 import SILENCE, mulaw_to_pcm
from offhook.audio.noise import on_a_telephone, pink_noise, speech_power
from offhook.audio.voice_activity import Ear, VoiceActivity
from tests.audio.noted_voice import NAMES, PAUSES, NotedVoice, clip, listen, mulaw_of, open_voice, seconds

OFFSETS = [0.0, 0.008, 0.017, 0.026]
"""Seconds by which speech is shifted against the windows of 32 ms."""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("offset", OFFSETS)
def test_the_ends_of_speech_are_found_in_time_and_in_place(name: str, offset: float) -> None:
    speech = clip(name)
    begins, ends = 1 + offset, 1 + offset + len(speech) / 8000
    noted = listen(mulaw_of(np.concatenate((seconds(begins), speech, seconds(1)))))
    assert begins - 0.03 <= noted.started[0] <= begins + 0.02
    assert noted.told_started[0] <= begins + 0.2
    assert ends - 0.03 <= noted.ended[-1] <= ends + 0.02
    assert ends < noted.told_ended[-1] <= ends + 0.12
    assert len(noted.started) == len(noted.ended) == 1 + PAUSES.get(name, 0)


@pytest.mark.parametrize(("name", "begins", "ends"), [("followme-options", 1.66, 1.98), ("priv-introsaved", 0.6, 0.98)])
def test_a_pause_in_a_sentence_is_a_pause(name: str, begins: float, ends: float) -> None:
    noted = listen(mulaw_of(np.concatenate((seconds(1), clip(name), seconds(1)))))
    assert begins <= noted.ended[0] - 1 < noted.started[1] - 1 <= ends
    assert 0.15 <= noted.started[1] - noted.ended[0] <= 0.4


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("snr_db", [30, 25])
def test_a_noisy_line_changes_little(name: str, snr_db: float) -> None:
    pcm = np.concatenate((seconds(1), clip(name), seconds(1))).astype("<i2").tobytes()
    noted = listen(on_a_telephone(pcm, snr_db, seed=7))
    ends = 1 + len(clip(name)) / 8000
    assert 0.97 <= noted.started[0] <= 1.06
    assert ends - 0.2 < noted.told_ended[-1] <= ends + 0.16
    assert len(noted.started) == len(noted.ended) <= 6


@pytest.mark.parametrize("level", [30.0, 300.0, 3000.0])
def test_noise_alone_is_not_speech(level: float) -> None:
    assert listen(mulaw_of(pink_noise(8 * 8000, 3) * level)).started == []


def test_every_beginning_has_its_end_and_they_alternate() -> None:
    noted = listen(mulaw_of(np.concatenate([np.concatenate((clip(name), seconds(0.6))) for name in NAMES])))
    edges = sorted([(at, "s") for at in noted.told_started] + [(at, "e") for at in noted.told_ended])
    assert "".join(kind for _, kind in edges) == "se" * len(noted.started)
    assert len(noted.started) == len(NAMES) + sum(PAUSES.values())


def test_a_first_sign_of_speech_comes_before_it_is_sure() -> None:
    noted = listen(mulaw_of(np.concatenate((seconds(1), clip("vm-savefolder"), seconds(1)))))
    assert noted.maybe[0] < noted.told_started[0] - 0.03


@pytest.mark.parametrize("name", NAMES)
def test_a_radio_in_the_room_is_not_the_caller(name: str) -> None:
    loud = np.sqrt(speech_power(clip(name)))
    station = [clip(other) / np.sqrt(speech_power(clip(other))) for other in NAMES * 2]
    radio = np.concatenate(station)[: 12 * 8000] * loud * 10 ** (-18 / 20)
    radio[:8000] = 0
    caller = np.zeros(len(radio))
    for at in (8000, 48000):
        caller[at : at + len(clip(name))] = clip(name)
    noted = listen(mulaw_of(caller + radio))
    ends = 6 + len(clip(name)) / 8000
    assert any(5.9 <= at <= 6.1 for at in noted.started), "the caller is heard over the radio"
    assert noted.told_ended[-1] <= ends + 0.9, "the radio goes on, the caller does not"
    assert ends - 0.45 <= noted.ended[-1] <= ends + 0.25
    assert len(noted.started) == len(noted.ended)
    between = 1 + len(clip(name)) / 8000 + 1
    assert not any(between < at < 5.9 for at in noted.started), "nor does it begin to speak"


def test_before_any_caller_is_known_a_quiet_one_is_heard() -> None:
    noted = listen(mulaw_of(np.concatenate((seconds(1), clip("vm-sorry") * 10 ** (-25 / 20), seconds(1)))))
    assert noted.started[0] == pytest.approx(1.0, abs=0.06)


def test_a_caller_who_becomes_much_quieter_is_heard_again() -> None:
    loud = np.sqrt(speech_power(clip("vm-sorry")))
    same = np.concatenate([clip(name) / np.sqrt(speech_power(clip(name))) for name in NAMES * 3])
    quiet = same * loud * 10 ** (-20 / 20)
    noted = listen(mulaw_of(np.concatenate((clip("vm-sorry"), seconds(1), quiet, seconds(1)))))
    assert not any(3 < at < 12 for at in noted.started), "at first it may be a radio"
    assert any(at > 12 for at in noted.started), "but not for ever"


def test_a_muted_line_is_not_asked_about_and_wakes_as_if_new() -> None:
    speech = mulaw_of(np.concatenate((clip("vm-sorry"), seconds(1))))
    slow = mulaw_of(np.concatenate((clip("vm-savefolder"), seconds(1))))
    new = listen(slow)
    woken = listen(speech + SILENCE * (256 * 400 - len(speech)) + slow)
    assert woken.maybe[-1] - 400 * 0.032 == pytest.approx(new.maybe[0])
    assert woken.started[-1] - 400 * 0.032 == pytest.approx(new.started[0])


def test_what_a_mute_or_the_gate_cut_out_says_nothing_of_the_noise() -> None:
    speech = np.concatenate((seconds(4), clip("vm-sorry"), seconds(1)))
    noisy = mulaw_to_pcm(on_a_telephone(speech.astype("<i2").tobytes(), 22, seed=3))
    line = np.frombuffer(noisy, "<i2").astype(np.float64)
    line[12000:31000] = 0
    ends = 4 + len(clip("vm-sorry")) / 8000
    assert listen(mulaw_of(line)).told_ended[-1] <= ends + 0.15


def test_calls_heard_together_are_heard_as_if_alone() -> None:
    streams = [mulaw_of(np.concatenate((seconds(0.5), clip(name), seconds(1)))) for name in NAMES * 3]
    voices = VoiceActivity(capacity=2)
    noted = [open_voice(voices) for _ in streams]
    for at in range(0, max(map(len, streams)), 160):
        for voice, stream in zip(noted, streams, strict=True):
            assert voice.ear is not None
            voice.ear.hear(stream[at : at + 160])
        voices.tick()
    alone = [listen(stream) for stream in streams]
    assert [voice.started for voice in noted] == [voice.started for voice in alone]
    assert [voice.ended for voice in noted] == [voice.ended for voice in alone]


def test_a_burst_is_caught_up_in_a_few_ticks() -> None:
    stream = mulaw_of(np.concatenate((seconds(0.5), clip("vm-sorry"), seconds(1))))
    voices = VoiceActivity()
    noted = open_voice(voices)
    assert noted.ear is not None
    noted.ear.hear(stream)
    for _ in range(40):
        voices.tick()
    assert noted.ended == listen(stream).ended


def test_a_closed_ear_is_told_nothing_and_its_place_is_clean() -> None:
    stream = mulaw_of(np.concatenate((seconds(0.5), clip("vm-sorry"), seconds(1))))
    voices = VoiceActivity(capacity=1)
    first = open_voice(voices)
    assert first.ear is not None
    first.ear.hear(stream[:12000])
    voices.tick()
    first.ear.close()
    first.ear.close()
    assert first.ended == []
    second = open_voice(voices)
    assert second.ear is not None
    slow = mulaw_of(clip("vm-savefolder"))
    for at in range(0, len(slow), 160):
        second.ear.hear(slow[at : at + 160])
        voices.tick()
    assert (second.maybe, second.told_started) == (listen(slow).maybe, listen(slow).told_started)


class Jealous(NotedVoice):
    """Hangs up on the other when it hears its caller."""

    other: Ear

    def speech_started(self, at_sample: int) -> None:
        self.other.close()


def test_an_ear_closed_by_anothers_listener_is_told_nothing() -> None:
    stream = mulaw_of(np.concatenate((seconds(0.5), clip("vm-sorry"), seconds(1))))
    voices, jealous = VoiceActivity(), Jealous()
    jealous.ear = voices.open(jealous)
    noted = open_voice(voices)
    assert noted.ear is not None
    jealous.other = noted.ear
    for at in range(0, len(stream), 160):
        jealous.ear.hear(stream[at : at + 160])
        noted.ear.hear(stream[at : at + 160])
        voices.tick()
    assert noted.started == []


def test_noise_is_pink_repeatable_and_as_loud_as_asked() -> None:
    noise = pink_noise(1 << 16, 5)
    assert np.array_equal(noise, pink_noise(1 << 16, 5))
    power = np.abs(np.fft.rfft(noise)) ** 2
    octaves = [power[1 << n : 2 << n].sum() for n in range(8, 14)]
    assert max(octaves) / min(octaves) < 1.3
    speech = clip("vm-sorry")
    heard = np.frombuffer(mulaw_to_pcm(on_a_telephone(speech.astype("<i2").tobytes(), 25, 1)), "<i2")
    assert 10 * np.log10(np.mean(speech**2) / np.mean((heard - speech) ** 2)) == pytest.approx(24, abs=2)

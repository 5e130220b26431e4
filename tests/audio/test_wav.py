"""WAV files in and out, and what is said of those that cannot be read."""

import contextlib
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio import g711
from offhook.audio.wav import Sound, UnreadableWav, parse_wav, read_telephone, read_wav, wav_of, write_wav

CLIPS = Path(__file__).parent / "clips"
PCM = (np.sin(np.arange(800) / 5) * 9000).astype("<i2").tobytes()


def coded(coding: int, bits: int, channels: int, data: bytes, rate_hz: int = 8000) -> bytes:
    form = struct.pack("<HHIIHH", coding, channels, rate_hz, rate_hz * channels * bits // 8, channels * bits // 8, bits)
    return b"RIFF\0\0\0\0WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(data)) + data


@given(st.binary(max_size=300).map(lambda b: b[: len(b) & ~1]), st.sampled_from([8000, 16000, 22050, 24000, 48000]))
def test_what_is_written_is_read_again(pcm: bytes, rate_hz: int) -> None:
    assert parse_wav(wav_of(pcm, rate_hz), name="x") == Sound(pcm, rate_hz)


def test_a_file_has_its_length(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", PCM, 8000)
    assert read_wav(tmp_path / "a.wav").seconds == 0.1


def test_both_laws_eight_bits_and_stereo_are_read() -> None:
    assert parse_wav(coded(7, 8, 1, g711.pcm_to_mulaw(PCM)), name="x").pcm == g711.mulaw_to_pcm(g711.pcm_to_mulaw(PCM))
    assert parse_wav(coded(6, 8, 1, g711.pcm_to_alaw(PCM)), name="x").pcm == g711.alaw_to_pcm(g711.pcm_to_alaw(PCM))
    assert parse_wav(coded(1, 8, 1, bytes([0, 128, 255])), name="x").pcm == struct.pack("<3h", -32768, 0, 127 << 8)
    assert parse_wav(coded(1, 16, 2, struct.pack("<4h", 100, 300, -32768, -32768)), name="x").pcm == struct.pack(
        "<2h", 200, -32768
    )


def test_a_length_that_a_pipe_could_not_know_is_forgiven() -> None:
    whole = wav_of(PCM, 8000)
    assert parse_wav(whole[:40] + b"\xff\xff\xff\x7f" + whole[44:], name="x").pcm == PCM


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not a WAV"),
        (b"OggS" + bytes(60), "not a WAV"),
        (b"RIFF\0\0\0\0WAVE", "without its format"),
        (coded(1, 16, 1, PCM)[:36], "without its format or its sound"),
        (coded(1, 24, 1, PCM), "coding 1 with 24 bits"),
        (coded(3, 32, 1, PCM), "coding 3 with 32 bits"),
        (coded(1, 16, 6, PCM), "6 channels"),
        (coded(1, 16, 1, PCM, rate_hz=0), "0 Hz"),
    ],
)
def test_another_file_is_refused_by_name_and_with_a_remedy(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "odd.wav"
    path.write_bytes(content)
    with pytest.raises(UnreadableWav, match=f"odd.wav.*{problem}.*Convert it"):
        read_wav(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWav, match=r"gone\.wav: No such file"):
        read_wav(tmp_path / "gone.wav")


@given(st.binary(max_size=80))
def test_no_file_breaks_the_reader(noise: bytes) -> None:
    with contextlib.suppress(UnreadableWav):
        parse_wav(b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0" + noise, name="x")


def test_a_clip_becomes_telephone_sound() -> None:
    sound = read_wav(CLIPS / "vm-sorry.wav")
    assert (sound.rate_hz, len(read_telephone(CLIPS / "vm-sorry.wav"))) == (8000, len(sound.pcm) // 2)


def test_other_rates_are_brought_to_the_telephones(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", bytes(2 * 22050), 22050)
    assert read_telephone(tmp_path / "a.wav") == g711.SILENCE * 8000

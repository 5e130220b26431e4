"""G.711 by tables and by audioop are one and the same."""

import importlib
import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio import g711, g711_tables

EVERY_VALUE = np.arange(65536).astype("<u2").tobytes()
EVERY_BYTE = bytes(range(256))


def test_the_tables_encode_as_audioop_does() -> None:
    audioop = importlib.import_module("audioop")
    assert g711_tables.pcm_to_mulaw(EVERY_VALUE) == audioop.lin2ulaw(EVERY_VALUE, 2)
    assert g711_tables.pcm_to_alaw(EVERY_VALUE) == audioop.lin2alaw(EVERY_VALUE, 2)


def test_the_tables_decode_as_audioop_does() -> None:
    audioop = importlib.import_module("audioop")
    assert g711_tables.mulaw_to_pcm(EVERY_BYTE) == audioop.ulaw2lin(EVERY_BYTE, 2)
    assert g711_tables.alaw_to_pcm(EVERY_BYTE) == audioop.alaw2lin(EVERY_BYTE, 2)


def test_decoding_and_encoding_again_changes_nothing() -> None:
    mulaw = EVERY_BYTE.replace(b"\x7f", b"")  # both 0x7F and 0xFF are zero
    assert g711.pcm_to_mulaw(g711.mulaw_to_pcm(mulaw)) == mulaw
    assert g711.pcm_to_alaw(g711.alaw_to_pcm(EVERY_BYTE)) == EVERY_BYTE


@given(st.binary(max_size=400))
def test_alaw_to_mulaw_is_the_way_by_pcm(alaw: bytes) -> None:
    assert g711.alaw_to_mulaw(alaw) == g711.pcm_to_mulaw(g711.alaw_to_pcm(alaw))


@given(st.integers(-32000, 32000))
def test_both_laws_are_within_four_percent(value: int) -> None:
    pcm = value.to_bytes(2, "little", signed=True)
    for back in (g711.mulaw_to_pcm(g711.pcm_to_mulaw(pcm)), g711.alaw_to_pcm(g711.pcm_to_alaw(pcm))):
        assert abs(int.from_bytes(back, "little", signed=True) - value) <= max(20, abs(value) * 0.04)


def test_silence_is_silent_and_floats_are_the_samples() -> None:
    assert g711.mulaw_to_pcm(g711.SILENCE) == b"\0\0"
    assert g711.MULAW_TO_FLOAT.dtype == np.float32
    assert np.array_equal(g711.MULAW_TO_FLOAT * 32768, np.frombuffer(g711.mulaw_to_pcm(EVERY_BYTE), "<i2"))


def test_importing_it_warns_of_nothing() -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", "import offhook.audio.g711"], check=True)

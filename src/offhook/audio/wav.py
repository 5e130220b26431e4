"""WAV files: PCM of 8 or 16 bits, mu-law and A-law, one or two channels."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from offhook.audio import g711
from offhook.audio.resample import resampled

_PCM, _ALAW, _MULAW, _EXTENSIBLE = 1, 6, 7, 0xFFFE
_REMEDY = "Convert it with `ffmpeg -i IN -ac 1 -ar 8000 -c:a pcm_s16le OUT.wav`."


class UnreadableWav(Exception):
    """A file is not a WAV that offhook reads; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One piece of sound."""

    pcm: bytes
    """16-bit little-endian, mono."""
    rate_hz: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / 2 / self.rate_hz


def read_wav(path: Path) -> Sound:
    """The sound in a file; two channels are mixed to one.

    Raises:
        UnreadableWav: The file is missing, is no WAV, or holds another coding.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableWav(f"{path}: {error.strerror}. Check the name and that the file may be read.") from error
    return parse_wav(content, name=str(path))


def parse_wav(content: bytes, *, name: str) -> Sound:
    """The sound of a WAV file's `content`; `name` is what an error calls it.

    A `data` chunk may promise more than there is: programs that write to a pipe cannot know.

    Raises:
        UnreadableWav: It is no WAV, or holds another coding.
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise UnreadableWav(f"{name} is not a WAV file. {_REMEDY}")
    chunks = _chunks(content)
    form, data = chunks.get(b"fmt ", b""), chunks.get(b"data")
    if len(form) < 16 or data is None:
        raise UnreadableWav(f"{name} is a WAV file without its format or its sound. {_REMEDY}")
    coding, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", form)
    if coding == _EXTENSIBLE and len(form) >= 26:
        (coding,) = struct.unpack_from("<H", form, 24)
    if channels not in {1, 2} or not 4000 <= rate_hz <= 192000:
        raise UnreadableWav(f"{name} has {channels} channels at {rate_hz} Hz. {_REMEDY}")
    pcm = _decoded(coding, bits, data)
    if pcm is None:
        raise UnreadableWav(f"{name} holds WAV coding {coding} with {bits} bits. {_REMEDY}")
    return Sound(_mixed(pcm) if channels == 2 else pcm, rate_hz)


def read_telephone(path: Path) -> bytes:
    """The sound in a file as a telephone carries it: G.711 mu-law, 8 kHz, mono.

    Raises:
        UnreadableWav: As `read_wav`.
    """
    sound = read_wav(path)
    return g711.pcm_to_mulaw(resampled(sound.pcm, sound.rate_hz, g711.RATE_HZ))


def wav_of(pcm: bytes, rate_hz: int, *, channels: int = 1) -> bytes:
    """A WAV file of 16-bit PCM; two channels are interleaved."""
    form = struct.pack("<HHIIHH", _PCM, channels, rate_hz, rate_hz * 2 * channels, 2 * channels, 16)
    head = b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(pcm))
    return b"RIFF" + struct.pack("<I", len(head) + len(pcm)) + head + pcm


def write_wav(path: Path, pcm: bytes, rate_hz: int, *, channels: int = 1) -> None:
    """Write 16-bit PCM to a file."""
    path.write_bytes(wav_of(pcm, rate_hz, channels=channels))


def _chunks(content: bytes) -> dict[bytes, bytes]:
    """The first chunk of each kind; one that promises too much ends where the file ends."""
    found: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        kind = content[at : at + 4]
        (size,) = struct.unpack_from("<I", content, at + 4)
        found.setdefault(kind, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    return found


def _decoded(coding: int, bits: int, data: bytes) -> bytes | None:
    match coding, bits:
        case (1, 16):
            return data[: len(data) & ~1]
        case (1, 8):
            return ((np.frombuffer(data, np.uint8).astype("<i2") - 128) << 8).tobytes()
        case (7, 8):
            return g711.mulaw_to_pcm(data)
        case (6, 8):
            return g711.alaw_to_pcm(data)
        case _:
            return None


def _mixed(pcm: bytes) -> bytes:
    pairs = np.frombuffer(pcm[: len(pcm) & ~3], "<i2").astype(np.int32)
    mixed: npt.NDArray[np.int32] = (pairs[0::2] + pairs[1::2]) >> 1
    return mixed.astype("<i2").tobytes()

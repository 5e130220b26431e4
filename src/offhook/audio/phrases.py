"""Phrases that were spoken before (greetings, fillers, apologies), so that they need not be synthesized again.

In memory and, where there is a folder, on disk; compressed, and bounded by size and age, the least used going first.
A phrase belongs to one voice with its settings; `forget` empties what a changed voice has said. All of it is plain
synchronous code: `recall` touches memory only and may be called on the event loop, the others read and write files
and belong in a thread. Several processes may share a folder: files appear whole or not at all.
"""

import hashlib
import json
import os
import tempfile
import zlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_MARK = b"offhook phrase 1\n"
_SUFFIX = ".phrase"
_UNFINISHED_AFTER_S = 3600.0
"""A file that was begun so long ago belongs to a process that died."""


@dataclass(frozen=True, slots=True)
class PhraseKey:
    """What makes a phrase sound as it does."""

    provider: str
    voice: str
    settings: str
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it was spoken."""

    samples: bytes
    """G.711 mu-law, 8 kHz."""
    word_ends_s: tuple[float, ...] = ()
    """When each word, split at white space, ends; empty where the voice did not tell."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `offhook cache`."""

    key: PhraseKey
    seconds: float
    stored_bytes: int
    made_at: float
    on_disk: bool


class PhraseCache:
    """Phrases by their keys. `now` is seconds since the epoch, because files outlive the process.

    A folder that cannot be written costs only the disk's half: `problem` says why.

    Args:
        folder: Where the files go; None keeps phrases in memory only.
        most_age_s: Phrases older than this are made anew.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        memory_bytes: int = 8 << 20,
        disk_bytes: int = 64 << 20,
        most_age_s: float = 30 * 86400,
    ) -> None:
        self.problem: str | None = None
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._most_age_s = most_age_s
        self._memory: OrderedDict[PhraseKey, bytes] = OrderedDict()
        self._held = 0

    def recall(self, key: PhraseKey, *, now: float) -> Phrase | None:
        """The phrase if it is in memory; no files are touched."""
        stored = self._memory.get(key)
        if stored is None:
            return None
        phrase = self._unpacked(stored, key, now)
        if phrase is None:
            self._let_go(key)
        else:
            self._memory.move_to_end(key)
        return phrase

    def get(self, key: PhraseKey, *, now: float) -> Phrase | None:
        """The phrase from memory or disk; from disk it comes to stay in memory."""
        phrase = self.recall(key, now=now)
        if phrase is not None or self._folder is None:
            return phrase
        path = self._path(key)
        try:
            stored = path.read_bytes()
        except OSError:
            return None
        phrase = self._unpacked(stored, key, now)
        with suppress(OSError):
            if phrase is None:
                path.unlink()
            else:
                os.utime(path, (now, now))  # the file's time is that of its last use
        if phrase is not None:
            self._keep(key, stored)
        return phrase

    def put(self, key: PhraseKey, phrase: Phrase, *, now: float) -> None:
        """Keep a phrase; what was kept under its key is replaced."""
        head = json.dumps({**asdict(key), "word_ends_s": phrase.word_ends_s, "made_at": now}).encode()
        stored = _MARK + zlib.compress(head + b"\n" + phrase.samples)
        self._keep(key, stored)
        if self._folder is None:
            return
        try:
            self._write(self._path(key), stored, now)
            self._sweep(now)
        except OSError as error:
            self.problem = (
                f"{self._folder}: {error.strerror}. Make the folder writable, or phrases are lost at restart."
            )

    def forget(self, provider: str, voice: str) -> int:
        """Remove all that this voice has said, because it sounds different now; returns how many phrases."""
        return self._remove(
            [entry.key for entry in self.entries() if (entry.key.provider, entry.key.voice) == (provider, voice)]
        )

    def clear(self) -> int:
        """Remove everything; returns how many phrases."""
        return self._remove([entry.key for entry in self.entries()])

    def entries(self) -> tuple[Entry, ...]:
        """All phrases that are kept, those on disk first."""
        on_disk = {key: self._entry(key, stored, on_disk=True) for key, stored in self._stored_files()}
        in_memory = [
            self._entry(key, stored, on_disk=False) for key, stored in self._memory.items() if key not in on_disk
        ]
        return (*on_disk.values(), *in_memory)

    def _entry(self, key: PhraseKey, stored: bytes, *, on_disk: bool) -> Entry:
        unpacked = _unpack(stored)
        assert unpacked is not None, "only what can be unpacked is kept"
        _, phrase, made_at = unpacked
        return Entry(key, len(phrase.samples) / 8000, len(stored), made_at, on_disk)

    def _remove(self, keys: list[PhraseKey]) -> int:
        for key in keys:
            self._let_go(key)
            if self._folder is not None:
                with suppress(OSError):
                    self._path(key).unlink()
        return len(keys)

    def _unpacked(self, stored: bytes, key: PhraseKey, now: float) -> Phrase | None:
        """The phrase, unless it is another's, damaged or too old."""
        unpacked = _unpack(stored)
        if unpacked is None or unpacked[0] != key or now - unpacked[2] > self._most_age_s:
            return None
        return unpacked[1]

    def _keep(self, key: PhraseKey, stored: bytes) -> None:
        self._let_go(key)
        if len(stored) > self._memory_bytes:
            return
        self._memory[key] = stored
        self._held += len(stored)
        while self._held > self._memory_bytes:
            _, oldest = self._memory.popitem(last=False)
            self._held -= len(oldest)

    def _let_go(self, key: PhraseKey) -> None:
        self._held -= len(self._memory.pop(key, b""))

    def _path(self, key: PhraseKey) -> Path:
        assert self._folder is not None
        name = hashlib.sha256(json.dumps(asdict(key), sort_keys=True).encode()).hexdigest()
        return self._folder / (name + _SUFFIX)

    def _write(self, path: Path, stored: bytes, now: float) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(stored)
            os.utime(temporary, (now, now))
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise

    def _sweep(self, now: float) -> None:
        """Keep the folder within its bounds; the files used longest ago go first."""
        assert self._folder is not None
        files: list[tuple[float, int, Path]] = []
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # another process sweeps too
                found = path.stat()
                if path.suffix in {_SUFFIX, ".part"}:
                    files.append((found.st_mtime, found.st_size, path))
        total = sum(size for _, size, _ in files)
        for used_at, size, path in sorted(files):
            too_old = now - used_at > (self._most_age_s if path.suffix == _SUFFIX else _UNFINISHED_AFTER_S)
            if too_old or total > self._disk_bytes:
                path.unlink(missing_ok=True)
                total -= size

    def _stored_files(self) -> Iterator[tuple[PhraseKey, bytes]]:
        """Every readable phrase on disk; what cannot be read is removed."""
        if self._folder is None or not self._folder.is_dir():
            return
        for path in sorted(self._folder.glob("*" + _SUFFIX)):
            with suppress(OSError):
                stored = path.read_bytes()
                unpacked = _unpack(stored)
                if unpacked is None:
                    path.unlink()
                else:
                    yield unpacked[0], stored


def _unpack(stored: bytes) -> tuple[PhraseKey, Phrase, float] | None:
    """Key, phrase and when it was made; None for what is damaged."""
    if not stored.startswith(_MARK):
        return None
    try:
        head, _, samples = zlib.decompress(stored[len(_MARK) :]).partition(b"\n")
        fields = json.loads(head)
        key = PhraseKey(*(str(fields[name]) for name in ("provider", "voice", "settings", "text")))
        return key, Phrase(samples, tuple(map(float, fields["word_ends_s"]))), float(fields["made_at"])
    except (zlib.error, ValueError, KeyError, TypeError):
        return None

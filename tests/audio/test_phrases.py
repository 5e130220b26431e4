"""What was spoken once is not synthesized again, and no cache grows or lies."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.audio.phrases import Phrase, PhraseCache, PhraseKey

HELLO = PhraseKey("flite", "slt", "speed=1", "Hello.")
PHRASE = Phrase(bytes(range(256)) * 10, (0.1, 0.32))
NOW = 1_790_000_000.0


def key(n: int) -> PhraseKey:
    return PhraseKey("flite", "slt", "", f"Phrase {n}")


def noise(n: int, length: int = 4000) -> Phrase:
    return Phrase(os.urandom(length - 4) + n.to_bytes(4))


@given(
    texts=st.tuples(st.text(), st.text(), st.text(), st.text()),
    samples=st.binary(max_size=500),
    ends=st.lists(st.floats(0, 100), max_size=5).map(tuple),
)
def test_a_phrase_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    texts: tuple[str, str, str, str],
    samples: bytes,
    ends: tuple[float, ...],
) -> None:
    folder = tmp_path_factory.mktemp("phrases")
    mine, phrase = PhraseKey(*texts), Phrase(samples, ends)
    PhraseCache(folder).put(mine, phrase, now=NOW)
    again = PhraseCache(folder)
    assert again.recall(mine, now=NOW) is None, "memory only"
    assert again.get(mine, now=NOW) == phrase
    assert again.recall(mine, now=NOW) == phrase


@pytest.mark.parametrize("other", ["provider", "voice", "settings", "text"])
def test_another_key_is_another_phrase(tmp_path: Path, other: str) -> None:
    cache = PhraseCache(tmp_path)
    cache.put(HELLO, PHRASE, now=NOW)
    fields = {name: getattr(HELLO, name) for name in ("provider", "voice", "settings", "text")} | {other: "x"}
    assert cache.get(PhraseKey(**fields), now=NOW) is None


def test_it_is_stored_compressed(tmp_path: Path) -> None:
    cache = PhraseCache(tmp_path)
    cache.put(HELLO, PHRASE, now=NOW)
    (entry,) = cache.entries()
    assert entry.seconds == 0.32
    assert entry.made_at == NOW
    assert entry.stored_bytes < len(PHRASE.samples) / 2
    assert [path.stat().st_size for path in tmp_path.iterdir()] == [entry.stored_bytes]


def test_memory_is_bounded_and_the_least_used_goes_first() -> None:
    cache = PhraseCache(memory_bytes=10_000)
    cache.put(key(0), noise(0), now=NOW)
    cache.put(key(1), noise(1), now=NOW)
    assert cache.get(key(0), now=NOW)
    cache.put(key(2), noise(2), now=NOW)
    assert [cache.get(key(n), now=NOW) is not None for n in range(3)] == [True, False, True]
    cache.put(key(3), noise(3, 20_000), now=NOW)
    assert cache.get(key(3), now=NOW) is None
    assert cache.get(key(0), now=NOW) is not None


def test_the_disk_is_bounded_and_the_least_used_goes_first(tmp_path: Path) -> None:
    for n in range(2):
        PhraseCache(tmp_path, disk_bytes=10_000).put(key(n), noise(n), now=NOW + n)
    assert PhraseCache(tmp_path).get(key(0), now=NOW + 5)
    PhraseCache(tmp_path, disk_bytes=10_000).put(key(2), noise(2), now=NOW + 6)
    assert {entry.key for entry in PhraseCache(tmp_path).entries()} == {key(0), key(2)}


def test_an_old_phrase_is_made_anew_however_often_it_is_used(tmp_path: Path) -> None:
    cache = PhraseCache(tmp_path, most_age_s=100)
    cache.put(HELLO, PHRASE, now=NOW)
    assert cache.get(HELLO, now=NOW + 60)
    assert PhraseCache(tmp_path, most_age_s=100).get(HELLO, now=NOW + 90)
    assert cache.get(HELLO, now=NOW + 101) is None
    assert cache.entries() == ()


def test_an_unused_file_is_swept_when_it_is_old(tmp_path: Path) -> None:
    cache = PhraseCache(tmp_path, most_age_s=100)
    cache.put(HELLO, PHRASE, now=NOW)
    (tmp_path / ".dead.part").write_bytes(b"half")
    os.utime(tmp_path / ".dead.part", (NOW, NOW))
    cache.put(key(1), PHRASE, now=NOW + 5000)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_voice_that_changes_is_forgotten_and_the_others_are_not(tmp_path: Path) -> None:
    cache = PhraseCache(tmp_path)
    rms = PhraseKey("flite", "rms", "", "Hello.")
    for each in (HELLO, key(1), rms):
        cache.put(each, PHRASE, now=NOW)
    assert cache.forget("flite", "slt") == 2
    assert cache.get(HELLO, now=NOW) is None
    assert PhraseCache(tmp_path).get(key(1), now=NOW) is None
    assert cache.get(rms, now=NOW) == PHRASE
    assert cache.clear() == 1
    assert cache.entries() == ()
    assert list(tmp_path.iterdir()) == []


@given(place=st.integers(0, 10_000), change=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_file_is_ignored_and_removed(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("phrases")
    PhraseCache(folder).put(HELLO, PHRASE, now=NOW)
    (path,) = folder.iterdir()
    content = bytearray(path.read_bytes())
    place %= len(content)
    content[place] ^= change
    path.write_bytes(content[:place] if cut else content)
    cache = PhraseCache(folder)
    found = cache.get(HELLO, now=NOW)
    assert found in (None, PHRASE)
    assert found == PHRASE or not path.exists()


def test_a_file_under_anothers_name_is_not_believed(tmp_path: Path) -> None:
    PhraseCache(tmp_path).put(HELLO, PHRASE, now=NOW)
    (path,) = tmp_path.iterdir()
    PhraseCache(tmp_path).put(key(1), PHRASE, now=NOW)
    (other,) = set(tmp_path.iterdir()) - {path}
    path.replace(other)
    assert PhraseCache(tmp_path).get(key(1), now=NOW) is None


def test_a_damaged_file_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "00.phrase").write_bytes(b"nonsense")
    assert PhraseCache(tmp_path).entries() == ()
    assert not (tmp_path / "00.phrase").exists()


def test_a_folder_that_cannot_be_written_costs_only_the_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = PhraseCache(tmp_path / "file" / "phrases")
    cache.put(HELLO, PHRASE, now=NOW)
    assert cache.get(HELLO, now=NOW) == PHRASE
    assert cache.problem is not None
    assert "writable" in cache.problem


def test_without_a_folder_everything_is_in_memory() -> None:
    cache = PhraseCache()
    cache.put(HELLO, PHRASE, now=NOW)
    assert [entry.on_disk for entry in cache.entries()] == [False]
    assert cache.forget("flite", "slt") == 1
    assert cache.get(HELLO, now=NOW) is None

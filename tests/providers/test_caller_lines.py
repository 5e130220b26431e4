"""The demo caller is understood: each line, over a telephone with noise, by the model of the question it answers."""

import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from offhook.audio.noise import on_a_telephone
from offhook.audio.wav import read_wav
from offhook.conversation.form import Question, QuestionKind
from offhook.providers.pocketsphinx import PocketSphinx, pocketsphinx_children
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.vocabulary import Vocabulary
from tests.providers.sinks import Ear

DEMO = Path(__file__).parents[2] / "src" / "offhook" / "demo"
LINES = tomllib.loads((DEMO / "lines.toml").read_text())
SNR_DB = 25.0
SEEDS = range(5)
BEFORE, AFTER = bytes(2 * 1600), bytes(2 * 3200)
OFFERED = ("Tuesday at three", "Wednesday at nine thirty", "Thursday at one")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recognizer(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PocketSphinx]:
    vocabulary = Vocabulary(demo_business("dentist"))
    async with pocketsphinx_children(tmp_path_factory.mktemp("models"), size=2) as kids:
        yield PocketSphinx(kids, vocabulary.sentences)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", LINES)
async def test_the_callers_line_is_understood(name: str, recognizer: PocketSphinx) -> None:
    kind = QuestionKind(LINES[name]["kind"])
    question = Question("answer", kind, OFFERED if kind is QuestionKind.CHOICE else ())
    sound = read_wav(DEMO / f"{name}.wav")
    for seed in SEEDS:
        ear = Ear()
        hearing = await recognizer.open(ear)
        hearing.expect(question)
        hearing.speech_started()
        hearing.hear(on_a_telephone(BEFORE + sound.pcm + AFTER, SNR_DB, seed))
        hearing.finalize()
        await heard_something(ear)
        assert ear.text == LINES[name]["words"]
        hearing.close()


async def heard_something(ear: Ear) -> None:
    await ear.until(lambda: bool(ear.transcripts) or bool(ear.failures))


def test_the_lines_are_telephone_sound_and_each_has_its_file() -> None:
    assert {path.stem for path in DEMO.glob("*.wav")} == set(LINES)
    for name in LINES:
        sound = read_wav(DEMO / f"{name}.wav")
        assert sound.rate_hz == 8000
        assert 0.3 < sound.seconds < 6

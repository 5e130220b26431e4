"""The process in which pocketsphinx decodes: `python -m offhook.providers.pocketsphinx_child MODEL DICTIONARY FOLDER`.

Its frames are those of `child_ear.py`; what is to be expected comes as sentences, one per line, lower-case words.

A decoder serves one utterance at a time. It is made for a set of sentences, with a dictionary of only their words
(with the whole dictionary loading takes seconds), and goes back on the shelf for the next utterance with that set.
"""

import hashlib
import signal
import sys
from collections import OrderedDict
from pathlib import Path

import pocketsphinx

from offhook.audio.g711 import mulaw_to_pcm
from offhook.providers.child_ear import encoded_transcript
from offhook.providers.frames import Frame, answer, received
from offhook.providers.language_model import Trigrams
from offhook.providers.pronunciation import Pronunciations

_PARTIAL_EVERY = 1920
"""Samples of audio (240 ms)."""
_SETS_KEPT = 12
"""A decoder takes 8 MB, and a tenth of a second to make again."""
_SEARCH = "question"
_USUAL_CHANNEL = "40,3,-1"
"""The cepstral mean a call begins with, until an utterance has shown its own; pocketsphinx's default."""


class Shelf:
    """Decoders by the set of sentences they know."""

    def __init__(self, model: Path, dictionary: Path, folder: Path) -> None:
        self._model = model
        self._pronunciations = Pronunciations(dictionary)
        self._folder = folder
        self._idle: OrderedDict[str, list[pocketsphinx.Decoder]] = OrderedDict()

    def prepare(self, sentences: str) -> str:
        """Make ready for these sentences, one per line; returns the name of the set, empty if there are none."""
        if not sentences.strip():
            return ""
        name = hashlib.sha256(sentences.encode()).hexdigest()[:16]
        if name not in self._idle:
            self._write(name, [line.split() for line in sentences.splitlines()])
            self._idle[name] = [self._decoder(name)]
        self._idle.move_to_end(name)
        return name

    def take(self, name: str) -> pocketsphinx.Decoder:
        """A decoder that nobody else uses."""
        idle = self._idle[name]
        return idle.pop() if idle else self._decoder(name)

    def put_back(self, name: str, decoder: pocketsphinx.Decoder) -> None:
        """The utterance is over."""
        if name in self._idle:
            self._idle[name].append(decoder)

    def forget_all_but(self, wanted: set[str]) -> None:
        """Drop the sets unused for longest, save those a call waits for."""
        surplus = [name for name in self._idle if name not in wanted][: max(0, len(self._idle) - _SETS_KEPT)]
        for name in surplus:
            del self._idle[name]
            for ending in ("arpa", "dict"):
                (self._folder / f"{name}.{ending}").unlink(missing_ok=True)

    def _write(self, name: str, sentences: list[list[str]]) -> None:
        known = {word: self._pronunciations.of(word) for sentence in sentences for word in sentence}
        sayable = [[word for word in sentence if known[word]] for sentence in sentences]
        (self._folder / f"{name}.arpa").write_text(Trigrams(filter(None, sayable)).arpa())
        with (self._folder / f"{name}.dict").open("w") as entries:
            for word, ways in sorted(known.items()):
                for number, phones in enumerate(ways, start=1):
                    entries.write(f"{word} {phones}\n" if number == 1 else f"{word}({number}) {phones}\n")

    def _decoder(self, name: str) -> pocketsphinx.Decoder:
        decoder = pocketsphinx.Decoder(
            hmm=str(self._model),
            dict=str(self._folder / f"{name}.dict"),
            lm=None,
            samprate=8000,
            loglevel="FATAL",
        )
        model = pocketsphinx.NGramModel(decoder.config, decoder.logmath, str(self._folder / f"{name}.arpa"))
        decoder.add_lm(_SEARCH, model)
        decoder.activate_search(_SEARCH)
        return decoder


class Ear:
    """What one call is saying."""

    def __init__(self, shelf: Shelf) -> None:
        self.expected = ""
        """The set of sentences for the next utterance."""
        self._shelf = shelf
        self._using = ""
        self._decoder: pocketsphinx.Decoder | None = None
        self._channel = _USUAL_CHANNEL
        """The mean of this line's cepstra, as the last utterance left it."""
        self._unreported = 0
        self._reported = ""

    def begin(self) -> None:
        """An utterance begins; one that goes on is dropped."""
        self.end()
        if not self.expected:
            return
        self._using, self._decoder = self.expected, self._shelf.take(self.expected)
        self._decoder.set_cmn(self._channel)
        self._decoder.start_utt()
        self._unreported, self._reported = 0, ""

    def hear(self, pcm: bytes) -> str | None:
        """The next samples; returns the words so far when they are news."""
        if self._decoder is None or not pcm:
            return None
        self._decoder.process_raw(pcm, no_search=False, full_utt=False)
        self._unreported += len(pcm) // 2
        if self._unreported < _PARTIAL_EVERY:
            return None
        self._unreported = 0
        words = _words(self._decoder)
        if words == self._reported:
            return None
        self._reported = words
        return words

    def end(self) -> str:
        """The utterance is over; returns its words."""
        if self._decoder is None:
            return ""
        self._decoder.end_utt()
        words = _words(self._decoder)
        if words:  # noise alone would teach a wrong channel
            self._channel = self._decoder.get_cmn()
        self._shelf.put_back(self._using, self._decoder)
        self._decoder = None
        return words


def _words(decoder: pocketsphinx.Decoder) -> str:
    guess = decoder.hyp()
    return "" if guess is None else str(guess.hypstr)


def serve(shelf: Shelf) -> None:
    """Answer frames until the parent is gone."""
    ears: dict[int, Ear] = {}
    for frame in received():
        ear = ears.setdefault(frame.client, Ear(shelf))
        match frame.kind:
            case "e":
                ear.expected = shelf.prepare(frame.payload.decode())
                shelf.forget_all_but({each.expected for each in ears.values()})
            case "s":
                ear.begin()
            case "a":
                if (words := ear.hear(mulaw_to_pcm(frame.payload))) is not None:
                    answer(Frame("p", frame.client, words.encode()))
            case "f":
                answer(Frame("t", frame.client, encoded_transcript(ear.end(), None)))
            case _:
                ear.end()
                del ears[frame.client]


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    serve(Shelf(*map(Path, sys.argv[1:4])))

"""A trigram language model from example sentences, in the ARPA format that recognizers read.

Smoothed by Witten and Bell: after a history `h` with `c(h)` words seen, `t(h)` of them different, a word's probability
is `(c(hw) + t(h) * p(w | shorter h)) / (c(h) + t(h))`. The unigrams fall back to a uniform guess over the words.
The format is described in the SRILM manual, "ngram-format(5)": base-10 logarithms, back-off weights beside them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log10

_BEGIN, _END = "<s>", "</s>"
_NEVER = -99.0
"""The logarithm written for `<s>`, which is never predicted."""

Gram = tuple[str, ...]


class Trigrams:
    """Counts of word sequences, and the probabilities made of them."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        self._counts = (Counter[Gram](), Counter[Gram](), Counter[Gram]())
        for words in sentences:
            self._count((_BEGIN, *words, _END))
        self._total = Counter[Gram]()
        self._kinds = Counter[Gram]()
        for counts in self._counts:
            for gram, count in counts.items():
                if gram != (_BEGIN,):
                    self._total[gram[:-1]] += count
                    self._kinds[gram[:-1]] += 1

    def _count(self, words: Gram) -> None:
        for order, counts in enumerate(self._counts, start=1):
            counts.update(words[at : at + order] for at in range(len(words) - order + 1))

    def probability(self, gram: Gram) -> float:
        """Of the last word of `gram` after those before it."""
        if not gram:
            return 1.0 / max(1, self._kinds[()])
        history = gram[:-1]
        if not self._total[history]:
            return self.probability(gram[1:])
        kinds = self._kinds[history]
        shorter = self.probability(gram[1:])
        return (self._counts[len(history)][gram] + kinds * shorter) / (self._total[history] + kinds)

    def arpa(self) -> str:
        """The model as the text of an ARPA file; the same sentences in any order give the same text."""
        lines = ["\\data\\", *(f"ngram {order}={len(counts)}" for order, counts in enumerate(self._counts, 1))]
        for order, counts in enumerate(self._counts, 1):
            lines += ["", f"\\{order}-grams:", *(self._line(gram) for gram in sorted(counts))]
        return "\n".join([*lines, "", "\\end\\", ""])

    def _line(self, gram: Gram) -> str:
        chance = _NEVER if gram == (_BEGIN,) else log10(self.probability(gram))
        if len(gram) == 3 or not self._total[gram]:
            return f"{chance:.4f} {' '.join(gram)}"
        kinds = self._kinds[gram]
        return f"{chance:.4f} {' '.join(gram)} {log10(kinds / (self._total[gram] + kinds)):.4f}"

"""The trigram model: probabilities that add up, the same file for the same sentences."""

from hypothesis import given
from hypothesis import strategies as st

from offhook.providers.language_model import Trigrams

words = st.sampled_from(["yes", "no", "tuesday", "at", "three", "please"])
sentences = st.lists(st.lists(words, min_size=1, max_size=6), min_size=1, max_size=12)


@given(sentences)
def test_after_any_history_the_probabilities_add_up_to_one(said: list[list[str]]) -> None:
    model = Trigrams(said)
    vocabulary = {word for sentence in said for word in sentence} | {"</s>"}
    histories = [(), ("<s>",), ("yes",), ("<s>", "no"), *((s[0], s[-1]) for s in said)]
    for history in histories:
        total = sum(model.probability((*history, word)) for word in vocabulary)
        assert abs(total - 1) < 1e-9


@given(sentences, st.randoms(use_true_random=False))
def test_the_order_of_the_sentences_does_not_matter(said: list[list[str]], random: object) -> None:
    assert Trigrams(said).arpa() == Trigrams(reversed(said)).arpa()


def test_what_was_said_is_likelier_than_what_was_not() -> None:
    model = Trigrams([["book", "a", "cleaning"], ["book", "a", "filling"], ["cancel", "a", "cleaning"]])
    assert model.probability(("book", "a", "cleaning")) > model.probability(("book", "a", "book"))
    assert model.probability(("<s>", "book", "a")) > model.probability(("<s>", "book", "cleaning")) > 0


def test_the_file_tells_its_own_size() -> None:
    lines = Trigrams([["yes", "please"], ["no"]]).arpa().splitlines()
    assert lines[:4] == ["\\data\\", "ngram 1=5", "ngram 2=5", "ngram 3=3"]
    assert sum(len(line.split()) in {2, 3} and line[0] in "-0" for line in lines[5:11]) == 5
    assert lines[-1] == "\\end\\"


def read(arpa: str, gram: tuple[str, ...]) -> float:
    """The probability that a reader of the file gives to the last word of `gram`."""
    order, told, weights = 0, {}, {}
    for line in arpa.splitlines():
        if line.endswith("-grams:"):
            order = int(line[1])
        elif order and line[:1] in {"-", "0"}:
            chance, *rest = line.split()
            told[tuple(rest[:order])] = float(chance)
            weights[tuple(rest[:order])] = float(rest[order]) if len(rest) > order else 0.0
    weight = 0.0
    while gram not in told:
        weight += weights.get(gram[:-1], 0.0)
        gram = gram[1:]
    return float(10 ** (told[gram] + weight))


@given(sentences, words, words, words)
def test_a_reader_of_the_file_gets_the_models_probabilities(said: list[list[str]], a: str, b: str, c: str) -> None:
    model = Trigrams(said)
    if {a, b, c} <= {w for s in said for w in s}:
        assert abs(read(model.arpa(), (a, b, c)) - model.probability((a, b, c))) < 1e-3

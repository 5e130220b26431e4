"""Each word we gave to a voice gets one end, in order, whatever the vendor makes of the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.providers.word_times import WordTimes

WORD = st.text(alphabet="abcdeé'-.,", min_size=1, max_size=6)


def told(times: WordTimes, *words: tuple[str, float, float]) -> tuple[float, ...]:
    return times.timed([word for word, _, _ in words], [start for _, start, _ in words], [end for _, _, end in words])


def test_the_same_words_end_when_the_vendor_says() -> None:
    times = WordTimes()
    times.say("At ten, ")
    times.say("please.")
    assert told(times, ("at", 0.0, 0.2), ("ten", 0.2, 0.5)) == (0.2, 0.5)
    assert not times.all_timed
    assert told(times, ("please", 0.6, 0.9)) == (0.9,)
    assert times.all_timed
    assert times.rest(1.0) == ()


def test_a_word_told_in_other_words_ends_where_the_next_begins() -> None:
    times = WordTimes()
    times.say("At 10:30 sharp.")
    assert told(times, ("At", 0.0, 0.2), ("ten", 0.2, 0.5), ("thirty", 0.5, 0.9)) == (0.2,)
    assert told(times, ("sharp", 1.0, 1.4)) == (1.0, 1.4)


def test_words_nobody_times_share_the_sound_by_their_length() -> None:
    times = WordTimes()
    times.say("a bbb")
    assert times.rest(2.0) == pytest.approx((0.5, 2.0))
    times.say(" cc")
    assert times.rest(3.0) == pytest.approx((3.0,))


def test_a_word_given_in_two_parts_is_one() -> None:
    times = WordTimes()
    times.say("Tues")
    times.say("day at ten")
    assert told(times, ("Tuesday", 0.0, 0.4), ("at", 0.4, 0.5), ("ten", 0.5, 0.8)) == (0.4, 0.5, 0.8)


@given(
    ours=st.lists(WORD, max_size=12),
    theirs=st.lists(st.tuples(WORD, st.floats(0, 20), st.floats(0, 20)), max_size=12),
    same=st.booleans(),
    cut=st.integers(0, 12),
    total=st.floats(0, 30),
)
def test_ends_only_grow_and_none_is_left_out(
    ours: list[str], theirs: list[tuple[str, float, float]], same: bool, cut: int, total: float
) -> None:
    times = WordTimes()
    times.say(" ".join(ours))
    if same:
        theirs = [(word, start, end) for word, (_, start, end) in zip(ours, theirs, strict=False)]
    ends = [*told(times, *theirs[:cut]), *told(times, *theirs[cut:]), *times.rest(total)]
    assert len(ends) == len(ours)
    assert ends == sorted(ends)
    assert times.all_timed

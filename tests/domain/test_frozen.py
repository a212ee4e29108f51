"""Classes of values that are cheap to define, and dataclasses to whoever asks."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from kam_tui.domain.frozen import defaults_of, frozen, later, many


@frozen
class Pair:
    """Two numbers in order."""

    low: int
    high: int = 9

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("the wrong way round")

    @property
    def span(self) -> int:
        return self.high - self.low


@frozen
class Couple:
    """Two numbers, of another class."""

    low: int
    high: int = 9


@frozen
class Single:
    """One thing."""

    only: str


def test_values_come_by_place_by_name_or_by_default() -> None:
    assert (Pair(1, 2).low, Pair(1, high=3).high, Pair(low=4).span) == (1, 3, 5)
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Pair(1, width=2)  # type: ignore[call-arg]


def test_the_first_values_of_a_class_are_made_as_the_later_ones_are() -> None:
    @frozen
    class Fresh:
        low: int
        high: int = 9

    for _again in range(40):
        assert repr(Fresh(1)).endswith("Fresh(low=1, high=9)")
        assert (Fresh(1, 2).high, Fresh(high=3, low=2).low) == (2, 2)
    for values, named in (((1, 2, 3), {}), ((1,), {"low": 1}), ((), {"high": 2}), ((1,), {"width": 2})):

        @frozen
        class Odd:
            low: int
            high: int = 9

        with pytest.raises(TypeError):
            Odd(*values, **named)
        assert Odd(1).low == 1


def test_a_class_may_refuse_its_values() -> None:
    with pytest.raises(ValueError, match="wrong way"):
        Pair(3, 1)


def test_nothing_about_a_value_can_be_changed() -> None:
    pair = Pair(1)
    with pytest.raises(AttributeError):
        pair.low = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del pair.low
    with pytest.raises(AttributeError):
        pair.other = 2  # type: ignore[attr-defined]
    assert not hasattr(pair, "__dict__")


def test_equal_values_are_equal_and_of_one_class() -> None:
    assert Pair(1, 2) == Pair(1, 2) != Pair(1, 3)
    other: object = Couple(1, 2)
    assert Pair(1, 2) != other
    assert len({Pair(1, 2), Pair(1, 2), Pair(1, 3)}) == 2
    assert repr(Pair(1, 2)) == "Pair(low=1, high=2)"


def test_copies_and_pickles_are_equal() -> None:
    pair = Pair(1, 2)
    assert copy.deepcopy(pair) == copy.copy(pair) == pickle.loads(pickle.dumps(pair)) == pair


def test_the_functions_for_dataclasses_take_them() -> None:
    assert all(map(dataclasses.is_dataclass, [Pair, Pair(1)]))
    assert [(f.name, f.default) for f in dataclasses.fields(Pair)][1] == ("high", 9)
    assert dataclasses.replace(Pair(1, 2), high=7) == Pair(1, 7)
    assert dataclasses.asdict(Pair(1, 2)) == {"low": 1, "high": 2}
    with pytest.raises(ValueError, match="wrong way"):
        dataclasses.replace(Pair(1, 2), high=0)
    assert defaults_of(Pair) == {"high": 9}


def test_many_values_are_made_at_once_and_are_like_any_other() -> None:
    made = many(Pair)([(1, 2), (3, 9)])
    assert made == [Pair(1, 2), Pair(3)]
    assert [type(pair) for pair in made] == [Pair, Pair]
    assert len({*made, Pair(1, 2)}) == 2
    assert (repr(made[0]), made[0].span) == (repr(Pair(1, 2)), 1)
    assert pickle.loads(pickle.dumps(made)) == made
    assert dataclasses.replace(made[0], high=7) == Pair(1, 7)
    with pytest.raises(AttributeError):
        made[0].low = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del made[0].low
    assert many(Single)([("x",)]) == [Single("x")]


def test_one_of_many_values_may_be_refused() -> None:
    with pytest.raises(ValueError, match="wrong way"):
        many(Pair)([(1, 2), (3, 1)])


@frozen
class Odd:
    """Fields named as somebody might name a variable."""

    value: int
    made: int
    rows: int
    cls: int = 0


def test_the_name_of_a_field_may_be_any_word() -> None:
    assert many(Odd)([(1, 2, 3, 4)]) == [Odd(1, 2, 3, 4)]


def test_a_default_may_be_made_when_it_is_first_read() -> None:
    asked: list[str] = []

    def make() -> tuple[str, ...]:
        asked.append("dear")
        return ("dear",)

    @frozen
    class Late:
        """One default that takes long to make, and one that does not."""

        low: int
        dear: tuple[str, ...] = later(make)
        high: int = 9

    made = [Late(1) for _again in range(40)]
    given = [Late(1, ("own",)) for _again in range(2)]
    assert [each.high for each in made] == [9] * 40
    assert {each.dear for each in given} == {("own",)}
    assert not asked
    assert {made[0].dear, made[0].dear, made[-1].dear} == {("dear",)}
    assert len(asked) == 2
    assert (made[1], hash(made[1])) == (made[2], hash(made[2]))
    assert (made[3] == Late(1, ("dear",)), made[3] == given[0]) == (True, False)
    assert dataclasses.replace(made[4], low=2) == Late(2)
    assert [f.default for f in dataclasses.fields(Late)][1:] == [("dear",), 9]
    assert defaults_of(Late) == {"dear": ("dear",), "high": 9}
    assert copy.copy(made[5]) == made[5]
    with pytest.raises(AttributeError, match=r"Late\.dear cannot be changed"):
        made[6].dear = ()  # type: ignore[misc]
    with pytest.raises(AttributeError, match="no attribute 'other'"):
        made[6].other  # type: ignore[attr-defined]  # noqa: B018


def test_a_default_that_is_open_to_change_is_made_anew_for_each() -> None:
    @frozen
    class Kept:
        name: str
        words: dict[str, str] = later(dict)

    first, other = Kept("a"), Kept("b")
    assert first.words == {}
    assert first.words is not other.words
    assert dataclasses.replace(first, name="c") == Kept("c")
    assert [each.name for each in dataclasses.fields(Kept)] == ["name", "words"]

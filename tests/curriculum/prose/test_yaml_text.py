"""YAML from a stranger cannot hang the site, run code, or hide a line."""

import time

import pytest

from curriculum.prose.yaml_text import read_mapping

BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "[" * 50_000,
        "{a: " * 20_000,
        "- " * 20_000,
        "a: " + "x" * 600_000,
        "\x00",
        "a: \ud800",
    ],
    ids=["aliases", "lists", "mappings", "dashes", "size", "null", "surrogate"],
)
def test_hostile_yaml_is_refused_with_a_reason_at_once(text):
    started = time.perf_counter()
    mapping, problems = read_mapping(text)
    assert time.perf_counter() - started < 1.0
    assert mapping.values == {}
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text", ["a: !!python/name:os.system", "a: !thing x", "? [a]\n: b", "{}: a"]
)
def test_yaml_makes_nothing_but_plain_values(text):
    mapping, problems = read_mapping(text)
    assert problems or set(mapping.values) <= {"?"}


def test_lines_count_from_the_line_given():
    mapping, problems = read_mapping("a: 1\nb:\n  c: 2\n", first_line=10)
    assert problems == []
    assert mapping.lines == {"a": 10, "b": 11}
    assert mapping.inner["b"].lines == {"c": 12}


def test_names_that_yaml_takes_for_other_things_stay_text():
    mapping, _ = read_mapping("no: 1\n12: 2\nnull: 3\n")
    assert list(mapping.values) == ["no", "12", "null"]


def test_an_empty_text_is_an_empty_mapping():
    assert read_mapping("# nothing yet\n")[0].values == {}

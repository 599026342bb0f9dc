"""What holds for every generator, whatever the seed and the options."""

import itertools
import json
import os
import subprocess
import sys
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.prose.inline import render
from curriculum.prose.inspection import inspect
from curriculum.questions import generated, registry
from curriculum.questions.compiling import compiled
from curriculum.questions.generators.catalogue import GENERATORS, generate
from curriculum.questions.generators.chance import Chance
from curriculum.questions.generators.made import NoQuestion, OneOf, faults
from tests.curriculum.prose.reading_html import dangers
from tests.house import ROOT

NAMES = sorted(GENERATORS)
each_generator = pytest.mark.parametrize("name", NAMES)
SEEDS = st.integers(0, 2**62 - 1)
# Options for which there is nothing to ask; the generator says why.
NOTHING = {
    "precedence": lambda one: one["nuncio"] == "absent" and one["guests"] > 5,
    "immunities": lambda one: one["who"] == "consular" and one["people"] > 3,
    "forms_of_address": lambda one: one["ask"] == "matching" and one["occasion"] == "note",
}
# The digest of three seeds under every choice of options, by name and version. When it changes,
# raise the generator's VERSION and pin it anew.
PINNED = {
    ("forms_of_address", 1): "d3f269aa2cc233f9",
    ("immunities", 1): "8f495efab7bbabae",
    ("precedence", 1): "f6e12374f0f128c9",
    ("seating", 1): "1705ae541829e9bb",
    ("time_zones", 1): "392d6463dc95cd02",
}


def all_options(name):
    spec = GENERATORS[name].OPTIONS
    values = [
        one.values if isinstance(one, OneOf) else range(one.least, one.most + 1)
        for one in spec.values()
    ]
    return [dict(zip(spec, chosen, strict=True)) for chosen in itertools.product(*values)]


def askable(name):
    nothing = NOTHING.get(name, lambda one: False)
    return [one for one in all_options(name) if not nothing(one)]


def front(body):
    return {"credit": body["credit"]} if "credit" in body else {}


@each_generator
@given(data=st.data(), seed=SEEDS)
@settings(max_examples=150, deadline=None)
def test_any_seed_gives_a_question_with_one_key(name, data, seed):
    one = generate(name, seed, data.draw(st.sampled_from(askable(name))))
    assert registry.check(one.kind, one.body) == []
    key = registry.key(one.kind, one.body)
    assert registry.accepts(one.kind, one.body, key) is None
    assert registry.mark(one.kind, one.body, key).fraction == 1
    read, problems = registry.read(one.kind, registry.write(one.kind, one.body), front(one.body))
    assert (read, problems) == (one.body, [])


@each_generator
@given(data=st.data(), seed=SEEDS)
@settings(max_examples=80, deadline=None)
def test_each_named_mistake_is_an_answer_that_is_not_the_key(name, data, seed):
    one = generate(name, seed, data.draw(st.sampled_from(askable(name))))
    assert one.mistakes
    key = registry.key(one.kind, one.body)
    for answer in one.mistakes.values():
        assert registry.accepts(one.kind, one.body, answer) is None
        assert registry.mark(one.kind, one.body, answer).fraction < 1
        assert answer != key


@each_generator
@given(data=st.data(), seed=SEEDS)
@settings(max_examples=50, deadline=None)
def test_a_question_made_twice_is_the_same(name, data, seed):
    options = data.draw(st.sampled_from(askable(name)))
    first = generate(name, seed, options)
    turned = dict(reversed(list(options.items())))
    assert generate(name, seed, turned) == first
    assert json.loads(json.dumps(first.body)) == first.body


@each_generator
@given(data=st.data(), seed=SEEDS)
@settings(max_examples=40, deadline=None)
def test_the_worked_answer_and_the_prompt_are_markdown_that_we_allow(name, data, seed):
    one = generate(name, seed, data.draw(st.sampled_from(askable(name))))
    assert one.body["explanation"] == one.worked
    assert one.worked.startswith("1. **")
    assert inspect(one.worked) == []
    assert inspect(one.body["prompt"]) == []
    made = compiled(one.body, render)
    assert dangers(made["explanation_html"]) == []
    assert "<ol>" in made["explanation_html"]
    assert "**" not in made["explanation_html"]


@each_generator
def test_every_choice_of_options_either_gives_questions_or_says_why_not(name):
    for options in all_options(name):
        if options in askable(name):
            generate(name, 1, options)
        else:
            with pytest.raises(NoQuestion):
                generate(name, 1, options)


@each_generator
def test_seeds_give_different_questions(name):
    made = {json.dumps(generate(name, seed, {}).body) for seed in range(40)}
    assert len(made) >= 30


@each_generator
def test_a_version_makes_what_it_always_made(name):
    digests = [
        generated.digest(name, seed, options) for options in askable(name) for seed in (1, 2, 3)
    ]
    pinned = sha256(" ".join(digests).encode()).hexdigest()[:16]
    assert {(name, GENERATORS[name].VERSION): pinned}.items() <= PINNED.items()


def test_another_process_with_another_hash_seed_makes_the_same():
    program = (
        "from curriculum.questions.generated import digest;"
        f"print([digest(name, 7, {{}}) for name in {NAMES}])"
    )
    for hash_seed in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.strip() == str([generated.digest(name, 7, {}) for name in NAMES])


@each_generator
def test_each_generator_knows_its_name_and_refuses_what_it_does_not_know(name):
    its = GENERATORS[name]
    assert name == its.NAME
    assert its.TITLE
    assert list(faults(its.OPTIONS, {})) == []
    assert "unknown" in " ".join(faults(its.OPTIONS, {"colour": 3}))
    for option, spec in its.OPTIONS.items():
        for wrong in (True, None, 1.5, "nothing", 99, -1, [], {}):
            assert list(faults(its.OPTIONS, {option: wrong}))
        assert list(faults(its.OPTIONS, {option: spec.default})) == []


def test_draws_are_even_and_do_not_repeat():
    chance = Chance(5, "draws")
    counted = [chance.below(6) for _ in range(6000)]
    assert all(850 < counted.count(side) < 1150 for side in range(6))
    assert sorted(Chance(5, "draws").shuffled(range(50))) == list(range(50))
    assert Chance(5, "draws").shuffled(range(50)) != Chance(6, "draws").shuffled(range(50))
    assert Chance(5, "draws").shuffled(range(50)) != Chance(5, "other").shuffled(range(50))

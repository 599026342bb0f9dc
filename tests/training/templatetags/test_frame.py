"""What is written once for everybody who sees it alike says nothing of anybody else."""

from uuid import uuid4

import pytest

from training.templatetags import frame

WORDS = "learn/parts/saving_words.html"


@pytest.fixture
def written(monkeypatch):
    """The templates that were written out, one after the other."""
    done = []
    plain = frame.render_to_string
    monkeypatch.setattr(
        frame, "render_to_string", lambda name, facts: done.append(name) or plain(name, facts)
    )
    frame._kept_alike.cache_clear()
    return done


def test_one_frame_serves_everybody_and_has_the_name_of_each(written):
    frame._kept.cache_clear()
    facts = frame.Facts("Academy", navigation=(frame.Link("/learn/", "Today"),))
    thea, tom = (
        frame.frame("above", facts._replace(person=name)) for name in ("Thea <i>", "Tom & Co")
    )
    assert written == ["frame/above.html"]
    assert thea.count("Thea &lt;i&gt;") == tom.count("Tom &amp; Co") == 2
    assert "Thea" not in tom
    nobody = frame.frame("above", facts)
    assert "Sign in" in nobody
    assert frame.NAME not in thea + tom + nobody


def words_of(person, attempt):
    return frame.kept(WORDS, person=person, attempt=attempt, is_sequential=False)


def test_one_text_serves_every_key_and_each_stands_in_its_own_place(written):
    people, attempts = [uuid4(), uuid4()], [uuid4(), uuid4()]
    first, second = map(words_of, people, attempts)
    assert written.count(WORDS) == 1
    for text, person, attempt in zip((first, second), people, attempts, strict=True):
        assert f'data-person="{person}"' in text
        assert f'data-attempt="{attempt}"' in text
        assert f'data-paper="/learn/attempts/{attempt}/paper/"' in text
    assert str(people[0]) not in second
    assert str(attempts[0]) not in second
    assert "00000000-0000" not in first + second


def test_other_facts_have_texts_of_their_own(written):
    person, attempt = uuid4(), uuid4()
    plain = frame.kept(WORDS, person=person, attempt=attempt, is_sequential=False)
    in_turn = frame.kept(WORDS, person=person, attempt=attempt, is_sequential=True)
    assert written.count(WORDS) == 2
    assert plain != in_turn
    assert frame.kept(WORDS, person=person, attempt=attempt, is_sequential=False) == plain
    assert written.count(WORDS) == 2

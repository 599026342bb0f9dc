"""What a page costs before its words."""

import gzip
import re
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from training.config.static_storage import SCRIPTS

STATIC = Path(__file__).resolve().parents[2] / "static"
# What a first visit on a poor link may cost, in bytes.
STYLES = 20_000
FONTS = 170_000
SCRIPT = 3_000
QUIZ_SCRIPT = 8_000


@pytest.fixture
def collected(settings, tmp_path):
    """The static files as a site in earnest serves them."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "training.config.static_storage.FlattenedStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_a_page_needs_one_style_sheet_and_it_is_small(collected):
    name = staticfiles_storage.stored_name("css/site.css")
    text = (collected / name).read_text()
    assert "@import" not in text
    assert "/*" not in text
    assert all(rule in text for rule in (".masthead{", ".choice{", "@media print{", ".heat{"))
    assert len(gzip.compress(text.encode())) < STYLES
    assert (collected / f"{name}.gz").exists()


def test_the_fonts_of_the_collected_sheet_exist_under_their_new_names(collected):
    name = staticfiles_storage.stored_name("css/site.css")
    fonts = re.findall(r'url\("([^"]+\.woff2)"\)', (collected / name).read_text())
    assert len(fonts) == 4
    assert all(re.search(r"\.[0-9a-f]{12}\.woff2$", font) for font in fonts)
    assert all((collected / name).parent.joinpath(font).resolve().exists() for font in fonts)


def test_collecting_twice_gives_the_same_sheet(collected):
    first = staticfiles_storage.stored_name("css/site.css")
    call_command("collectstatic", interactive=False, verbosity=0)
    assert staticfiles_storage.stored_name("css/site.css") == first


def test_pages_of_an_earlier_version_still_find_their_sheet(collected, settings, tmp_path_factory):
    """F17: a page that was open before the upgrade asks for the file by its old name."""
    before = staticfiles_storage.stored_name("css/site.css")
    changed = tmp_path_factory.mktemp("static")
    shutil.copytree(STATIC, changed, dirs_exist_ok=True)
    tokens = changed / "css/tokens.css"
    tokens.write_text(tokens.read_text() + ".new{color:red}")
    settings.STATICFILES_DIRS = [changed]
    call_command("collectstatic", interactive=False, verbosity=0)
    after = staticfiles_storage.stored_name("css/site.css")
    assert before != after
    assert (collected / before).exists()
    assert (collected / after).exists()


def test_every_sheet_has_its_place_in_the_one():
    named = re.findall(r'@import "(.+?)"', (STATIC / "css/site.css").read_text())
    assert named[0] == "tokens.css"
    assert sorted(named) == sorted(
        path.name for path in (STATIC / "css").glob("*.css") if path.name != "site.css"
    )


def test_the_fonts_are_few_and_carry_their_licence():
    fonts = list((STATIC / "fonts").glob("*.woff2"))
    assert sum(path.stat().st_size for path in fonts) <= FONTS
    families = {re.sub(r"-latin.*", "", path.stem) for path in fonts}
    licences = {path.name.removesuffix("-OFL.txt") for path in (STATIC / "fonts").glob("*.txt")}
    assert families == licences


def test_a_missing_font_never_hides_the_words():
    faces = re.findall(r"@font-face {.*?}", (STATIC / "css/tokens.css").read_text(), re.DOTALL)
    assert len(faces) == 4
    assert all("font-display: swap" in face and "unicode-range:" in face for face in faces)


def test_a_token_that_is_used_exists():
    sheets = "\n".join(path.read_text() for path in (STATIC / "css").glob("*.css"))
    used = set(re.findall(r"var\((--[\w-]+)", sheets))
    made = set(re.findall(r"^\s*(--[\w-]+):", sheets, re.MULTILINE))
    assert used - made == set()
    assert len(used) > 50


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_of_many_is_one_file_of_what_it_is_made_of(collected, name):
    text = (collected / staticfiles_storage.stored_name(name)).read_text()
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    made = re.findall(r"^(?:const|let|function|async function) (\w+)", text, re.MULTILINE)
    assert len(made) == len(set(made)) > 5
    assert "[data-error-summary]" in text
    assert len(gzip.compress(text.encode())) < QUIZ_SCRIPT


@pytest.mark.parametrize("name", ["countdown", "keep_place", "focus_errors", "passkey"])
def test_a_script_is_small(name):
    assert (STATIC / "js" / f"{name}.js").stat().st_size <= SCRIPT

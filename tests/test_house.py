"""The rules of the house that a reader of the code relies on. README says why each is there."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house import DESKS, ROOT, code, files, nothing_offends, shown

MOST_LINES_A_FILE = 400
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
DRAWERS |= {"service", "services", "data"}
TOP_LEVEL = {"manage.py", "pyproject.toml", "README.md", "LICENSE"}
TOP_LEVEL |= {"curriculum", "training", "templates", "static", "tests"}
MADE_BY_TOOLS = re.compile(r"\..*|build|__pycache__|.*\.egg-info")
# The one place that may take text for HTML: all of it went through the sanitiser.
MAKES_SAFE = ("curriculum/prose/",)
ASKING_SAFE = {"safe", "squeezed"}
# Who comes in is told by the sign-in library's signals: it offers no other door.
LISTENS = {"training/accounts/sessions.py", "training/front/signing_in.py"}

PYTHON = [*files("curriculum", ".py"), *files("training", ".py"), *files("tests", ".py")]
OURS = [path for path in PYTHON if "migrations" not in path.parts]
SITE = [path for path in OURS if path.relative_to(ROOT).parts[0] != "tests"]
MIGRATIONS = [path for path in PYTHON if "migrations" in path.parts]
VIEWS = [path for path in SITE if "views" in path.parts or path.stem == "views"]
READINGS = [path for path in SITE if path.stem == "readings" or "readings" in path.parts]
PAGES = [*files("templates", ".html"), *files("static", ".js", ".css")]


def allowed_clock(path: Path) -> bool:
    desk = path.relative_to(ROOT).parts[1] in DESKS
    return (
        (desk and path not in READINGS)
        or path.parent.name == "commands"
        or shown(path) == "training/clock/site_time.py"
        # What a request passes on its way to a desk.
        or shown(path) in {"training/config/middleware.py", "training/config/session_store.py"}
    )


def test_only_the_room_of_the_clock_asks_the_machine():
    asked = {"training/clock/site_time.py", "curriculum/management/commands/load_content.py"}
    machine = code.CLOCKS - {("site_time", "now"), ("timezone", "localdate")}
    elsewhere = [path for path in SITE if shown(path) not in asked]
    assert list(code.clock_reads("at = site_time.now()", machine)) == []
    nothing_offends(elsewhere, lambda text: code.clock_reads(text, machine))


def test_a_file_ends_before_its_reader_tires():
    counted = {shown(path): len(path.read_text().splitlines()) for path in [*OURS, *PAGES]}
    assert {path: lines for path, lines in counted.items() if lines > MOST_LINES_A_FILE} == {}


def test_a_function_fits_on_a_screen():
    assert list(code.long_functions("def long():\n" + "    pass\n" * 50)) == [
        "1: long has 51 lines"
    ]
    nothing_offends(OURS, code.long_functions)


def test_no_file_or_folder_is_a_drawer():
    paths = [*PYTHON, *PAGES]
    parts = {
        (shown(path), Path(part).stem) for path in paths for part in path.relative_to(ROOT).parts
    }
    assert sorted(path for path, stem in parts if stem in DRAWERS) == []


def test_a_view_neither_filters_nor_writes():
    forbidden = code.WRITING | code.QUERYING
    assert list(code.methods_called("Attempt.objects.filter(pk=1)", forbidden)) == ["1: .filter("]
    nothing_offends(VIEWS, lambda text: code.methods_called(text, forbidden))


def test_readings_write_nothing():
    assert list(code.methods_called("rows.update(a=1)", code.WRITING)) == ["1: .update("]
    assert list(code.methods_called("words.update(more)", code.WRITING)) == []
    nothing_offends(READINGS, lambda text: code.methods_called(text, code.WRITING))


def test_only_desks_and_commands_read_the_clock():
    assert list(code.clock_reads("at = timezone.now()")) == ["1: timezone.now"]
    assert list(code.clock_reads("f(default=timezone.now)")) == ["1: timezone.now"]
    assert list(code.clock_reads("f(auto_now_add=True)")) == ["1: auto_now_add"]
    nothing_offends((path for path in SITE if not allowed_clock(path)), code.clock_reads)


def test_only_prose_takes_text_for_html():
    assert list(code.calls("x = mark_safe(y)", code.MAKING_SAFE)) == ["1: mark_safe("]
    elsewhere = [path for path in SITE if not shown(path).startswith(MAKES_SAFE)]
    nothing_offends(elsewhere, lambda text: code.calls(text, code.MAKING_SAFE))


def test_only_what_fills_a_page_asks_prose_for_html():
    filling = {"readings", "forms", "answers", "help_pages"}
    elsewhere = [
        path
        for path in SITE
        if not filling.intersection({path.stem, *path.parts})
        and not shown(path).startswith((*MAKES_SAFE, "training/templatetags/frame.py"))
    ]
    assert list(code.calls("x = squeezed(typed)", ASKING_SAFE)) == ["1: squeezed("]
    nothing_offends(elsewhere, lambda text: code.calls(text, ASKING_SAFE))


def test_no_query_is_written_as_raw_sql():
    assert list(code.methods_called("Person.objects.raw('x')", {"raw"})) == ["1: .raw("]
    nothing_offends(SITE, lambda text: code.methods_called(text, {"raw", "extra"}))
    nothing_offends(SITE, lambda text: code.names_used(text, {"RawSQL"}))


def test_no_rule_hides_behind_a_signal():
    listening = [path for path in SITE if shown(path) not in LISTENS]
    assert list(code.names_used("@receiver(x)\ndef f(): pass", {"receiver"})) == ["1: receiver"]
    nothing_offends(listening, lambda text: code.names_used(text, {"receiver"}))


def is_data_migration(path: Path) -> bool:
    return any(code.names_used(path.read_text(), {"RunPython", "RunSQL"}))


def test_a_data_migration_leans_on_no_living_code():
    assert list(code.own_imports("from training.cohorts import rules")) == ["1: training.cohorts"]
    found = [path for path in MIGRATIONS if is_data_migration(path)]
    assert found
    nothing_offends(found, code.own_imports)


def test_schema_and_data_never_change_in_one_migration():
    shaping = {"CreateModel", "AddField", "AlterField", "RemoveField", "DeleteModel"}
    shaping |= {"AddConstraint", "RemoveConstraint", "AddIndex", "RemoveIndex", "RenameField"}
    found = [path for path in MIGRATIONS if is_data_migration(path)]
    nothing_offends(found, lambda text: code.names_used(text, shaping))


def test_the_top_level_is_as_planned():
    found = {path.name for path in ROOT.iterdir() if not MADE_BY_TOOLS.fullmatch(path.name)}
    assert found == TOP_LEVEL


def test_every_folder_of_tests_is_a_package():
    folders = {path.parent for path in files("tests", ".py")}
    assert (
        sorted(shown(folder) for folder in folders if not (folder / "__init__.py").exists()) == []
    )


def test_the_curriculum_knows_nobody_who_learns():
    for model in apps.get_app_config("curriculum").get_models():
        pointed_at = {
            field.related_model._meta.app_label
            for field in model._meta.get_fields()
            if field.is_relation and field.concrete
        }
        assert pointed_at <= {"curriculum"}, model


@pytest.mark.parametrize("app", ["curriculum", "training"])
def test_every_table_says_what_it_holds(app):
    models = list(apps.get_app_config(app).get_models())
    # Where a class has none, Django writes one that begins like this.
    silent = [it.__name__ for it in models if (it.__doc__ or "").startswith(f"{it.__name__}(")]
    assert silent == []


def pages_of(desk: str) -> list[URLPattern]:
    for found in get_resolver().url_patterns:
        if isinstance(found, URLResolver) and found.app_name == desk:
            return [entry for entry in found.url_patterns if isinstance(entry, URLPattern)]
    return []


@pytest.mark.parametrize("desk", DESKS)
def test_an_address_a_view_and_a_template_share_one_name(desk):
    pages = pages_of(desk)
    assert pages, f"no addresses for {desk}"
    pages_shown = {f"{desk}/{page.name}.html" for page in pages}
    for page in pages:
        view = page.callback
        assert view.__name__ == page.name, f"{desk}:{page.name}"
        assert view.__module__.startswith(f"training.{desk}.views"), f"{desk}:{page.name}"
        source = (ROOT / (view.__module__.replace(".", "/") + ".py")).read_text()
        rendered = code.rendered_templates(source, view.__name__)
        own = f"{desk}/{page.name}.html"
        # A view that only takes a form shows, when it refuses, the page that the form stood on.
        shows_another = not (ROOT / "templates" / own).exists() and set(rendered) <= pages_shown
        assert not rendered or own in rendered or shows_another, f"{desk}:{page.name}"


@pytest.mark.parametrize("desk", DESKS)
def test_no_template_of_a_desk_is_forgotten(desk):
    everything = "\n".join(path.read_text() for path in [*SITE, *files("templates", ".html")])
    names = [
        path.relative_to(ROOT / "templates").as_posix()
        for path in files(f"templates/{desk}", ".html")
    ]
    assert [name for name in names if name not in everything] == []

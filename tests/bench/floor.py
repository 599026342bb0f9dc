"""A Django that does next to nothing: what any Django page costs on this machine at this minute.

A fixed page; one row read by its key and put into a small template; one row inserted and a
redirect, by anybody and without a token. Served by the same server with the same options, on the
same kind of database. With FLOOR=startproject the same views stand behind the middleware that
`django-admin startproject` writes into every new project; without it there is none at all.
"""

import os

import dj_database_url
import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

ROWS = 1_000
TEMPLATE = """<!doctype html><html lang="en"><head><title>{{ row.title }}</title></head>
<body><h1>{{ row.title }}</h1><ul>{% for word in row.words %}<li>{{ word }}</li>{% endfor %}</ul>
<p>{{ row.text }}</p></body></html>"""
FIXED = (
    "<!doctype html><html lang='en'><title>Fixed</title>" + "<p>The same twelve words.</p>" * 420
)
APPS = ["auth", "contenttypes", "sessions", "messages"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

if not settings.configured:
    usual = os.environ.get("FLOOR") == "startproject"
    database = dict(dj_database_url.parse(os.environ["DATABASE_URL"]))
    if database["ENGINE"].endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": pragmas,
        }
    settings.configure(
        SECRET_KEY="a bare Django has nothing to keep",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        DATABASES={"default": database | {"CONN_MAX_AGE": 300}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[f"django.contrib.{name}" for name in APPS] if usual else [],
        MIDDLEWARE=MIDDLEWARE if usual else [],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        USE_TZ=True,
    )
    django.setup()


class Row(models.Model):
    title = models.CharField(max_length=100)
    text = models.TextField()

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> list[str]:
        return self.text.split()


def fixed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(FIXED)


def read(request: HttpRequest, pk: int) -> HttpResponse:
    page = engines["django"].from_string(TEMPLATE) if not _kept else _kept[0]
    _kept[:] = [page]
    return HttpResponse(page.render({"row": Row.objects.get(pk=pk)}))


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    row = Row.objects.create(title="One more", text="a few words")
    return HttpResponseRedirect(f"/read/{row.pk}/")


# The compiled template, as Django's cached loader would keep it.
_kept: list = []
urlpatterns = [
    path("healthz", fixed),
    path("fixed/", fixed),
    path("read/<int:pk>/", read),
    path("insert/", insert),
]
application = get_wsgi_application()


def prepare() -> None:
    """The table, with its rows."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create(Row(title=f"Row {n}", text="some words " * 12) for n in range(ROWS))


if __name__ == "__main__":
    prepare()

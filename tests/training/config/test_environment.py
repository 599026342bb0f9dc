import pytest

from tests.training.config.production import KEY, run

PRINT = "from django.conf import settings; print({})"


def test_a_sound_production_environment_has_nothing_to_be_warned_of():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "System check identified no issues (0 silenced).\n"
    assert done.stderr == ""


def test_one_error_lists_everything_that_is_wrong():
    done = run(
        "manage.py",
        "check",
        CHANCERY_SECRET_KEY="short",
        CHANCERY_HOSTS="*",
        CHANCERY_DEBUG="perhaps",
        CHANCERY_LOG_LEVEL="LOUD",
        CHANCERY_PROXY_COUNT="-1",
        CHANCERY_IDLE_MINUTES="an hour",
        CHANCERY_TIME_ZONE="Mars/Olympus",
        CHANCERY_TRUSTED_ORIGINS="academy.example.mil",
        DATABASE_URL="mangodb://here",
    )
    assert done.returncode != 0
    told = done.stderr.split("ImproperlyConfigured: ")[-1]
    assert told.startswith("The settings in the environment are not usable (9 wrong):")
    for name in (
        "SECRET_KEY", "HOSTS", "DEBUG", "LOG_LEVEL", "PROXY_COUNT", "IDLE_MINUTES", "TIME_ZONE",
        "TRUSTED_ORIGINS",
    ):  # fmt: skip
        assert f"  - CHANCERY_{name}: " in told
    assert "  - DATABASE_URL: " in told


@pytest.mark.parametrize("key", ["", "x" * 60, "only-for-debug-on-this-computer"])
def test_a_weak_key_is_refused_outside_debug(key):
    assert "CHANCERY_SECRET_KEY" in run("manage.py", "check", CHANCERY_SECRET_KEY=key).stderr
    done = run("manage.py", "check", CHANCERY_SECRET_KEY=key, CHANCERY_DEBUG="on")
    assert done.returncode == 0, done.stderr


def test_a_wrong_setting_is_told_without_its_value_when_it_is_the_key():
    assert "hunter2" not in run("manage.py", "check", CHANCERY_SECRET_KEY="hunter2").stderr


def test_over_https_cookies_are_bound_to_the_host_and_never_sent_in_the_clear():
    names = [
        "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH",
        "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY",
        "SECURE_HSTS_SECONDS",
    ]  # fmt: skip
    asked = f"[getattr(settings, name) for name in {names}]"
    assert run("-c", PRINT.format(asked)).stdout.strip() == str(
        ["__Host-sessionid", True, True, "Lax", None, "/", "__Host-csrftoken", True, True, 31536000]
    )


def test_the_cookies_that_are_really_sent_over_https_carry_their_flags():
    ask = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "browser = Client(headers={'host': 'academy.example.mil'})\n"
        "for answer in (\n"
        "    browser.get('/display/', secure=True),\n"
        "    browser.post('/display/', {'theme': 'dark'}, secure=True),\n"
        "):\n"
        "    print([str(cookie) for cookie in answer.cookies.values()])\n"
    )
    # Debug only saves the collecting of static files here; the flags depend on HTTPS.
    done = run("-c", ask, CHANCERY_DEBUG="on")
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert "__Host-csrftoken=" in first
    for flag in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert flag in first
    assert "Domain" not in first
    assert "theme=dark" in second
    assert "Secure" in second


def test_without_https_the_site_runs_on_one_computer():
    names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    asked = f"[getattr(settings, name) for name in {names}]"
    done = run("-c", PRINT.format(asked), CHANCERY_HTTPS="off")
    assert done.stdout.strip() == "['sessionid', False, False]"


def test_the_header_of_a_proxy_is_believed_only_when_there_is_one():
    asked = "[settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT]"
    assert run("-c", PRINT.format(asked)).stdout.strip() == "[None, 0]"
    behind = run(
        "-c", PRINT.format(asked), CHANCERY_BEHIND_TLS_PROXY="on", CHANCERY_PROXY_COUNT="2"
    )
    assert behind.stdout.strip() == "[('HTTP_X_FORWARDED_PROTO', 'https'), 2]"


def test_a_new_key_signs_nobody_out_while_the_old_one_is_named():
    session = (
        "import django; django.setup()\n"
        "from django.core import signing\n"
        "print(signing.loads({!r}) if {!r} else signing.dumps('still here'))"
    )
    signed = run("-c", session.format("", "")).stdout.strip()
    new = KEY[::-1]
    read = session.format(signed, signed)
    told = run("-c", read, CHANCERY_SECRET_KEY=new, CHANCERY_SECRET_KEY_FALLBACKS=KEY)
    assert told.stdout.strip() == "still here"
    assert "BadSignature" in run("-c", read, CHANCERY_SECRET_KEY=new).stderr


@pytest.mark.parametrize(("pooler", "told"), [("", "5 False True"), ("on", "None True False")])
def test_nothing_outlives_its_transaction_where_a_pooler_gives_each_another_connection(
    pooler, told
):
    database = {"DATABASE_URL": "postgresql://site@127.0.0.1/site"}
    words = "from django.conf import settings; one = settings.DATABASES['default']; "
    words += "own = one.get('OPTIONS', {}); print(own.get('prepare_threshold'), "
    words += "one['DISABLE_SERVER_SIDE_CURSORS'], 'options' in own)"
    asked = run("-c", words, CHANCERY_TRANSACTION_POOLER=pooler, **database)
    assert asked.stdout.split() == told.split(), asked.stderr

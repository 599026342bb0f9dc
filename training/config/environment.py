"""The settings that come from the environment, read once and all problems told at once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvValidationError, validate

BASE_DIR = Path(__file__).resolve().parents[2]
KEY_LENGTH, KEY_VARIETY = 50, 10


@dataclass(frozen=True, slots=True)
class Environment:
    """What an operator may set. README lists each with its meaning."""

    secret_key: str
    secret_key_fallbacks: list[str]
    debug: bool
    https: bool
    hosts: list[str]
    trusted_origins: list[str]
    proxy_ssl_header: bool
    proxy_count: int
    session_hours: int
    idle_minutes: int
    var_dir: Path
    database_url: str
    transaction_pooler: bool
    redis_url: str
    site_name: str
    site_tagline: str
    classification: str
    banner: str
    time_zone: str
    fips: bool
    exams_before_trail: bool
    log_level: str
    mail_from: str
    email_host: str
    email_port: int
    email_user: str
    email_password: str
    email_tls: bool


def env_file() -> Path | None:
    """The file that settings come from besides the environment; None where it names none."""
    named = os.environ.get("CHANCERY_ENV_FILE", str(BASE_DIR / ".var" / "site.env"))
    return Path(named) if named else None


def read_environment() -> Environment:
    """Read and check CHANCERY_* and DATABASE_URL. Raises one error that lists all that is wrong."""
    env = Env(eager=False)
    path = env_file()
    if path is not None and path.is_file():
        env.read_env(str(path), recurse=False)
    with env.prefixed("CHANCERY_"):
        found = _safety(env) | _looks(env)
    folder = found["var_dir"] or BASE_DIR / ".var"
    found["database_url"] = env.str("DATABASE_URL", f"sqlite:///{folder}/chancery.sqlite3")
    problems = []
    try:
        env.seal()
    except EnvValidationError as error:
        wrong = cast(dict[str, list[str]], error.error_messages)
        problems = [f"{name}: {' '.join(texts)}" for name, texts in wrong.items()]
    problems += _inconsistencies(found)
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise ImproperlyConfigured(
            f"The settings in the environment are not usable ({len(problems)} wrong):\n{lines}"
        )
    return Environment(**found)


def _safety(env: Env) -> dict[str, Any]:
    """What decides who gets in, and how."""
    return {
        "secret_key": env.str("SECRET_KEY", ""),
        "secret_key_fallbacks": env.list("SECRET_KEY_FALLBACKS", []),
        "debug": env.bool("DEBUG", False),
        "https": env.bool("HTTPS", True),
        "hosts": env.list("HOSTS", []),
        "trusted_origins": env.list("TRUSTED_ORIGINS", []),
        "proxy_ssl_header": env.bool("BEHIND_TLS_PROXY", False),
        "proxy_count": env.int("PROXY_COUNT", 0, validate=validate.Range(0, 10)),
        "session_hours": env.int("SESSION_HOURS", 12, validate=validate.Range(1, 24)),
        "idle_minutes": env.int("IDLE_MINUTES", 60, validate=validate.Range(0, 24 * 60)),
        "fips": env.bool("FIPS", False),
        "exams_before_trail": env.bool("EXAMS_BEFORE_TRAIL", False),
        "banner": env.str("CONSENT_BANNER", ""),
    }


def _looks(env: Env) -> dict[str, Any]:
    """Where things are kept, what the site is called, and how it speaks."""
    levels = ["DEBUG", "INFO", "WARNING", "ERROR"]
    return {
        "var_dir": env.path("VAR_DIR", BASE_DIR / ".var"),
        "transaction_pooler": env.bool("TRANSACTION_POOLER", False),
        "redis_url": env.str("REDIS_URL", ""),
        "site_name": env.str("SITE_NAME", "Chancery"),
        "site_tagline": env.str("SITE_TAGLINE", "Training for military diplomacy"),
        "classification": env.str("CLASSIFICATION", ""),
        "time_zone": env.str("TIME_ZONE", "UTC"),
        "log_level": env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(levels)),
        "mail_from": env.str("MAIL_FROM", "chancery@localhost"),
        "email_host": env.str("EMAIL_HOST", ""),
        "email_port": env.int("EMAIL_PORT", 587, validate=validate.Range(1, 65535)),
        "email_user": env.str("EMAIL_USER", ""),
        "email_password": env.str("EMAIL_PASSWORD", ""),
        "email_tls": env.bool("EMAIL_TLS", True),
    }


def _inconsistencies(found: dict[str, Any]) -> list[str]:
    """What no single variable can tell: a weak key, no hosts, an unknown database."""
    problems = [] if found["debug"] is True else _not_for_production(found)
    for origin in found["trusted_origins"] or []:
        if not origin.startswith(("https://", "http://")):
            problems.append(f"CHANCERY_TRUSTED_ORIGINS: {origin} must begin with https://")
    try:
        ZoneInfo(found["time_zone"] or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(
            f"CHANCERY_TIME_ZONE: {found['time_zone']} is not known; write it as Europe/Brussels"
        )
    try:
        dj_database_url.parse(str(found["database_url"]))
    except (dj_database_url.UnknownSchemeError, dj_database_url.ParseError, ValueError) as error:
        # The rest of the message is a list of databases that this site cannot use.
        problems.append(f"DATABASE_URL: {error}".splitlines()[0].split(". ")[0])
    return problems


def _not_for_production(found: dict[str, Any]) -> list[str]:
    """What may stand only on the computer of somebody who works on the code."""
    problems = []
    key = found["secret_key"] or ""
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY:
        problems.append(
            f"CHANCERY_SECRET_KEY: needs at least {KEY_LENGTH} characters, {KEY_VARIETY} of them "
            "different (make one with: python -c 'import secrets; "
            "print(secrets.token_urlsafe(50))')"
        )
    if not found["hosts"]:
        problems.append(
            "CHANCERY_HOSTS: name the hosts this site answers to, for example academy.example.mil"
        )
    elif "*" in found["hosts"]:
        problems.append("CHANCERY_HOSTS: * would let anybody name the host; name each one")
    return problems

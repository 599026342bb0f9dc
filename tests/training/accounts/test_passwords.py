import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.training.config.production import run
from training.accounts.hashers import Argon2id
from training.accounts.models import Person


def refusals(password, **person):
    try:
        validate_password(password, user=Person(**person))
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


def test_passwords_are_hashed_with_argon2id_at_the_chosen_cost():
    stored = Argon2id().encode("a plain sentence", Argon2id().salt())
    assert stored.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert Argon2id().verify("a plain sentence", stored)
    assert not Argon2id().verify("a plain sentence ", stored)


def test_the_site_uses_argon2id_and_a_ministry_may_ask_for_pbkdf2():
    print_hashers = "from django.conf import settings; print(settings.PASSWORD_HASHERS[0])"
    assert run("-c", print_hashers).stdout.strip() == "training.accounts.hashers.Argon2id"
    asked = run("-c", print_hashers, CHANCERY_FIPS="on").stdout.strip()
    assert asked.endswith(PBKDF2PasswordHasher.__name__)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("fourteen signs", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("chancery Chancery chancery", "password_names_the_site"),
        ("Chancery 12 3456", "password_names_the_site"),
        ("thea.trainee.2030", "password_too_similar"),
        ("Theodora Marshall", "password_too_similar"),
        ("HV-2030-4711-0815", "password_too_similar"),
        ("unbelievable1234567890", None),
    ],
)
def test_a_poor_password_is_refused_with_its_reason(password, code):
    thea = {"username": "thea.trainee", "name": "Theodora Marshall"}
    found = refusals(password, service_number="HV-2030-4711-0815", **thea)
    assert code in found if code else not found


def test_a_common_password_is_refused():
    # The longest of Django's list of 20,000; most of them are too short in any case.
    assert "password_too_common" in refusals("1qaz2wsx3edc4rfv")


@pytest.mark.parametrize(
    "password",
    [
        "four words are quite enough",
        "x1" * 32,
        "パスワードは十五文字以上にしてください",
        "  spaces at both ends  ",
        "🦉 owls, and more owls",
    ],
)
def test_a_passphrase_of_any_signs_is_accepted(password):
    assert refusals(password, username="thea", name="Thea") == set()

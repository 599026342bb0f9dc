"""What a password must not be."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128
# What a password that holds the site's name must have besides.
OWN_PART = 12


class LongestAllowed:
    """Refuse what would only cost time to hash."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is longer than %(most)d characters. Choose a shorter one.")
                % {"most": LONGEST},
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return _("At most %(most)d characters.") % {"most": LONGEST}


class NotTheSiteItself:
    """Refuse a password built around the name of the site."""

    def validate(self, password: str, user: object = None) -> None:
        bare = "".join(password.casefold().split())
        name = "".join(settings.SITE_NAME.casefold().split())
        if name and name in bare and len(bare.replace(name, "")) < OWN_PART:
            raise ValidationError(
                _("This password is the name of this site with little added. Choose another."),
                code="password_names_the_site",
            )

    def get_help_text(self) -> str:
        return _("Not the name of this site with little added.")

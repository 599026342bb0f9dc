from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Receivers and system checks are known only once their modules are imported.
        from training.accounts import sessions  # noqa: F401, PLC0415
        from training.config import checks  # noqa: F401, PLC0415
        from training.front import signing_in  # noqa: F401, PLC0415

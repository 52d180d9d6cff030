"""The application of the office door."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Office."""

    name = "dayu.office"
    label = "office"

    def ready(self) -> None:
        """Let the frame register itself."""
        from dayu.office import frame  # noqa: F401 - it registers what every page's frame needs

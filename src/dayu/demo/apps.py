"""The demonstration as an application: its command, and the logins on the sign-in page in demo mode."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo."""

    name = "dayu.demo"
    label = "demo"

    def ready(self) -> None:
        """Offer the logins to the sign-in page."""
        from dayu.demo import logins  # noqa: F401 - registers the context of the sign-in page

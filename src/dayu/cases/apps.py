"""The cases domain as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """处罚案件."""

    name = "dayu.cases"
    label = "cases"
    verbose_name = _("处罚案件")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register actions, handlers, periodic work and what can be found."""
        from dayu.cases import (  # noqa: F401 - registers actions, subscriptions, periodic work
            handlers,
            jobs,
            law_changes,
            review_changes,
            services,
        )
        from dayu.cases.past import decided_cases
        from dayu.cases.selectors import search_kind
        from dayu.core.records import keep_forever
        from dayu.core.search import register_kind
        from dayu.discretion.past import register as register_past_cases

        register_kind(search_kind())
        register_past_cases(decided_cases)
        keep_forever("cases.case")

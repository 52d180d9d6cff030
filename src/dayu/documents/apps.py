"""The documents domain as Django sees it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """文书."""

    name = "dayu.documents"
    label = "documents"
    verbose_name = _("文书")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make actions and the search kind known."""
        from dayu.core.search import SearchKind, register_kind
        from dayu.documents import jobs, law_changes, services  # noqa: F401 - registers actions, jobs, what rests on law
        from dayu.documents.selectors import visible_ids

        register_kind(SearchKind("documents.document", _("文书"), visible_ids))

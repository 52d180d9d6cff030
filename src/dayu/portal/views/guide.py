"""What happens in a penalty case, and the rights of the parties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dayu.core import clock
from dayu.portal import guide as content
from dayu.portal.place import page


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The flow chart, the stages in words, time limits, rights; every line with its article."""
    today = clock.today()
    found = content.stages()
    shown = {
        "flow": content.chart(found),
        "stages": found,
        "limits": content.limits(today),
        "rights": content.rights(today),
    }
    return page(request, "portal/guide.html", shown)

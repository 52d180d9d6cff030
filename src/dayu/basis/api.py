"""Reads of statutes and parameters for programs; every write is an action under `/api/actions/basis.…`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dayu.basis.selectors import all_parameters, article_on
from dayu.core import clock
from dayu.core.middleware import actor_of
from dayu.law.territories import Parameter

router = Router(tags=["basis"])
ArticleNumber = Annotated[int, Field(ge=1, le=9999)]


class ArticleText(Schema):
    """An article as it stood on a day."""

    law: str
    edition: str
    number: int
    paragraphs: list[dict[str, Any]]


@router.get("/articles/{law}/{number}", response=ArticleText)
def article(request: HttpRequest, law: str, number: ArticleNumber, on: date | None = None) -> ArticleText:
    """The text of an article on a day, where its statute was imported."""
    found = article_on(law[:60], number, on or clock.today())
    if found is None:
        raise Http404
    return ArticleText(law=law, edition=found.edition.edition, number=found.number, paragraphs=found.paragraphs)


@router.get("/parameters", response=list[dict[str, Any]])
def parameters(request: HttpRequest, on: date | None = None) -> list[dict[str, Any]]:
    """Every parameter of the caller's territory with value, origin, clause and whether it is confirmed."""
    territory = actor_of(request).territory or "000000"
    found = all_parameters(territory, on or clock.today())
    return [p.as_json() if isinstance(p, Parameter) else {"key": p, "value": None} for p in found]

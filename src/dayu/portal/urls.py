"""Addresses of the public portal. None of them asks anybody to sign in."""

from django.urls import path

from dayu.portal.views import decisions, guide, home, lawbook, lookups, tips, verify

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("decisions/", decisions.decision_list, name="decisions"),
    path("decisions.xlsx", decisions.export, name="decisions_export"),
    path("decisions/<slug:code>/", decisions.decision_page, name="decision"),
    path("decisions/<slug:code>/print/", decisions.decision_print, name="decision_print"),
    path("decisions/<slug:code>/decision.pdf", decisions.decision_pdf, name="decision_pdf"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.from_code, name="verify_code"),
    path("officers/", lookups.officers, name="officers"),
    path("powers/", lookups.powers_list, name="powers"),
    path("rivers/", lookups.river_list, name="rivers"),
    path("rivers/<str:code>/", lookups.river_page, name="river"),
    path("tips/", tips.send, name="tip"),
    path("tips/follow/", tips.follow, name="follow"),
    path("guide/", guide.guide, name="guide"),
    path("lawbook/", lawbook.contents, name="lawbook"),
    path("lawbook/rules/<str:rule>/", lawbook.rule, name="rule"),
    path("lawbook/<slug:slug>/", lawbook.chapter, name="lawbook_chapter"),
]

"""The short addresses of the office."""

from django.urls import path

from dayu.office.views import approvals, my_work, notices, personal, search

app_name = "office"
urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("my-work.xlsx", my_work.export, name="my_work_export"),
    path("deadlines/<int:pk>/", my_work.deadline, name="deadline"),
    path("approvals/", approvals.inbox, name="approvals"),
    path("work/approvals/<int:pk>/", approvals.request_page, name="approval"),
    path("work/approvals/<int:pk>/paper/", approvals.paper, name="approval_paper"),
    path("notifications/", notices.notices, name="notifications"),
    path("notifications/<int:pk>/", notices.follow, name="notification"),
    path("search/", search.search, name="search"),
    path("settings/", personal.settings_page, name="settings"),
    path("settings/delegations/<int:pk>/revoke/", personal.revoke, name="revoke_delegation"),
]

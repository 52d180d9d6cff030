"""Pages of the leads domain."""

from django.urls import path

from dayu.leads import views

app_name = "leads"
urlpatterns = [
    path("", views.pool, name="list"),
    path("export.xlsx", views.export, name="export"),
    path("import/", views.import_page, name="import"),
    path("import/sheet.xlsx", views.import_sheet, name="import_sheet"),
    path("new/", views.new_lead, name="new"),
    path("transfer/", views.transfer, name="transfer"),
    path("<int:pk>/", views.lead_page, name="lead"),
    path("<int:pk>/amend/", views.amend, name="amend"),
    path("<int:pk>/assign/", views.assign, name="assign"),
    path("<int:pk>/extend/", views.extend, name="extend"),
    path("<int:pk>/verify/", views.verify, name="verify"),
    path("<int:pk>/dispose/", views.dispose, name="dispose"),
    path("<int:pk>/join/", views.join, name="join"),
    path("<int:pk>/link/", views.link, name="link"),
    path("<int:pk>/material/", views.material, name="material"),
    path("<int:pk>/material/<int:material_id>/", views.material_file, name="material_file"),
    path("<int:pk>/note/", views.note, name="note"),
    path("<int:pk>/order/", views.order, name="order"),
    path("<int:pk>/order/<int:order_id>/result/", views.order_result, name="order_result"),
    path("<int:pk>/order/<int:order_id>/file/", views.order_file, name="order_file"),
    path("<int:pk>/feedback/", views.feedback, name="feedback"),
    path("<int:pk>/informant/", views.informant, name="informant"),
]

"""Addresses below /desk/."""

from django.urls import include, path

from . import views
from .explore import views as explore
from .levers import views as levers
from .uploads import views as uploads

urlpatterns = [
    path("", views.home, name="desk_home"),
    path("style", views.style, name="desk_style"),
    path("api/", include("lingyu.desk.api.page_urls")),
    path("metrics/", views.metrics, name="desk_metrics"),
    path("metrics/<slug:name>/", views.metric, name="desk_metric"),
    path("embeds/<str:token>/", explore.embedded, name="desk_embed"),
    path("<slug:code>/explore/", include("lingyu.desk.explore.urls")),
    path("<slug:code>/", views.operation, name="desk_operation"),
    path("<slug:code>/goal", views.goal, name="desk_goal"),
    path("<slug:code>/<slug:panel>.csv", views.export, {"kind": "csv"}, name="desk_export_csv"),
    path("<slug:code>/<slug:panel>.xlsx", views.export, {"kind": "xlsx"}, name="desk_export_xlsx"),
    path("<slug:code>/imports/new", uploads.receive, name="desk_upload_new"),
    path("<slug:code>/imports/<uuid:upload>/", uploads.show, name="desk_upload"),
    path("<slug:code>/imports/<uuid:upload>/check", uploads.run, {"step": "check"}, name="desk_upload_check"),
    path("<slug:code>/imports/<uuid:upload>/run", uploads.run, {"step": "import"}, name="desk_upload_run"),
    path("<slug:code>/imports/<uuid:upload>/stop", uploads.stop, name="desk_upload_stop"),
    path("<slug:code>/imports/<uuid:upload>/discard", uploads.discard, name="desk_upload_discard"),
    path("<slug:code>/imports/<uuid:upload>/errors.csv", uploads.report, name="desk_upload_report"),
    path("<slug:code>/levers/<slug:lever>/", levers.show, name="desk_lever"),
    path("<slug:code>/levers/<slug:lever>/<uuid:pull>/undo", levers.undo, name="desk_lever_undo"),
    path("<slug:code>/segments/", include("lingyu.desk.segments.urls")),
    path("<slug:code>/people/", include("lingyu.desk.people.urls")),
    path("<slug:code>/sql/", include("lingyu.desk.sql.urls")),
    path("<slug:code>/<slug:page>/", views.page, name="desk_page"),
    path("<slug:code>/<slug:page>/<path:rest>", views.page, name="desk_subpage"),
]

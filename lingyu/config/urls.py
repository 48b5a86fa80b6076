"""Addresses: each room brings its own `urls.py`; the site's are at the root, the desks under /desk/."""

from importlib import import_module
from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from . import rooms

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("lang/", set_language, name="set_language"),
    path("desk/", include("lingyu.desk.urls")),
    *(
        path("", include(import_module(f"{app}.urls")))
        for app in rooms.community()
        if find_spec(f"{app}.urls")
    ),
]

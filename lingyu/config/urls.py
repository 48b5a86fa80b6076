"""Addresses: each room brings its own `urls.py`; the site's are at the root, the desks under /desk/."""

from importlib import import_module
from importlib.util import find_spec

from django.contrib import admin
from django.urls import include, path

from lingyu.community.accounts.social.doors import addresses
from lingyu.community.accounts.views import choose_language

from . import rooms

urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("accounts/", include(addresses())),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("accounts/connected/", include("allauth.socialaccount.urls")),
    path("admin/", admin.site.urls),
    path("lang/", choose_language, name="set_language"),
    # Before the desks, whose codes would else be asked for it.
    path("desk/sources/", include("lingyu.collector.urls")),
    path("desk/", include("lingyu.desk.urls")),
    path("api/v1/", include("lingyu.desk.api.urls")),
    *(
        path("", include(import_module(f"{app}.urls")))
        for app in rooms.community()
        if find_spec(f"{app}.urls")
    ),
]

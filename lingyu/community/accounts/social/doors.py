"""The addresses by which a provider is asked and comes back: open where it is configured, else not there."""

from functools import wraps

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import path

from lingyu.kernel.access import PUBLIC, access

from ..habits import device
from .providers import PROVIDERS
from .talking import ADAPTERS


def configured() -> list:
    """The providers that this site has keys for, in our order."""
    return [p for code, p in PROVIDERS.items() if settings.SOCIALACCOUNT_PROVIDERS.get(code)]


def ways_in(request) -> dict:
    """Context of every page, for allauth's own views: providers configured, names of all, and of browsers."""
    return {"ways_in": configured(), "provider_names": PROVIDERS, "device": device}


def _door(view, code: str, asks: bool):
    @access(PUBLIC)
    @wraps(view)
    def opened(request, *args, **kwargs):
        if code not in settings.SOCIALACCOUNT_PROVIDERS:
            raise Http404
        if asks and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
            # Another site's link or picture: only a press on a button of ours begins a log-in.
            told = {"provider": PROVIDERS[code], "process": request.GET.get("process", "")}
            return render(request, "socialaccount/login.html", told)
        return view(request, *args, **kwargs)

    return opened


def addresses() -> list:
    """Two addresses a provider, under the names by which allauth looks for them."""
    return [
        path("connected/login/error/", failed, name="socialaccount_login_error"),
        *_doors(),
    ]


@access(PUBLIC)
def failed(request):
    """What is told when a log-in elsewhere did not work, at an address of its own."""
    return render(request, "socialaccount/authentication_error.html", status=400)


def _doors() -> list:
    steps = (("", "login", OAuth2LoginView), ("callback/", "callback", OAuth2CallbackView))
    return [
        path(
            f"{code}/login/{step}",
            _door(view.adapter_view(ADAPTERS[code]), code, asks=name == "login"),
            name=f"{code}_{name}",
        )
        for code in PROVIDERS
        for step, name, view in steps
    ]

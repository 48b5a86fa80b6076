"""Addresses of the pact; those of one's standing, of reports and decisions are in the room `cases`."""

from django.urls import path

from .views import checking, drafting, public

urlpatterns = [
    path("pact/", public.pact, name="pact"),
    path("pact/check/", checking.check_words, name="check_words"),
    path("pact/versions/", public.pact_versions, name="pact_versions"),
    path("pact/versions/new/", drafting.draft_pact, name="draft_pact"),
    path("pact/versions/<int:number>/", public.pact_version, name="pact_version"),
    path("pact/versions/<int:number>/changes/", public.pact_changes, name="pact_changes"),
]

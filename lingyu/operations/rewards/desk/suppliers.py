"""The suppliers page: who is asked for virtual goods, how they do, and adding one.

Holds the view: find, call, render. A secret is in the answer that made it and nowhere else.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingyu.community.mall import actions, schedule
from lingyu.community.mall.models import Supplier
from lingyu.desk.board import shell


class SupplierForm(forms.Form):
    """Name, address, patience."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=500,
        help_text=gettext_lazy("Where an order is sent to. It has to begin with https:// and be public."),
        widget=forms.URLInput,
    )
    timeout = forms.IntegerField(
        label=gettext_lazy("Seconds to wait for an answer"), min_value=1, max_value=30, initial=10
    )


def suppliers(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All suppliers and the form of a new one; below an id the form of that one."""
    supplier = _found(rest.strip("/")) if rest.strip("/") else None
    initial = {n: getattr(supplier, n) for n in ("name", "url", "timeout")} if supplier else None
    form = SupplierForm(request.POST or None, initial=initial)
    made = secret = None
    if request.method == "POST" and form.is_valid():
        try:
            if supplier:
                actions.change_supplier(actor=request.user, supplier=supplier, **form.cleaned_data)
                messages.success(request, _("The supplier has been changed."))
                return redirect("desk_page", operation.code, "suppliers")
            made, secret = actions.add_supplier(actor=request.user, **form.cleaned_data)
            form = SupplierForm()
        except ValidationError as error:
            for name, said in error.message_dict.items():
                form.add_error(name, said)
    context = {"operation": operation, "form": form, "supplier": supplier, "made": made, "secret": secret}
    context |= {"suppliers": _counted(), "schedule": schedule}
    answer = render(request, "rewards/suppliers.html", shell() | context)
    answer["Cache-Control"] = "no-store"
    return answer


def _found(text: str) -> Supplier:
    try:
        return get_object_or_404(Supplier, id=UUID(text))
    except ValueError:
        raise Http404(_("There is no such supplier.")) from None


def _counted():
    done = Count("deliveries", filter=Q(deliveries__outcome="delivered"))
    failed = Count("deliveries", filter=Q(deliveries__outcome__in=["refused", "given_up"]))
    waiting = Count("deliveries", filter=Q(deliveries__done_at__isnull=True))
    return Supplier.objects.annotate(done=done, failed=failed, waiting=waiting).order_by("name")

"""Where suppliers call to say what became of an order. Signed; without a session, so without its token."""

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lingyu.kernel.access import PUBLIC, access

from .. import actions, vault
from ..models import Order, Supplier
from ..suppliers import answers, signing

LARGEST = 16 * 1024


@csrf_exempt  # the signature over time and body says who calls
@access(PUBLIC)
@require_POST
def supplier_calls(request: HttpRequest, id: UUID) -> HttpResponse:
    """An order has been delivered, or will never be; the same again changes nothing."""
    supplier = get_object_or_404(Supplier, id=id)
    try:
        genuine = len(request.body) <= LARGEST and _genuine(request, supplier)
    except vault.Locked:
        return JsonResponse({"error": "key"}, status=503)
    if not genuine:
        return JsonResponse({"error": "signature"}, status=400)
    order, answer = _said(request.body, supplier), answers.read(request.body)
    if order is None or answer.kind == answers.TROUBLE:
        return JsonResponse({"error": "order or state"}, status=400)
    return JsonResponse({"changed": actions.hear(order=order, answer=answer)})


def _genuine(request: HttpRequest, supplier: Supplier) -> bool:
    secret = vault.unseal(supplier.secret, about=f"supplier {supplier.id}")
    at, signature = (request.headers.get(name, "") for name in (signing.TIME, signing.SIGNATURE))
    return signing.genuine(secret, at, signature, request.body)


def _said(body: bytes, supplier: Supplier) -> Order | None:
    """The order it is about, if it is one of this supplier's."""
    try:
        id = UUID(str(json.loads(body)["order"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Order.objects.filter(id=id, delivery__supplier=supplier).first()

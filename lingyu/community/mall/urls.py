"""Addresses of the mall."""

from django.urls import path

from . import views

urlpatterns = [
    path("mall/", views.mall, name="mall"),
    path("mall/<uuid:id>/", views.good, name="good"),
    path("mall/<uuid:id>/order/", views.order_good, name="order_good"),
    path("mall/<uuid:id>/wish/", views.wish, name="wish"),
    path("mall/suppliers/<uuid:id>/", views.supplier_calls, name="supplier_calls"),
    path("me/orders/", views.my_orders, name="my_orders"),
    path("me/orders/<uuid:id>/", views.order, name="order"),
    path("me/orders/<uuid:id>/reveal/", views.reveal, name="reveal"),
    path("me/orders/<uuid:id>/cancel/", views.cancel, name="cancel_order"),
    path("me/orders/<uuid:id>/received/", views.received, name="order_received"),
]

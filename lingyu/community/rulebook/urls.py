"""Addresses of the rulebook."""

from django.urls import path

from . import views

urlpatterns = [
    path("rulebook/", views.rulebook, name="rulebook"),
    path("rulebook/in-force/", views.in_force, name="rules_in_force"),
    path("rulebook/new/", views.new_change, name="new_rule_change"),
    path("rulebook/<int:number>/", views.change, name="rule_change"),
    path("rulebook/<int:number>/progress/", views.progress, name="rule_progress"),
    path("rulebook/<int:number>/differences/", views.differences, name="rule_differences"),
    path("rulebook/<int:number>/people/", views.concerned, name="rule_people"),
    path("rulebook/<int:number>/draw/", views.draw, name="draw_sample"),
    path("rulebook/<int:number>/sample/", views.sample, name="label_sample"),
    path("rulebook/<int:number>/live/", views.go_live, name="rule_go_live"),
    path("rulebook/<int:number>/withdraw/", views.withdraw, name="rule_withdraw"),
    path("rulebook/<int:number>/roll-back/", views.roll_back, name="rule_roll_back"),
    path("rulebook/<int:number>/undo/", views.undo, name="rule_undo"),
]

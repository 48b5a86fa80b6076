"""The Django app of the quiz."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizConfig(AppConfig):
    """Registers the quiz under the label `quiz`, and its section below every article."""

    name = "lingyu.community.quiz"
    label = "quiz"
    verbose_name = _("Quiz")

    def ready(self):
        """Stand below every article: importing the section registers it."""
        import_module(".section", __package__)

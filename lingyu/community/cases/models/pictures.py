"""Which pictures were looked at, and how completely."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PictureLook(models.Model):
    """What the checks said of one file: `findings` as `lingyu screen` prints them, `unchecked` why not.

    A file whose look is incomplete has not passed: it is looked at again when more can be checked.
    """

    name = models.CharField(max_length=64, primary_key=True)
    decision = models.CharField(max_length=10)
    findings = models.JSONField(default=list)
    checked = models.JSONField(default=list)
    unchecked = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("look at a picture")
        verbose_name_plural = _("looks at pictures")

    def __str__(self):
        return f"{self.name} → {self.decision}"

"""What the pictures do as time passes: files that no row names are cleared away, withheld ones
set apart. Holds one job."""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("pictures.clear", every=timedelta(hours=6), zh="清理无主图片", en="Clear away pictures left behind")
def clear(now: datetime) -> int:
    """Clear away what uploads that broke off have left; nothing is left for a second run at once."""
    actions.clear_left_behind(actor=None)
    actions.set_withheld_apart(actor=None)
    return 0

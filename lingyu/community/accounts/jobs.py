"""What the accounts do as time passes: exports are made and removed, erasures carried out."""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions


@job("accounts.exports", every=timedelta(seconds=5), zh="生成个人数据导出", en="Make data exports")
def make_exports(now: datetime) -> int:
    """Make one export that was asked for."""
    export = actions.take_waiting(now=now)
    return int(export is not None and actions.make_export(export=export, at=now))


@job(
    "accounts.exports_removed",
    every=timedelta(hours=1),
    zh="清理过期的数据导出",
    en="Remove old data exports",
)
def remove_exports(now: datetime) -> int:
    """Delete files that were offered long enough."""
    return actions.remove_outdated(now=now)


@job("accounts.erasures", every=timedelta(minutes=1), zh="执行注销", en="Carry out erasures")
def erase_members(now: datetime) -> int:
    """Erase those whose cooling-off time is over."""
    return actions.erase_due(now=now)


@job(
    "accounts.outside_facts_erased",
    every=timedelta(minutes=1),
    zh="清除已注销会员的外部行为数据",
    en="Erase facts from outside of erased members",
)
def erase_outside_facts(now: datetime) -> int:
    """Have the log of facts forget members who were erased."""
    return actions.erase_outside_facts(now=now)

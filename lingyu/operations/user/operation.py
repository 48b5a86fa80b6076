"""The manifest of user operations."""

from lingyu.kernel.operations import Drivers, Filter, Importer, Page, Panel, operation
from lingyu.kernel.text import N_

from . import desk
from . import metrics as m
from .names import group_names, how_names, kind_names

OPERATION = operation(
    code="user",
    zh="用户运营",
    en="Users",
    order=20,
    icon="users",
    about=N_(
        "Members and the groups they belong to: who takes part, who turns into what, who is lost and why."
    ),
    begin=N_("Enter a group, then import its chat export or let a forum section be fed by a column."),
    final=m.ACTIVE_IN_GROUPS,
    tiles=(
        m.ACTIVE_IN_GROUPS,
        m.VALID_MESSAGES,
        m.VALID_SHARE,
        m.MESSAGES_EACH,
        m.JOINED,
        m.LEFT,
        m.NET_JOINED,
    ),
    drivers=(
        Drivers(
            of=m.ACTIVE_IN_GROUPS,
            levels=(m.SPEAKERS, m.ACTIVE_IN_GROUPS),
            factors=(m.SPEAKERS, m.SUBSTANCE),
        ),
    ),
    filters=(Filter(field="group", zh="社群", en="Group", names=group_names),),
    panels=(
        Panel(
            code="bridge",
            zh="活跃人数为何变动",
            en="What moved the active members",
            kind="bridge",
            metrics=(m.ACTIVE_IN_GROUPS,),
        ),
        Panel(
            code="trend",
            zh="趋势",
            en="Trend",
            kind="trend",
            wide=True,
            metrics=(
                m.ACTIVE_IN_GROUPS,
                m.SPEAKERS,
                m.VALID_MESSAGES,
                m.MESSAGES,
                m.JOINED,
                m.LEFT,
                m.QUITS,
                m.WECOM_MESSAGES,
            ),
        ),
        Panel(
            code="groups",
            zh="按社群",
            en="By group",
            kind="breakdown",
            by="group",
            names=group_names,
            metrics=(m.ACTIVE_IN_GROUPS, m.VALID_MESSAGES, m.VALID_SHARE, m.MESSAGES_EACH),
        ),
        Panel(
            code="kinds",
            zh="按消息类型",
            en="By kind of message",
            kind="breakdown",
            by="kind",
            names=kind_names,
            metrics=(m.MESSAGES, m.VALID_MESSAGES, m.SPEAKERS),
        ),
        Panel(
            code="leaving",
            zh="如何离开",
            en="How members left",
            kind="breakdown",
            by="how",
            names=how_names,
            metrics=(m.LEFT, m.MEAN_STAY),
        ),
    ),
    pages=(
        Page(code="groups", zh="社群", en="Groups", icon="messages-square", view=desk.groups),
        Page(code="growth", zh="增长核算", en="Growth", icon="sprout", view=desk.growth),
        Page(code="warnings", zh="流失预警", en="Early warning", icon="siren", view=desk.warnings),
        Page(code="posts", zh="触达消息", en="Messages", icon="mail-open", view=desk.posts),
        Page(code="validity", zh="有效发言", en="Valid messages", icon="list-checks", view=desk.validity),
        Page(code="imports", zh="导入", en="Imports", icon="file-up", view=desk.imports),
    ),
    importers=(
        Importer(
            code="chat",
            zh="聊天记录",
            en="Chat export",
            command="lingyu.operations.user.importers.chat.ChatCommand",
        ),
        Importer(
            code="events",
            zh="事件表",
            en="Table of events",
            command="lingyu.operations.user.importers.events.EventsCommand",
        ),
    ),
)

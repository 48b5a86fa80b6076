"""Facts about sources: who let what send, and who stopped it. What the sources send are other facts."""

from lingyu.kernel.events import Event, fact


@fact("collector.source_made", zh="数据源已新建", en="Source made")
class SourceMade(Event, frozen=True, kw_only=True):
    """An operator made a source; `source` is its id, `actor` the operator."""

    source: str


@fact("collector.source_changed", zh="数据源已修改", en="Source changed")
class SourceChanged(Event, frozen=True, kw_only=True):
    """An operator changed a source's name, its other names, or what it may send from where."""

    source: str


@fact("collector.key_rotated", zh="写入密钥已更换", en="Write key rotated")
class KeyRotated(Event, frozen=True, kw_only=True):
    """An operator gave a source a new write key; the one before stays valid for a while."""

    source: str


@fact("collector.source_stopped", zh="数据源已停用", en="Source stopped")
class SourceStopped(Event, frozen=True, kw_only=True):
    """An operator stopped a source: what it sends is refused from then on."""

    source: str


@fact("collector.source_resumed", zh="数据源已恢复", en="Source resumed")
class SourceResumed(Event, frozen=True, kw_only=True):
    """An operator let a stopped source send again."""

    source: str

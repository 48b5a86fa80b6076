"""System checks: wrong settings stop the start, with an id and a hint."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.compatibility)
def time_zone_exists(app_configs, **kwargs):
    """lingyu.E001: the site's zone must be one that the zone database knows."""
    try:
        ZoneInfo(settings.TIME_ZONE)
    except Exception:
        return [
            Error(
                f"LINGYU_TIME_ZONE={settings.TIME_ZONE!r} is no time zone.",
                hint="Use an IANA name such as Asia/Shanghai.",
                id="lingyu.E001",
            )
        ]
    return []


@register(Tags.compatibility)
def engine_exists(app_configs, **kwargs):
    """lingyu.E002: the event store runs on one of two engines."""
    if settings.LINGYU_ENGINE not in {"duck", "click"}:
        return [
            Error(
                f"LINGYU_ENGINE={settings.LINGYU_ENGINE!r} is no engine.",
                hint="Use duck (DuckDB over Parquet files) or click (ClickHouse).",
                id="lingyu.E002",
            )
        ]
    return []


@register(Tags.compatibility)
def explorer_exists(app_configs, **kwargs):
    """lingyu.E003: questions of facts are answered by journeys or by a ClickHouse that has an address."""
    if settings.LINGYU_EXPLORE not in {"journeys", "click", "click-only"}:
        said, hint = "is no engine of questions.", "Use journeys, click, or click-only."
    elif settings.LINGYU_EXPLORE != "journeys" and not settings.LINGYU_CLICKHOUSE_URL:
        said, hint = "needs LINGYU_CLICKHOUSE_URL.", "Write http://user:password@host:8123/database."
    else:
        return []
    return [Error(f"LINGYU_EXPLORE={settings.LINGYU_EXPLORE!r} {said}", hint=hint, id="lingyu.E003")]

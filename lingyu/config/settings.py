"""Every setting of the house, read once from the environment.

`docs/guide/settings.md` explains the variables to an administrator.
"""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF

from lingyu.community.accounts.social.providers import PROVIDERS, from_environment, mistakes

from . import env, rooms

HOME = env.home()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = env.kept_secret(HOME)
# Former ones: what they signed and sealed still opens.
SECRET_KEY_FALLBACKS = [k for k in env.text("LINGYU_OLD_SECRET_KEYS").split(",") if k]
DEBUG = env.flag("LINGYU_DEBUG")
ALLOWED_HOSTS = env.text("LINGYU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in env.text("LINGYU_ORIGINS").split(",") if o]

# --- Rooms ---------------------------------------------------------------------------------
INSTALLED_APPS = [
    *rooms.apps(),
    "lingyu.config",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "allauth.socialaccount",
    *(f"allauth.socialaccount.providers.{code}" for code in PROVIDERS),
    "django_htmx",
    "django_prose_editor",  # its static files
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lingyu.community.accounts.middleware.MemberMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lingyu.config.access.AccessMiddleware",
]

ROOT_URLCONF = "lingyu.config.urls"
WSGI_APPLICATION = "lingyu.config.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "lingyu.community.accounts.social.doors.ways_in",
]
TEMPLATES = [
    {  # Our own pages. No APP_DIRS: it would find the Django templates of other packages.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": rooms.template_folders(),
        "OPTIONS": {"environment": "lingyu.config.jinja.environment", "context_processors": _CONTEXT},
    },
    {  # The pages of allauth and the admin that we do not replace.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _CONTEXT},
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Memory --------------------------------------------------------------------------------
# What an acknowledged write costs is one fsync: synchronous=FULL, so that "saved" survives a power cut.
_SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; "
    "PRAGMA mmap_size=268435456; PRAGMA cache_size=-32768; PRAGMA journal_size_limit=67108864; "
    # So that REPLACE deletes no row of an append-only table unseen by its triggers.
    "PRAGMA recursive_triggers=ON;"
)


def _database(url: str) -> dict:
    """Django's settings for a postgres:// address, or for the SQLite file in the data folder."""
    if not url:
        return {
            "ENGINE": "lingyu.config.sqlite",
            "NAME": str(HOME / "lingyu.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _SQLITE},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SystemExit(
            f"DATABASE_URL starts with {parts.scheme}://; it must be postgres://user:password@host/name"
        )
    return {
        "ENGINE": "lingyu.config.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


DATABASES = {"default": _database(env.text("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LINGYU_HOME = HOME
LINGYU_STORE = HOME / "store"
LINGYU_ENGINE = env.text("LINGYU_ENGINE", "duck")
LINGYU_CLICKHOUSE_URL = env.text("LINGYU_CLICKHOUSE_URL")
# What answers the questions of “explore”: “journeys”; “click”, or journeys where it can't; or “click-only”.
LINGYU_EXPLORE = env.text("LINGYU_EXPLORE", "journeys")
# Days for which facts from outside are kept; 0 for ever.
LINGYU_KEEP_DAYS = env.number("LINGYU_KEEP_DAYS", 0)
LINGYU_QUERY_MEMORY = env.text("LINGYU_QUERY_MEMORY", "1GB")
# Whose group statistics WeCom gives, and to whom: the corporation, its secret, and the owners of groups.
LINGYU_WECOM_URL = env.text("LINGYU_WECOM_URL", "https://qyapi.weixin.qq.com")
LINGYU_WECOM_CORP = env.text("LINGYU_WECOM_CORP")
LINGYU_WECOM_SECRET = env.text("LINGYU_WECOM_SECRET")
LINGYU_WECOM_OWNERS = [o.strip() for o in env.text("LINGYU_WECOM_OWNERS").split(",") if o.strip()]
# Whose comments wait for a person: “all”, or those that the screening stops and of who is not “trusted” yet.
LINGYU_REVIEW = env.text("LINGYU_REVIEW", "trusted")
LINGYU_IMPORT_MAX_ROWS = env.number("LINGYU_IMPORT_MAX_ROWS", 2_000_000)
LINGYU_UPLOAD_LIMIT = env.number("LINGYU_UPLOAD_MB", 200) * 2**20
LINGYU_CURRENCY = env.text("LINGYU_CURRENCY", "CNY")
# Origins whose pages may show embedded answers in a frame.
LINGYU_EMBED_IN = [o for o in env.text("LINGYU_EMBED_IN").split(",") if o]
# Hosts of suppliers that may stand on a private network; all others have to be public, and speak TLS.
LINGYU_PRIVATE_SUPPLIERS = [h for h in env.text("LINGYU_PRIVATE_SUPPLIERS").split(",") if h]

# --- People --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Member"
ACCOUNT_ADAPTER = "lingyu.community.accounts.adapter.AccountAdapter"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "lingyu.community.accounts.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
LINGYU_EMAIL_VERIFICATION = env.text("LINGYU_EMAIL_VERIFICATION", "optional")
# A wrong word is told by a check, which allauth's own reading of it would come before.
ACCOUNT_EMAIL_VERIFICATION = (
    LINGYU_EMAIL_VERIFICATION
    if LINGYU_EMAIL_VERIFICATION in {"none", "optional", "mandatory"}
    else "mandatory"
)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_ADAPTER = "lingyu.community.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = from_environment(env.text)
SOCIALACCOUNT_EMAIL_REQUIRED = ACCOUNT_EMAIL_VERIFICATION == "mandatory"
# A form that is sent here may not go on to another site (form-action), a link may; our doors refuse
# links that stand elsewhere.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8
LINGYU_SOCIAL_MISTAKES = mistakes(env.text)
# Behind a proxy everybody has its address; the limits on guessing passwords go by that of the visitor.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("LINGYU_PROXIES", int(env.flag("LINGYU_HTTPS")))
# Where members reach the site: what links in mails begin with.
LINGYU_URL = env.text("LINGYU_URL") or next(
    iter(CSRF_TRUSTED_ORIGINS),
    f"http{'s' * env.flag('LINGYU_HTTPS')}://{ALLOWED_HOSTS[0]}"
    + ("" if env.flag("LINGYU_HTTPS") else f":{env.number('PORT', 8000)}"),
)
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("LINGYU_SMTP_HOST")
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"
EMAIL_PORT = env.number("LINGYU_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("LINGYU_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("LINGYU_SMTP_PASSWORD")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("LINGYU_MAIL_FROM", "lingyu@localhost")

# --- Words and time ------------------------------------------------------------------------
LANGUAGE_CODE = env.text("LINGYU_LANGUAGE", "zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
TIME_ZONE = env.text("LINGYU_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- Files ---------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
# Hashed names and gzip, without brotli: it costs twenty seconds of start-up for five percent.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lingyu.config.static.HashedStatic"},
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
MEDIA_ROOT = HOME / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

# --- Safety --------------------------------------------------------------------------------
_HTTPS = env.flag("LINGYU_HTTPS")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],  # ECharts sets styles on its own elements
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.text("LINGYU_LOG", "WARNING")},
}

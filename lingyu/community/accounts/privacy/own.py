"""What the accounts themselves hold about a member, for the export and for the erasure."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry

from ..models import DataExport, Erasure, Member, RoleGrant
from .contributions import contribution
from .erasers import Delete, Overwrite, Through, eraser

ERASED_NAME = "erased-{}"


@contribution("profile", zh="个人资料", en="Profile")
def profile(member: Member):
    """What the account itself says."""
    yield {
        "id": member.id,
        "username": member.username,
        "pen_name": member.pen_name,
        "about_me": member.bio,
        "main_email": member.email,
        "language": member.language,
        "joined_at": member.joined_at,
        "last_signed_in_at": member.last_login,
        "roles": ", ".join(sorted(member.roles)),
    }


@contribution("email_addresses", zh="邮箱地址", en="E-mail addresses")
def email_addresses(member: Member):
    """Every address of the account, and whether it is confirmed."""
    for address in EmailAddress.objects.filter(user=member).order_by("id"):
        yield {"email": address.email, "main": address.primary, "confirmed": address.verified}


@contribution("connected_accounts", zh="关联的第三方账号", en="Connected accounts")
def connected_accounts(member: Member):
    """WeChat, Weibo and others that may sign in."""
    for account in SocialAccount.objects.filter(user=member).order_by("id"):
        yield {
            "provider": account.provider,
            "id_there": account.uid,
            "name_there": account.extra_data.get("name", ""),
            "connected_at": account.date_joined,
            "last_signed_in_at": account.last_login,
        }


@contribution("sessions", zh="登录设备", en="Devices signed in")
def sessions(member: Member):
    """Where the member is signed in."""
    for session in UserSession.objects.filter(user=member).order_by("id"):
        yield {"since": session.created_at, "address": session.ip, "browser": session.user_agent}


@contribution("roles", zh="角色记录", en="Roles")
def roles(member: Member):
    """Roles held now or once."""
    for grant in RoleGrant.objects.filter(member=member).order_by("granted_at"):
        yield {"role": grant.role, "granted_at": grant.granted_at, "taken_back_at": grant.revoked_at}


@contribution("data_requests", zh="数据申请记录", en="Requests about my data")
def data_requests(member: Member):
    """Earlier exports and erasures that were asked for."""
    for export in DataExport.objects.filter(member=member).order_by("asked_at"):
        yield {
            "what": "export",
            "asked_at": export.asked_at,
            "done_at": export.done_at,
            "called_off_at": None,
        }
    for erasure in Erasure.objects.filter(member=member).order_by("asked_at"):
        yield {
            "what": "erasure",
            "asked_at": erasure.asked_at,
            "done_at": erasure.done_at,
            "called_off_at": erasure.cancelled_at,
        }


@eraser("sessions", zh="登录与设备", en="Sessions and devices", order=0)
def forget_sessions(erasure: Erasure):
    """End every session, with its address and browser."""
    for session in UserSession.objects.filter(user=erasure.member):
        yield Through(lambda session=session: session.end() or 1)
    yield Delete(UserSession.objects.filter(user=erasure.member))


@eraser("doors", zh="邮箱与第三方账号", en="E-mail addresses and connected accounts", order=990)
def forget_doors(erasure: Erasure):
    """Addresses, connected accounts, roles, exports, and what the administration noted by name."""
    member = erasure.member
    yield Delete(EmailConfirmation.objects.filter(email_address__user=member))
    yield Delete(EmailAddress.objects.filter(user=member))
    yield Delete(SocialAccount.objects.filter(user=member))
    yield Overwrite(
        RoleGrant.objects.filter(member=member, revoked_at__isnull=True), {"revoked_at": erasure.begun_at}
    )
    for export in DataExport.objects.filter(member=member):
        yield Through(lambda export=export: export.path.unlink(missing_ok=True) or 1)
    yield Delete(DataExport.objects.filter(member=member))
    yield Overwrite(
        LogEntry.objects.filter(object_id=str(member.id)), {"object_repr": "–", "change_message": ""}
    )


@eraser("account", zh="账号", en="The account", order=1000)
def forget_account(erasure: Erasure):
    """Overwrite every personal field; the row stays because ledgers and facts name its id."""
    member = erasure.member
    name = ERASED_NAME.format(member.id.hex[-12:])
    yield Overwrite(
        Member.objects.filter(id=member.id),
        {
            "username": name,
            "name_key": "",
            "email": "",
            "pen_name": "",
            "bio": "",
            "language": "",
            "password": "!erased",
            "last_login": None,
            "is_active": False,
            "erased_at": erasure.begun_at,
        },
    )

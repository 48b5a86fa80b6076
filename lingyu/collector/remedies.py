"""What the protocol doctor says about each code: what was wrong, and how to put it right.

Holds the texts. Every code that the collector can give has one here; a test holds that.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class Remedy(NamedTuple):
    """What it means, and what to do."""

    what: str
    todo: str


_CLOCK = _("Nothing, if it is rare. If it is common, set the clock of the sending machine by NTP.")
_SHAPE = _("Compare what is sent with the sample; it should come from an SDK, unchanged.")
_SMALLER = _("Let the SDK send smaller batches; most do by default.")

REMEDIES: dict[str, Remedy] = {
    "path_unknown": Remedy(
        _("No protocol has this address."),
        _("Compare the address with the lines on the source's page: the SDK adds the rest by itself."),
    ),
    "prefix_unknown": Remedy(
        _("No source has this prefix."), _("Copy the address from the source's page again.")
    ),
    "key_missing": Remedy(
        _("The request names no source: it carries no write key."),
        _("Give the SDK the key from the source's page, or send to the address with the source's prefix."),
    ),
    "key_unknown": Remedy(
        _("No source has this key or name."),
        _("Copy the key again. A Plausible domain or a Matomo site's number belongs into the other names."),
    ),
    "key_wrong": Remedy(
        _("The key belongs to another source than the address."), _("Copy both from the same source's page.")
    ),
    "key_personal": Remedy(
        _("This is a personal API key, which must not be in an app."),
        _("Use the source's write key, and withdraw the personal one where it was made."),
    ),
    "keys_differ": Remedy(
        _("One request carries events of several sources."), _("Send one request for each source.")
    ),
    "source_off": Remedy(
        _("The source is stopped."), _("Resume it on its page, or take the SDK out of the app.")
    ),
    "protocol_not_allowed": Remedy(
        _("The source doesn't take this protocol."),
        _("Add it to the source's protocols, or leave them all empty."),
    ),
    "origin_not_allowed": Remedy(
        _("A page of this origin may not send to the source."),
        _("Add the origin to the source if the page is yours."),
    ),
    "too_often": Remedy(
        _("The source sent more than its allowance; SDKs try again later."),
        _("Raise the allowance, or send less."),
    ),
    "not_ready": Remedy(
        _("The collector had only just started; SDKs try again."),
        _("Nothing, unless it stays so: then look at its log."),
    ),
    "not_understood": Remedy(
        _("The request led to an error of ours; it was not kept."), _("Please report it, with the sample.")
    ),
    "method_wrong": Remedy(_("The address isn't for requests of this method."), _("Send it by POST.")),
    "body_too_large": Remedy(_("The request has too many bytes, as sent or unpacked."), _SMALLER),
    "too_many_events": Remedy(_("The request has too many events."), _SMALLER),
    "compression_broken": Remedy(
        _("The compressed bytes can't be unpacked."),
        _("Look for a proxy or program that changes or cuts requests."),
    ),
    "encoding_unknown": Remedy(
        _("This compression isn't installed here."),
        _("Install Lingyu with the extra “collector”, or let the SDK use gzip."),
    ),
    "base64_broken": Remedy(_("The base64 text can't be read."), _SHAPE),
    "json_broken": Remedy(_("This is no JSON."), _SHAPE),
    "json_too_deep": Remedy(_("The JSON is nested too deeply."), _("Send flat properties.")),
    "json_mended": Remedy(
        _("The JSON has what JSON can't say: NaN, Infinity, half a character. It became empty."),
        _("Leave out numbers that are none before sending."),
    ),
    "data_missing": Remedy(_("The field with the events is empty."), _SHAPE),
    "object_expected": Remedy(_("There should be an object here."), _SHAPE),
    "list_expected": Remedy(_("There should be a list here."), _SHAPE),
    "text_expected": Remedy(_("There should be a text here; it was kept as JSON."), _SHAPE),
    "type_unknown": Remedy(_("The protocol has no such type."), _SHAPE),
    "name_missing": Remedy(_("The event has no name."), _("Give it one.")),
    "url_missing": Remedy(_("The page's address is missing."), _SHAPE),
    "domain_missing": Remedy(
        _("The domain is missing, which names the source."), _("Set data-domain in the tracker's line.")
    ),
    "domains_left": Remedy(
        _("Several domains were named; only the first one's source got the event."), _("Name one domain.")
    ),
    "name_invalid": Remedy(
        _("The vendor's rules don't allow this name of an event; we take it outside of the debug mode."),
        _("Use letters, figures and underscores, and no reserved word."),
    ),
    "property_name_invalid": Remedy(
        _("The vendor's rules don't allow this name of a property; we take it outside of the debug mode."),
        _("Use letters, figures and underscores, and no reserved word."),
    ),
    "item_missing": Remedy(_("An item needs item_type and item_id."), _("Send both.")),
    "change_missing": Remedy(_("It says about whom, but not what."), _("Send $set, $add or another change.")),
    "rec_missing": Remedy(
        _("Matomo's rec=1 is missing."), _("Add it: without it nothing is to be recorded.")
    ),
    "message_id_missing": Remedy(_("The event has no id."), _SHAPE),
    "time_missing": Remedy(_("The event has no time."), _SHAPE),
    "person_missing": Remedy(
        _("Nobody is named whose event it is."),
        _("Send a user's id, or the id that the SDK draws for unknown ones."),
    ),
    "nobody": Remedy(
        _("The user's id is a word that means nobody; it was left out."),
        _("Call identify only when the id is known."),
    ),
    "cut": Remedy(
        _("A text was too long and was cut."), _("Send shorter texts; long ones belong into your own system.")
    ),
    "properties_cut": Remedy(
        _("An event had too many or too large properties; the last ones were left out."),
        _("Send fewer and smaller ones."),
    ),
    "crc_differs": Remedy(
        _("The check sum isn't that of the data; the event was kept."),
        _("Look for a proxy or program that changes or cuts requests."),
    ),
    "milliseconds_unpadded": Remedy(
        _("The Python SDK writes 7 milliseconds as “.7”; they were read as 7."), _("Nothing.")
    ),
    "clock_corrected": Remedy(
        _("The sender's clock is off; times were moved by how much it was off when sending."), _CLOCK
    ),
    "time_ahead": Remedy(_("The event lies in the future; its time of arrival was taken."), _CLOCK),
    "time_too_old": Remedy(
        _("The event lies before the year 2000; its time of arrival was taken."),
        _("Look at the unit: seconds or milliseconds."),
    ),
    "time_unreadable": Remedy(
        _("The time can't be read; the time of arrival was taken."),
        _("Send ISO 8601 or a number since 1970."),
    ),
    "time_without_zone": Remedy(
        _("The time says no zone; it was taken as UTC."), _("Send the zone, such as “Z” or “+08:00”.")
    ),
    "time_needs_token": Remedy(
        _("The event is dated back by more than a day; its time of arrival was taken."),
        _("Send token_auth with it, as Matomo wants it, too."),
    ),
    "protocol_unknown": Remedy(
        _("No reader is installed for this protocol."), _("Install the version of Lingyu that took it.")
    ),
}


def remedy(code: str) -> Remedy:
    """What to say about a code."""
    return REMEDIES.get(code) or Remedy(code, "")

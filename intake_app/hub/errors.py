"""Every failure the hub expects; each is answered as ``{"code", "details"}`` with its HTTP status."""

from intake_app.errors import IntakeError


class HubError(IntakeError):
    """``code`` is a contract with devices; ``status`` is the HTTP status of the answer."""

    code = "hub_error"
    status = 500


class DatabaseUnavailable(HubError):
    """The database cannot be reached or opened. Details: ``reason`` (the driver's class, not its text)."""

    code = "database_unavailable"
    status = 503


class DatabaseNewer(HubError):
    """A newer hub wrote the database. Details: ``found``."""

    code = "database_newer"
    status = 503


class Busy(HubError):
    """The transaction lost against others too often; the device may try again at once."""

    code = "busy"
    status = 503


class RequestUnreadable(HubError):
    """No message of the protocol. Details: ``field``."""

    code = "request_unreadable"
    status = 400


class RequestTooLarge(HubError):
    """Details: ``limit`` in bytes or documents."""

    code = "request_too_large"
    status = 413


class TokenUnknown(HubError):
    code = "token_unknown"
    status = 401


class Revoked(HubError):
    code = "device_revoked"
    status = 403


class DeviceTwice(HubError):
    """Another computer took turns as this device: a copied folder, or an old copy brought back."""

    code = "device_twice"
    status = 409


class AttachmentUnknown(HubError):
    """No file of this document that this device may have or send; never whether there is one."""

    code = "attachment_unknown"
    status = 404


class CodeRefused(HubError):
    """Details: ``reason``: ``unknown``, ``used``, ``expired`` or ``too_many_tries``."""

    code = "code_refused"
    status = 403


class OrganisationUnknown(HubError):
    """Details: ``organisation`` as it was given."""

    code = "organisation_unknown"
    status = 404


class DeviceUnknown(HubError):
    """Details: ``device`` as it was given."""

    code = "device_unknown"
    status = 404

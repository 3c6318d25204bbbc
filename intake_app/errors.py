"""Every failure that Intake expects, as one tree; ``ui/messages.py`` holds the words.

IntakeError
├── StoreError
│   ├── WrongPassphrase   WrongRecoveryCode   KeyMissing   KeyringUnavailable
│   ├── StoreForeign      StoreDamaged        StoreNewer
│   ├── StoreLocked       StoreReadOnly       DiskFull     BackupUnreadable
│   ├── RecordMissing     DraftMissing        NotSettled   MessageMissing
│   ├── RecordErased      RecordUnreadable    EventMissing
│   └── AttachmentMissing
├── LanguageUnusable
├── QuestionSetRefused
├── ServicesRefused
├── FileRefused           AttachmentRefused     ResponsesRefused
├── NotEntitled
├── PracticeOnly
├── MailboxFailed
├── Cancelled
└── SyncError
    ├── Offline           HubTimedOut         HubAnswerUnreadable   HubNotTrusted
    ├── SignInRefused     DeviceRevoked       EnrolmentRefused      NotEnrolled
    └── HubRefused        RoundUnderWay       DeviceTwice

An error carries data, never a finished sentence and never what a person said.
"""


class IntakeError(Exception):
    """Something the world did, which staff can act on; ``details`` are the data of its sentence."""

    def __init__(self, **details: object) -> None:
        super().__init__(type(self).__name__, *sorted(details))
        self.details = details


class StoreError(IntakeError):
    """The encrypted store on this computer could not do what was asked."""


class WrongPassphrase(StoreError):
    """No passphrase slot opened."""


class WrongRecoveryCode(StoreError):
    """The recovery code does not open this store. Details: ``group`` (1-based) where a check digit is off."""


class KeyMissing(StoreError):
    """The store exists and no slot here holds its key; a new key is never made for it.

    Details: ``path``, ``no_slots`` (true where ``keys.json`` itself is gone, so that no passphrase helps).
    """


class KeyringUnavailable(StoreError):
    """The system has no keyring that may be trusted with a key. Details: ``backend``."""


class StoreForeign(StoreError):
    """The file is not an Intake store, or belongs to another key.

    Details: ``path``, ``there`` (true where a new store was wanted in a folder that has one).
    """


class StoreDamaged(StoreError):
    """Pages or indexes of the store are broken. Details: ``path``, ``findings``."""


class StoreNewer(StoreError):
    """A newer program wrote the store. Details: ``path``, ``found``, ``known`` (schema numbers)."""


class StoreLocked(StoreError):
    """Another running copy holds the data folder. Details: ``path``."""


class StoreReadOnly(StoreError):
    """The data folder cannot be written. Details: ``path``."""


class DiskFull(StoreError):
    """No room left where the store lies. Details: ``path``."""


class BackupUnreadable(StoreError):
    """The package is no backup, is cut short, or was altered. Details: ``path``."""


class RecordMissing(StoreError):
    """No record has this id. Details: ``id``."""


class RecordErased(RecordMissing):
    """The record was erased for good, here or elsewhere, and nothing of it may be kept. Details: ``id``."""


class RecordUnreadable(StoreError):
    """The record is here, but not in a form that this program can show. Details: ``id``."""


class MessageMissing(StoreError):
    """The email is no longer on this computer: the record made of it was erased."""


class AttachmentMissing(StoreError):
    """The bytes of an attached file are not on this computer, or not all of them."""


class EventMissing(StoreError):
    """There is no event of this id on this computer. Details: ``id``."""


class DraftMissing(StoreError):
    """No draft has this id. Details: ``id``."""


class NotSettled(StoreError):
    """Versions of a record could not be made one.

    Details: ``id``, ``reason`` (open, nothing_left, moved).
    """


class LanguageUnusable(IntakeError):
    """Screens cannot be in this language, so they are in English.

    Details: ``tag``, ``reason`` (missing, unreadable, no_letters), ``path``, ``why`` (for translators).
    """


class QuestionSetRefused(IntakeError):
    """A question set breaks the supported subset. Details: ``refusals`` (sheet, row, column, reason)."""


class ServicesRefused(IntakeError):
    """A file holds no services that could be read. Details: ``path``, ``reason``."""


class FileRefused(IntakeError):
    """A file is of the wrong kind or cannot be read. Details: ``path``, ``reason``."""


class AttachmentRefused(IntakeError):
    """A file is not attached, or not shown. Details: ``reason`` (empty, too_large, changed, too_many, folder,
    unreadable, picture), ``name`` where it is known."""


class ResponsesRefused(IntakeError):
    """A file of online responses cannot be brought in.

    Details: ``path``, ``reason`` (missing, empty, too_large, encrypted, old_excel, other_spreadsheet,
    not_a_table, damaged, unreadable, no_mapping, other_columns, date_order), ``name`` of the form, and the
    ``titles`` that the file lacks.
    """


class LinkRefused(IntakeError):
    """Two records are not linked. Details: ``reason``, one of same, anonymous, linked."""


class NotEntitled(IntakeError):
    """This staff member may not do it. Details: ``act``."""


class PracticeOnly(IntakeError):
    """What is practised is never sent, exported, backed up or counted. Details: ``path``."""


class Cancelled(IntakeError):
    """A person stopped the work; what was committed stays."""


class MailboxFailed(IntakeError):
    """A shared mailbox could not be read. Details: ``reason``, ``host``; ``folder`` where one is missing.

    ``reason``: no_account, offline, timed_out, certificate, no_tls, sign_in, folder, gone, read_only,
    too_large, answer; of a sign-in by code also application (``code`` is the provider's), declined, late,
    signed_out.
    """


class SyncError(IntakeError):
    """A round with the hub did not finish; nothing is lost and the next round goes on."""


class Offline(SyncError):
    """The hub cannot be reached. Not an error to staff: a state."""


class HubTimedOut(SyncError):
    """The hub accepted the connection and did not answer in time."""


class HubAnswerUnreadable(SyncError):
    """What answered is not a hub, or its answer was cut off. Details: ``reason``."""


class HubNotTrusted(SyncError):
    """No TLS, or a certificate that the system does not trust. Details: ``url``."""


class SignInRefused(SyncError):
    """The hub does not know this device's token."""


class DeviceRevoked(SyncError):
    """The organisation has withdrawn this device."""


class DeviceTwice(SyncError):
    """Another computer uses this device's identity: a copied folder, or an old copy of it brought back."""


class EnrolmentRefused(SyncError):
    """The enrolment code is wrong, used or out of date. Details: ``reason``."""


class NotEnrolled(SyncError):
    """This computer works alone: it has joined no hub."""


class HubRefused(SyncError):
    """The hub refused a whole request. Details: ``code``, ``status``."""


class RoundUnderWay(SyncError):
    """Another round with the hub is running for this data folder."""

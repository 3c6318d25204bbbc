"""The seal around a person's details, and the tags that match them without opening it."""

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake_app.errors import StoreDamaged
from intake_app.people import PersonDetails, SealedPerson
from intake_app.relay_prefixes import split_prefix
from intake_app.times import Instant

HOME_REGION = "GB"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_NONCE_BYTES = 12


def seal(details: PersonDetails, organisation_key: bytes, made: Instant | None, by: str = "") -> SealedPerson:
    return SealedPerson(
        id=details.id,
        sealed=_close(details.to_json(), organisation_key, details.id),
        tags=tags_of(details, organisation_key),
        made=made,
        by=by,
    )


def resealed(person: SealedPerson, keys: Sequence[bytes], organisation_key: bytes) -> SealedPerson:
    """The same version under another organisation's key. Raises StoreDamaged."""
    fresh = seal(unseal_with(person, keys), organisation_key, person.made)
    return person.model_copy(update={"sealed": fresh.sealed, "tags": fresh.tags})


def unseal(person: SealedPerson, organisation_key: bytes) -> PersonDetails:
    """Raises StoreDamaged when it was sealed for another organisation or altered."""
    return PersonDetails.parse(_open(person.sealed, organisation_key, person.id))


def unseal_with(person: SealedPerson, keys: Sequence[bytes]) -> PersonDetails:
    """By the first key that fits. Raises StoreDamaged."""
    *earlier, last = keys
    for key in earlier:
        try:
            return unseal(person, key)
        except StoreDamaged:
            continue
    return unseal(person, last)


def seal_text(text: str, organisation_key: bytes, bound_to: str) -> str:
    """For a person's details inside a draft; empty stays empty."""
    return _close(text, organisation_key, bound_to) if text else ""


def unseal_text(sealed: str, organisation_key: bytes, bound_to: str) -> str:
    """Raises StoreDamaged."""
    return _open(sealed, organisation_key, bound_to) if sealed else ""


def tags_of(details: PersonDetails, organisation_key: bytes) -> tuple[str, ...]:
    """One tag for each number and email address in the details, in no telling order."""
    values = [details.number, *(answer.value for answer in details.answers.values())]
    tags = {tag_of(value, organisation_key) for value in values if isinstance(value, str)}
    return tuple(sorted(tag for tag in tags if tag))


def tag_of(number_or_email: str, organisation_key: bytes) -> str:
    """HMAC of the E.164 number or the lower-cased email; empty for text that is neither.

    A prefix of text relay is no part of a number. Without the organisation's key a list of all telephone
    numbers gives nothing away.
    """
    canonical = e164(number_or_email) or _email(number_or_email)
    if not canonical:
        return ""
    return hmac.new(_derived(organisation_key, b"match"), canonical.encode(), hashlib.sha256).hexdigest()


def e164(number: str) -> str:
    """``+447700900123`` for a possible number as written in the United Kingdom; empty for other text."""
    number = split_prefix(number).number
    if sum(character.isdigit() for character in number) < 6 or len(number) > 40:
        return ""
    import phonenumbers  # late: its tables take a while, and most calls hold no number

    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _email(text: str) -> str:
    found = text.strip().lower()
    return found if _EMAIL.fullmatch(found) else ""


def _close(text: str, organisation_key: bytes, bound_to: str) -> str:
    # Made from the text, so that two computers that seal the same details anew send the same bytes.
    key = _derived(organisation_key, b"nonce")
    nonce = hmac.new(key, f"{bound_to}\n{text}".encode(), hashlib.sha256).digest()[:_NONCE_BYTES]
    box = AESGCM(_derived(organisation_key, b"seal"))
    return b64encode(nonce + box.encrypt(nonce, text.encode(), bound_to.encode())).decode()


def _open(sealed: str, organisation_key: bytes, bound_to: str) -> str:
    try:
        raw = b64decode(sealed)
        box = AESGCM(_derived(organisation_key, b"seal"))
        return box.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], bound_to.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise StoreDamaged(path="", findings=("seal",), id=bound_to) from error


def _derived(organisation_key: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"intake person " + use).derive(organisation_key)

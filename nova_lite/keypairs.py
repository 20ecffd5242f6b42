# SPDX-License-Identifier: Apache-2.0
"""Keys of users: fingerprints of those that are imported, and new ones. Pure.

Called by the API before a key pair is recorded; nothing here keeps a private key.
"""

import base64
import binascii
import dataclasses
import datetime
import hashlib

from cryptography import exceptions as crypto_exceptions
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from oslo_utils import timeutils

from nova_lite import exception

SSH = 'ssh'
X509 = 'x509'

BITS = 2048
EXPONENT = 65537
COMMENT = 'Generated-by-nova-lite'
VALID_FOR = datetime.timedelta(days=3650)
LONGEST_NAME = 64
"""Bytes of a user's name in a certificate."""
PRINCIPAL_NAME = x509.ObjectIdentifier('1.3.6.1.4.1.311.20.2.3')
"""Where Windows looks in a certificate for the account that it logs in."""
UTF8_STRING = 0x0C


@dataclasses.dataclass(frozen=True)
class Keys:
    """A new pair.

    :ivar public_key: a line of authorized_keys, or a certificate as PEM
    :ivar private_key: PEM
    """

    public_key: str
    private_key: str = dataclasses.field(repr=False)
    fingerprint: str


def fingerprint_of(kind, public_key):
    """Answer the fingerprint of a public key: MD5 for SSH, SHA-1 for certificates.

    :raises InvalidKeypair: if it is no such key
    """
    try:
        return FINGERPRINTS[kind](public_key)
    except (ValueError, TypeError, IndexError, binascii.Error,
            crypto_exceptions.UnsupportedAlgorithm) as error:
        raise exception.InvalidKeypair(reason='failed to generate fingerprint') from error


def _of_ssh(public_key):
    text = public_key.strip().encode()
    serialization.load_ssh_public_key(text)
    blob = base64.b64decode(text.split()[1])
    # What ssh-keygen -E md5 shows; it tells keys apart and protects nothing.
    return _colons(hashlib.md5(blob, usedforsecurity=False).digest())


def _of_certificate(public_key):
    certificate = x509.load_pem_x509_certificate(public_key.encode())
    return _colons(certificate.fingerprint(hashes.SHA1()))  # noqa: S303


FINGERPRINTS = {SSH: _of_ssh, X509: _of_certificate}


def _colons(digest):
    return ':'.join(f'{byte:02x}' for byte in digest)


def generate(kind, user_id):
    """Make a pair for a user."""
    key = rsa.generate_private_key(EXPONENT, BITS)
    public_key, form = GENERATORS[kind](key, user_id)
    private_key = key.private_bytes(
        serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
    return Keys(public_key, private_key, fingerprint_of(kind, public_key))


def _new_ssh(key, _user_id):
    line = key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()
    return f'{line} {COMMENT}', serialization.PrivateFormat.TraditionalOpenSSL


def _new_certificate(key, user_id):
    """Certify a key by itself, for logins over WinRM."""
    user = user_id.encode()[:LONGEST_NAME].decode(errors='ignore')
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, user)])
    account = x509.OtherName(PRINCIPAL_NAME, _utf8_string(f'{user}@localhost'))
    now = timeutils.utcnow()
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now).not_valid_after(now + VALID_FOR)
        .add_extension(x509.ExtendedKeyUsage(
            [x509.ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([account]), critical=False)
        .sign(key, hashes.SHA256()))
    return (certificate.public_bytes(serialization.Encoding.PEM).decode(),
            serialization.PrivateFormat.PKCS8)


GENERATORS = {SSH: _new_ssh, X509: _new_certificate}


def _utf8_string(text):
    """Answer a text of less than 128 bytes as DER."""
    content = text.encode()
    return bytes([UTF8_STRING, len(content)]) + content

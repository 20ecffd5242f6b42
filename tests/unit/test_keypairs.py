# SPDX-License-Identifier: Apache-2.0
import base64
import datetime

import ddt
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from nova_lite import exception, keypairs
from tests import base

ED25519 = ('ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f '
           'fred@home')


@ddt.ddt
class FingerprintTest(base.TestCase):

    def test_fingerprint_of_an_ssh_key_is_the_md5_of_its_blob(self):
        self.assertEqual('0f:a2:0a:d7:38:3e:65:45:08:6b:63:84:1c:ff:dc:ba',
                         keypairs.fingerprint_of('ssh', ED25519))

    def test_comment_and_space_make_no_difference(self):
        bare = ' '.join(ED25519.split()[:2])
        self.assertEqual(keypairs.fingerprint_of('ssh', ED25519),
                         keypairs.fingerprint_of('ssh', f'  {bare}\n'))

    @ddt.data('', ' ', 'ssh-rsa', 'ssh-rsa AAAA', 'ssh-rsa !!!', 'no-such-kind AAAA x',
              'ssh-ed25519 ' + base64.b64encode(b'\0' * 40).decode(), '\U0001f600' * 9,
              'ssh-rsa ' + 'A' * 9999)
    def test_what_is_no_key_is_refused(self, text):
        self.assertRaises(exception.InvalidKeypair, keypairs.fingerprint_of, 'ssh', text)
        self.assertRaises(exception.InvalidKeypair, keypairs.fingerprint_of, 'x509', text)


class GenerateTest(base.TestCase):

    def test_private_ssh_key_belongs_to_the_public_one(self):
        made = keypairs.generate(keypairs.SSH, 'fred')
        private = serialization.load_pem_private_key(made.private_key.encode(), None)
        public = private.public_key().public_bytes(
            serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()
        self.assertEqual(public, ' '.join(made.public_key.split()[:2]))
        self.assertEqual(2048, private.key_size)
        self.assertEqual(keypairs.fingerprint_of('ssh', made.public_key), made.fingerprint)

    def test_certificate_names_the_user_for_windows(self):
        made = keypairs.generate(keypairs.X509, 'fred')
        certificate = x509.load_pem_x509_certificate(made.public_key.encode())
        (account,) = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName).value
        self.assertEqual('CN=fred', certificate.subject.rfc4514_string())
        self.assertEqual(b'\x0c\x0efred@localhost', account.value)
        self.assertEqual(datetime.timedelta(days=3650), (
            certificate.not_valid_after_utc - certificate.not_valid_before_utc))
        self.assertEqual(59, len(made.fingerprint))

    def test_user_with_a_long_name_gets_a_certificate_too(self):
        keypairs.generate(keypairs.X509, 'ü' * 255)

    def test_private_key_is_not_in_the_representation(self):
        self.assertNotIn('PRIVATE', repr(keypairs.generate(keypairs.SSH, 'fred')))

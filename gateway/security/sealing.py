"""Keys derived from the gateway's secret, and sealing what must not lie open in the database."""

from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.kernel.settings import SettingError

NONCE_BYTES = 12


def derived_key(secret: str, purpose: str) -> bytes:
    """Return 32 bytes for one purpose; another purpose's key says nothing about this one."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"atrium {purpose}".encode())
    return kdf.derive(secret.encode())


class Sealer:
    """Seals and opens bytes (AES-256-GCM) under a label they are bound to."""

    def __init__(self, secret: str) -> None:
        """Use a key derived from the gateway's secret."""
        self._cipher = AESGCM(derived_key(secret, "signing keys at rest"))

    def seal(self, plain: bytes, label: str) -> str:
        """Return the sealed bytes as hexadecimal text."""
        nonce = urandom(NONCE_BYTES)
        return (nonce + self._cipher.encrypt(nonce, plain, label.encode())).hex()

    def open(self, sealed: str, label: str) -> bytes:
        """Return the bytes; raises SettingError when sealed under another secret."""
        raw = bytes.fromhex(sealed)
        try:
            return self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], label.encode())
        except InvalidTag as error:
            msg = "ATRIUM_GATEWAY_SECRET is not the secret this database's keys were sealed with."
            raise SettingError(msg) from error

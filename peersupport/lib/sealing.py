"""Encryption at rest: a copy of the database alone opens nothing that is sealed."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str) -> str:
    """Encrypt with the first of FIELD_KEYS."""
    return _fernet().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt with whichever of FIELD_KEYS fits. Raises cryptography.fernet.InvalidToken when none does."""
    return _fernet().decrypt(sealed.encode()).decode()


def _fernet() -> MultiFernet:
    keys = [base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()) for key in settings.FIELD_KEYS]
    return MultiFernet([Fernet(key) for key in keys])

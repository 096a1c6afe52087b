"""What can go wrong, in one class: the caller can only tell the person at the keyboard."""


class DatabaseUnavailable(Exception):
    """No PostgreSQL can be had; the text says what to do about it."""

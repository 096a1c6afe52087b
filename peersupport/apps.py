"""The project package as an app: its commands override Django's, its checks guard the second lock."""

from django.apps import AppConfig


class PeerSupportConfig(AppConfig):
    name = "peersupport"

    def ready(self) -> None:
        from peersupport.scope import checks  # noqa: F401  registers the system checks once apps are loaded

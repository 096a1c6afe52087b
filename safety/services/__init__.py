"""What is done so that nobody visits alone and unseen."""

from safety.services.alarms import close_alarms_of, raise_alarm

__all__ = ["close_alarms_of", "raise_alarm"]

"""What every factory has in common."""

from typing import Any

import factory

from peersupport.demo.owner import owner


class Factory(factory.django.DjangoModelFactory):
    """Makes its rows behind the second lock."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, *args: Any, **kwargs: Any) -> Any:
        with owner():
            return super()._create(*args, **kwargs)

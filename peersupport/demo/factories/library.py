"""Links of the library."""

import factory

from peersupport.demo.factories.base import Factory
from peersupport.demo.factories.people import CoordinatorFactory, OrganisationFactory
from schools.models import LibraryLink


class LibraryLinkFactory(Factory):
    """A page about rights that fits any purpose; each has an address of its own."""

    class Meta:
        model = LibraryLink

    organisation = factory.SubFactory(OrganisationFactory)
    kind = "rights"
    title = factory.Sequence("Länk {}".format)
    url = factory.Sequence("https://www.exempel.example/sida/{}".format)
    changed_by = factory.LazyAttribute(lambda o: CoordinatorFactory(organisation=o.organisation))

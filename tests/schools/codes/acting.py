"""The words of an organisation, as whoever acts in it meets them."""

from django.urls import reverse

from peersupport.scope import scope
from schools.codes import words_of

LISTS_PAGE = reverse("schools:code_lists")


def acting_words(user):
    with scope(user) as acting:
        return words_of(acting)

"""The words of outcomes follow the kind."""

import pytest

from visits.models import KINDS_WITHOUT_NAMES, ContactKind, ContactOutcome
from visits.words import OUTCOMES, TRIED, answer_of, outcome_of, outcome_word, words_for

KINDS_WITH_NAMES = [kind for kind in ContactKind.values if kind not in KINDS_WITHOUT_NAMES]


@pytest.mark.parametrize("kind", KINDS_WITH_NAMES)
def test_words_every_kind_can_be_met_tried_and_called_off(kind):
    assert {ContactOutcome.MET, ContactOutcome.WE_CANCELLED, ContactOutcome.MOVED} <= OUTCOMES[kind].keys()
    outcome = outcome_of(kind, TRIED)
    assert outcome in {ContactOutcome.NO_ANSWER, ContactOutcome.NO_SHOW} and answer_of(outcome) == TRIED
    assert str(words_for(TRIED)[kind]) == outcome_word(kind, outcome)


@pytest.mark.parametrize("kind", ContactKind.values)
@pytest.mark.parametrize("outcome", ContactOutcome.values)
def test_outcome_word_always_says_something(kind, outcome):
    assert outcome_word(kind, outcome)


def test_heads_that_are_counted_have_no_outcome():
    assert not OUTCOMES.keys() & set(KINDS_WITHOUT_NAMES)


def test_outcome_of_unknown_is_none():
    assert outcome_of("nonsense", "met") is None and outcome_of("phone", "nonsense") is None
    assert outcome_of("staff_contact", ContactOutcome.STUDENT_CANCELLED) is None

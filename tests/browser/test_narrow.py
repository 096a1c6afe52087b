"""What only shows on a narrow screen, and only to the eye: gaps, and where a line breaks."""

from django.urls import reverse

from peersupport.demo.factories import AssignmentFactory, CoordinatorFactory, LivedExperienceFactory
from peersupport.lib.dates import today

NARROW = 360
GAPS = """body => {
  const boxes = [...body.children].map(child => child.getBoundingClientRect());
  return boxes.slice(1).map((box, n) => Math.round(box.top - boxes[n].bottom));
}"""
# For each part that begins a line: whether its dot, 1em before it, lies outside what is shown of the line.
DOTS = """lines => lines.flatMap(line => {
  const [first, ...others] = line.children;
  const left = line.getBoundingClientRect().left;
  const clip = getComputedStyle(line).overflowX === "clip";
  return others.map(part => part.getBoundingClientRect().left - left)
    .map(at => [at < 20, clip]);
})"""


def test_om_mig_has_even_gaps(transactional_db, visitor):
    assignment = AssignmentFactory()
    LivedExperienceFactory(supporter=assignment.supporter)
    page = visitor(width=NARROW).sign_in(assignment.supporter.user).open(reverse("supporters:own_profile"))
    assert page.locator("#experience .card-body").evaluate(GAPS) == [16, 16]


def test_a_line_that_breaks_begins_with_no_dot(transactional_db, visitor):
    trial = AssignmentFactory(trial_until=today(), case__student__protection="marked")
    coordinator = CoordinatorFactory(organisation=trial.school.organisation)
    page = visitor(width=NARROW).sign_in(coordinator).open(reverse("overviews:overview"))
    dots = page.locator("section[aria-labelledby=trial-title] .parts").evaluate_all(DOTS)
    assert dots == [[True, True]]

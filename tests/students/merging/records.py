"""Two records merged and parted again, and everything that the database holds of them."""

from peersupport.demo.factories import AssignmentFactory, CaseFactory, ContactFactory
from peersupport.demo.owner import owner
from peersupport.scope import scope
from students import services
from tests.peersupport.rights import raw


def supported(student, note):
    assignment = AssignmentFactory(case=CaseFactory(student=student))
    ContactFactory(assignment=assignment, note=note, next_step="Ses")
    return student


def fresh(row):
    with owner():
        return type(row).objects.select_related("school").get(pk=row.pk)


def merge(by, kept, absorbed, **choices):
    kept, absorbed = fresh(kept), fresh(absorbed)
    with scope(by):
        return services.merge_students(
            pair=services.Pair(kept, absorbed),
            by=by,
            versions=(kept.version, absorbed.version),
            choices=choices,
        )


def unmerge(by, made):
    with scope(by):
        services.unmerge_students(merge=made)


def everything():
    """All rows of all tables that know pupils, as text, but for versions."""
    tables = [table for table, _column in plan()]
    tables += ["students_student", "students_referralstatuschange", "visits_contact"]
    with owner():
        return {
            (table, key): row
            for table in sorted(set(tables) - {"students_studentmerge"})
            if not table.endswith("event")  # history is never taken back
            for key, row in raw(
                f"select row_number() over (order by (to_jsonb(t) - 'version')::text), (to_jsonb(t) - 'version')::text"
                f" from {table} t"
            ).fetchall()
        }


def plan():
    return {(table, column): rule for table, column, rule in raw("select * from merge_plan()").fetchall()}


def fresh_row(row):
    with owner():
        return type(row).objects.get(pk=row.pk)

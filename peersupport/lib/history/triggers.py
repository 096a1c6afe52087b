"""The triggers that write history: with the owner's rights, so that nobody else can.

What pghistory's own would write is kept, and added to: who did it, as the scope has it in the transaction
already, and what the changed fields held before.
"""

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from pghistory import trigger as pghistory_trigger
from pgtrigger import compiler

# Set by scope_begin; nothing is set outside a scope.
WHO = {
    "pgh_by_id": "nullif(current_setting('app.user_id', true), '')::bigint",
    "pgh_role": "coalesce(current_setting('app.role', true), '')",
    "pgh_membership_id": "nullif(current_setting('app.membership_id', true), '')::bigint",
}


class DefinerTriggerSql(compiler.UpsertTriggerSql):
    """A trigger whose function has the owner's rights and is nobody's to call.

    Whoever could call it could hang it on a temporary table and write history by hand. `pgtrigger.ignore`
    holds for the owner only: inside, the role signed in as must be a member of the function's own.
    """

    def get_template(self) -> str:
        """Version 1. Migrations refer to it: a change of it is a new class."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER LANGUAGE plpgsql
            SECURITY DEFINER SET search_path = public, pg_temp AS $$
                {declare}
                BEGIN
                    IF coalesce(current_setting('pgtrigger.ignore', true), '') <> '' THEN
                        IF TG_NAME = ANY (current_setting('pgtrigger.ignore')::text[]) AND pg_has_role(
                            coalesce(nullif(current_setting('role'), 'none'), session_user)::name,
                            current_user, 'member') THEN
                            RETURN NULL;
                        END IF;
                    END IF;
                    {func}
                END;
            $$;
            REVOKE ALL ON FUNCTION {pgid}() FROM PUBLIC;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table}
                FOR EACH ROW {condition} EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class _AsOwner(pgtrigger.Trigger):
    """Compiles a trigger to `DefinerTriggerSql`."""

    def compile(self, model: models.Model) -> compiler.Trigger:
        compiled = super().compile(model)
        return compiler.Trigger(name=compiled.name, sql=DefinerTriggerSql(**compiled.sql.kwargs))


class DefinerTrigger(_AsOwner):
    """A trigger after the fact, for tables that keep something of their own."""


class EventTrigger(_AsOwner, pghistory_trigger.Event):
    """Writes one event: the values kept, who, and what was there before."""

    def get_func(self, model: models.Model) -> str:
        """The insert into the event's table."""
        event: Any = self.event_model
        kept = [_column(model, name) for name in event.pgh_kept]
        values = {column: f'{self.row}."{column}"' for column in kept}
        values |= {
            "pgh_created_at": "clock_timestamp()",  # later than what was done before in the same transaction
            "pgh_label": f"'{self.label}'",
            "pgh_obj_id": f'{self.row}."{_column(model, "pk")}"',
            "pgh_was": self._was(model) if self.operation == pgtrigger.Update else "'{}'",
        }
        values |= WHO
        columns = ", ".join(f'"{column}"' for column in values)
        table = event._meta.db_table
        return f'INSERT INTO "{table}" ({columns}) VALUES ({", ".join(values.values())}); RETURN NULL;'  # noqa: S608

    def _was(self, model: models.Model) -> str:
        """The changed fields by name, with what was kept of them; null of those only noticed."""
        event: Any = self.event_model
        parts = ["'{}'::jsonb"]
        for name in (*event.pgh_kept, *event.pgh_noticed):
            column = _column(model, name)
            before = f'OLD."{column}"' if name in event.pgh_kept else "null"
            parts.append(
                f'CASE WHEN OLD."{column}" IS DISTINCT FROM NEW."{column}"'
                f" THEN jsonb_build_object('{name}', {before}) ELSE '{{}}' END"
            )
        return " || ".join(parts)


def _column(model: models.Model, name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(field.column)


class _Tracker:
    """Hangs an `EventTrigger` on the model instead of pghistory's own."""

    def add_event_trigger(self, event_model: Any) -> None:
        """Called by pghistory when the event's class is made."""
        tracker: Any = self
        made = EventTrigger(  # type: ignore[no-untyped-call]
            event_model=event_model,
            label=tracker.label,
            name=f"history_{tracker.label}",
            row=tracker.row,
            operation=tracker.operation,
            condition=tracker.condition,
        )
        pgtrigger.register(made)(event_model.pgh_tracked_model)


class Inserted(_Tracker, pghistory.InsertEvent):
    """An event for each new row."""


class Updated(_Tracker, pghistory.UpdateEvent):
    """An event for each row in which a kept or noticed field has changed."""


class Deleted(_Tracker, pghistory.DeleteEvent):
    """An event for each row taken away; pghistory's `track` alone would write none."""

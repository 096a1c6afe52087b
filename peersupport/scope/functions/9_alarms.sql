-- What a visit asks of alarms. They are no table of the web role's: these say what it may do with them.

-- Whether the visit is mine to speak for: I make it, or I hold its key.
create or replace function is_my_visit(p_visit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from safety_homevisit v join supporters_peersupporter p on p.id = v.supporter_id
     where v.id = p_visit and (p.user_id = app_user_id() or v.public_id = app_link_object()))
$$;

create or replace function raise_alarm(p_visit bigint, p_kind text, p_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_kind not in ('overdue', 'help', 'not_started') or not is_my_visit(p_visit) then return false; end if;
  insert into safety_alarm (public_id, created_at, version, organisation_id, school_id, supporter_id, visit_id, number,
                            kind, raised_at, next_at, outcome)
  select gen_random_uuid(), p_at, 1, v.organisation_id, v.school_id, v.supporter_id, v.id, v.number, p_kind, p_at, p_at, ''
    from safety_homevisit v where v.id = p_visit
      on conflict do nothing;
  return true;
end $$;

-- The visit's own answer. A call for help is over when those who were called say so.
create or replace function close_alarms(p_visit bigint, p_outcome text, p_at timestamptz) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare closed int;
begin
  if not is_my_visit(p_visit) then return 0; end if;
  update safety_alarm set resolved_at = p_at, resolved_by_id = app_user_id(), outcome = p_outcome, next_at = null
   where visit_id = p_visit and resolved_at is null and kind <> 'help';
  get diagnostics closed = row_count;
  return closed;
end $$;

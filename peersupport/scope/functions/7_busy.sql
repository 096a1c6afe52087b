-- Nobody is in two places at once: whatever is planned takes the time of those it needs, in visits_busytime, and its one
-- constraint refuses what would take it twice (docs/adr/0026). Triggers write it with the owner's rights, in the same
-- transaction: whoever plans need not see what stands in the way. A new kind of appointment needs a trigger of its own
-- that calls `take_time`, and nothing else.

-- Lets a thing take the time of exactly these people: of none, it is given back. They are locked one after the other in
-- a fixed order, so that of two who ask at once the second waits for the first instead of both for each other.
create or replace function take_time(
  p_source text, p_id bigint, p_organisation bigint, p_users bigint[], p_from timestamptz, p_to timestamptz
) returns void
language plpgsql volatile as $$
declare taker bigint;
begin
  delete from visits_busytime where source = p_source and source_id = p_id and user_id <> all (p_users);
  for taker in select distinct u from unnest(p_users) u order by u loop
    perform pg_advisory_xact_lock(hashtext('visits_busytime'), (taker % 2147483647)::int);
    insert into visits_busytime as b (source, source_id, user_id, organisation_id, starts_at, ends_at)
    values (p_source, p_id, taker, p_organisation, p_from, p_to)
    on conflict (source, source_id, user_id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at
     where (b.starts_at, b.ends_at) is distinct from (excluded.starts_at, excluded.ends_at);
  end loop;
end $$;

create or replace function booking_takes_time() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare b visits_booking := coalesce(new, old); p supporters_peersupporter;
begin
  select * into p from supporters_peersupporter where id = b.supporter_id;
  perform take_time('booking', b.id, p.organisation_id,
                    case when tg_op <> 'DELETE' and b.status = 'planned' then array[p.user_id] else '{}' end,
                    b.starts_at, b.ends_at);
  return null;
end $$;

create or replace trigger booking_takes_time
after insert or delete or update of supporter_id, starts_at, ends_at, status on visits_booking
for each row execute function booking_takes_time();

create or replace function appointment_takes_time() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare a visits_appointment := coalesce(new, old); p supporters_peersupporter;
begin
  select * into p from supporters_peersupporter where id = a.supporter_id;
  perform take_time('appointment', a.id, p.organisation_id,
                    case when tg_op <> 'DELETE' and a.cancelled_at is null then array[p.user_id] else '{}' end,
                    a.starts_at, a.ends_at);
  return null;
end $$;

create or replace trigger appointment_takes_time
after insert or delete or update of supporter_id, starts_at, ends_at, cancelled_at on visits_appointment
for each row execute function appointment_takes_time();

-- A date of a group takes the time of all who lead it. For the triggers below, which hold the group's row: a date is
-- not made while somebody comes to lead the group or ends it, or neither would see the other.
create or replace function group_takes_time(d visits_groupdate, p_is_held boolean) returns void
language sql volatile as $$
  select take_time('group_date', d.id, s.organisation_id,
                   case when p_is_held then array(select l.user_id from visits_groupleader l
                                                   where l.series_id = d.series_id and l.ended_at is null)
                        else '{}' end,
                   d.starts_at, d.ends_at)
    from schools_school s where s.id = d.school_id
$$;

create or replace function group_date_takes_time() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare d visits_groupdate := coalesce(new, old); g visits_groupseries;
begin
  select * into g from visits_groupseries where id = d.series_id for no key update;
  if tg_op <> 'DELETE' and d.status = 'planned' and g.ended_on is not null
     and (tg_op = 'INSERT' or (d.starts_at at time zone 'Europe/Stockholm')::date > g.ended_on) then
    raise check_violation using constraint = 'groupdate_of_a_group_that_goes_on', message = 'the group has ended';
  end if;
  perform group_takes_time(d, tg_op <> 'DELETE' and d.status = 'planned');
  return null;
end $$;

create or replace trigger group_date_takes_time
after insert or delete or update of series_id, starts_at, ends_at, status on visits_groupdate
for each row execute function group_date_takes_time();

-- Who comes to lead a group, or leads it no more: what is over takes nobody's time.
create or replace function leading_takes_time() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare l visits_groupleader := coalesce(new, old); d visits_groupdate;
begin
  perform 1 from visits_groupseries where id = l.series_id for no key update;
  for d in select * from visits_groupdate g where g.series_id = l.series_id and g.status = 'planned' and g.ends_at > now()
            order by g.starts_at, g.id loop
    perform group_takes_time(d, true);
  end loop;
  return null;
end $$;

create or replace trigger leading_takes_time
after insert or delete or update of series_id, user_id, ended_at on visits_groupleader
for each row execute function leading_takes_time();

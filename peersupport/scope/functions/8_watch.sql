-- The watch: what the worker asks and does each few seconds. It reads bookings and visits here, and nowhere else: no
-- pupil comes out. Moments come from the caller, whose clock all steps share.

create or replace function new_visit_number() returns text
language sql volatile set search_path = public, pg_temp as $$
  select string_agg(substr('ACDEFHJKLMNPRTUVXY3479', 1 + floor(random() * 22)::int, 1), '') from generate_series(1, 5)
$$;

create or replace function put_alarm(p_visit bigint, p_kind text, p_at timestamptz, p_next timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into safety_alarm (public_id, created_at, version, organisation_id, school_id, supporter_id, visit_id, number,
                            kind, raised_at, rounds, next_at, outcome, remarks)
  select gen_random_uuid(), p_at, 1, v.organisation_id, v.school_id, v.supporter_id, v.id, v.number, p_kind, p_at, 0,
         p_next, '', ''
    from safety_homevisit v where v.id = p_visit
      on conflict do nothing
$$;

create or replace function log_visit(p_visit bigint, p_act text, p_at timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into safety_visitlog (id, visit_id, act, at, by_id, via)
  select gen_random_uuid(), p_visit, p_act, p_at, app_user_id(),
         case when app_user_id() is not null then 'signed_in' when app_link_id() is not null then 'key' else 'server' end
   where p_visit is not null
$$;

-- Over by themselves: the visit was ended or extended, has begun, or is not planned any more. Raised: visits past
-- their end and the grace, and planned visits without a check-in, once for each time they are planned for. What was
-- planned more than twelve hours ago is asked about no more: the service stood still, or was not there yet.
create or replace function watch_visits(p_at timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare found record;
begin
  for found in
    update safety_alarm a set resolved_at = p_at, outcome = 'all_well', next_at = null
      from safety_homevisit v join visits_booking b on b.id = v.booking_id
     where v.id = a.visit_id and a.resolved_at is null and (
           a.kind = 'overdue' and (v.ended_at is not null or v.expected_end_at > p_at)
        or a.kind = 'not_started' and (v.ended_at is not null or v.checked_in_at is not null
                                       or b.status <> 'planned' or b.starts_at > p_at))
    returning a.visit_id
  loop
    perform log_visit(found.visit_id, 'resolved', p_at);
  end loop;

  perform put_alarm(v.id, 'overdue', p_at, v.expected_end_at + make_interval(mins => coalesce(r.grace_minutes, 5)))
    from safety_homevisit v left join safety_safetyrules r on r.organisation_id = v.organisation_id
   where v.checked_in_at is not null and v.ended_at is null
     and v.expected_end_at + make_interval(mins => coalesce(r.grace_minutes, 5)) <= p_at;

  insert into safety_homevisit (public_id, created_at, version, booking_id, school_id, supporter_id, organisation_id,
                                number, company, ended_how)
  select gen_random_uuid(), p_at, 1, b.id, b.school_id, b.supporter_id, p.organisation_id, new_visit_number(), '', ''
    from visits_booking b join supporters_peersupporter p on p.id = b.supporter_id
    left join safety_safetyrules r on r.organisation_id = p.organisation_id
   where b.kind = 'home_visit' and b.status = 'planned' and b.starts_at > p_at - interval '12 hours'
     and b.starts_at + make_interval(mins => coalesce(r.start_minutes, 15)) <= p_at
     and not exists (select from safety_homevisit v where v.booking_id = b.id and (
           v.ended_at is null or v.ended_at > b.starts_at - interval '12 hours'))  -- else: moved since it was not made
      on conflict do nothing;

  for found in
    update safety_homevisit v set asked_start_at = p_at
      from visits_booking b, safety_homevisit o left join safety_safetyrules r on r.organisation_id = o.organisation_id
     where b.id = v.booking_id and o.id = v.id and b.kind = 'home_visit' and b.status = 'planned'
       and b.starts_at > p_at - interval '12 hours'
       and b.starts_at + make_interval(mins => coalesce(r.start_minutes, 15)) <= p_at
       and v.checked_in_at is null and v.ended_at is null and v.company <> 'not'
       and (v.asked_start_at is null or v.asked_start_at < b.starts_at)
    returning v.id, b.starts_at + make_interval(mins => coalesce(r.start_minutes, 15)) as due_at
  loop
    perform put_alarm(found.id, 'not_started', p_at, found.due_at);
  end loop;
end $$;

-- Whom an alarm calls at some of its steps. The supporter only as the supporter, and never whoever is along on the
-- visit. The coordinators are those of the visit's school and of the whole organisation, besides who stands in for
-- them. Nobody may be left uncalled: when all of them are away they are called all the same, and where there is no
-- coordinator at all, those who lead the programme.
create or replace function people_to_call(p_alarm bigint, p_steps int[], p_at timestamptz)
returns table (step int, user_id bigint, email text, language text, given_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  with alarm as (
    select a.organisation_id, a.school_id, p.user_id as about_id, c.user_id as companion_id,
           (p_at at time zone 'Europe/Stockholm')::date as day
      from safety_alarm a join supporters_peersupporter p on p.id = a.supporter_id
      left join safety_homevisit v on v.id = a.visit_id
      left join supporters_peersupporter c on c.id = v.companion_id
     where a.id = p_alarm
  ), heads as (
    select distinct m.role, m.user_id,
           exists (select from safety_dutyaway w where w.user_id = m.user_id
                      and w.organisation_id = alarm.organisation_id and alarm.day between w.first_on and w.last_on) as is_away
      from alarm join schools_membership m on m.organisation_id = alarm.organisation_id
      join accounts_user u on u.id = m.user_id and u.is_active
     where m.role in ('coordinator', 'lead') and m.confirmed_at is not null and m.valid_from <= alarm.day
       and (m.valid_to is null or m.valid_to >= alarm.day)
       and (m.school_id is null or alarm.school_id is null or m.school_id = alarm.school_id)
       and m.user_id <> alarm.about_id and m.user_id is distinct from alarm.companion_id
  ), called as (
    select 1 as step, about_id as user_id from alarm
    union
    select d.step, d.user_id from alarm, duty_rows(alarm.organisation_id, array[p_at]) d
     where d.user_id <> alarm.about_id and d.user_id is distinct from alarm.companion_id
    union
    select 3, h.user_id from heads h where h.role = 'coordinator' and (
      not h.is_away or not exists (select from heads o where o.role = 'coordinator' and not o.is_away))
    union
    select 3, h.user_id from heads h
     where h.role = 'lead' and not exists (select from heads o where o.role = 'coordinator')
  )
  select c.step, u.id, u.email::text, u.language::text, u.given_name::text
    from called c join accounts_user u on u.id = c.user_id and u.is_active
   where c.step = any (p_steps) order by c.step, u.id
$$;

-- What a mail about it may say: whose initials, the number to ring, and since when it should have been over or begun.
create or replace function alarm_told(p_alarm bigint)
returns table (initials text, phone text, due_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select upper(left(u.given_name, 1) || left(u.family_name, 1)), coalesce(w.phone, ''),
         case a.kind when 'overdue' then v.expected_end_at when 'not_started' then b.starts_at else a.raised_at end
    from safety_alarm a join supporters_peersupporter p on p.id = a.supporter_id join accounts_user u on u.id = p.user_id
    left join safety_workphone w on w.user_id = p.user_id and w.organisation_id = a.organisation_id
    left join safety_homevisit v on v.id = a.visit_id left join visits_booking b on b.id = v.booking_id
   where a.id = p_alarm
$$;

-- When somebody last looked whether an alarm is due.
create or replace function watched_at() returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$ select at from safety_watchbeat $$;

-- When we last met, counted in one place (issue C, point 5): Min dag, Översikt and the list of pupils ask these.
-- Met is a contact that was held, not withdrawn, of a kind that counts as a meeting in the organisation acted in.

create or replace function my_uncounted_kinds() returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select o.uncounted_kinds::text[] from schools_organisation o where o.id = my_organisation()), '{}')
$$;

-- The latest meeting of one pupil that the asker's rights show: written into the statement that asks (no definer).
-- One probe of the index `participation_met`.
create or replace function latest_meeting(p_student bigint) returns table (at timestamptz)
language sql stable as $$
  select p.occurred_at from visits_participation p
   where p.student_id = p_student and p.outcome = 'met' and not p.is_withdrawn
     and p.kind <> all ((select my_uncounted_kinds())::text[])
   order by p.occurred_at desc limit 1
$$;

-- The same of a pupil of mine, whoever met them: a supporter reads no colleague's contacts, but the day counts.
create or replace function last_met_my_student(p_student bigint) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select h.at from latest_meeting(p_student) h where p_student = any ((select my_students())::bigint[])
$$;

-- How often a pupil was sought in vain since a moment, by whomever; not what we cancelled ourselves.
create or replace function tries_since(p_student bigint, p_since timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from visits_participation p
   where p.student_id = p_student and p.occurred_at >= p_since and p.outcome not in ('met', 'we_cancelled')
     and not p.is_withdrawn and p.kind <> all ((select my_uncounted_kinds())::text[])
     and (p_student = any ((select my_students())::bigint[]) or p.school_id = any ((select my_schools())::bigint[]))
$$;

-- Each support period of mine with a supporter today, and how long it is since the pupil was met: a coordinator's with
-- a main supporter, a supporter's own, also as stand-in. Days are counted from the day after the last meeting, by whom
-- ever, else from the day after the main supporter's first, to and including today: all of them, or school days only
-- (Monday to Friday, no public holiday, no break of the school). One row a period; no contact is told of but its day.
--   is_quiet       more days than the organisation's limit (its own before the first meeting), and the support neither
--                  rests nor is the pupil visited just now
--   is_booked_soon a time is booked, or a group of the pupil's meets, within as many days from now; booked_at is the
--                  next one
drop function if exists time_since_met(timestamptz, date[]);
create function time_since_met(p_now timestamptz, p_holidays date[])
returns table (case_id bigint, student_id bigint, supporter_id bigint, starts_on date, last_met_at timestamptz,
               since date, days int, limit_days int, booked_at timestamptz, is_booked_soon boolean,
               rests_until date, rests boolean, is_quiet boolean)
language sql stable security definer set search_path = public, pg_temp rows 100 as $$
  with rule as (
    select o.id, (p_now at time zone 'Europe/Stockholm')::date as today, o.days_without_contact,
           o.days_before_first_contact, o.counts_school_days
      from schools_organisation o where o.id = my_organisation()),
  supported as (
    select a.* from students_assignment a
     where a.kind = 'main' and a.school_id = any ((select my_schools())::bigint[])
    union all
    select a.* from students_assignment a where a.student_id = any ((select my_students())::bigint[])),
  mine as (
    select distinct on (a.case_id) a.case_id, a.student_id, a.school_id, a.supporter_id, a.starts_on
      from supported a, rule
     where a.ended_at is null and a.starts_on <= rule.today and (a.ends_on is null or a.ends_on >= rule.today)
     order by a.case_id, a.kind, a.starts_on, a.id),  -- 'main' comes before 'stand_in'
  -- The pupils who are visited at home at this moment, checked in and not yet out. None of them is quiet.
  checked_in as (
    select b.student_id from safety_homevisit v join visits_booking b on b.id = v.booking_id
     where v.checked_in_at is not null and v.ended_at is null),
  known as (
    select m.*, h.at as last_met_at, b.at as booked_at, c.paused_until,
           c.status = 'paused' and (c.paused_until is null or c.paused_until >= rule.today) as rests,
           coalesce((h.at at time zone 'Europe/Stockholm')::date, m.starts_on) as since,
           (b.at at time zone 'Europe/Stockholm')::date as booked_on
      from mine m
     cross join rule
      join students_case c on c.id = m.case_id and c.status <> 'closed'
      left join lateral latest_meeting(m.student_id) h on true
      left join lateral (  -- nothing lasts longer than twelve hours
        select min(t.at) as at from (
          (select b.starts_at as at from visits_booking b
            where b.student_id = m.student_id and b.starts_at > p_now - interval '12 hours'
              and b.status = 'planned' and b.ends_at > p_now
            order by b.starts_at limit 1)
          union all
          (select d.starts_at from visits_groupmember g
             join visits_groupseries s on s.id = g.series_id and s.school_id = g.school_id
             join visits_groupdate d on d.series_id = g.series_id
            where g.student_id = m.student_id and d.starts_at > p_now - interval '12 hours'
              and d.status = 'planned' and d.ends_at > p_now
              and g.starts_on <= (d.starts_at at time zone 'Europe/Stockholm')::date
              and (g.ends_on is null or g.ends_on >= (d.starts_at at time zone 'Europe/Stockholm')::date)
            order by d.starts_at limit 1)) t) b on true),
  -- A calendar for all schools (0), and one for each school with breaks of its own.
  calendars as (
    select 0::bigint as school_id
    union select b.school_id from schools_schoolbreak b join rule on rule.id = b.organisation_id
           where b.school_id is not null),
  days_off as (
    select distinct c.school_id, d.day::date as day
      from calendars c
      join rule on rule.counts_school_days
      join schools_schoolbreak b on b.organisation_id = rule.id and (b.school_id is null or b.school_id = c.school_id)
     cross join lateral generate_series(b.first_on::timestamp, b.last_on, interval '1 day') d (day)),
  calendar as (
    select c.school_id, d.day,
           sum(case when not rule.counts_school_days then 1
                    when extract(isodow from d.day) > 5 or d.day = any (p_holidays) or o.day is not null then 0
                    else 1 end) over (partition by c.school_id order by d.day)::int as number
      from rule
     cross join (select min(k.since) as first, max(k.booked_on) as booked from known k) span
     cross join lateral (
       select g.day::date as day from generate_series(
         least(span.first, rule.today)::timestamp, greatest(span.booked, rule.today), interval '1 day') g (day)) d
     cross join calendars c
      left join days_off o on o.school_id = c.school_id and o.day = d.day),
  counted as (
    select k.*, greatest(present.number - coalesce(past.number, present.number), 0) as days,
           coming.number - present.number as days_to_booking,
           case when k.last_met_at is null then rule.days_before_first_contact else rule.days_without_contact end
             as limit_days
      from known k
     cross join rule
      left join calendars own on own.school_id = k.school_id
      join calendar present on present.school_id = coalesce(own.school_id, 0) and present.day = rule.today
      left join calendar past on past.school_id = coalesce(own.school_id, 0) and past.day = k.since
      left join calendar coming on coming.school_id = coalesce(own.school_id, 0) and coming.day = k.booked_on)
  select k.case_id, k.student_id, k.supporter_id, k.starts_on, k.last_met_at, k.since, k.days, k.limit_days, k.booked_at,
         coalesce(k.days_to_booking <= k.limit_days, false), k.paused_until, k.rests,
         k.days > k.limit_days and not k.rests
           and not exists (select 1 from checked_in v where v.student_id = k.student_id)
    from counted k
$$;

-- Whether any break of the last year or to come is in the calendar: if not, the pages say that none is left out.
create or replace function knows_breaks() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from schools_schoolbreak b
                  where b.organisation_id = my_organisation() and b.last_on > app_today() - 365)
$$;

-- Who is on duty at each of some moments, by the clock on the wall: the one place where turns are read. Not who is
-- away that day, nor who no longer works there. A turn that ends before it begins ends the next day.
create or replace function duty_rows(p_organisation bigint, p_moments timestamptz[])
returns table (moment timestamptz, step int, user_id bigint, phone text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.moment, t.step::int, t.user_id, coalesce(nullif(t.phone, ''), w.phone, '')
    from (select x, (x at time zone 'Europe/Stockholm')::date, (x at time zone 'Europe/Stockholm')::time
            from unnest(p_moments) x) m (moment, day, clock)
    join safety_dutyturn t on t.organisation_id = p_organisation and exists (
      select from (values (m.day, m.clock >= t.starts and (t.ends <= t.starts or m.clock < t.ends)),
                          (m.day - 1, t.ends <= t.starts and m.clock < t.ends)) began (day, holds)
       where began.holds and began.day >= t.first_on and (t.last_on is null or began.day <= t.last_on)
         and extract(isodow from began.day)::int = any (t.weekdays))
    join accounts_user u on u.id = t.user_id and u.is_active
    left join safety_workphone w on w.user_id = t.user_id and w.organisation_id = t.organisation_id
   where not exists (select from safety_dutyaway a where a.user_id = t.user_id and a.organisation_id = p_organisation
                        and m.day between a.first_on and a.last_on)
     and exists (select from schools_membership s where s.user_id = t.user_id and s.organisation_id = p_organisation
                    and s.confirmed_at is not null and s.valid_from <= m.day
                    and (s.valid_to is null or s.valid_to >= m.day))
$$;

-- The same with names, for whoever works where it is.
create or replace function duty_at(p_organisation bigint, p_moments timestamptz[])
returns table (moment timestamptz, step int, user_id bigint, phone text, given_name text, family_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.moment, d.step, d.user_id, d.phone, u.given_name::text, u.family_name::text
    from duty_rows(p_organisation, p_moments) d join accounts_user u on u.id = d.user_id
   where p_organisation = my_organisation() and app_role() in ('coordinator', 'peer_supporter', 'supervisor', 'lead')
   order by d.moment, d.step, u.family_name, u.given_name, d.user_id
$$;

-- Planned home visits at my schools, and for each the steps that nobody covers from its beginning to its end. Asked at
-- every moment at which somebody's turn or day begins or ends, and each quarter of an hour for the hour that comes twice.
create or replace function duty_gaps(p_from timestamptz, p_to timestamptz)
returns table (starts_at timestamptz, ends_at timestamptz, given_name text, family_name text, steps int[])
language sql stable security definer set search_path = public, pg_temp as $$
  with planned as (
    select b.id, b.starts_at, b.ends_at, p.user_id, c.user_id as companion_id
      from visits_booking b join supporters_peersupporter p on p.id = b.supporter_id
      left join safety_homevisit v on v.booking_id = b.id and v.ended_at is null
      left join supporters_peersupporter c on c.id = v.companion_id
     where b.kind = 'home_visit' and b.status = 'planned' and b.starts_at >= p_from and b.starts_at < p_to
       and b.school_id = any ((select my_schools())::bigint[])
  ), clocks as (
    select time '00:00' as clock
    union select t.starts from safety_dutyturn t where t.organisation_id = my_organisation()
    union select t.ends from safety_dutyturn t where t.organisation_id = my_organisation()
  ), edges as (
    select (day::date + clock) at time zone 'Europe/Stockholm' as moment
      from generate_series((p_from at time zone 'Europe/Stockholm')::date,
                           (p_to at time zone 'Europe/Stockholm')::date + 1, interval '1 day') day, clocks
  ), asked as materialized (
    select p.id, p.starts_at as moment from planned p
    union select p.id, e.moment from planned p join edges e on e.moment > p.starts_at and e.moment < p.ends_at
    union select p.id, q from planned p, generate_series(p.starts_at, p.ends_at, interval '15 minutes') q
           where q < p.ends_at
  ), on_duty as materialized (
    select d.* from duty_rows(my_organisation(), (select array_agg(distinct moment) from asked)) d
  )
  select p.starts_at, p.ends_at, u.given_name::text, u.family_name::text, array(
           select s.step from unnest(array[2, 3, 4]) s (step) where exists (
             select from asked a where a.id = p.id and not exists (
               select from on_duty d where d.moment = a.moment and d.step = s.step and d.user_id <> p.user_id
                  and d.user_id is distinct from p.companion_id)))
    from planned p join accounts_user u on u.id = p.user_id
   order by p.starts_at, u.family_name, p.id
$$;

-- Whether no drill of my organisation was carried through since p_since, though home visits have been planned since.
create or replace function drill_is_missing(p_since timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select app_role() = 'coordinator' and exists (
           select from visits_booking b where b.school_id = any ((select my_schools())::bigint[])
              and b.kind = 'home_visit' and b.starts_at >= p_since)
     and not exists (select from safety_alarm a where a.kind = 'drill' and a.resolved_at >= p_since
                        and a.organisation_id = my_organisation())
$$;

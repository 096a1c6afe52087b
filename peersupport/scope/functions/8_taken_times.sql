-- Whose time is taken, for those who plan: that something is in the way, never what (7_busy.sql refuses, these explain).

-- Which of the times are taken for which of these people, but for what the asker is about to move: that it is, not by
-- what. Of oneself, of those who lead a group with me, and for coordinators of the supporters they see.
create or replace function taken_times(
  p_users bigint[], p_starts timestamptz[], p_ends timestamptz[], p_source text, p_but bigint[]
) returns table (user_id bigint, starts_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct b.user_id, t.starts_at
    from unnest(p_starts, p_ends) t (starts_at, ends_at)
    join visits_busytime b on b.user_id = any (p_users) and b.organisation_id = my_organisation()
     and tstzrange(b.starts_at, b.ends_at) && tstzrange(t.starts_at, t.ends_at)
     and not (b.source = p_source and b.source_id = any (p_but))
   where b.user_id = app_user_id()
      or exists (select 1 from visits_groupleader l
                  where l.user_id = b.user_id and l.ended_at is null and l.series_id = any (my_led_groups()))
      or (app_role() = 'coordinator' and exists (
            select 1 from supporters_peersupporter p where p.user_id = b.user_id and p.id = any (my_supporters())))
   order by t.starts_at, b.user_id
$$;

-- Whether a pupil has something else planned then, with whomever: another booking, another group. For `pupils_taken`
-- and `participants_taken`.
create or replace function pupil_is_taken(
  p_student bigint, p_from timestamptz, p_to timestamptz, p_but_booking bigint, p_but_group bigint
) returns boolean
language sql stable as $$
  select exists (
    select 1 from visits_booking b where b.student_id = p_student and b.status = 'planned'
       and b.id is distinct from p_but_booking and tstzrange(b.starts_at, b.ends_at) && tstzrange(p_from, p_to))
  or exists (
    select 1 from visits_groupmember g
      join visits_groupseries r on r.id = g.series_id and r.school_id = g.school_id
      join visits_groupdate d on d.series_id = r.id and d.status = 'planned'
     where g.student_id = p_student and r.id is distinct from p_but_group
       and tstzrange(d.starts_at, d.ends_at) && tstzrange(p_from, p_to)
       and g.starts_on <= (d.starts_at at time zone 'Europe/Stockholm')::date
       and (g.ends_on is null or g.ends_on >= (d.starts_at at time zone 'Europe/Stockholm')::date))
$$;

-- At which of the times the pupils I see have something else: that they have, and not what. Nothing is refused for it.
create or replace function pupils_taken(
  p_students bigint[], p_starts timestamptz[], p_ends timestamptz[], p_but_booking bigint, p_but_group bigint
) returns table (student_id bigint, starts_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, t.starts_at from students_student s cross join unnest(p_starts, p_ends) t (starts_at, ends_at)
   where s.id = any (p_students) and (s.id = any (my_students()) or s.school_id = any (my_schools()))
     and pupil_is_taken(s.id, t.starts_at, t.ends_at, p_but_booking, p_but_group)
   order by t.starts_at, s.id
$$;

-- At which of the times those in a group that day have something else planned, for who leads it: of the pupils of others
-- how many, and no id.
create or replace function participants_taken(p_series bigint, p_starts timestamptz[], p_ends timestamptz[])
returns table (student_id bigint, starts_at timestamptz, others bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select case when f.is_seen then f.student_id end, f.starts_at, count(*)
    from (select distinct g.student_id, t.starts_at,
                 g.student_id = any (my_students()) or g.school_id = any (my_schools()) as is_seen
            from visits_groupseries r
           cross join unnest(p_starts, p_ends) t (starts_at, ends_at)
           cross join lateral group_members(r.id, (t.starts_at at time zone 'Europe/Stockholm')::date,
                                            (t.starts_at at time zone 'Europe/Stockholm')::date) g
           where r.id = p_series and (r.id = any (my_led_groups()) or r.school_id = any (my_schools()))
             and pupil_is_taken(g.student_id, t.starts_at, t.ends_at, null, r.id)) f
   group by 1, 2 order by 2, 1
$$;

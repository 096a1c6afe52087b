-- Contacts that were written on a phone without a network, and reach us when the assignment has ended (ADR 0028): they
-- are received for the time it held, for seven days after its end. Only ids are told, and only to whom it was given.

-- The moment an assignment was over; infinity while it runs.
create or replace function over_at(p_ended_at timestamptz, p_ends_on date) returns timestamptz
language sql stable set search_path = public, pg_temp as $$
  select least(coalesce(p_ended_at, 'infinity'),
               coalesce((p_ends_on + 1)::timestamp at time zone 'Europe/Stockholm', 'infinity'))
$$;

-- My assignments that ended within the last seven days.
create or replace function my_ended_assignments() returns setof students_assignment
language sql stable security definer set search_path = public, pg_temp as $$
  select a.* from my_membership() m
    join supporters_peersupporter p on p.user_id = m.user_id and p.organisation_id = m.organisation_id
    join students_assignment a on a.supporter_id = p.id
   where m.role = 'peer_supporter' and (a.ended_at is not null or a.ends_on < app_today())
     and over_at(a.ended_at, a.ends_on) > now() - interval '7 days'
$$;

-- Whether I may still hand in what I did for the pupil at that moment.
create or replace function was_my_student(p_student bigint, p_case bigint, p_at timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from my_ended_assignments() a where a.student_id = p_student and a.case_id = p_case
       and p_at >= a.starts_on::timestamp at time zone 'Europe/Stockholm'
       and p_at <= over_at(a.ended_at, a.ends_on))
$$;

-- The same of a part that has just been handed in: its note is written, and never read.
create or replace function was_my_part(p_part bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from visits_participation p where p.id = p_part and p.author_id = app_user_id()
       and was_my_student(p.student_id, p.case_id, p.occurred_at))
$$;

-- What a late contact needs to be saved with, for each of the pupils; of several assignments the one that held at
-- p_at, if one did. Ids only: nothing about the pupil.
create or replace function late_pupils(p_students uuid[], p_at timestamptz)
returns table (student_id bigint, public_id uuid, school_id bigint, case_id bigint, supporter_id bigint, held boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (s.id) s.id, s.public_id, s.school_id, a.case_id, a.supporter_id,
         coalesce(was_my_student(s.id, a.case_id, p_at), false) as held
    from my_ended_assignments() a join students_student s on s.id = a.student_id
   where s.public_id = any (p_students)
   order by s.id, held desc, over_at(a.ended_at, a.ends_on) desc
$$;

-- Numbers for parts that are written blindly: the writer cannot read back those that the table would give.
create or replace function late_part_ids(p_count integer) returns setof bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  select nextval(pg_get_serial_sequence('visits_participation', 'id')) from generate_series(1, least(p_count, 100))
$$;

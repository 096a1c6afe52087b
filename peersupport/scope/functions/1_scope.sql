-- The functions the policies ask. Definer's rights: they read memberships and assignments behind the second lock,
-- so a policy never recurses; each checks anew that what it answers for holds today. pg_temp stands last in their
-- search paths: unnamed it would come first, and a temporary table could pose as one of ours.

create or replace function app_user_id() returns bigint language sql stable as
$$ select nullif(current_setting('app.user_id', true), '')::bigint $$;

create or replace function app_membership_id() returns bigint language sql stable as
$$ select nullif(current_setting('app.membership_id', true), '')::bigint $$;

create or replace function app_role() returns text language sql stable as
$$ select nullif(current_setting('app.role', true), '') $$;

-- A day is a day in Stockholm, whatever zone the session is in.
create or replace function app_today() returns date language sql stable as
$$ select (now() at time zone 'Europe/Stockholm')::date $$;

-- The membership acted in, if it holds: confirmed, within its period, its user active.
create or replace function my_membership() returns setof schools_membership
language sql stable security definer set search_path = public, pg_temp as $$
  select m.* from schools_membership m join accounts_user u on u.id = m.user_id
   where m.id = app_membership_id() and m.user_id = app_user_id() and m.role = app_role() and u.is_active
     and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today())
$$;

create or replace function my_organisation() returns bigint
language sql stable security definer set search_path = public, pg_temp as
$$ select organisation_id from my_membership() $$;

-- Organisations whose rows a coordinator, lead, administrator or reviewer of the whole organisation answers for.
create or replace function my_organisations() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(organisation_id), '{}') from my_membership()
   where school_id is null and role in ('coordinator', 'lead', 'admin', 'reviewer')
$$;

-- The schools a membership reaches: its own, or all of its organisation's.
create or replace function membership_schools(m schools_membership) returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(s.id order by s.id), '{}') from schools_school s
   where s.organisation_id = m.organisation_id and (m.school_id is null or m.school_id = s.id)
$$;

create or replace function my_schools() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select membership_schools(m) from my_membership() m where m.role = 'coordinator'), '{}')
$$;

create or replace function my_workplaces() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select membership_schools(m) from my_membership() m where m.role = 'school_staff'), '{}')
$$;

-- Pupils with an assignment to me that holds today, the same second it begins and ends.
create or replace function my_students() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct a.student_id), '{}')
    from my_membership() m
    join supporters_peersupporter p on p.user_id = m.user_id and p.organisation_id = m.organisation_id
    join students_assignment a on a.supporter_id = p.id
   where m.role = 'peer_supporter' and a.ended_at is null and a.starts_on <= app_today()
     and (a.ends_on is null or a.ends_on >= app_today())
$$;

create or replace function my_referred_students() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct r.student_id), '{}') from students_referral r
   where r.student_id is not null and r.school_id = any (my_workplaces())
$$;

-- Supporters I may see: a coordinator's and lead's, a supervisor's, or myself.
create or replace function my_supporters() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct p.id), '{}')
    from my_membership() m join supporters_peersupporter p on p.organisation_id = m.organisation_id
   where (m.role in ('coordinator', 'lead') and (m.school_id is null or exists (
            select 1 from supporters_placement l where l.supporter_id = p.id and l.school_id = m.school_id)))
      or (m.role = 'supervisor' and p.supervisor_id = m.user_id)
      or (m.role = 'peer_supporter' and p.user_id = m.user_id)
$$;

-- Schools where I have a placement as a supporter, or have had one: what I did there can still be corrected.
create or replace function my_placements() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct l.school_id), '{}')
    from my_membership() m
    join supporters_peersupporter p on p.user_id = m.user_id and p.organisation_id = m.organisation_id
    join supporters_placement l on l.supporter_id = p.id
   where m.role = 'peer_supporter'
$$;

-- Those who may read what a supporter shares with the team.
create or replace function my_team() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select case when app_role() in ('coordinator', 'supervisor') then my_supporters()
              when app_role() = 'peer_supporter' then (
                select coalesce(array_agg(p.id), '{}') from supporters_peersupporter p
                 where p.organisation_id = my_organisation())
              else '{}' end
$$;

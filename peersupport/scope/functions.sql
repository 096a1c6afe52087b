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

-- Those who may read what a supporter shares with the team.
create or replace function my_team() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select case when app_role() in ('coordinator', 'supervisor') then my_supporters()
              when app_role() = 'peer_supporter' then (
                select coalesce(array_agg(p.id), '{}') from supporters_peersupporter p
                 where p.organisation_id = my_organisation())
              else '{}' end
$$;

-- Whether someone holds one of the roles today or later, in any organisation, confirmed or not: the second factor
-- follows the person, also where the one who grants or ends a role cannot see the others.
create or replace function holds_role(p_user bigint, p_roles text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select app_user_id() is not null and exists (
    select 1 from schools_membership m where m.user_id = p_user and m.role = any (p_roles)
       and (m.valid_to is null or (m.valid_to >= app_today() and m.valid_to >= m.valid_from)))
$$;

-- Whether someone holds a role in another organisation too, so that one administrator stops nobody else's people.
create or replace function works_elsewhere(p_user bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select app_user_id() is not null and exists (
    select 1 from schools_membership m where m.user_id = p_user and m.organisation_id <> my_organisation()
       and (m.valid_to is null or (m.valid_to >= app_today() and m.valid_to >= m.valid_from)))
$$;

-- A confirmation is another person's word (TRUST T26): signed by who gives it, a coordinator or lead where the role
-- sees pupils, and never by who granted the role. A row policy sees only the new row; a trigger sees what has changed.
create or replace function guard_confirmation() returns trigger language plpgsql as $$
begin
  if row_security_active(tg_relid)
     and (new.confirmed_at, new.confirmed_by_id) is distinct from (old.confirmed_at, old.confirmed_by_id)
     and (new.confirmed_at is null or new.confirmed_by_id is distinct from app_user_id()
          or new.granted_by_id = app_user_id() or app_role() not in ('coordinator', 'lead')) then
    raise insufficient_privilege using message = 'a role is confirmed by another person than who granted it';
  end if;
  return new;
end $$;

create or replace trigger membership_is_confirmed_by_another before update on schools_membership
for each row execute function guard_confirmation();

-- The scope's one statement. Returns the membership acted in: the one asked for when it holds, else the first.
drop function if exists scope_begin(bigint, bigint);
create function scope_begin(p_user bigint, p_membership bigint)
returns table (membership_id bigint, role text, organisation_id bigint, organisation_name text,
               school_id bigint, school_name text, schools bigint[], memberships bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare chosen schools_membership; held bigint;
begin
  perform set_config('app.user_id', '', true), set_config('app.role', '', true),
          set_config('app.membership_id', '', true);
  if not exists (select 1 from accounts_user u where u.id = p_user and u.is_active) then
    return;
  end if;
  select m.* into chosen from schools_membership m
   where m.user_id = p_user and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today())
   order by (m.id = p_membership) desc nulls last, m.id limit 1;
  select count(*) into held from schools_membership m
   where m.user_id = p_user and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today());
  perform set_config('app.user_id', p_user::text, true);
  if chosen.id is null then
    return;
  end if;
  perform set_config('app.role', chosen.role, true), set_config('app.membership_id', chosen.id::text, true);
  return query select chosen.id, chosen.role::text, o.id, o.name::text, chosen.school_id, s.name::text,
                      membership_schools(chosen), held
                 from schools_organisation o left join schools_school s on s.id = chosen.school_id
                where o.id = chosen.organisation_id;
end $$;

-- The roles I could act in today, with the names of places that the role acted in does not show.
create or replace function my_roles()
returns table (public_id uuid, role text, organisation text, school text, valid_to date, is_acting boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.public_id, m.role, o.name, s.name, m.valid_to, m.id = app_membership_id()
    from schools_membership m
    join accounts_user u on u.id = m.user_id and u.is_active
    join schools_organisation o on o.id = m.organisation_id
    left join schools_school s on s.id = m.school_id
   where m.user_id = app_user_id() and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today())
   order by m.id
$$;

-- Who may open a sealed name: the assigned supporter, and the people a coordinator has named.
create or replace function may_open(p_student bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select p_student = any (my_students()) or exists (
    select 1 from students_student s join students_namedperson n on n.student_id = s.id and n.user_id = app_user_id()
     where s.id = p_student and s.school_id = any (my_schools()))
$$;

create or replace function log_opening(p_student bigint, p_action text, p_reason text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into accounts_accesslog (id, at, user_id, membership_id, organisation_id, role, action, page, student_ids,
                                  school_ids, count, filter_name, reason, request_id)
  select gen_random_uuid(), clock_timestamp(), app_user_id(), app_membership_id(), my_organisation(), app_role(),
         p_action, 'students:' || p_action, array[s.id], array[s.school_id], 1, '', left(p_reason, 200), ''
    from students_student s where s.id = p_student
$$;

-- Opens a protected name for 15 minutes. False when it is not this person's to open.
create or replace function open_identity(p_student bigint, p_reason text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if length(trim(coalesce(p_reason, ''))) < 3 or not may_open(p_student) then return false; end if;
  perform log_opening(p_student, 'open_identity', p_reason);
  return true;
end $$;

create or replace function is_open(p_student bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select may_open(p_student) and exists (
    select 1 from accounts_accesslog l
     where l.student_ids @> array[p_student] and l.action = 'open_identity' and l.user_id = app_user_id()
       and l.membership_id = app_membership_id() and l.at > clock_timestamp() - interval '15 minutes')
$$;

create or replace function opened_identity(p_student bigint)
returns table (given_name text, family_name text, called text, open_until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.given_name, i.family_name, i.called,
         (select max(l.at) from accounts_accesslog l where l.student_ids @> array[p_student]
             and l.action = 'open_identity' and l.user_id = app_user_id()) + interval '15 minutes'
    from students_identity i where i.student_id = p_student and is_open(p_student)
$$;

create or replace function opened_guardians(p_student bigint) returns setof students_guardian
language sql stable security definer set search_path = public, pg_temp as $$
  select g.* from students_guardian g where g.student_id = p_student and is_open(p_student) order by g.id
$$;

-- Address and phone, for a stated reason; of a protected pupil only while the name is open. Writes the log itself.
create or replace function open_whereabouts(p_student bigint, p_reason text) returns setof students_whereabouts
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if length(trim(coalesce(p_reason, ''))) < 3 or not exists (
       select 1 from students_student s where s.id = p_student
          and (s.school_id = any (my_schools()) or s.id = any (my_students()))
          and (not s.is_protected or is_open(s.id))) then
    return;
  end if;
  perform log_opening(p_student, 'open_address', p_reason);
  return query select w.* from students_whereabouts w where w.student_id = p_student;
end $$;

-- At most 51 pupils whose names resemble every word; the scope is inside, because under a policy the trigram index
-- would not be used. `words` are folded as `search_key` is. Protected pupils are found by alias only.
create or replace function search_students(words text[]) returns table (student_id bigint)
language sql stable security definer set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = '0.42' as $$
  with scope as (select my_schools() as schools, my_students() as students), hits as (
    select i.student_id, i.sort_key,
           (select sum(word_similarity(w, i.search_key)) from unnest(words) w) as likeness
      from students_identity i, scope
     where cardinality(words) > 0 and not i.is_protected
       and (i.school_id = any (scope.schools) or i.student_id = any (scope.students))
       and (words[1] <% i.search_key or i.search_key like '%' || words[1] || '%')
       and not exists (select 1 from unnest(words) w
                        where not (w <% i.search_key) and i.search_key not like '%' || w || '%')
    union all
    select s.id, '~' || s.alias, 9 from students_student s, scope
     where cardinality(words) > 0 and lower(s.alias) = words[cardinality(words)]
       and (s.school_id = any (scope.schools) or s.id = any (scope.students)))
  select hits.student_id from hits order by likeness desc, sort_key limit 51
$$;

-- How many open main assignments the supporters I may see have, at all schools: a number, never whose.
create or replace function supporter_loads() returns table (supporter_id bigint, open_assignments bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, count(a.id)
    from supporters_peersupporter p
    left join students_assignment a on a.supporter_id = p.id and a.kind = 'main' and a.ended_at is null
         and (a.ends_on is null or a.ends_on >= app_today())
   where p.id = any (my_supporters())
   group by p.id
$$;

-- A protected pupil's name leaves the referrals too, also those of schools this coordinator does not see.
create or replace function seal_referrals(p_student bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update students_referral r
     set protection = s.protection, given_name = '', family_name = '', called = '', search_key = ''
    from students_student s
   where s.id = p_student and r.student_id = s.id and s.is_protected and s.school_id = any (my_schools())
$$;

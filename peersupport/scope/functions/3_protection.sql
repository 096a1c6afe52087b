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

drop function if exists opened_identity(bigint);
create function opened_identity(p_student bigint)
returns table (given_name text, family_name text, called text, open_until timestamptz, version int)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.given_name, i.family_name, i.called,
         (select max(l.at) from accounts_accesslog l where l.student_ids @> array[p_student]
             and l.action = 'open_identity' and l.user_id = app_user_id()) + interval '15 minutes', i.version
    from students_identity i where i.student_id = p_student and is_open(p_student)
$$;

-- Whom an opening is told: the coordinators of the pupil's school but the opener, who asks while the name is open.
create or replace function told_of_opening(p_student bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct m.user_id
    from students_student s
    join schools_school o on o.id = s.school_id
    join schools_membership m on m.organisation_id = o.organisation_id and coalesce(m.school_id, s.school_id) = s.school_id
    join accounts_user u on u.id = m.user_id and u.is_active
   where s.id = p_student and is_open(p_student) and m.role = 'coordinator' and m.user_id <> app_user_id()
     and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today())
$$;

create or replace function opened_guardians(p_student bigint) returns setof students_guardian
language sql stable security definer set search_path = public, pg_temp as $$
  select g.* from students_guardian g where g.student_id = p_student and is_open(p_student) order by g.id
$$;

-- Address and phone, for a stated reason; of a protected pupil only while the name is open. Writes the log itself. For a
-- supporter the phone alone: an address opens for a home visit, near its time (open_visit_address).
create or replace function open_whereabouts(p_student bigint, p_reason text) returns setof students_whereabouts
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare w students_whereabouts;
begin
  if length(trim(coalesce(p_reason, ''))) < 3 or not exists (
       select 1 from students_student s where s.id = p_student
          and (s.school_id = any (my_schools()) or s.id = any (my_students()))
          and (not s.is_protected or is_open(s.id))) then
    return;
  end if;
  perform log_opening(p_student, 'open_address', p_reason);
  select * into w from students_whereabouts o where o.student_id = p_student;
  if not found then return; end if;
  if not w.school_id = any (my_schools()) then
    w.street := ''; w.postal_code := ''; w.city := '';
  end if;
  return next w;
end $$;

-- A protected pupil's name leaves the referrals too, also those of schools this coordinator does not see.
create or replace function seal_referrals(p_student bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update students_referral r
     set protection = s.protection, given_name = '', family_name = '', called = '', search_key = ''
    from students_student s
   where s.id = p_student and r.student_id = s.id and s.is_protected and s.school_id = any (my_schools())
$$;

-- Whether the coordinator in scope has the sealed name open and may correct it.
create or replace function may_correct(p_student bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select app_role() = 'coordinator' and is_open(p_student) and exists (
    select 1 from students_student s where s.id = p_student and s.is_protected and s.school_id = any (my_schools()))
$$;

-- Corrects a sealed name while it is open. 'done', 'changed' when it is not at that version, 'gone' when it is not open.
create or replace function correct_identity(p_student bigint, p_version int, p_name jsonb) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not coalesce(may_correct(p_student), false) then return 'gone'; end if;
  update students_identity set given_name = p_name ->> 'given_name', family_name = p_name ->> 'family_name',
         called = p_name ->> 'called', sort_key = p_name ->> 'sort_key', search_key = p_name ->> 'search_key',
         version = version + 1
   where student_id = p_student and version = p_version;
  return case when found then 'done' else 'changed' end;
end $$;

create or replace function correct_guardian(p_guardian uuid, p_version int, p_fields jsonb) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare g students_guardian; n students_guardian;
begin
  select * into g from students_guardian where public_id = p_guardian for update;
  if g.id is null or not coalesce(may_correct(g.student_id), false) then return 'gone'; end if;
  if g.version <> p_version then return 'changed'; end if;
  n := jsonb_populate_record(g, p_fields);
  update students_guardian set given_name = n.given_name, family_name = n.family_name, relation = n.relation,
         phone = n.phone, email = n.email, language = n.language, needs_interpreter = n.needs_interpreter,
         how_to_reach = n.how_to_reach, not_to_be_contacted = n.not_to_be_contacted, version = version + 1
   where id = g.id;
  return 'done';
end $$;

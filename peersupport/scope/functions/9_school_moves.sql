-- A pupil changes school. Access follows the pupil's school, so the owner moves it: neither the coordinator who lets go
-- nor the one who receives may write both ends. What each may do is checked here.

-- Carries out one change that is agreed and due: enrolment, the pupil's school, and what becomes of the support.
create or replace function carry_out_move(p_move bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare m students_schoolmove; s students_student; c students_case;
begin
  select * into m from students_schoolmove where id = p_move;
  select * into s from students_student where id = m.student_id for update;
  if m.to_school_id is not null then
    insert into students_enrolment (student_id, access_school_id, school_id, school_form, grade, valid_from)
    values (s.id, s.school_id, m.to_school_id, m.school_form, m.grade, m.valid_from)
    on conflict (student_id, valid_from) do update
       set school_id = excluded.school_id, school_form = excluded.school_form, grade = excluded.grade;
    update students_student set school_id = m.to_school_id, school_form = m.school_form, grade = m.grade,
           left_on = null, version = version + 1 where id = s.id;
  else
    update students_student set left_on = m.valid_from, version = version + 1 where id = s.id;
  end if;
  if m.ends_support then
    update students_assignment set ended_at = now(), ended_by_id = m.accepted_by_id, end_reason = m.end_reason,
           version = version + 1
     where student_id = s.id and ended_at is null and (ends_on is null or ends_on >= app_today());
    update students_case set waiting_since = m.valid_from, version = version + 1
     where student_id = s.id and status <> 'closed' and m.to_school_id is not null;
    update visits_booking set status = 'cancelled', cancelled_at = now(), cancelled_by_id = m.accepted_by_id,
           cancelled_because = 'ended', version = version + 1
     where student_id = s.id and status = 'planned' and starts_at > now();
    select * into c from students_case where student_id = s.id and status <> 'closed' and m.to_school_id is null;
    if c.id is not null then
      update students_case set status = 'closed', paused_until = null, closed_at = now(),
             closed_by_id = m.accepted_by_id, version = version + 1 where id = c.id;
      insert into students_casestatuschange (public_id, case_id, student_id, school_id, before, after, at, by_id, until,
                                             end_reason, reason, learnt)
      values (gen_random_uuid(), c.id, c.student_id, c.school_id, c.status, 'closed', now(), m.accepted_by_id,
              m.valid_from, 'moved', m.end_reason, '');
    end if;
  end if;
  update students_schoolmove set applied_at = now(), version = version + 1 where id = m.id;
end $$;

-- Carries out all changes that are due. Asked by every scope that begins, so that access follows on the day whether a
-- job runs or not, and by the daily command; twice is the same as once. One that cannot be carried out stops no other.
create or replace function apply_school_moves() returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare due bigint; done bigint := 0;
begin
  for due in select m.id from students_schoolmove m where m.applied_at is null and m.cancelled_at is null
                and m.accepted_at is not null and m.valid_from <= app_today() order by m.id for update skip locked loop
    begin
      perform carry_out_move(due);
      done := done + 1;
    exception when others then
      raise warning 'change of school % was not carried out: %', due, sqlstate;
    end;
  end loop;
  return done;
end $$;

create or replace function school_moves_are_due() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select not pg_is_in_recovery() and exists (
    select 1 from students_schoolmove where applied_at is null and cancelled_at is null and accepted_at is not null
       and valid_from <= app_today())
$$;

-- Plans, asks for, or at once does a change of school. 'moved', 'planned', 'asked' (a coordinator of the new school
-- has to agree), or why not: 'gone', 'changed', 'pending' (one is planned already), 'foreign', 'too_early'.
create or replace function plan_school_move(p_student bigint, p_version int, p_school bigint, p_left_for text,
                                            p_form text, p_grade int, p_from date, p_ends boolean, p_reason text)
returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare s students_student; m bigint; sees boolean := p_school is null or p_school = any (my_schools());
begin
  select * into s from students_student
   where id = p_student and school_id = any (my_schools()) and merged_into_id is null for update;
  if s.id is null then return 'gone'; end if;
  if s.version <> p_version then return 'changed'; end if;
  if p_school is not null and (not exists (select 1 from schools_school o where o.id = p_school
       and o.organisation_id = my_organisation() and o.status <> 'closed')
     or (p_school = s.school_id and s.left_on is null)) then
    return 'foreign';
  end if;
  if exists (select 1 from students_schoolmove where student_id = s.id and applied_at is null and cancelled_at is null)
    then return 'pending'; end if;
  if exists (select 1 from students_enrolment where student_id = s.id and valid_from > p_from) then
    return 'too_early';
  end if;
  insert into students_schoolmove (public_id, created_at, version, student_id, school_id, is_protected, alias,
      to_school_id, left_for, school_form, grade, valid_from, ends_support, asked_at, asked_by_id, accepted_at,
      accepted_by_id, end_reason, answer)
  values (gen_random_uuid(), now(), 1, s.id, s.school_id, s.is_protected, s.alias, p_school, left(p_left_for, 120),
      p_form, p_grade, p_from, p_ends, now(), app_user_id(), case when sees then now() end,
      case when sees then app_user_id() end, left(p_reason, 300), '') returning id into m;
  if not sees then return 'asked'; end if;
  if p_from > app_today() then return 'planned'; end if;
  perform carry_out_move(m);
  return 'moved';
end $$;

-- The answer of a coordinator of the new school. 'moved', 'planned', 'declined', or 'gone'.
create or replace function answer_school_move(p_move bigint, p_accept boolean, p_answer text) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare m students_schoolmove;
begin
  select * into m from students_schoolmove where id = p_move and to_school_id = any (my_schools())
     and accepted_at is null and applied_at is null and cancelled_at is null for update;
  if m.id is null then return 'gone'; end if;
  if not p_accept then
    update students_schoolmove set cancelled_at = now(), cancelled_by_id = app_user_id(),
           answer = left(p_answer, 300), version = version + 1 where id = m.id;
    return 'declined';
  end if;
  update students_schoolmove set accepted_at = now(), accepted_by_id = app_user_id(), version = version + 1
   where id = m.id;
  if m.valid_from > app_today() then return 'planned'; end if;
  perform carry_out_move(m.id);
  return 'moved';
end $$;

-- Calls off what is planned or asked: a coordinator of the school the pupil goes to. 'done' or 'gone'.
create or replace function cancel_school_move(p_move bigint) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare m students_schoolmove;
begin
  select * into m from students_schoolmove where id = p_move and school_id = any (my_schools())
     and applied_at is null and cancelled_at is null for update;
  if m.id is null then return 'gone'; end if;
  update students_schoolmove set cancelled_at = now(), cancelled_by_id = app_user_id(), version = version + 1
   where id = m.id;
  return 'done';
end $$;

-- What there may be one of only in a record: the open support period, who is rung first, the words about the pupil,
-- the address, the school of today.

-- Two open support periods: one goes on, the other is closed. Its supporters go on where nobody else is the main
-- supporter in that time; otherwise their assignment ends now. What is booked goes on with whoever does.
create or replace function trace_cases(p_merge bigint, p_goes_on bigint, p_ends bigint, p_reason text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare a students_assignment; b visits_booking; into_it jsonb; was students_case; made bigint;
begin
  select * into was from students_case where id = p_ends;
  into_it := jsonb_build_object('case_id', p_goes_on);
  for a in select * from students_assignment where case_id = p_ends and ended_at is null
              and (ends_on is null or ends_on >= app_today()) order by id loop
    if a.kind = 'main' and not exists (
         select 1 from students_assignment o where o.case_id = p_goes_on and o.kind = 'main' and o.ended_at is null
            and daterange(o.starts_on, o.ends_on, '[]') && daterange(a.starts_on, a.ends_on, '[]')) then
      perform trace_set(p_merge, 'students_assignment', a.id::text, into_it || trace_values(
        'students_assignment', 'student_id', (select student_id from students_case where id = p_goes_on)));
    else
      perform trace_set(p_merge, 'students_assignment', a.id::text, jsonb_build_object(
        'ended_at', now(), 'ended_by_id', app_user_id(), 'end_reason', p_reason));
    end if;
  end loop;
  for b in select * from visits_booking where case_id = p_ends and status = 'planned' and starts_at > now() order by id loop
    if exists (select 1 from students_assignment o where o.case_id = p_goes_on and o.supporter_id = b.supporter_id
                  and o.ended_at is null and (o.ends_on is null or o.ends_on >= app_today())) then
      perform trace_set(p_merge, 'visits_booking', b.id::text, into_it || trace_values(
        'visits_booking', 'student_id', (select student_id from students_case where id = p_goes_on)));
    else
      perform trace_set(p_merge, 'visits_booking', b.id::text, jsonb_build_object('status', 'cancelled',
        'cancelled_at', now(), 'cancelled_by_id', app_user_id(), 'cancelled_because', 'ended'));
    end if;
  end loop;
  perform trace_set(p_merge, 'students_case', p_ends::text, jsonb_build_object(
    'status', 'closed', 'closed_at', now(), 'closed_by_id', app_user_id(), 'paused_until', null));
  insert into students_casestatuschange (public_id, case_id, student_id, school_id, before, after, at, by_id, until,
                                         end_reason, reason, learnt)
  values (gen_random_uuid(), was.id, was.student_id, was.school_id, was.status, 'closed', now(), app_user_id(),
          app_today(), 'other', p_reason, '') returning id into made;
  perform trace_made(p_merge, 'students_casestatuschange', made::text);
end $$;

-- One of the people around a pupil is rung first: the kept pupil's, where both have one.
create or replace function trace_first_contact(p_merge bigint, p_kept bigint, p_absorbed bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  select trace_set(p_merge, 'students_personaround', p.id::text, '{"is_first_contact": false}')
    from students_personaround p
   where p.student_id = p_absorbed and p.is_first_contact
     and exists (select 1 from students_personaround k where k.student_id = p_kept and k.is_first_contact)
$$;

-- What the coordinator has chosen, field by field: 'absorbed' for the words of the record that goes in.
create or replace function trace_chosen(p_merge bigint, p_kept bigint, p_absorbed bigint, p_choices jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare k students_student; a students_student; n students_identity; o students_identity; fresh jsonb := '{}';
begin
  select * into k from students_student where id = p_kept;
  select * into a from students_student where id = p_absorbed;
  if p_choices ->> 'school' = 'absorbed' then fresh := fresh || jsonb_build_object('school_id', a.school_id); end if;
  if p_choices ->> 'grade' = 'absorbed' then
    fresh := fresh || jsonb_build_object('school_form', a.school_form, 'grade', a.grade);
  end if;
  if p_choices ->> 'birth_year' = 'absorbed' then fresh := fresh || jsonb_build_object('birth_year', a.birth_year); end if;
  if p_choices ->> 'sex' = 'absorbed' then fresh := fresh || jsonb_build_object('sex', a.sex); end if;
  fresh := fresh || jsonb_build_object('works_well', case p_choices ->> 'works_well'
    when 'absorbed' then a.works_well
    when 'both' then left(concat_ws(E'\n', nullif(k.works_well, ''), nullif(a.works_well, '')), 1000)
    else k.works_well end);
  if array_position(array['none', 'local', 'marked', 'registration'], a.protection::text)
     > array_position(array['none', 'local', 'marked', 'registration'], k.protection::text) then
    fresh := fresh || jsonb_build_object('protection', a.protection);  -- the higher one wins
  end if;
  perform trace_set(p_merge, 'students_student', p_kept::text, fresh);
  select * into n from students_identity where student_id = p_kept;
  select * into o from students_identity where student_id = p_absorbed;
  fresh := jsonb_build_object('search_key', left(n.search_key || ' ' || o.search_key, 500));  -- found by both names
  if p_choices ->> 'name' = 'absorbed' then
    fresh := fresh || jsonb_build_object('given_name', o.given_name, 'family_name', o.family_name, 'sort_key', o.sort_key);
  end if;
  if p_choices ->> 'called' = 'absorbed' then fresh := fresh || jsonb_build_object('called', o.called); end if;
  perform trace_set(p_merge, 'students_identity', p_kept::text, fresh);
end $$;

-- Address and phone, unseen: those of one of the two. An unprotected record's never reach a protected one (DOMAIN §4).
create or replace function trace_whereabouts(p_merge bigint, p_kept bigint, p_absorbed bigint, p_whose text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare theirs students_whereabouts; k students_student;
begin
  select * into k from students_student where id = p_kept;
  select * into theirs from students_whereabouts where student_id = p_absorbed;
  if theirs.student_id is not null and p_whose = 'absorbed'
     and (not k.is_protected or (select is_protected from students_student where id = p_absorbed)) then
    perform trace_take(p_merge, 'students_whereabouts', p_kept::text);
    perform trace_insert('students_whereabouts', to_jsonb(theirs)
                         || jsonb_build_object('student_id', p_kept, 'school_id', k.school_id));
    perform trace_made(p_merge, 'students_whereabouts', p_kept::text);
  end if;
  perform trace_take(p_merge, 'students_whereabouts', p_absorbed::text);
end $$;

-- The latest enrolment that has begun says where the pupil goes; if the choice says otherwise, one of today does.
create or replace function trace_enrolment(p_merge bigint, p_kept bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare k students_student; e students_enrolment; made bigint;
begin
  select * into k from students_student where id = p_kept;
  select * into e from students_enrolment where student_id = p_kept and valid_from <= app_today()
   order by valid_from desc limit 1;
  if e.id is null or (e.school_id, e.school_form, e.grade) is not distinct from (k.school_id, k.school_form, k.grade) then
    return;
  end if;
  if e.valid_from = app_today() then
    perform trace_set(p_merge, 'students_enrolment', e.id::text, jsonb_build_object(
      'school_id', k.school_id, 'school_form', k.school_form, 'grade', k.grade));
  else
    insert into students_enrolment (student_id, access_school_id, school_id, school_form, grade, valid_from)
    values (p_kept, k.school_id, k.school_id, k.school_form, k.grade, app_today()) returning id into made;
    perform trace_made(p_merge, 'students_enrolment', made::text);
  end if;
end $$;

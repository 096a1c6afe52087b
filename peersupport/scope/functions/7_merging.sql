-- Two records of one pupil, made one and made two again. Most of the rows belong to authors whose rows a coordinator
-- may not change, so the owner does it; what a coordinator may do is checked here. Every row that a merge touches is
-- noted in students_mergetrace as it was and as it became, and undoing reads that backwards.

-- Every column that names a pupil, and what becomes of its rows. A test holds it against the database.
--   moves       all rows go to the pupil that is kept
--   kept_wins   the same, but where the kept pupil has the like already (a unique key says so), theirs stays
--   combines    both took part in one contact: one part is made of two; a note follows its part
--   chosen      one row a pupil: the coordinator has chosen whose words stand
--   stays       tells of the records themselves
-- Rows of later tables that only copy a pupil's id for a policy are named here too.
create or replace function merge_plan() returns table (table_name text, column_name text, rule text)
language sql immutable as $$
  values ('students_case', 'student_id', 'moves'),
         ('students_assignment', 'student_id', 'moves'),
         ('students_referral', 'student_id', 'moves'),
         ('students_guardian', 'student_id', 'moves'),
         ('students_protectionchange', 'student_id', 'moves'),
         ('students_namedperson', 'student_id', 'kept_wins'),
         ('students_enrolment', 'student_id', 'kept_wins'),
         ('students_schoolmove', 'student_id', 'kept_wins'),
         ('students_casestatuschange', 'student_id', 'moves'),
         ('students_personaround', 'student_id', 'moves'),
         ('visits_booking', 'student_id', 'moves'),
         ('visits_groupmember', 'student_id', 'kept_wins'),
         ('visits_nextstep', 'student_id', 'moves'),
         ('visits_task', 'student_id', 'moves'),
         ('visits_participation', 'student_id', 'combines'),
         ('visits_contactnote', 'student_id', 'combines'),
         ('visits_noterevision', 'student_id', 'combines'),
         ('visits_feedback', 'student_id', 'combines'),
         ('visits_feedbackanswer', 'student_id', 'combines'),
         ('safety_concernreport', 'student_id', 'moves'),
         ('operations_link', 'student_id', 'moves'),
         ('students_identity', 'student_id', 'chosen'),
         ('students_whereabouts', 'student_id', 'chosen'),
         ('students_student', 'merged_into_id', 'stays'),
         ('students_studentmerge', 'kept_id', 'stays'),
         ('students_studentmerge', 'absorbed_id', 'stays'),
         -- Events are written once and copy whose row it was. What they tell of has moved, and pages and policies find
         -- the events of those rows through the row as it is today; those of the record itself (its name, its address,
         -- who may open it) stay with the record, closed as it is, and are there again when the merge is undone.
         ('safety_concernreportevent', 'student_id', 'stays'),
         ('students_assignmentevent', 'student_id', 'stays'),
         ('students_caseevent', 'student_id', 'stays'),
         ('students_enrolmentevent', 'student_id', 'stays'),
         ('students_guardianevent', 'student_id', 'stays'),
         ('students_identityevent', 'student_id', 'stays'),
         ('students_namedpersonevent', 'student_id', 'stays'),
         ('students_personaroundevent', 'student_id', 'stays'),
         ('students_referralevent', 'student_id', 'stays'),
         ('students_whereaboutsevent', 'student_id', 'stays'),
         ('visits_bookingevent', 'student_id', 'stays'),
         ('visits_groupmemberevent', 'student_id', 'stays'),
         ('visits_participationevent', 'student_id', 'stays'),
         ('visits_taskevent', 'student_id', 'stays')
$$;

-- The columns of a table that copy something of the pupil it names, and what they copy: those of its composite foreign
-- keys, and a school or protection that no foreign key holds.
create or replace function trace_copies(p_table regclass, p_column text) returns table (name text, source text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct a.attname::text, s.attname::text
    from pg_constraint c cross join lateral unnest(c.conkey, c.confkey) k(own, theirs)
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.own
    join pg_attribute s on s.attrelid = c.confrelid and s.attnum = k.theirs
   where c.contype = 'f' and c.conrelid = p_table and c.confrelid = 'students_student'::regclass
     and (select o.attnum from pg_attribute o where o.attrelid = p_table and o.attname = p_column) = any (c.conkey)
  union
  select p_column, 'id'
  union
  select a.attname::text, a.attname::text from pg_attribute a
   where a.attrelid = p_table and a.attname in ('school_id', 'is_protected') and not a.attisdropped
     and not exists (select 1 from pg_constraint c
                      where c.contype = 'f' and c.conrelid = p_table and a.attnum = any (c.conkey))
$$;

-- What those columns have to say for a pupil.
create or replace function trace_values(p_table regclass, p_column text, p_student bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_object_agg(c.name, to_jsonb(s) -> c.source)
    from trace_copies(p_table, p_column) c, students_student s where s.id = p_student
$$;

-- The primary key of a table, and "t.id = $1::bigint" for the statements below.
create or replace function trace_key(p_table regclass) returns pg_attribute
language sql stable security definer set search_path = public, pg_temp as $$
  select a from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
   where i.indrelid = p_table and i.indisprimary
$$;

create or replace function trace_where(p_table regclass) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select format('t.%I = $1::%s', k.attname, format_type(k.atttypid, k.atttypmod)) from trace_key(p_table) k
$$;

create or replace function trace_row(p_table regclass, p_key text) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare found jsonb;
begin
  execute format('select to_jsonb(t) from %s t where %s', p_table, trace_where(p_table)) into found using p_key;
  return found;
end $$;

-- Writes columns of one row; a record's version goes up, so that nobody saves over what they have not read.
create or replace function trace_write(p_table regclass, p_key text, p_new jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare row jsonb := trace_row(p_table, p_key); fresh jsonb := p_new; names text;
begin
  if row ? 'version' then
    fresh := fresh || jsonb_build_object('version', (row ->> 'version')::int + 1);
  end if;
  select string_agg(format('%1$I = n.%1$I', key), ', ') into names from jsonb_object_keys(fresh) key;
  execute format('update %1$s t set %2$s from jsonb_populate_record(null::%1$s, $2) n where %3$s',
                 p_table, names, trace_where(p_table)) using p_key, fresh;
end $$;

create or replace function trace_insert(p_table regclass, p_row jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare names text;
begin
  select string_agg(quote_ident(attname), ', ') into names from pg_attribute
   where attrelid = p_table and attnum > 0 and not attisdropped and attgenerated = '' and p_row ? attname::text;
  execute format('insert into %1$s (%2$s) overriding system value select %2$s from jsonb_populate_record(null::%1$s, $1)',
                 p_table, names) using p_row;
end $$;

-- Notes and writes in one: what of `p_new` differs from what is there.
create or replace function trace_set(p_merge bigint, p_table regclass, p_key text, p_new jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare row jsonb := trace_row(p_table, p_key); changed jsonb; old jsonb;
begin
  select jsonb_object_agg(key, value), jsonb_object_agg(key, row -> key) into changed, old
    from jsonb_each(p_new) where value is distinct from row -> key;
  if row is null or changed is null then return; end if;
  insert into students_mergetrace (merge_id, table_name, row_key, before, after)
  values (p_merge, p_table::text, p_key, old, changed);
  perform trace_write(p_table, p_key, changed);
end $$;

-- Takes a row away for as long as the merge stands: nothing of it is left to be read.
create or replace function trace_take(p_merge bigint, p_table regclass, p_key text) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare row jsonb := trace_row(p_table, p_key);
begin
  if row is null then return; end if;
  insert into students_mergetrace (merge_id, table_name, row_key, before) values (p_merge, p_table::text, p_key, row);
  execute format('delete from %s t where %s', p_table, trace_where(p_table)) using p_key;
end $$;

create or replace function trace_made(p_merge bigint, p_table regclass, p_key text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into students_mergetrace (merge_id, table_name, row_key, after)
  values (p_merge, p_table::text, p_key, trace_row(p_table, p_key))
$$;

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

-- The database keeps what a note said before; what merging and undoing do to a note is no correction of it, and would
-- leave one pupil's words with the other.
create or replace function trace_forget(p_part bigint, p_after bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from visits_noterevision where participation_id = p_part and id > p_after and by_id = app_user_id()
$$;

-- The same person has thanked twice for what is one part now, or asked twice: one of each may stand open. The words of
-- both stay; a question that is answered, or else closed, keeps its answer beside it. True when theirs is in ours now.
create or replace function trace_like(p_merge bigint, p_ours visits_feedback, p_theirs visits_feedback) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare answered bigint; words text := concat_ws(' · ', nullif(p_ours.text, ''), nullif(p_theirs.text, ''));
begin
  if p_theirs.kind = 'question' then
    select feedback_id into answered from visits_feedbackanswer where feedback_id in (p_theirs.id, p_ours.id)
     order by feedback_id = p_theirs.id desc limit 1;
    if answered is not null or length(words) > 500 then
      perform trace_set(p_merge, 'visits_feedback', coalesce(answered, p_theirs.id)::text,
                        jsonb_build_object('closed_at', now(), 'closed_by_id', app_user_id()));
      return false;
    end if;
  end if;
  perform trace_set(p_merge, 'visits_feedback', p_ours.id::text, jsonb_build_object('text', left(words, 500)));
  perform trace_take(p_merge, 'visits_feedback', p_theirs.id::text);
  return true;
end $$;

-- Thanks and questions, and earlier texts, of a part that becomes one with another.
create or replace function trace_said(p_merge bigint, p_ours bigint, p_theirs bigint, p_kept bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare r record; f visits_feedback; ours visits_feedback; here jsonb := jsonb_build_object('participation_id', p_ours);
begin
  for r in select id from visits_noterevision where participation_id = p_theirs order by id loop
    perform trace_set(p_merge, 'visits_noterevision', r.id::text,
                      here || trace_values('visits_noterevision', 'student_id', p_kept));
  end loop;
  for f in select * from visits_feedback where participation_id = p_theirs order by id loop
    select * into ours from visits_feedback o where o.participation_id = p_ours and o.made_by_id = f.made_by_id
       and o.kind = f.kind and o.closed_at is null and f.closed_at is null;
    if ours.id is not null and trace_like(p_merge, ours, f) then continue; end if;
    perform trace_set(p_merge, 'visits_feedbackanswer', f.id::text,
                      trace_values('visits_feedbackanswer', 'student_id', p_kept));
    perform trace_set(p_merge, 'visits_feedback', f.id::text,
                      here || trace_values('visits_feedback', 'student_id', p_kept));
  end loop;
end $$;

-- One of the people around a pupil is rung first: the kept pupil's, where both have one.
create or replace function trace_first_contact(p_merge bigint, p_kept bigint, p_absorbed bigint) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  select trace_set(p_merge, 'students_personaround', p.id::text, '{"is_first_contact": false}')
    from students_personaround p
   where p.student_id = p_absorbed and p.is_first_contact
     and exists (select 1 from students_personaround k where k.student_id = p_kept and k.is_first_contact)
$$;

-- Both took part in the same contact, which one writer has logged: met if either was, both notes, both next steps,
-- the purposes of either.
create or replace function trace_parts(p_merge bigint, p_kept bigint, p_absorbed bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare pair record; ours visits_contactnote; theirs visits_contactnote; last bigint;
begin
  for pair in select k.id as ours, a.id as theirs, k.outcome, k.next_step, a.outcome as their_outcome,
                     a.next_step as their_step, k.school_id,
                     k.purposes || array(select u.code from unnest(a.purposes) with ordinality u(code, place)
                                          where u.code <> all (k.purposes) order by u.place) as purposes,
                     k.local_purposes || array(select u.id from unnest(a.local_purposes) with ordinality u(id, place)
                                                where u.id <> all (k.local_purposes) order by u.place) as own_purposes
                from visits_participation a join visits_participation k on k.contact_id = a.contact_id
               where a.student_id = p_absorbed and k.student_id = p_kept order by a.id loop
    perform trace_set(p_merge, 'visits_participation', pair.ours::text, jsonb_build_object(
      'purposes', pair.purposes, 'local_purposes', pair.own_purposes,
      'outcome', case when pair.their_outcome = 'met' then 'met' else pair.outcome end,
      'next_step', case when pair.next_step = '' or pair.next_step = pair.their_step then pair.their_step
                        when pair.their_step = '' then pair.next_step
                        else left(pair.next_step || ' · ' || pair.their_step, 200) end));
    select coalesce(max(id), 0) into last from visits_noterevision;
    select * into ours from visits_contactnote where participation_id = pair.ours;
    select * into theirs from visits_contactnote where participation_id = pair.theirs;
    if theirs.participation_id is not null and ours.participation_id is not null then
      perform trace_set(p_merge, 'visits_contactnote', pair.ours::text, jsonb_build_object(
        'text', concat_ws(E'\n\n', nullif(ours.text, ''), nullif(theirs.text, '')),
        'pupils_words', left(concat_ws(' · ', nullif(ours.pupils_words, ''), nullif(theirs.pupils_words, '')), 300),
        'written_together', ours.written_together or theirs.written_together));
    elsif theirs.participation_id is not null then
      perform trace_insert('visits_contactnote', to_jsonb(theirs) || jsonb_build_object(
        'participation_id', pair.ours, 'student_id', p_kept, 'school_id', pair.school_id));
      perform trace_made(p_merge, 'visits_contactnote', pair.ours::text);
    end if;
    perform trace_take(p_merge, 'visits_contactnote', pair.theirs::text);
    perform trace_forget(pair.ours, last), trace_forget(pair.theirs, last);
    perform trace_said(p_merge, pair.ours, pair.theirs, p_kept);
    perform trace_take(p_merge, 'visits_participation', pair.theirs::text);
  end loop;
end $$;

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

-- All rows of the plan that name the record that goes in. First all are noted, then all written: a cascade from one
-- table to the next must find nothing that is not noted yet.
create or replace function trace_moves(p_merge bigint, p_kept bigint, p_absorbed bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare step record; t students_mergetrace; last bigint; fresh jsonb; names text;
begin
  select coalesce(max(id), 0) into last from students_mergetrace;
  for step in select p.table_name::regclass as tab, p.column_name as col from merge_plan() p
               where p.rule in ('moves', 'kept_wins', 'combines') loop
    fresh := trace_values(step.tab, step.col, p_kept);
    select string_agg(quote_literal(c.name) || ', to_jsonb(t) -> ' || quote_literal(c.name), ', ') into names
      from trace_copies(step.tab, step.col) c;
    execute format(
      'insert into students_mergetrace (merge_id, table_name, row_key, before, after)'
      ' select $1, %L, t.%I::text, jsonb_build_object(%s), $2 from %s t where t.%I = $3 order by 3',
      step.tab::text, (trace_key(step.tab)).attname, names, step.tab, step.col)
      using p_merge, fresh, p_absorbed;
  end loop;
  for t in select * from students_mergetrace where merge_id = p_merge and id > last order by id loop
    begin
      perform trace_write(t.table_name::regclass, t.row_key, t.after);
    exception when unique_violation then
      if (select rule from merge_plan() p where p.table_name = t.table_name limit 1) <> 'kept_wins' then raise; end if;
      delete from students_mergetrace where id = t.id;
      perform trace_take(p_merge, t.table_name::regclass, t.row_key);
    end;
  end loop;
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

-- The merge. 'done', or why not: 'refused' (not theirs to do), 'gone' (one of the two is not to be seen any more),
-- 'changed' (not as it was shown). A protected record is never put into an unprotected one.
create or replace function merge_students(p_kept bigint, p_absorbed bigint, p_kept_version int, p_absorbed_version int,
                                          p_choices jsonb)
returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare k students_student; a students_student; m bigint; ours bigint; theirs bigint; r record;
begin
  if app_role() is distinct from 'coordinator' or p_kept = p_absorbed then return 'refused'; end if;
  perform 1 from students_student where id in (p_kept, p_absorbed) order by id for update;
  select * into k from students_student where id = p_kept and school_id = any (my_schools()) and merged_into_id is null;
  select * into a from students_student where id = p_absorbed and school_id = any (my_schools()) and merged_into_id is null;
  if k.id is null or a.id is null then return 'gone'; end if;
  if k.version <> p_kept_version or a.version <> p_absorbed_version then return 'changed'; end if;
  if a.is_protected and not k.is_protected then return 'refused'; end if;
  set constraints all deferred;
  insert into students_studentmerge (public_id, created_at, version, kept_id, school_id, absorbed_id,
                                     absorbed_public_id, absorbed_alias, merged_at, merged_by_id)
  values (gen_random_uuid(), now(), 1, k.id, k.school_id, a.id, a.public_id, a.alias, now(), app_user_id())
  returning id into m;
  select id into ours from students_case where student_id = k.id and status <> 'closed' for update;
  select id into theirs from students_case where student_id = a.id and status <> 'closed' for update;
  if ours is not null and theirs is not null then
    if p_choices ->> 'case' = 'absorbed' then
      perform trace_cases(m, theirs, ours, p_choices ->> 'end_reason');
    else
      perform trace_cases(m, ours, theirs, p_choices ->> 'end_reason');
    end if;
  end if;
  perform trace_parts(m, k.id, a.id);
  perform trace_chosen(m, k.id, a.id, p_choices);
  perform trace_whereabouts(m, k.id, a.id, p_choices ->> 'whereabouts');
  perform trace_take(m, 'students_identity', a.id::text);
  perform trace_first_contact(m, k.id, a.id);
  perform trace_moves(m, k.id, a.id);
  perform trace_enrolment(m, k.id);
  if k.is_protected then
    for r in select id, (select protection from students_student where id = k.id) as level
               from students_referral where student_id = k.id loop
      perform trace_set(m, 'students_referral', r.id::text, jsonb_build_object(
        'protection', r.level, 'given_name', '', 'family_name', '', 'called', '', 'search_key', ''));
    end loop;
  end if;
  insert into students_protectionchange (student_id, school_id, before, after, reason, changed_at, changed_by_id)
  select s.id, s.school_id, k.protection, s.protection, p_choices ->> 'end_reason', now(), app_user_id()
    from students_student s where s.id = k.id and s.protection <> k.protection;
  update students_student set version = version + 1 where id = k.id and version = p_kept_version;
  update students_student set merged_into_id = k.id, version = version + 1 where id = a.id;
  set constraints all immediate;
  set constraints all deferred;
  return 'done';
end $$;

-- Whether the supporter has something else at the time of a booking that was cancelled: then it stays so.
create or replace function trace_time_is_taken(p_booking jsonb) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from jsonb_populate_record(null::visits_booking, p_booking) c
                   join visits_booking b on b.supporter_id = c.supporter_id and b.id <> c.id and b.status = 'planned'
                    and tstzrange(b.starts_at, b.ends_at) && tstzrange(c.starts_at, c.ends_at))
$$;

-- One row back to what it was, where it still is what the merge made of it: what came afterwards stays.
create or replace function trace_undo(t students_mergetrace) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare tab regclass := t.table_name::regclass; row jsonb := trace_row(tab, t.row_key); old jsonb; col text;
        -- They follow other rows by themselves.
        copies text[] := array['school_id', 'access_school_id', 'is_protected', 'version'];
begin
  if t.after is null then
    perform trace_insert(tab, t.before);
  elsif row is null then
    return;  -- taken away afterwards
  elsif t.before is null then
    if row - copies = t.after - copies then
      execute format('delete from %s t where %s', tab, trace_where(tab)) using t.row_key;
    end if;
  else
    select column_name into col from merge_plan() where table_name = t.table_name and rule <> 'stays' limit 1;
    if t.after ? col and row -> col is distinct from t.after -> col then return; end if;  -- moved on, or cascaded
    select jsonb_object_agg(key, value) into old from jsonb_each(t.before)
     where row -> key is not distinct from t.after -> key;
    if t.table_name = 'visits_booking' and trace_time_is_taken(row) then
      old := old - array['status', 'cancelled_at', 'cancelled_by_id', 'cancelled_because'];
    end if;
    if old is not null then perform trace_write(tab, t.row_key, old); end if;
  end if;
end $$;

-- Copies of school and protection, wherever rows have come to a pupil by a cascade.
create or replace function trace_align(p_student bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare step record; names text;
begin
  for step in select p.table_name::regclass as tab, p.column_name as col from merge_plan() p where p.rule <> 'stays' loop
    select string_agg(format('%1$I = n.%1$I', c.name), ', ') into names from trace_copies(step.tab, step.col) c
     where c.name <> step.col;
    if names is not null then
      execute format('update %1$s t set %2$s from jsonb_populate_record(null::%1$s, $1) n where t.%3$I = $2'
                     ' and not to_jsonb(t) @> $1', step.tab, names, step.col)
        using trace_values(step.tab, step.col, p_student), p_student;
    end if;
  end loop;
end $$;

-- Contacts logged since in a support period that goes back: they stay with the pupil that was kept, in the period that
-- pupil then has. Where there is none they can only go along.
create or replace function trace_later_parts(p_merge bigint, p_kept bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare going bigint[]; stays_in bigint;
begin
  select coalesce(array_agg(row_key::bigint), '{}') into going from students_mergetrace
   where merge_id = p_merge and table_name = 'students_case' and after ? 'student_id';
  select c.id into stays_in from students_case c
   where c.student_id = p_kept and c.id <> all (going) and (c.status <> 'closed' or exists (
           select 1 from students_mergetrace t where t.merge_id = p_merge and t.table_name = 'students_case'
              and t.row_key = c.id::text and t.before ? 'status'))
   order by c.opened_at desc limit 1;
  update visits_participation p set case_id = stays_in
   where stays_in is not null and p.student_id = p_kept and p.case_id = any (going) and not exists (
           select 1 from students_mergetrace t where t.merge_id = p_merge and t.table_name = 'visits_participation'
              and t.row_key = p.id::text and t.after ? 'student_id');
end $$;

-- Two records again. 'done', or why not: 'gone', 'undone' (already), 'too_late', 'merged_on' (the kept one went into
-- another record since), 'conflict' (what came afterwards stands in the way).
create or replace function unmerge_students(p_merge bigint) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare m students_studentmerge; t students_mergetrace; before text; last bigint;
begin
  if app_role() is distinct from 'coordinator' then return 'gone'; end if;
  select * into m from students_studentmerge where id = p_merge and school_id = any (my_schools()) for update;
  if m.id is null then return 'gone'; end if;
  if m.undone_at is not null then return 'undone'; end if;
  if m.merged_at < now() - interval '30 days' then return 'too_late'; end if;
  perform 1 from students_student where id in (m.kept_id, m.absorbed_id) order by id for update;
  select protection into before from students_student where id = m.kept_id and merged_into_id is null;
  if before is null then return 'merged_on'; end if;
  begin
    set constraints all deferred;
    perform trace_later_parts(m.id, m.kept_id);
    for t in select * from students_mergetrace where merge_id = m.id order by id desc loop
      select coalesce(max(id), 0) into last from visits_noterevision;
      perform trace_undo(t);
      if t.table_name = 'visits_contactnote' then perform trace_forget(t.row_key::bigint, last); end if;
    end loop;
    update students_student set merged_into_id = null, version = version + 1 where id = m.absorbed_id;
    update students_student set version = version + 1 where id = m.kept_id;
    perform trace_align(m.kept_id), trace_align(m.absorbed_id);
    insert into students_protectionchange (student_id, school_id, before, after, reason, changed_at, changed_by_id)
    select s.id, s.school_id, before, s.protection, '', now(), app_user_id()
      from students_student s where s.id = m.kept_id and s.protection <> before;
    update students_studentmerge set undone_at = now(), undone_by_id = app_user_id(), version = version + 1
     where id = m.id;
    set constraints all immediate;
    set constraints all deferred;
  exception when unique_violation or exclusion_violation or foreign_key_violation or check_violation then
    return 'conflict';
  end;
  delete from students_mergetrace where merge_id = m.id;
  return 'done';
end $$;

-- How many rows of which table a merge has moved, for its own page; nothing for whoever does not see it.
create or replace function merge_facts(p_merge bigint) returns table (table_name text, moved bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.table_name, count(distinct t.row_key) from students_mergetrace t
    join students_studentmerge m on m.id = t.merge_id and m.school_id = any (my_schools())
   where t.merge_id = p_merge and t.after ? 'student_id' and t.before ? 'student_id'
   group by t.table_name
$$;

-- Whether there is an address or phone on record: which, nobody sees.
create or replace function has_whereabouts(p_students bigint[]) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select w.student_id from students_whereabouts w
   where w.student_id = any (p_students) and w.school_id = any (my_schools())
     and (w.street, w.postal_code, w.city, w.phone, w.how_to_reach) is distinct from ('', '', '', '', '')
$$;

-- What a merge has noted is needed for thirty days and forgotten then; asked every day, and by nobody in particular.
create or replace function forget_old_merges() returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with gone as (delete from students_mergetrace t using students_studentmerge m
                 where m.id = t.merge_id and m.merged_at < now() - interval '30 days' returning 1)
  select count(*) from gone
$$;

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

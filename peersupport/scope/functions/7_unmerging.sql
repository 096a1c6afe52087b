-- Two records again: what a merge has noted, read backwards.

-- Whether the supporter has something else at the time of a booking that was cancelled: then it stays so.
create or replace function trace_time_is_taken(p_booking jsonb) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from jsonb_populate_record(null::visits_booking, p_booking) c
                   join supporters_peersupporter p on p.id = c.supporter_id
                   join visits_busytime b on b.user_id = p.user_id and b.organisation_id = p.organisation_id
                    and (b.source, b.source_id) <> ('booking', c.id)
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

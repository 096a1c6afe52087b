-- How a merge writes: each row that it touches is noted in students_mergetrace as it was and as it became.

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

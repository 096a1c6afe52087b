-- A record that went into another is found by its alias too, and leads to the one that was kept.
create or replace function kept_student(p_student bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive way as (
    select s.id, s.merged_into_id from students_student s where s.id = p_student
    union all select s.id, s.merged_into_id from way w join students_student s on s.id = w.merged_into_id)
  select id from way where merged_into_id is null
$$;

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
    select s.id, '~' || s.alias, 9 from students_student a join students_student s on s.id = kept_student(a.id), scope
     where cardinality(words) > 0 and lower(a.alias) = words[cardinality(words)]
       and (s.school_id = any (scope.schools) or s.id = any (scope.students)))
  select hits.student_id from hits order by likeness desc, sort_key limit 51
$$;

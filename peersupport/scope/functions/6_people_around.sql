-- A protected pupil's people, while the name is open: they may tell where the pupil is, as guardians do.
create or replace function opened_people(p_student bigint) returns setof students_personaround
language sql stable security definer set search_path = public, pg_temp as $$
  select p.* from students_personaround p where p.student_id = p_student and is_open(p_student) order by p.id
$$;

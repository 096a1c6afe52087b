-- Ticks off the next step of a contact, for whoever sees it: a coordinator also a supporter's, of which the policy
-- lets the author alone change anything. True when there was one to tick off.
create or replace function tick_off_step(p_student bigint, p_contact uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update visits_participation p set step_done_at = clock_timestamp(), step_done_by_id = app_user_id()
    from visits_contact c
   where c.id = p.contact_id and c.public_id = p_contact and p.student_id = p_student and p.next_step <> ''
     and p.step_done_at is null and not p.is_withdrawn
     and (p.school_id = any (my_schools()) or (p.student_id = any (my_students()) and p.author_id = app_user_id()));
  return found;
end $$;

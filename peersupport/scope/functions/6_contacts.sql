-- What is said and kept of a part follows it to another pupil: the note, its earlier texts, thanks and questions. Their
-- pupil comes along by the foreign keys; the school is another copy, and most of these rows are not the author's.
create or replace function follow_part(p_part bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare school bigint;
begin
  select p.school_id into school from visits_participation p
   where p.id = p_part and p.author_id = app_user_id() and my_organisation() is not null;
  if school is null then return; end if;
  update visits_contactnote set school_id = school where participation_id = p_part and school_id <> school;
  update visits_noterevision set school_id = school where participation_id = p_part and school_id <> school;
  update visits_feedback set school_id = school where participation_id = p_part and school_id <> school;
  update visits_feedbackanswer a set school_id = school from visits_feedback f
   where f.participation_id = p_part and a.feedback_id = f.id and a.school_id <> school;
end $$;

-- How many pupils' parts a contact of mine has, also those of pupils I have no more: a number, never whose.
create or replace function parts_of_my_contact(p_contact bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from visits_participation p
   where p.contact_id = p_contact and p.author_id = app_user_id() and my_organisation() is not null
$$;

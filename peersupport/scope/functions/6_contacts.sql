-- How many pupils' parts a contact of mine has, also those of pupils I have no more: a number, never whose.
create or replace function parts_of_my_contact(p_contact bigint) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from visits_participation p
   where p.contact_id = p_contact and p.author_id = app_user_id() and my_organisation() is not null
$$;

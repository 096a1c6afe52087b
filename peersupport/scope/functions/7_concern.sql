-- Whoever is worried, or has been threatened, is to be rung by a coordinator (issue D): one, so that it is somebody's.

-- That coordinator, never myself: rather of a school where I work than of the whole organisation.
create or replace function coordinator_to_tell() returns table (user_id bigint, name text, language text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, concat_ws(' ', u.given_name, u.family_name), u.language::text
    from my_membership() me
    join schools_membership m on m.organisation_id = me.organisation_id and m.role = 'coordinator'
     and m.confirmed_at is not null and m.valid_from <= app_today() and (m.valid_to is null or m.valid_to >= app_today())
    join accounts_user u on u.id = m.user_id and u.is_active
   where me.role in ('peer_supporter', 'coordinator', 'school_staff') and u.id <> me.user_id
     and (m.school_id is null or m.school_id = any (my_schools()) or m.school_id = any (my_workplaces())
          or m.school_id in (
            select l.school_id from supporters_placement l
             where me.role = 'peer_supporter' and l.supporter_id = any (my_supporters())
               and l.starts_on <= app_today() and (l.ends_on is null or l.ends_on >= app_today())))
   order by m.school_id is null, m.id
   limit 1
$$;

-- Gives that coordinator a task about no pupil, in the language they read, by p_due: not again while the same from me is open. Returns the name,
-- or nothing when there is nobody. School staff have no tasks of their own, and this is the one they may give.
create or replace function tell_coordinator(p_titles jsonb, p_due date) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare told record; words text;
begin
  select * into told from coordinator_to_tell();
  if told.user_id is null then return null; end if;
  words := coalesce(p_titles ->> told.language, p_titles ->> 'sv');
  insert into visits_task (public_id, created_at, version, organisation_id, title, owner_id, due_on, made_by_id)
  select gen_random_uuid(), now(), 1, me.organisation_id, words, told.user_id, p_due, me.user_id
    from my_membership() me
   where not exists (
     select from visits_task t
      where t.owner_id = told.user_id and t.made_by_id = me.user_id and t.title = words and t.due_on = p_due
        and t.organisation_id = me.organisation_id and t.done_at is null);
  return told.name;
end $$;

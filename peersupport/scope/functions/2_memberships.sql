-- Whether someone holds one of the roles today or later, in any organisation, confirmed or not: the second factor
-- follows the person, also where the one who grants or ends a role cannot see the others.
create or replace function holds_role(p_user bigint, p_roles text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select app_user_id() is not null and exists (
    select 1 from schools_membership m where m.user_id = p_user and m.role = any (p_roles)
       and (m.valid_to is null or (m.valid_to >= app_today() and m.valid_to >= m.valid_from)))
$$;

-- Whether someone holds a role in another organisation too, so that one administrator stops nobody else's people.
create or replace function works_elsewhere(p_user bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select app_user_id() is not null and exists (
    select 1 from schools_membership m where m.user_id = p_user and m.organisation_id <> my_organisation()
       and (m.valid_to is null or (m.valid_to >= app_today() and m.valid_to >= m.valid_from)))
$$;

-- A confirmation is another person's word (TRUST T26): signed by who gives it, a coordinator or lead where the role
-- sees pupils, and never by who granted the role. A row policy sees only the new row; a trigger sees what has changed.
create or replace function guard_confirmation() returns trigger language plpgsql as $$
begin
  if row_security_active(tg_relid)
     and (new.confirmed_at, new.confirmed_by_id) is distinct from (old.confirmed_at, old.confirmed_by_id)
     and (new.confirmed_at is null or new.confirmed_by_id is distinct from app_user_id()
          or new.granted_by_id = app_user_id() or app_role() not in ('coordinator', 'lead')) then
    raise insufficient_privilege using message = 'a role is confirmed by another person than who granted it';
  end if;
  return new;
end $$;

create or replace trigger membership_is_confirmed_by_another before update on schools_membership
for each row execute function guard_confirmation();

-- The scope's one statement. Returns the membership acted in: the one asked for when it holds, else the first; and
-- what its organisation calls things (schools.codes), as JSON: what forms leave out, its own values, its words for the
-- pupils; and the open alarms that call this person, in whatever role (safety.calls). Said here and not in functions of
-- their own, which would be planned anew for every page.
drop function if exists scope_begin(bigint, bigint);
create function scope_begin(p_user bigint, p_membership bigint)
returns table (membership_id bigint, role text, organisation_id bigint, organisation_name text,
               school_id bigint, school_name text, schools bigint[], memberships bigint, words text,
               days_without_contact int, days_before_first_contact int, counts_school_days boolean, calls text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare chosen schools_membership; held bigint;
begin
  if school_moves_are_due() then
    perform apply_school_moves();  -- access follows on the day, whether a job has run or not
  end if;
  perform set_config('app.user_id', '', true), set_config('app.role', '', true),
          set_config('app.membership_id', '', true), set_config('app.link_id', '', true),
          set_config('app.link_kind', '', true), set_config('app.link_object', '', true),
          set_config('app.link_student', '', true);
  if not exists (select 1 from accounts_user u where u.id = p_user and u.is_active) then
    return;
  end if;
  select m.* into chosen from schools_membership m
   where m.user_id = p_user and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today())
   order by (m.id = p_membership) desc nulls last, m.id limit 1;
  select count(*) into held from schools_membership m
   where m.user_id = p_user and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today());
  perform set_config('app.user_id', p_user::text, true);
  if chosen.id is null then
    return;
  end if;
  perform set_config('app.role', chosen.role, true), set_config('app.membership_id', chosen.id::text, true);
  return query select chosen.id, chosen.role::text, o.id, o.name::text, chosen.school_id, s.name::text,
                      membership_schools(chosen), held,
                      case when l.own is null and o.hidden_codes = '{}' and o.target_group_one = '' then ''
                           else json_build_object('hidden', o.hidden_codes, 'local', coalesce(l.own, '[]'::json),
                                                  'one', o.target_group_one, 'many', o.target_group_many)::text end,
                      o.days_without_contact::int, o.days_before_first_contact::int, o.counts_school_days,
                      coalesce((select json_agg(json_build_array(
                                         a.public_id, a.kind, a.number, upper(left(w.given_name, 1) || left(w.family_name, 1)),
                                         extract(epoch from a.raised_at), w.id = p_user, extract(epoch from a.taken_at),
                                         t.id = p_user, t.given_name || ' ' || t.family_name)
                                         order by a.kind = 'drill', a.raised_at, a.id)::text
                                  from safety_alarm a join supporters_peersupporter p on p.id = a.supporter_id
                                  join accounts_user w on w.id = p.user_id left join accounts_user t on t.id = a.taken_by_id
                                 where a.resolved_at is null and exists (
                                   select from safety_alarmcall c where c.alarm_id = a.id and c.user_id = p_user)), '')
                 from schools_organisation o left join schools_school s on s.id = chosen.school_id,
                      (select json_agg(json_build_array(c.id, c.public_id, c.code_list, c.national_code, c.label,
                                                        c.label_en, c.label_da, c.is_offered) order by c.label, c.id)
                         from schools_localcode c where c.organisation_id = chosen.organisation_id) l (own)
                where o.id = chosen.organisation_id;
end $$;

-- The roles I could act in today, with the names of places that the role acted in does not show.
create or replace function my_roles()
returns table (public_id uuid, role text, organisation text, school text, valid_to date, is_acting boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.public_id, m.role, o.name, s.name, m.valid_to, m.id = app_membership_id()
    from schools_membership m
    join accounts_user u on u.id = m.user_id and u.is_active
    join schools_organisation o on o.id = m.organisation_id
    left join schools_school s on s.id = m.school_id
   where m.user_id = app_user_id() and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today())
   order by m.id
$$;

-- Home visits (issue D): who may go along, the address while it is needed, and the key that outlives a session.

-- Those who could go along, or be told: the other supporters of my organisation, by name. A supporter reads no
-- colleague's profile.
create or replace function my_colleagues() returns table (supporter_id bigint, public_id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.public_id, trim(u.given_name || ' ' || u.family_name)
    from my_membership() m
    join supporters_peersupporter p on p.organisation_id = m.organisation_id and p.user_id <> m.user_id
    join accounts_user u on u.id = p.user_id and u.is_active
   where m.role in ('peer_supporter', 'coordinator') and exists (
     select 1 from schools_membership o
      where o.user_id = p.user_id and o.organisation_id = p.organisation_id and o.role = 'peer_supporter'
        and o.confirmed_at is not null and o.valid_from <= app_today()
        and (o.valid_to is null or o.valid_to >= app_today()))
   order by 3, 1
$$;

-- Whether the booked visit is near enough for its address: from an hour before it begins to an hour after its end, the
-- planned or the expected one, whichever is later. Never the home of a protected pupil, nor where one meets elsewhere.
create or replace function needs_address(p_visit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from safety_homevisit v
      join visits_booking b on b.id = v.booking_id and b.kind = 'home_visit' and b.status <> 'cancelled'
      join students_student s on s.id = b.student_id and not s.is_protected
     where v.id = p_visit and v.company not in ('elsewhere', 'not') and v.ended_how <> 'not_made'
       and now() between b.starts_at - interval '1 hour'
                     and greatest(b.ends_at, v.expected_end_at) + interval '1 hour')
$$;

-- The address for the supporter of the visit, who has the pupil today. Writes both logs itself.
create or replace function open_visit_address(p_visit bigint)
returns table (street text, postal_code text, city text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare pupil bigint;
begin
  select b.student_id into pupil from safety_homevisit v join visits_booking b on b.id = v.booking_id
   where v.id = p_visit and app_role() = 'peer_supporter' and v.supporter_id = any (my_supporters())
     and b.student_id = any (my_students()) and needs_address(v.id);
  if pupil is null then return; end if;
  perform log_opening(pupil, 'open_address', 'home_visit');
  insert into safety_visitlog (id, visit_id, act, at, by_id, via)
  values (gen_random_uuid(), p_visit, 'address_opened', clock_timestamp(), app_user_id(), 'signed_in');
  return query select w.street::text, w.postal_code::text, w.city::text
                 from students_whereabouts w where w.student_id = pupil;
end $$;

-- The same for whoever has taken an open alarm of the visit, in whatever role: where the supporter is, and of the pupil
-- neither name nor phone. `place` alone where they meet somewhere else, or the pupil is protected.
create or replace function open_alarm_address(p_alarm bigint)
returns table (street text, postal_code text, city text, place text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare b visits_booking; v safety_homevisit; is_home boolean;
begin
  select h.* into v from safety_alarm a join safety_homevisit h on h.id = a.visit_id
   where a.id = p_alarm and a.taken_by_id = app_user_id() and a.resolved_at is null and exists (select from my_membership());
  if v.id is null then return; end if;
  select * into b from visits_booking where id = v.booking_id;
  select not s.is_protected and v.company <> 'elsewhere' into is_home from students_student s where s.id = b.student_id;
  perform log_opening(b.student_id, 'open_address', 'alarm');
  insert into safety_visitlog (id, visit_id, act, at, by_id, via)
  values (gen_random_uuid(), v.id, 'address_opened', clock_timestamp(), app_user_id(), 'signed_in');
  return query
    select case when is_home then w.street::text else '' end, case when is_home then w.postal_code::text else '' end,
           case when is_home then w.city::text else '' end, b.place::text
      from (select 1) one left join students_whereabouts w on w.student_id = b.student_id;
end $$;

-- The key of a visit (docs/adr/0029) follows it: it lives four hours longer than the expected end, and is over with the
-- visit, whoever ends it and by what.
create or replace function keep_visit_keys() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update operations_link
     set used_at = case when new.ended_at is not null then now() end,
         expires_at = greatest(expires_at, new.expected_end_at + interval '4 hours')
   where kind = 'visit_key' and object_id = new.public_id and used_at is null and withdrawn_at is null;
  return new;
end $$;

create or replace trigger visit_keeps_its_keys after update of ended_at, expected_end_at on safety_homevisit
for each row execute function keep_visit_keys();

-- The phone is lost: its supporter, or a coordinator of the school, ends every key of the visit. How many there were.
create or replace function withdraw_visit_keys(p_visit uuid) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with ended as (
    update operations_link l set withdrawn_at = now(), withdrawn_by_id = app_user_id()
     where l.kind = 'visit_key' and l.object_id = p_visit and l.used_at is null and l.withdrawn_at is null
       and l.expires_at > now() and exists (
         select 1 from safety_homevisit v where v.public_id = p_visit
            and (v.school_id = any (my_schools())
                 or (app_role() = 'peer_supporter' and v.supporter_id = any (my_supporters()))))
    returning 1)
  select count(*) from ended
$$;

-- Whether somebody has been asked for help on the visit and still is: for its supporter, and for who holds its key.
create or replace function asks_for_help(p_visit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select 1 from safety_alarm a join safety_homevisit v on v.id = a.visit_id
      join supporters_peersupporter p on p.id = v.supporter_id
     where v.id = p_visit and a.kind = 'help' and a.resolved_at is null
       and (p.user_id = app_user_id() or (app_link_kind() = 'visit_key' and v.public_id = app_link_object())))
$$;

-- Groups. Who leads one sees its dates, and of its participants their own pupils only; whoever else is in it is a number
-- (docs/adr/0026). What has to reach the others goes through here, and answers with no pupil.

create or replace function my_led_groups() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct l.series_id), '{}')
    from my_membership() m
    join visits_groupleader l on l.user_id = m.user_id and l.ended_at is null
    join schools_school s on s.id = l.school_id and s.organisation_id = m.organisation_id
   where m.role = 'peer_supporter'
$$;

-- Those I lead, and those a pupil of mine is in, or will be.
create or replace function my_groups() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select my_led_groups() || coalesce(array_agg(distinct g.series_id), '{}')
    from visits_groupmember g
   where g.student_id = any (my_students()) and (g.ends_on is null or g.ends_on >= app_today())
$$;

-- Those in a group on a day between the two. For the functions below only.
create or replace function group_members(p_series bigint, p_first date, p_last date) returns setof visits_groupmember
language sql stable as $$
  select g.* from visits_groupmember g join visits_groupseries r on r.id = g.series_id and r.school_id = g.school_id
   where g.series_id = p_series and g.starts_on <= p_last and (g.ends_on is null or g.ends_on >= p_first)
     and exists (select 1 from students_case c where c.student_id = g.student_id and c.status <> 'closed')
$$;

-- How many are in a group on a day, for those who lead it and for the school's coordinators; NULL for all others.
create or replace function group_size(p_series bigint, p_day date) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(distinct g.student_id) from group_members(r.id, p_day, p_day) g)
    from visits_groupseries r
   where r.id = p_series and (r.id = any (my_led_groups()) or r.school_id = any (my_schools()))
$$;

-- Of the pupils I see, those whose part in a date a colleague has written down: nobody's is written twice.
create or replace function noted_by_others(p_date bigint) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct p.student_id
    from visits_groupcontact t join visits_participation p on p.contact_id = t.contact_id
   where t.date_id = p_date and not p.is_withdrawn and p.author_id <> app_user_id()
     and (p.student_id = any (my_students()) or p.school_id = any (my_schools()))
$$;

-- Who is to tell a pupil: the supporter of today, the main one first, or else a coordinator of the school. For
-- `tell_group` only.
create or replace function teller_of(p_student bigint, p_school bigint) returns bigint
language sql stable as $$
  select o.user_id from (
    select 1 as place, a.kind <> 'main' as is_second, m.id, m.user_id
      from students_assignment a join supporters_peersupporter p on p.id = a.supporter_id
      join schools_membership m on m.user_id = p.user_id and m.organisation_id = p.organisation_id
       and m.role = 'peer_supporter'
     where a.student_id = p_student and a.ended_at is null and a.starts_on <= app_today()
       and (a.ends_on is null or a.ends_on >= app_today())
       and m.confirmed_at is not null and m.valid_from <= app_today() and (m.valid_to is null or m.valid_to >= app_today())
    union all
    select 2, m.school_id is null, m.id, m.user_id
      from schools_membership m join schools_school s on s.id = p_school and s.organisation_id = m.organisation_id
     where m.role = 'coordinator' and (m.school_id is null or m.school_id = s.id)
       and m.confirmed_at is not null and m.valid_from <= app_today() and (m.valid_to is null or m.valid_to >= app_today())
  ) o join accounts_user u on u.id = o.user_id and u.is_active
   order by o.place, o.is_second, o.id limit 1
$$;

-- Takes back what was to be told about a date, to all or to one, and nobody has told yet.
create or replace function untell_group(p_date bigint, p_student bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare gone bigint[];
begin
  select array_agg(t.id) into gone from visits_groupnotice n join visits_task t on t.id = n.task_id
    join visits_groupdate d on d.id = n.date_id
   where n.date_id = p_date and t.done_at is null and (p_student is null or t.student_id = p_student)
     and (d.series_id = any (my_led_groups()) or d.school_id = any (my_schools()) or p_student = any (my_students()));
  delete from visits_groupnotice where task_id = any (gone);
  delete from visits_task where id = any (gone);
end $$;

-- One who leaves need not be told of what comes after.
create or replace function untell_participant(p_member bigint) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare d bigint; m visits_groupmember;
begin
  select * into m from visits_groupmember where id = p_member and ends_on is not null;
  for d in select g.id from visits_groupdate g
            where g.series_id = m.series_id and (g.starts_at at time zone 'Europe/Stockholm')::date > m.ends_on loop
    perform untell_group(d, m.student_id);
  end loop;
end $$;

-- A task for each participant, to whoever is to tell them: one about one pupil, none about another. `p_titles` by
-- language. Those in the group on one of the days from `p_first` to `p_last`, or that one pupil. With `p_told`, only
-- those who have been told something about the date before. Returns whom besides me the tasks are for.
create or replace function tell_group(
  p_date bigint, p_first date, p_last date, p_titles jsonb, p_due date, p_student bigint, p_told boolean
) returns setof bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare d visits_groupdate; g visits_groupmember; teller bigint; made bigint; words text;
begin
  select * into d from visits_groupdate where id = p_date
     and (series_id = any (my_led_groups()) or school_id = any (my_schools()) or p_student = any (my_students()));
  if d.id is null then return; end if;
  perform untell_group(p_date, p_student);
  for g in select distinct on (m.student_id) m.* from group_members(d.series_id, p_first, p_last) m
            where p_student is null or m.student_id = p_student order by m.student_id, m.id loop
    continue when p_told and not exists (
      select 1 from visits_groupnotice n join visits_task t on t.id = n.task_id
       where n.date_id = p_date and t.student_id = g.student_id);
    teller := teller_of(g.student_id, g.school_id);
    continue when teller is null;
    select coalesce(p_titles ->> u.language, p_titles ->> 'sv') into words from accounts_user u where u.id = teller;
    insert into visits_task (public_id, created_at, version, organisation_id, title, owner_id, due_on, student_id,
                             school_id, made_by_id)
    values (gen_random_uuid(), now(), 1, my_organisation(), left(words, 120), teller, p_due, g.student_id, g.school_id,
            app_user_id())
    returning id into made;
    insert into visits_groupnotice (task_id, date_id) values (made, p_date);
    if teller <> app_user_id() then return next teller; end if;
  end loop;
end $$;

-- Nobody joins a group that has ended. (Its dates: group_date_takes_time, which holds the group's row.)
create or replace function guard_ended_group() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare g visits_groupseries;
begin
  select * into g from visits_groupseries where id = new.series_id for share;  -- waits for whoever ends it
  if g.ended_at is not null then
    raise check_violation using constraint = 'groupmember_of_a_group_that_goes_on', message = 'the group has ended';
  end if;
  return null;
end $$;

create or replace trigger group_of_participant_goes_on after insert on visits_groupmember
for each row execute function guard_ended_group();

-- Which of my pupils, or those at my schools, are to be told what has become of a date, and when each has been: the last
-- time, or not yet.
create or replace function told_of_date(p_date bigint)
returns table (student_id bigint, told_at timestamptz, is_to_be_told boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.student_id, max(t.done_at), bool_or(t.done_at is null)
    from visits_groupnotice n join visits_task t on t.id = n.task_id
   where n.date_id = p_date and (t.student_id = any (my_students()) or t.school_id = any (my_schools()))
   group by t.student_id
$$;

-- What has become of the groups a pupil was in at the time: a date cancelled or moved, a group ended; and when the pupil
-- was told. For the pupil's own page: no other participant in it, and no words that somebody wrote.
create or replace function group_changes(p_student bigint)
returns table (what text, id bigint, at timestamptz, called text, starts_at timestamptz, place text, because text,
               last_day date, told_at timestamptz, is_to_be_told boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with stays as (
    select r.*, g.starts_on, g.ends_on from visits_groupmember g join visits_groupseries r on r.id = g.series_id
     where g.student_id = p_student and (p_student = any (my_students()) or g.school_id = any (my_schools()))),
  dates as (
    select distinct on (d.id) d.*, s.name as called, s.place as usual_place
      from stays s join visits_groupdate d on d.series_id = s.id
     where (d.moved_at is not null or d.cancelled_at is not null)
       and s.starts_on <= (d.starts_at at time zone 'Europe/Stockholm')::date
       and (s.ends_on is null or s.ends_on >= (d.starts_at at time zone 'Europe/Stockholm')::date)
     order by d.id),
  told as (
    select n.date_id, t.done_at from visits_groupnotice n join visits_task t on t.id = n.task_id
     where t.student_id = p_student)
  select 'group_cancelled', d.id, d.cancelled_at, d.called::text, d.starts_at, '', d.cancelled_because::text, null::date,
         (select min(t.done_at) from told t where t.date_id = d.id and t.done_at >= d.cancelled_at),
         exists (select 1 from told t where t.date_id = d.id and t.done_at is null)
    from dates d where d.cancelled_at is not null and d.cancelled_because <> 'ended'
  union all
  select 'group_moved', d.id, d.moved_at, d.called::text, d.starts_at, coalesce(nullif(d.place, ''), d.usual_place)::text,
         '', null,
         (select min(t.done_at) from told t where t.date_id = d.id and t.done_at >= d.moved_at
             and (d.cancelled_at is null or t.done_at < d.cancelled_at)),
         d.cancelled_at is null and exists (select 1 from told t where t.date_id = d.id and t.done_at is null)
    from dates d where d.moved_at is not null
  union all
  select distinct on (s.id) 'group_ended', s.id, s.ended_at, s.name::text, null::timestamptz, '', s.end_reason::text,
         s.ended_on,
         (select min(t.done_at) from told t join visits_groupdate d on d.id = t.date_id
           where d.series_id = s.id and d.cancelled_because = 'ended' and t.done_at >= s.ended_at),
         exists (select 1 from told t join visits_groupdate d on d.id = t.date_id
                  where d.series_id = s.id and d.cancelled_because = 'ended' and t.done_at is null)
    from stays s
   where s.ended_on is not null and s.starts_on <= s.ended_on and (s.ends_on is null or s.ends_on >= s.ended_on)
$$;

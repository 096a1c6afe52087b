-- One's own times: for a calendar feed, whoever has opened its link (docs/adr/0032), and for the worker who reminds. No
-- word about anyone leaves here, but for initials where they are chosen.

-- What a supporter has to come to, by the rights held today in any organisation: bookings with pupils they have, the
-- dates of groups they lead, and what is planned without a pupil. For the functions below only. Another kind of time is another part of the union.
create or replace function own_times(p_user bigint, p_first timestamptz, p_last timestamptz)
returns table (kind text, row_id bigint, time_id uuid, student_id bigint, membership_id bigint, starts_at timestamptz,
               ends_at timestamptz, version int, status text, created_at timestamptz)
language sql stable as $$
  with mine as (
    select min(m.id) as membership_id, m.organisation_id, p.id as supporter_id
      from schools_membership m
      join accounts_user u on u.id = m.user_id and u.is_active
      left join supporters_peersupporter p on p.user_id = m.user_id and p.organisation_id = m.organisation_id
     where m.user_id = p_user and m.role = 'peer_supporter' and m.confirmed_at is not null
       and m.valid_from <= app_today() and (m.valid_to is null or m.valid_to >= app_today())
     group by m.organisation_id, p.id)
  select 'booking', b.id, b.public_id, b.student_id, mine.membership_id, b.starts_at, b.ends_at, b.version, b.status,
         b.created_at
    from mine
    join visits_booking b on b.supporter_id = mine.supporter_id
   where b.starts_at >= p_first and b.starts_at < p_last and exists (
           select 1 from students_assignment a
            where a.supporter_id = mine.supporter_id and a.student_id = b.student_id and a.ended_at is null
              and a.starts_on <= app_today() and (a.ends_on is null or a.ends_on >= app_today()))
  union all
  select 'group', d.id, d.public_id, null, mine.membership_id, d.starts_at, d.ends_at, d.version, d.status, d.created_at
    from mine
    join visits_groupleader g on g.user_id = p_user and g.ended_at is null
    join schools_school s on s.id = g.school_id and s.organisation_id = mine.organisation_id
    join visits_groupdate d on d.series_id = g.series_id
   where d.starts_at >= p_first and d.starts_at < p_last
  union all
  select 'appointment', a.id, a.public_id, null, mine.membership_id, a.starts_at, a.ends_at, a.version,
         case when a.cancelled_at is null then 'planned' else 'cancelled' end, a.created_at
    from mine
    join visits_appointment a on a.supporter_id = mine.supporter_id
   where a.starts_at >= p_first and a.starts_at < p_last
$$;

-- The feed lives on from this fetch, and of its openings the latest stays. Answers with the language to write it in.
create or replace function keep_feed(p_for interval) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare spoken text;
begin
  if app_link_kind() is distinct from 'calendar' then
    return null;
  end if;
  delete from operations_linkopening o using operations_linkopening newer
   where o.link_id = app_link_id() and newer.link_id = o.link_id and (newer.at, newer.id) > (o.at, o.id);
  update operations_link l set expires_at = clock_timestamp() + p_for from accounts_user u
   where l.id = app_link_id() and l.withdrawn_at is null and u.id = l.user_id
  returning u.language into spoken;
  return spoken;
end $$;

-- The feed's times. Initials never of a protected pupil.
create or replace function feed_rows(p_first timestamptz, p_last timestamptz)
returns table (kind text, row_id bigint, starts_at timestamptz, ends_at timestamptz, version int, is_cancelled boolean,
               initials text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.kind, t.row_id, t.starts_at, t.ends_at, t.version, t.status = 'cancelled',
         coalesce(left(coalesce(nullif(i.called, ''), i.given_name), 1) || left(i.family_name, 1), '')
    from operations_link l
    cross join lateral own_times(l.user_id, p_first, p_last) t
    left join students_identity i on i.student_id = t.student_id and l.shows_initials and not i.is_protected
   where l.id = app_link_id() and l.kind = 'calendar' and app_link_kind() = 'calendar'
   order by t.starts_at, t.kind, t.row_id
$$;

-- For the worker: who is to be reminded of what now. The day before is from 15:00 in Stockholm until midnight there, and
-- an hour before until it begins, should no worker have run. What was booked later than that needs no reminder.
create or replace function reminders_due(p_now timestamptz)
returns table (user_id bigint, ahead text, email text, language text, membership_id bigint, time_id uuid,
               starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, a.ahead, u.email, u.language, t.membership_id, t.time_id, t.starts_at, t.ends_at
    from accounts_user u
    cross join lateral own_times(u.id, p_now, p_now + interval '2 days') t
    cross join lateral (select date_trunc('day', t.starts_at at time zone 'Europe/Stockholm')) d (midnight)
    cross join lateral (values
      ('day', u.wants_reminder_day_before, (d.midnight - interval '9 hours') at time zone 'Europe/Stockholm',
       d.midnight at time zone 'Europe/Stockholm'),
      ('hour', u.wants_reminder_hour_before, t.starts_at - interval '1 hour', t.starts_at)
    ) a (ahead, is_wanted, due_at, until)
   where u.is_active and (u.wants_reminder_day_before or u.wants_reminder_hour_before)
     and a.is_wanted and t.status = 'planned' and a.due_at <= p_now and p_now < a.until and t.created_at < a.due_at
     and not exists (select 1 from visits_reminder r
                      where r.membership_id = t.membership_id and r.time_id = t.time_id and r.ahead = a.ahead
                        and r.starts_at = t.starts_at)
   order by u.id, a.ahead, t.starts_at, t.time_id
$$;

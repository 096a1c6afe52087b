-- Numbers of contacts, never whose: what those see of a supporter or a school who see no pupil, and of all schools
-- also those who see one. A contact in which somebody was reached is held, and so is one that counts heads; one in
-- which nobody was, a try; one we cancelled ourselves neither; a withdrawn one is none. Other time is no contact and in
-- no week (7_hours.sql). Weeks begin on Monday by the clock in Stockholm (ISO 8601).

create or replace function supporter_contact_weeks(p_supporter bigint, p_since timestamptz)
returns table (monday date, held bigint, tried bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select date_trunc('week', c.occurred_at at time zone 'Europe/Stockholm')::date,
         count(*) filter (where c.is_held), count(*) filter (where not c.is_held)
    from (select c.id, c.occurred_at, bool_or(c.head_count is not null or p.outcome = 'met') as is_held
            from visits_contact c left join visits_participation p on p.contact_id = c.id
           where c.supporter_id = p_supporter and c.occurred_at >= p_since
             and (c.head_count is not null or p.outcome <> 'we_cancelled')
             and not c.is_withdrawn
             and p_supporter = any ((select my_supporters())::bigint[])
           group by c.id) c
   group by 1
$$;

-- Of protected pupils none is counted: even which school is theirs can be sensitive (DOMAIN §4).
create or replace function school_contact_weeks(p_school bigint, p_since timestamptz)
returns table (monday date, held bigint, tried bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select date_trunc('week', c.occurred_at at time zone 'Europe/Stockholm')::date,
         count(*) filter (where c.is_held), count(*) filter (where not c.is_held)
    from (select p.contact_id, p.occurred_at, bool_or(p.outcome = 'met') as is_held
            from visits_participation p join students_student s on s.id = p.student_id and not s.is_protected
           where p.school_id = p_school and p.occurred_at >= p_since and p.outcome <> 'we_cancelled'
             and not p.is_withdrawn
           group by p.contact_id, p.occurred_at
          union all
          select h.id, h.occurred_at, true from visits_contact h
           where h.school_id = p_school and h.occurred_at >= p_since and not h.is_withdrawn) c
   where p_school in (
           select o.id from schools_school o join my_membership() m on m.organisation_id = o.organisation_id
            where m.role in ('coordinator', 'lead') and (m.school_id is null or m.school_id = o.id))
   group by 1
$$;

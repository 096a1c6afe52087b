-- Hours: the one definition of a supporter's time behind Min dag, Min månad, the load of one supporter and the list of
-- them. Contacts, held or tried, the travel that goes with them, and other time; what is withdrawn counts nowhere.
-- Without definer's rights or a search path of its own, so that the planner takes it into the functions that ask it.
create or replace function time_spent() returns table (
  supporter_id bigint, source text, id bigint, public_id uuid, at timestamptz, kind text, local_kind_id bigint,
  minutes integer, travel_minutes integer, travel_km numeric, note text)
language sql stable as $$
  select c.supporter_id, 'contact', c.id, c.public_id, c.occurred_at, c.kind::text, c.local_kind_id,
         c.minutes::integer, c.travel_minutes::integer, c.travel_km, ''
    from visits_contact c where not c.is_withdrawn
  union all
  select o.supporter_id, 'other_time', o.id, o.public_id, o.starts_at, o.kind::text, null,
         o.minutes::integer, 0, o.travel_km, o.note::text
    from visits_othertime o where o.withdrawn_at is null
$$;

-- Minutes since a moment, by kind of contact, of travel to contacts and of other time (never which kind of that), of
-- those among `p_supporters` whom I may see: numbers, for whoever sees the load.
create or replace function supporter_minutes(p_supporters bigint[], p_since timestamptz)
returns table (supporter_id bigint, kind text, minutes bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.supporter_id, part.kind, sum(part.minutes)
    from time_spent() t
    cross join lateral (values (case t.source when 'contact' then t.kind else t.source end, t.minutes),
                               ('travel', t.travel_minutes)) as part (kind, minutes)
   where t.supporter_id = any (p_supporters) and t.at >= p_since and part.minutes > 0
     and t.supporter_id = any ((select my_supporters())::bigint[])
   group by t.supporter_id, part.kind
$$;

-- My own time from a moment to another, row by row: of a contact that it was and how it went, never with whom; also of
-- pupils I have no more, whose parts I no longer read. A contact without parts is a head count: people were there.
drop function if exists my_time(timestamptz, timestamptz);
create function my_time(p_from timestamptz, p_to timestamptz)
returns table (source text, public_id uuid, at timestamptz, kind text, local_kind_id bigint, is_held boolean,
               counts_heads boolean, minutes integer, travel_minutes integer, travel_km numeric, note text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.source, t.public_id, t.at, t.kind, t.local_kind_id,
         t.source = 'contact' and coalesce(
           (select bool_or(p.outcome = 'met') from visits_participation p where p.contact_id = t.id), true),
         t.source = 'contact' and exists (
           select 1 from visits_contact h where h.id = t.id and h.head_count is not null),
         t.minutes, t.travel_minutes, t.travel_km, t.note
    from time_spent() t
   where t.supporter_id = any ((select case when app_role() = 'peer_supporter' then my_supporters() end)::bigint[])
     and t.at >= p_from and t.at < p_to
   order by t.at, t.public_id
$$;

-- How many open main assignments the supporters I may see have, at all schools: a number, never whose.
create or replace function supporter_loads() returns table (supporter_id bigint, open_assignments bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, count(a.id)
    from supporters_peersupporter p
    left join students_assignment a on a.supporter_id = p.id and a.kind = 'main' and a.ended_at is null
         and (a.ends_on is null or a.ends_on >= app_today())
   where p.id = any (my_supporters())
   group by p.id
$$;

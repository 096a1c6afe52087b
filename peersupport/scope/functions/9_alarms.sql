-- Alarms as those see and answer them who are called. Each act locks the alarm's row first, so that of two at once one
-- comes first and the other is told so.

-- Those I may see: of which I have been called or which are about me, in whatever role; as coordinator, of my schools.
create or replace function my_alarms() returns bigint[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(a.id), '{}') from safety_alarm a
   where exists (select from my_membership()) and (
         exists (select from safety_alarmcall c where c.alarm_id = a.id and c.user_id = app_user_id())
      or exists (select from supporters_peersupporter p where p.id = a.supporter_id and p.user_id = app_user_id())
      or a.school_id = any ((select my_schools())::bigint[])
      or (a.school_id is null and app_role() = 'coordinator' and a.organisation_id = my_organisation()))
$$;

-- Whether the visit is mine to speak for: I make it, or I hold its key.
create or replace function is_my_visit(p_visit bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (
    select from safety_homevisit v join supporters_peersupporter p on p.id = v.supporter_id
      left join supporters_peersupporter c on c.id = v.companion_id
     where v.id = p_visit and (app_user_id() in (p.user_id, c.user_id)
            or (app_link_kind() = 'visit_key' and v.public_id = app_link_object())))
$$;

create or replace function raise_alarm(p_visit bigint, p_kind text, p_at timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if p_kind not in ('overdue', 'help', 'not_started') or not is_my_visit(p_visit) then
    return false;
  end if;
  perform put_alarm(p_visit, p_kind, p_at, p_at);
  return true;
end $$;

-- The visit is over, or goes on longer. That calls off no help: whoever took it does, or the supporter who answers for
-- it by name; the phone may be in another hand.
create or replace function close_alarms(p_visit bigint, p_outcome text, p_at timestamptz) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare closed int;
begin
  if not is_my_visit(p_visit) then
    return 0;
  end if;
  update safety_alarm set resolved_at = p_at, resolved_by_id = app_user_id(), outcome = p_outcome, next_at = null
   where visit_id = p_visit and resolved_at is null and kind <> 'help';
  get diagnostics closed = row_count;
  if closed > 0 then
    perform log_visit(p_visit, 'resolved', p_at);
  end if;
  return closed;
end $$;

-- The alarm, locked, when it is one that I may answer for: I have been called, or coordinate the school; never my own.
create or replace function alarm_to_answer(p_alarm uuid) returns setof safety_alarm
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query select a.* from safety_alarm a join supporters_peersupporter p on p.id = a.supporter_id
   where a.public_id = p_alarm and a.id = any (my_alarms()) and p.user_id <> app_user_id() for update of a;
end $$;

-- "Jag tar det". Says 'mine', 'taken' (by another), 'over' or 'unseen'. A coordinator who was not called yet is from now.
create or replace function take_alarm(p_alarm uuid, p_at timestamptz, p_until timestamptz) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare a safety_alarm;
begin
  select * into a from alarm_to_answer(p_alarm);
  if a.id is null then
    return 'unseen';
  elsif a.resolved_at is not null then
    return 'over';
  elsif a.taken_by_id is not null then
    return case when a.taken_by_id = app_user_id() then 'mine' else 'taken' end;
  end if;
  update safety_alarm set taken_at = p_at, taken_by_id = app_user_id(), next_at = p_until where id = a.id;
  perform answer_call(a, 'takes', p_at);
  perform log_visit(a.visit_id, 'taken', p_at);
  return 'mine';
end $$;

create or replace function answer_call(a safety_alarm, p_answer text, p_at timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update safety_alarmcall c set answer = p_answer, answered_at = p_at
   where c.alarm_id = a.id and c.user_id = app_user_id() and c.round = (
     select max(l.round) from safety_alarmcall l where l.alarm_id = a.id and l.user_id = app_user_id());
  if not found then
    insert into safety_alarmcall (id, alarm_id, round, step, user_id, called_at, answer, answered_at)
    values (gen_random_uuid(), a.id, a.rounds, 3, app_user_id(), p_at, p_answer, p_at);
  end if;
end $$;

-- "Jag kan inte": the next is called at once; whoever had taken it has it no more.
create or replace function pass_alarm(p_alarm uuid, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare a safety_alarm;
begin
  select * into a from alarm_to_answer(p_alarm);
  if a.id is null then
    return 'unseen';
  elsif a.resolved_at is not null then
    return 'over';
  elsif a.taken_by_id <> app_user_id() then
    return 'taken';
  end if;
  update safety_alarm set taken_at = null, taken_by_id = null, next_at = p_at where id = a.id;
  perform answer_call(a, 'cannot', p_at);
  return 'passed';
end $$;

-- "Det är löst", by whoever has taken it. A visit that nobody had ended is over with it.
create or replace function resolve_alarm(p_alarm uuid, p_outcome text, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare a safety_alarm;
begin
  select * into a from alarm_to_answer(p_alarm);
  if a.id is null then
    return 'unseen';
  elsif a.resolved_at is not null then
    return 'over';
  elsif a.taken_by_id is distinct from app_user_id() then
    return 'taken';
  end if;
  update safety_alarm set resolved_at = p_at, resolved_by_id = app_user_id(), next_at = null,
                          outcome = case when a.kind = 'drill' then 'drill' else p_outcome end
   where id = a.id;
  if a.kind = 'overdue' then
    update safety_homevisit set ended_at = p_at, ended_how = 'alarm', version = version + 1
     where id = a.visit_id and ended_at is null;
  end if;
  perform log_visit(a.visit_id, 'resolved', p_at);
  return 'resolved';
end $$;

-- The supporter's own answer: 'well', 'done' (the visit is over) or 'more' (a quarter of an hour, twelve hours at most).
create or replace function answer_alarm(p_alarm uuid, p_answer text, p_at timestamptz) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare a safety_alarm; v safety_homevisit; until timestamptz;
begin
  select l.* into a from safety_alarm l join supporters_peersupporter p on p.id = l.supporter_id
   where l.public_id = p_alarm and p.user_id = app_user_id() and exists (select from my_membership()) for update of l;
  if a.id is null or a.kind = 'drill' then
    return 'unseen';
  elsif a.resolved_at is not null then
    return 'over';
  end if;
  select * into v from safety_homevisit where id = a.visit_id for update;
  if p_answer = 'more' and v.checked_in_at is not null and v.ended_at is null then
    until := least(greatest(v.expected_end_at, p_at) + interval '15 minutes', v.checked_in_at + interval '12 hours');
    if until <= p_at then
      return 'too_long';
    end if;
    update safety_homevisit set expected_end_at = until, version = version + 1 where id = v.id;
    perform log_visit(v.id, 'extended', p_at);
  elsif p_answer = 'done' and v.checked_in_at is not null and v.ended_at is null then
    update safety_homevisit set ended_at = p_at, ended_how = 'done', version = version + 1 where id = v.id;
    perform log_visit(v.id, 'done', p_at);
  end if;
  if a.kind = 'help' then
    update safety_alarm set resolved_at = p_at, resolved_by_id = app_user_id(), outcome = 'all_well', next_at = null
     where id = a.id;
    perform log_visit(v.id, 'resolved', p_at);
  else
    perform close_alarms(v.id, 'all_well', p_at);
  end if;
  return 'answered';
end $$;

-- One alarm's page: whose it is, the number to ring, who was called and who has it. Neither pupil, school nor address.
create or replace function alarm_card(p_alarm uuid)
returns table (id bigint, public_id uuid, kind text, number text, raised_at timestamptz, due_at timestamptz,
               given_name text, family_name text, phone text, is_about_me boolean, is_mine boolean, taken_at timestamptz,
               taken_by text, taken_phone text, resolved_at timestamptz, resolved_by text, outcome text,
               remarks text, next_at timestamptz, calls json)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.public_id, a.kind::text, a.number::text, a.raised_at,
         case a.kind when 'overdue' then v.expected_end_at when 'not_started' then b.starts_at else a.raised_at end,
         u.given_name::text, u.family_name::text, coalesce(w.phone, ''), u.id = app_user_id(),
         a.taken_by_id is not null and a.taken_by_id = app_user_id(), a.taken_at, t.given_name || ' ' || t.family_name,
         coalesce(tw.phone, ''), a.resolved_at, r.given_name || ' ' || r.family_name, a.outcome::text, a.remarks, a.next_at,
         (select coalesce(json_agg(json_build_array(c.round, c.step, c.called_at, cu.given_name || ' ' || cu.family_name,
                                                    c.mail_id is not null, c.answer, c.answered_at, coalesce(m.state, ''))
                                   order by c.called_at, c.step, cu.family_name, c.id), '[]'::json)
            from safety_alarmcall c left join accounts_user cu on cu.id = c.user_id
            left join operations_outgoingmail m on m.id = c.mail_id where c.alarm_id = a.id)
    from safety_alarm a join supporters_peersupporter p on p.id = a.supporter_id join accounts_user u on u.id = p.user_id
    left join safety_workphone w on w.user_id = u.id and w.organisation_id = a.organisation_id
    left join safety_homevisit v on v.id = a.visit_id left join visits_booking b on b.id = v.booking_id
    left join accounts_user t on t.id = a.taken_by_id left join accounts_user r on r.id = a.resolved_by_id
    left join safety_workphone tw on tw.user_id = a.taken_by_id and tw.organisation_id = a.organisation_id
   where a.public_id = p_alarm and a.id = any (my_alarms())
$$;

-- The first lines of Översikt: open alarms of my schools, planned visits until p_to that somebody at some step is
-- missing for, and whether this quarter's drill is. `has_visits`: home visits are planned or going on at all.
create or replace function safety_overview(p_at timestamptz, p_to timestamptz, p_since timestamptz)
returns table (watched_at timestamptz, has_visits boolean, gap_count bigint, is_drill_missing boolean, alarms json)
language sql stable security definer set search_path = public, pg_temp as $$
  select watched_at(),
         exists (select from visits_booking b where b.school_id = any ((select my_schools())::bigint[])
                    and b.kind = 'home_visit' and b.status = 'planned' and b.ends_at > p_at and b.starts_at < p_to)
         or exists (select from safety_homevisit v where v.school_id = any ((select my_schools())::bigint[])
                       and v.checked_in_at is not null and v.ended_at is null),
         (select count(*) from duty_gaps(p_at, p_to) g where g.steps <> '{}'),
         drill_is_missing(p_since),
         (select coalesce(json_agg(json_build_array(
                   a.public_id, a.kind, a.number, u.given_name || ' ' || u.family_name, extract(epoch from a.raised_at),
                   false, extract(epoch from a.taken_at), t.id = app_user_id(), t.given_name || ' ' || t.family_name)
                   order by a.kind = 'drill', a.taken_at is not null, a.raised_at, a.id), '[]'::json)
            from safety_alarm a join supporters_peersupporter p on p.id = a.supporter_id
            join accounts_user u on u.id = p.user_id left join accounts_user t on t.id = a.taken_by_id
           where a.resolved_at is null and a.step is not null and app_role() = 'coordinator' and (
                 a.school_id = any ((select my_schools())::bigint[])
                 or a.school_id is null and a.organisation_id = my_organisation()))
$$;

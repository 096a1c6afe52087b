-- The weekly digest. The worker learns how many, never who: the figures are those of Översikt, asked as the coordinator.

-- Coordinators whose digest of the week is not decided yet.
create or replace function memberships_without_digest(p_week date) returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id from schools_membership m join accounts_user u on u.id = m.user_id and u.is_active
   where m.role = 'coordinator' and m.confirmed_at is not null and m.valid_from <= app_today()
     and (m.valid_to is null or m.valid_to >= app_today()) and u.wants_digest
     and not exists (select 1 from reports_digest d where d.membership_id = m.id and d.week_on = p_week)
   order by m.id
$$;

-- What needs a decision of one coordinator, and where to tell of it. No row: the role no longer holds.
create or replace function digest_figures(p_membership bigint, p_now timestamptz, p_holidays date[],
                                          p_unopened_since timestamptz, p_trial_until date)
returns table (user_id bigint, email text, language text, place text, waiting bigint, quiet bigint, days_without_contact int,
               counts_school_days boolean, referrals bigint, moves bigint, invitations bigint, trials bigint)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare asked accounts_user; acting record;
begin
  select u.* into asked from schools_membership m join accounts_user u on u.id = m.user_id
   where m.id = p_membership and m.role = 'coordinator';
  select * into acting from scope_begin(asked.id, p_membership) b where b.membership_id = p_membership;
  if acting.membership_id is not null then
    return query
      select asked.id, asked.email::text, asked.language::text,
             coalesce(acting.school_name, acting.organisation_name),
             (select count(*) from students_case c
               where c.school_id = any (acting.schools) and c.status <> 'closed' and not exists (
                 select 1 from students_assignment a where a.case_id = c.id and a.kind = 'main'
                    and a.ended_at is null and (a.ends_on is null or a.ends_on >= app_today()))),
             (select count(*) from time_since_met(p_now, p_holidays) q where q.is_quiet),
             acting.days_without_contact, acting.counts_school_days,
             (select count(*) from students_referral r
               where r.school_id = any (acting.schools) and r.status in ('requested', 'awaiting_consent')),
             (select count(*) from students_schoolmove v
               where v.to_school_id = any (acting.schools) and v.accepted_at is null and v.applied_at is null
                 and v.cancelled_at is null),
             invitations_to_look_at(p_unopened_since),
             (select count(*) from students_assignment a join students_case c on c.id = a.case_id
               where a.school_id = any (acting.schools) and a.kind = 'main' and c.status <> 'closed'
                 and a.ended_at is null and a.starts_on <= app_today()
                 and (a.ends_on is null or a.ends_on >= app_today()) and a.trial_until <= p_trial_until);
  end if;
  perform set_config('app.user_id', '', true), set_config('app.role', '', true),
          set_config('app.membership_id', '', true);
end $$;

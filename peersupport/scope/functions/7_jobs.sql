-- Whoever may write may defer a job, in the same transaction; what has been deferred is the worker's to see. The
-- function is procrastinate's own, and a new version of it comes without these two, so they are set again each time.
alter function procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])
  security definer set search_path = public, pg_temp;

-- How the worker is doing, for administrators: figures and moments, neither addresses nor texts.
drop function if exists operations_status();
create function operations_status()
returns table (mail_waiting bigint, mail_waiting_since timestamptz, mail_undeliverable bigint, server_error text,
               jobs_waiting bigint, jobs_waiting_since timestamptz, jobs_failed bigint, tidied_at timestamptz,
               worker_seen_at timestamptz, watched_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with mail as (
    select count(*) filter (where state = 'waiting') as waiting,
           min(created_at) filter (where state = 'waiting') as since,
           count(*) filter (where state = 'undeliverable' and created_at > now() - interval '30 days') as undeliverable,
           max(last_error) filter (where state = 'waiting'
             and last_error in ('server_away', 'login_refused', 'sender_refused')) as error
      from operations_outgoingmail
  ), jobs as (
    select count(*) filter (where is_due) as waiting, min(deferred_at) filter (where is_due) as since,
           count(*) filter (where status = 'failed') as failed
      from (select j.status, j.status = 'todo' and (j.scheduled_at is null or j.scheduled_at <= now()) as is_due,
                   (select min(e.at) from procrastinate_events e where e.job_id = j.id and e.type = 'deferred') as deferred_at
              from procrastinate_jobs j where j.status in ('todo', 'failed')) unfinished
  ), signs as (
    select max(e.at) filter (where e.type = 'succeeded' and j.task_name = 'operations.tidy') as tidied_at,
           max(e.at) filter (where e.type in ('started', 'succeeded', 'failed')) as at
      from procrastinate_events e join procrastinate_jobs j on j.id = e.job_id
  )
  select mail.waiting, mail.since, mail.undeliverable, coalesce(mail.error, ''), jobs.waiting, jobs.since, jobs.failed,
         signs.tidied_at, greatest(signs.at, (select max(last_heartbeat) from procrastinate_workers)),
         (select at from safety_watchbeat)
    from mail, jobs, signs where exists (select from my_membership() m where m.role = 'admin')
$$;

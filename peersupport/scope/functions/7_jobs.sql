-- Whoever may write may defer a job, in the same transaction; what has been deferred is the worker's to see. The
-- function is procrastinate's own, and a new version of it comes without these two, so they are set again each time.
alter function procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])
  security definer set search_path = public, pg_temp;

-- School staff may not change a referral, but whoever sent one, or a colleague at the school, may withdraw it while
-- nobody has answered. 'done', 'decided' when it has an answer, 'gone' when it is not theirs.
create or replace function withdraw_referral(p_referral bigint, p_reason text) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare r students_referral;
begin
  if length(trim(coalesce(p_reason, ''))) < 3 then return 'gone'; end if;
  select * into r from students_referral where id = p_referral and school_id = any (my_workplaces()) for update;
  if r.id is null then return 'gone'; end if;
  if r.status not in ('requested', 'awaiting_consent') then return 'decided'; end if;
  update students_referral set status = 'withdrawn', version = version + 1 where id = r.id;
  insert into students_referralstatuschange (referral_id, school_id, status, at, by_id, reason)
  values (r.id, r.school_id, 'withdrawn', now(), app_user_id(), left(p_reason, 500));
  return 'done';
end $$;

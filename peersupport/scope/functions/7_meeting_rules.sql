-- When a pupil is long since met, as the organisation has it, changed by who coordinates all its schools. Row security
-- hides rows and not columns: a policy would open the organisation's name and numbers too, and a privilege for these
-- columns alone would close the others to administrators. True when the row was at p_version.
create or replace function change_meeting_rules(
  p_version integer, p_days integer, p_first integer, p_school_days boolean, p_uncounted text[]) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  update schools_organisation o
     set days_without_contact = p_days, days_before_first_contact = p_first, counts_school_days = p_school_days,
         uncounted_kinds = p_uncounted, version = o.version + 1
   where o.id = my_organisation() and o.id = any (my_organisations()) and app_role() = 'coordinator'
     and o.version = p_version and p_days between 1 and 120 and p_first between 1 and 120
  returning true
$$;

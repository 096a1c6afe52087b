-- To whom I may give a task about a pupil, or about none: myself and coordinators, from a coordinator also the
-- supporters. Of a pupil only those who see the pupil today; a supporter's coordinators are those of the organisation,
-- of the schools they are placed at, and of the pupil's school.
create or replace function task_owners(p_student bigint) returns table (user_id bigint, role text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.user_id, m.role
    from my_membership() me
    join schools_membership m on m.organisation_id = me.organisation_id and m.role in ('coordinator', 'peer_supporter')
     and m.confirmed_at is not null and m.valid_from <= app_today() and (m.valid_to is null or m.valid_to >= app_today())
    join accounts_user u on u.id = m.user_id and u.is_active
   where me.role in ('coordinator', 'peer_supporter')
     and (p_student is null or exists (
       select 1 from students_student s where s.id = p_student
          and (s.school_id = any (my_schools()) or s.id = any (my_students()))))
     and case
       when m.role = 'coordinator' and p_student is not null then
         m.school_id is null or m.school_id = (select s.school_id from students_student s where s.id = p_student)
       when m.role = 'coordinator' then
         me.role = 'coordinator' or m.school_id is null or m.school_id in (
           select l.school_id from supporters_placement l
            where l.supporter_id = any (my_supporters()) and l.starts_on <= app_today()
              and (l.ends_on is null or l.ends_on >= app_today()))
       when p_student is not null then
         (me.role = 'coordinator' or m.user_id = me.user_id) and exists (
           select 1 from students_assignment a join supporters_peersupporter p on p.id = a.supporter_id
            where a.student_id = p_student and p.user_id = m.user_id and p.organisation_id = m.organisation_id
              and a.ended_at is null and a.starts_on <= app_today() and (a.ends_on is null or a.ends_on >= app_today()))
       else
         m.user_id = me.user_id or (me.role = 'coordinator' and exists (
           select 1 from supporters_peersupporter p
            where p.id = any (my_supporters()) and p.user_id = m.user_id))
     end
$$;

-- The invitation whose link is open: not answered, not withdrawn, and the link the latest that was sent for it.
create or replace function linked_invitation() returns setof schools_invitation
language sql stable security definer set search_path = public, pg_temp as $$
  select i.* from schools_invitation i
   where i.public_id = app_link_object() and app_link_kind() = 'invitation'
     and i.accepted_at is null and i.withdrawn_at is null and (i.valid_to is null or i.valid_to >= app_today())
     and not exists (select 1 from operations_link later join operations_link mine on mine.id = app_link_id()
                      where later.object_id = i.public_id and later.kind = 'invitation'
                        and later.created_at > mine.created_at)
$$;

-- What the open link offers, to whom, by whom, and whether somebody signs in by the address already.
create or replace function opened_invitation()
returns table (email text, given_name text, family_name text, role text, place text, inviter text, has_account boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.email, i.given_name, i.family_name, i.role, coalesce(s.name, o.name), u.given_name || ' ' || u.family_name,
         exists (select 1 from accounts_user a where a.email = i.email)
    from linked_invitation() i
    join schools_organisation o on o.id = i.organisation_id
    join accounts_user u on u.id = i.invited_by_id
    left join schools_school s on s.id = i.school_id
$$;

-- What became of the latest mail, and when a link was first opened, for invitations of the organisation acted in.
create or replace function invitation_traces(p_invitations bigint[])
returns table (invitation_id bigint, mail_state text, opened_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.id, coalesce(m.state, ''),
         (select min(o.at) from operations_link l join operations_linkopening o on o.link_id = l.id
           where l.object_id = i.public_id and l.kind = 'invitation')
    from schools_invitation i left join operations_outgoingmail m on m.id = i.mail_id
   where i.id = any (p_invitations) and i.organisation_id = my_organisation()
     and app_role() in ('coordinator', 'admin')
$$;

-- How many of my own invitations wait for me to do something: the mail bounced, or was sent before `p_unopened_since`
-- and nobody has opened it.
create or replace function invitations_to_look_at(p_unopened_since timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from schools_invitation i left join operations_outgoingmail m on m.id = i.mail_id
   where i.invited_by_id = app_user_id() and i.organisation_id = my_organisation()
     and i.accepted_at is null and i.withdrawn_at is null
     and (m.state = 'undeliverable' or (i.sent_at < p_unopened_since and not exists (
            select 1 from operations_link l join operations_linkopening o on o.link_id = l.id
             where l.object_id = i.public_id and l.kind = 'invitation')))
$$;

-- Begins the role that the open link offers, for the person with the invited address. 'accepted', 'waits' (for another
-- person's confirmation, TRUST T26), 'held' (had it already), or NULL: the offer is over, or who sent it may no longer
-- give the role. Definer's rights: nobody is in scope, and nobody writes a membership of their own.
create or replace function accept_invitation(p_user bigint) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare i schools_invitation; waits boolean;
begin
  perform 1 from schools_invitation where public_id = app_link_object() for update;  -- a second tap waits here
  select * into i from linked_invitation();
  if i.id is null or i.invited_by_id = p_user
     or not exists (select 1 from accounts_user u where u.id = p_user and u.is_active and u.email = i.email)
     or not exists (
       select 1 from schools_membership m join accounts_user u on u.id = m.user_id and u.is_active
        where m.user_id = i.invited_by_id and m.role = i.invited_as and m.organisation_id = i.organisation_id
          and m.confirmed_at is not null and m.valid_from <= app_today()
          and (m.valid_to is null or m.valid_to >= app_today())
          and (m.school_id is null or (m.role = 'coordinator' and m.school_id = i.school_id))
          and (m.role = 'admin' or (m.role = 'coordinator' and i.role in ('peer_supporter', 'school_staff')))) then
    return null;
  end if;
  update schools_invitation set accepted_at = now(), accepted_by_id = p_user, version = version + 1 where id = i.id;
  if exists (select 1 from schools_membership m
              where m.user_id = p_user and m.role = i.role and m.organisation_id = i.organisation_id
                and m.school_id is not distinct from i.school_id
                and (m.valid_to is null or (m.valid_to >= app_today() and m.valid_to >= m.valid_from))) then
    return 'held';
  end if;
  waits := i.invited_as = 'admin' and i.role in ('peer_supporter', 'coordinator', 'school_staff', 'reviewer', 'lead');
  insert into schools_membership (public_id, created_at, version, user_id, role, organisation_id, school_id, valid_from,
                                  valid_to, granted_by_id, confirmed_at, confirmed_by_id)
  values (gen_random_uuid(), now(), 1, p_user, i.role, i.organisation_id, i.school_id, app_today(), i.valid_to,
          i.invited_by_id, case when not waits then now() end, case when not waits then i.invited_by_id end);
  return case when waits then 'waits' else 'accepted' end;
end $$;

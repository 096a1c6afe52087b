-- Whoever has opened a link is no user: these say which link, what kind, and whom or what it is for.
create or replace function app_link_id() returns uuid language sql stable as
$$ select nullif(current_setting('app.link_id', true), '')::uuid $$;

create or replace function app_link_kind() returns text language sql stable as
$$ select nullif(current_setting('app.link_kind', true), '') $$;

create or replace function app_link_object() returns uuid language sql stable as
$$ select nullif(current_setting('app.link_object', true), '')::uuid $$;

create or replace function app_link_student() returns bigint language sql stable as
$$ select nullif(current_setting('app.link_student', true), '')::bigint $$;

-- Opens a link for the rest of the transaction and writes the opening's row; no row comes back for a token that is
-- wrong, of another kind, used, withdrawn, run out, or of a user who may no longer sign in. It never adds to what
-- somebody signed in may see: their scope ends here.
create or replace function open_link(p_token text, p_kind text)
returns table (link_id uuid, link_object uuid, link_user bigint, link_student bigint, link_expires timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare found operations_link;
begin
  select l.* into found from operations_link l
   where l.token_digest = encode(sha256(convert_to(p_token, 'UTF8')), 'hex') and l.kind = p_kind
     and l.used_at is null and l.withdrawn_at is null and l.expires_at > clock_timestamp()
     and (l.user_id is null or exists (select 1 from accounts_user u where u.id = l.user_id and u.is_active));
  if found.id is null then
    return;
  end if;
  insert into operations_linkopening (id, link_id, at) values (gen_random_uuid(), found.id, clock_timestamp());
  perform set_config('app.role', '', true), set_config('app.membership_id', '', true),
          set_config('app.user_id', coalesce(found.user_id::text, ''), true),
          set_config('app.link_id', found.id::text, true), set_config('app.link_kind', found.kind, true),
          set_config('app.link_object', coalesce(found.object_id::text, ''), true),
          set_config('app.link_student', coalesce(found.student_id::text, ''), true);
  return query select found.id, found.object_id, found.user_id, found.student_id, found.expires_at;
end $$;

-- The three roles of Peer Support. Run it as a superuser, as often as you like; it changes no data:
--
--   psql --dbname=postgres --set=ON_ERROR_STOP=1 --file=deploy/roles.sql
--   psql --dbname=postgres --command='\password peersupport_owner'    (and peersupport_web, peersupport_job)
--   createdb --owner=peersupport_owner --template=template0 --encoding=UTF8 --locale=C.UTF-8 peersupport
--
-- The embedded server of `make demo` and `make test` runs this same file. Plain SQL, PostgreSQL 15 or newer.

-- Owns the database: migrations and operators' commands. CREATEDB for test databases and restore drills.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'peersupport_owner') THEN
        CREATE ROLE peersupport_owner NOINHERIT;
    END IF;
    -- The web process. It owns nothing, so row-level security always holds for it.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'peersupport_web') THEN
        CREATE ROLE peersupport_web;
    END IF;
    -- The worker for mail and periodic jobs, under policies of its own.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'peersupport_job') THEN
        CREATE ROLE peersupport_job;
    END IF;
    -- PostgreSQL 15 counts the right to make tables in the owner's own database as inherited, so there the owner
    -- must inherit. It gains nothing by it: what the other two roles may do, it may do already.
    IF current_setting('server_version_num')::int < 160000 THEN
        ALTER ROLE peersupport_owner INHERIT;
    END IF;
END
$$;

ALTER ROLE peersupport_owner LOGIN CREATEDB NOCREATEROLE;
ALTER ROLE peersupport_web LOGIN NOCREATEDB NOCREATEROLE;
ALTER ROLE peersupport_job LOGIN NOCREATEDB NOCREATEROLE;

-- The owner can act as each of the others (SET ROLE): tests make their rows as owner and look as web.
GRANT peersupport_web TO peersupport_owner;
GRANT peersupport_job TO peersupport_owner;

-- On the role and not in the connection's options, so that they also hold through pgBouncer.
ALTER ROLE peersupport_web SET statement_timeout = '10s';
ALTER ROLE peersupport_web SET lock_timeout = '5s';
ALTER ROLE peersupport_web SET idle_in_transaction_session_timeout = '30s';
-- The worker holds a mail's row while it talks to the mail server, whose own limits add up to less than this.
ALTER ROLE peersupport_job SET statement_timeout = '60s';
ALTER ROLE peersupport_job SET lock_timeout = '10s';
ALTER ROLE peersupport_job SET idle_in_transaction_session_timeout = '5min';

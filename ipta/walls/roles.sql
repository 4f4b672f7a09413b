-- The roles and databases of IPTA, for who administers PostgreSQL:  bin/ipta roles | psql -v ON_ERROR_STOP=1
-- Run it once, as a superuser. It can be run again. Afterwards give each role that signs in a password of its own:
--   \password ipta_owner   \password ipta_web   \password ipta_backup   \password ipta_keys_backup
--
--   ipta_owner        owns the tables; only `bin/ipta migrate` signs in as it
--   ipta_web          the application: sees the rows that who asks may see, and never empties a table
--   ipta_statistics   will see counts in the schema `statistics`; no table
--   ipta_backup       pg_dump of the texts, past the walls, reading only
--   ipta_keys_backup  the same for the keys: another role, another place, another day of the week
--   ipta_gate         nobody signs in as it: its functions look up who has a relation with which dossier

DO $$
DECLARE role text;
BEGIN
  FOREACH role IN ARRAY ARRAY['ipta_owner', 'ipta_web', 'ipta_statistics', 'ipta_backup', 'ipta_keys_backup', 'ipta_gate'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I', role);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL;
    END;
  END LOOP;
END $$;
ALTER ROLE ipta_owner LOGIN NOSUPERUSER NOBYPASSRLS;
ALTER ROLE ipta_web LOGIN NOSUPERUSER NOBYPASSRLS;
ALTER ROLE ipta_statistics LOGIN NOSUPERUSER NOBYPASSRLS;
ALTER ROLE ipta_backup LOGIN NOSUPERUSER BYPASSRLS;
ALTER ROLE ipta_keys_backup LOGIN NOSUPERUSER BYPASSRLS;
ALTER ROLE ipta_gate NOLOGIN NOSUPERUSER BYPASSRLS;
GRANT ipta_gate TO ipta_owner;
ALTER ROLE ipta_web SET statement_timeout = '30s';

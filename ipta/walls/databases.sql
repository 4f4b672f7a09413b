
SELECT 'CREATE DATABASE :name OWNER ipta_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ':name') \gexec
REVOKE ALL ON DATABASE ":name" FROM PUBLIC;
GRANT CONNECT ON DATABASE ":name" TO ipta_web, ipta_statistics, :backup;
\connect ":name"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA IF NOT EXISTS gate AUTHORIZATION ipta_gate;

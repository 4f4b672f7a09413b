-- Who asks, and what that opens. Functions of the role `ipta_gate`, which nobody can sign in as: it passes the walls to
-- look up relations, and gives ids only. Source: security design, 5.2 and 5.7; the rights are those of docs/access.md.
-- Written apart from ipta/sharing/policies.py on purpose: a fault in the one does not open the other.

CREATE TABLE IF NOT EXISTS gate.seal (inner_key bytea NOT NULL, outer_key bytea NOT NULL);
REVOKE ALL ON gate.seal FROM PUBLIC;

-- Who is said to ask, or null. What was not sealed by the application for this very connection is an error.
CREATE OR REPLACE FUNCTION gate.said() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  part text[] := string_to_array(nullif(current_setting('ipta.context', true), ''), '|');
  words bytea;
BEGIN
  IF part IS NULL THEN
    RETURN NULL;
  END IF;
  words := convert_to(concat_ws('|', part[1], part[2], part[3]), 'UTF8');
  PERFORM FROM gate.seal
    WHERE encode(sha256(outer_key || sha256(inner_key || words)), 'hex') = part[4] AND part[3] = pg_backend_pid()::text;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'who asks is not sealed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN part;
END $$;

CREATE OR REPLACE FUNCTION gate.is_work() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce((gate.said())[1] = 'work', false)
$$;

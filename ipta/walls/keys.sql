-- The dossiers whose keys are asked for: the door names them before it looks.
CREATE OR REPLACE FUNCTION gate.asked_for() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who text := (gate.said())[1];
BEGIN
  RETURN CASE WHEN who LIKE 'keys:%' THEN string_to_array(nullif(substr(who, 6), ''), ',')::uuid[] ELSE '{}' END;
END $$;

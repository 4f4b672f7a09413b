CREATE OR REPLACE FUNCTION gate.me() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who text := (gate.said())[1];
BEGIN
  RETURN CASE WHEN who LIKE 'person:%' THEN substr(who, 8)::uuid END;
END $$;

CREATE OR REPLACE FUNCTION gate.moment() RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (gate.said())[2]::timestamptz
$$;

CREATE OR REPLACE FUNCTION gate.today() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (gate.moment() AT TIME ZONE 'Europe/Amsterdam')::date
$$;

-- The municipalities where who asks has one of these roles today.
CREATE OR REPLACE FUNCTION gate.posts(VARIADIC roles text[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who uuid := gate.me(); today date := gate.today();
BEGIN
  RETURN ARRAY(
    SELECT municipality_id FROM public.accounts_post
    WHERE person_id = who AND role = ANY (roles) AND since <= today AND (until IS NULL OR until > today));
END $$;

-- The municipalities of whose people he may know: where he works in any role, or lives as a youth.
CREATE OR REPLACE FUNCTION gate.neighbourhood() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who uuid := gate.me(); today date := gate.today();
BEGIN
  RETURN ARRAY(
    SELECT municipality_id FROM public.accounts_post
    WHERE person_id = who AND since <= today AND (until IS NULL OR until > today)
    UNION ALL
    SELECT municipality_id FROM public.dossiers_dossier WHERE youth_id = who);
END $$;

-- Every dossier somebody has a relation with now: who he is to it, and for a grant the one section. Who was shown single
-- rows knows of the dossier, and reads no section of it by that.
CREATE OR REPLACE FUNCTION gate.relations() RETURNS TABLE (dossier_id uuid, relation text, section text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  who uuid := gate.me();
  moment timestamptz := gate.moment();
  today date := gate.today();
  coached uuid[];
  works boolean;
  is_guest boolean;
BEGIN
  IF who IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT d.id, 'youth', NULL::text FROM public.dossiers_dossier d WHERE d.youth_id = who;
  SELECT array_agg(p.municipality_id) FILTER (WHERE p.role = 'coach'), count(*) > 0 INTO coached, works
    FROM public.accounts_post p
    WHERE p.person_id = who AND p.since <= today AND (p.until IS NULL OR p.until > today);
  SELECT p.is_guest AND p.is_active INTO is_guest FROM public.accounts_person p WHERE p.id = who;
  IF NOT works AND NOT coalesce(is_guest, false) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT g.dossier_id, CASE WHEN g.item IS NULL THEN 'guest' ELSE 'shown' END,
      CASE WHEN g.item IS NULL THEN g.shared_section::text END FROM public.sharing_grant g
    WHERE g.to_id = who AND g.revoked_at IS NULL AND g.since <= today AND g.until >= today;
  IF coached IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT c.dossier_id, CASE WHEN c.is_stand_in THEN 'stand_in' ELSE 'coach' END, NULL::text
    FROM public.dossiers_coachship c JOIN public.dossiers_dossier d ON d.id = c.dossier_id
    WHERE c.coach_id = who AND c.since <= today AND (c.until IS NULL OR c.until > today)
      AND d.municipality_id = ANY (coached);
  RETURN QUERY SELECT e.dossier_id, 'emergency', NULL::text
    FROM public.sharing_emergency e JOIN public.dossiers_dossier d ON d.id = e.dossier_id
    WHERE e.taken_by_id = who AND e.ended_at IS NULL AND e.until > moment AND d.municipality_id = ANY (coached);
END $$;

-- The dossiers somebody may know of at all.
CREATE OR REPLACE FUNCTION gate.known() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT dossier_id), '{}') FROM gate.relations()
$$;

-- Those of which he may read this section.
CREATE OR REPLACE FUNCTION gate.reads(wanted text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(dossier_id), '{}') FROM gate.relations() WHERE CASE relation
    WHEN 'guest' THEN section = wanted
    WHEN 'shown' THEN false
    WHEN 'stand_in' THEN wanted IN ('identity', 'plan', 'appointments', 'contacts', 'scores', 'work', 'living')
    ELSE true END
$$;

-- The same for rows that say themselves in which section they lie: dossier:section.
CREATE OR REPLACE FUNCTION gate.places() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(dossier_id || ':' || s), '{}')
  FROM gate.relations() r, unnest(ARRAY['identity', 'plan', 'appointments', 'scores', 'contacts', 'work', 'money',
    'health', 'living', 'family', 'justice', 'story', 'messages']) s
  WHERE CASE relation
    WHEN 'guest' THEN r.section = s
    WHEN 'shown' THEN false
    WHEN 'stand_in' THEN s IN ('identity', 'plan', 'appointments', 'contacts', 'scores', 'work', 'living')
    ELSE true END
$$;

-- Those that let him, as a guest, read something now.
CREATE OR REPLACE FUNCTION gate.shows() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT r.dossier_id), '{}') FROM gate.relations() r
  WHERE r.relation IN ('guest', 'shown')
    AND EXISTS (SELECT FROM public.accounts_person p WHERE p.id = gate.me() AND p.is_guest)
$$;

-- The single rows that were shared with him now, in the dossier and the section they were shared in. A step brings its
-- small steps.
CREATE OR REPLACE FUNCTION gate.things() RETURNS TABLE (dossier_id uuid, section text, item uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH given AS (
    SELECT g.dossier_id, g.shared_section::text AS section, g.item FROM public.sharing_grant g
    WHERE g.to_id = gate.me() AND g.item IS NOT NULL AND g.revoked_at IS NULL AND g.since <= gate.today()
      AND g.until >= gate.today() AND g.dossier_id = ANY (gate.known()))
  SELECT * FROM given
  UNION ALL
  SELECT s.dossier_id, 'plan', s.id FROM given g
    JOIN public.dossiers_step s ON s.parent_id = g.item AND s.dossier_id = g.dossier_id
    WHERE g.section = 'plan'
$$;

-- Those rows, and the same as dossier:section:row.
CREATE OR REPLACE FUNCTION gate.shown() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(item), '{}') FROM gate.things()
$$;

CREATE OR REPLACE FUNCTION gate.shown_in() RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(dossier_id || ':' || section || ':' || item), '{}') FROM gate.things()
$$;

-- Those in which he may write: the youth in his own, and who walks along.
CREATE OR REPLACE FUNCTION gate.writes() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(dossier_id), '{}') FROM gate.relations() WHERE relation IN ('youth', 'coach', 'stand_in')
$$;

-- Those in which he may note what was said and what must be done: they, and who opened it in an emergency.
CREATE OR REPLACE FUNCTION gate.notes() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(dossier_id), '{}') FROM gate.relations() WHERE relation NOT IN ('guest', 'shown')
$$;

-- Those of which he is the coach himself, and does not only stand in.
CREATE OR REPLACE FUNCTION gate.coaches() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(dossier_id), '{}') FROM gate.relations() WHERE relation = 'coach'
$$;

-- Whether this dossier is of a municipality where he is a coach.
CREATE OR REPLACE FUNCTION gate.is_coach_there(dossier uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT municipality_id FROM public.dossiers_dossier WHERE id = dossier) = ANY (gate.posts('coach'))
$$;

-- Where he himself is the youth.
CREATE OR REPLACE FUNCTION gate.own() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(dossier_id), '{}') FROM gate.relations() WHERE relation = 'youth'
$$;

-- Whether this dossier is of a municipality where he gives and ends the roles.
CREATE OR REPLACE FUNCTION gate.is_managed(dossier uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT municipality_id FROM public.dossiers_dossier WHERE id = dossier) = ANY (gate.posts('functional_manager'))
$$;

-- Whether this dossier is of a municipality for whose law he answers.
CREATE OR REPLACE FUNCTION gate.is_answered_for(dossier uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT (SELECT municipality_id FROM public.dossiers_dossier WHERE id = dossier)
    = ANY (gate.posts('functional_manager', 'privacy_officer'))
$$;

-- Where he may say who walks along: as the coach (also in the statement after the one that ended his own time), as
-- project leader, as who ends the role of a coach (never for himself), or of a youth he notes himself this minute.
CREATE OR REPLACE FUNCTION gate.may_assign(dossier uuid, to_coach uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE where_it_is uuid := (SELECT municipality_id FROM public.dossiers_dossier WHERE id = dossier);
BEGIN
  RETURN where_it_is = ANY (gate.posts('project_leader'))
    OR (to_coach <> gate.me() AND where_it_is = ANY (gate.posts('functional_manager')))
    OR (where_it_is = ANY (gate.posts('coach')) AND EXISTS (
          SELECT FROM public.dossiers_coachship c WHERE c.dossier_id = dossier AND c.coach_id = gate.me()
            AND NOT c.is_stand_in AND c.since <= gate.today() AND (c.until IS NULL OR c.until >= gate.today())))
    OR (to_coach = gate.me() AND where_it_is = ANY (gate.posts('coach'))
        AND NOT EXISTS (SELECT FROM public.dossiers_coachship c WHERE c.dossier_id = dossier));
END $$;

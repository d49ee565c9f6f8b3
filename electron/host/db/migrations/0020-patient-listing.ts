/**
 * Frozen: one row a patient with what the list is sorted, searched and counted by, kept by triggers, so that a page of
 * the list costs the same with a hundred sessions and with a hundred thousand. Derived: it is in no export.
 */
const refresh = (ids: string) => `
  INSERT INTO patient_listing
    (patient_id, search_text, sort_at, last_session_at, session_count, has_draft, is_blinded, is_listed)
  SELECT p.id,
    v.search_text || coalesce((
      SELECT group_concat(' ' || e.search_text, '') FROM episode_version e
      WHERE e.patient_id = p.id AND e.is_removed = 0 AND NOT EXISTS (
        SELECT 1 FROM episode_version n WHERE n.episode_id = e.episode_id AND n.version > e.version
      )
    ), ''),
    coalesce((SELECT max(s.started_at) FROM session s WHERE s.patient_id = p.id), p.created_at),
    (SELECT max(s.started_at) FROM session s WHERE s.patient_id = p.id),
    (SELECT count(*) FROM session s WHERE s.patient_id = p.id),
    EXISTS (SELECT 1 FROM session s WHERE s.patient_id = p.id AND s.state = 'measuring'),
    EXISTS (
      SELECT 1 FROM session s WHERE s.patient_id = p.id AND s.is_blinded = 1 AND s.state IN ('measuring', 'saved')
    ),
    NOT EXISTS (
      SELECT 1 FROM patient_state t
      WHERE t.patient_id = p.id AND (t.archived_at IS NOT NULL OR t.merged_into IS NOT NULL)
    )
  FROM patient p JOIN patient_version v ON v.patient_id = p.id AND v.version = p.current_version
  WHERE p.id IN (${ids})
  ON CONFLICT (patient_id) DO UPDATE SET
    search_text = excluded.search_text, sort_at = excluded.sort_at, last_session_at = excluded.last_session_at,
    session_count = excluded.session_count, has_draft = excluded.has_draft, is_blinded = excluded.is_blinded,
    is_listed = excluded.is_listed;`;

/** Name, event and the patients whose row it touches. A draft is saved twice a second: unchanged values do nothing. */
const TRIGGERS = [
  ['patient_version_added', 'AFTER INSERT ON patient_version', 'NEW.patient_id'],
  ['patient_version_chosen', 'AFTER UPDATE OF current_version ON patient', 'NEW.id'],
  ['session_added', 'AFTER INSERT ON session', 'NEW.patient_id'],
  ['session_removed', 'AFTER DELETE ON session', 'OLD.patient_id'],
  [
    'session_changed',
    `AFTER UPDATE OF patient_id, state, is_blinded, started_at ON session
     WHEN NEW.patient_id <> OLD.patient_id OR NEW.state <> OLD.state OR NEW.is_blinded <> OLD.is_blinded
       OR NEW.started_at <> OLD.started_at`,
    'NEW.patient_id, OLD.patient_id',
  ],
  [
    'episode_changed',
    'AFTER INSERT ON episode_version',
    'SELECT patient_id FROM episode_version WHERE episode_id = NEW.episode_id',
  ],
  ['patient_state_added', 'AFTER INSERT ON patient_state', 'NEW.patient_id'],
  ['patient_state_changed', 'AFTER UPDATE ON patient_state', 'NEW.patient_id'],
] as const;

export const LISTING_SQL = `
CREATE TABLE patient_listing (
  patient_id TEXT PRIMARY KEY REFERENCES patient (id), search_text TEXT NOT NULL, sort_at TEXT NOT NULL,
  last_session_at TEXT, session_count INTEGER NOT NULL, has_draft INTEGER NOT NULL, is_blinded INTEGER NOT NULL,
  is_listed INTEGER NOT NULL
) STRICT;
CREATE INDEX patient_listing_order ON patient_listing (sort_at DESC, patient_id);
CREATE INDEX patient_listing_listed ON patient_listing (sort_at DESC, patient_id) WHERE is_listed = 1;
CREATE INDEX patient_listing_archived ON patient_listing (patient_id) WHERE is_listed = 0;
CREATE INDEX patient_listing_blinded ON patient_listing (patient_id) WHERE is_blinded = 1;
${refresh('SELECT id FROM patient')}
${TRIGGERS.map(([name, event, ids]) => `CREATE TRIGGER listing_${name} ${event} BEGIN ${refresh(ids)} END;`).join('\n')}
`;

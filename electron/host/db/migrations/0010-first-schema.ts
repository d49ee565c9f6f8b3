import type { Migration } from './migration.ts';

/** Frozen: the first schema. Evidence tables refuse UPDATE and DELETE by trigger. */
const EVIDENCE = [
  'patient_version',
  'trial',
  'judgement',
  'prediction',
  'explanation',
  'comparison',
  'audit',
];

const SQL = `
CREATE TABLE app_user (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL,
  is_guide_done INTEGER NOT NULL CHECK (is_guide_done IN (0, 1))
) STRICT;
CREATE TABLE device (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, serial TEXT NOT NULL, kind TEXT NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('kg', 'lb', 'N')), calibrated_on TEXT, created_at TEXT NOT NULL
) STRICT;
CREATE TABLE patient (
  id TEXT PRIMARY KEY, created_at TEXT NOT NULL, current_version INTEGER NOT NULL CHECK (current_version >= 1)
) STRICT;
CREATE TABLE patient_version (
  patient_id TEXT NOT NULL REFERENCES patient (id), version INTEGER NOT NULL CHECK (version >= 1),
  created_at TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id),
  display_name TEXT NOT NULL, clinic_number TEXT NOT NULL, birth_date TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('female', 'male')),
  height_m REAL NOT NULL CHECK (height_m BETWEEN 0.8 AND 2.5),
  weight_kg REAL NOT NULL CHECK (weight_kg BETWEEN 20 AND 350),
  dominant_hand TEXT NOT NULL CHECK (dominant_hand IN ('right', 'left')),
  affected_side TEXT NOT NULL CHECK (affected_side IN ('right', 'left', 'both', 'none')),
  diagnosis TEXT NOT NULL, operation TEXT NOT NULL, operation_note TEXT NOT NULL, operation_date TEXT,
  search_text TEXT NOT NULL, PRIMARY KEY (patient_id, version)
) STRICT;
CREATE TABLE session (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id), user_id TEXT NOT NULL REFERENCES app_user (id),
  state TEXT NOT NULL CHECK (state IN ('measuring', 'saved', 'locked', 'revealed', 'compared', 'closed')),
  started_at TEXT NOT NULL, saved_at TEXT, device_id TEXT REFERENCES device (id),
  summary_rule TEXT NOT NULL CHECK (summary_rule IN ('mean-of-three', 'maximum')),
  note TEXT NOT NULL, is_blinded INTEGER NOT NULL CHECK (is_blinded IN (0, 1)),
  judged_side TEXT CHECK (judged_side IN ('right', 'left')), last_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX session_patient_started ON session (patient_id, started_at DESC);
CREATE INDEX session_open ON session (patient_id) WHERE state = 'measuring';
CREATE TABLE draft (
  session_id TEXT PRIMARY KEY REFERENCES session (id), content TEXT NOT NULL, saved_at TEXT NOT NULL
) STRICT;
CREATE TABLE trial (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), measure TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side IN ('right', 'left')), trial_number INTEGER NOT NULL CHECK (trial_number BETWEEN 1 AND 20),
  version INTEGER NOT NULL CHECK (version >= 1), typed_text TEXT NOT NULL, typed_unit TEXT NOT NULL,
  value_si REAL CHECK (value_si BETWEEN 0 AND 2000), pain INTEGER CHECK (pain BETWEEN 0 AND 10),
  is_stopped_early INTEGER NOT NULL CHECK (is_stopped_early IN (0, 1)), not_tested_reason TEXT,
  is_confirmed_unusual INTEGER NOT NULL CHECK (is_confirmed_unusual IN (0, 1)), correction_reason TEXT,
  user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL,
  CHECK ((value_si IS NULL) = (not_tested_reason IS NOT NULL)),
  UNIQUE (session_id, measure, side, trial_number, version)
) STRICT;
CREATE TABLE judgement (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), user_id TEXT NOT NULL REFERENCES app_user (id),
  answer TEXT NOT NULL, confidence_percent INTEGER CHECK (confidence_percent BETWEEN 0 AND 100), drivers TEXT NOT NULL,
  is_blinded INTEGER NOT NULL CHECK (is_blinded IN (0, 1)), duration_ms INTEGER NOT NULL, locked_at TEXT NOT NULL,
  is_after_reveal INTEGER NOT NULL CHECK (is_after_reveal IN (0, 1))
) STRICT;
CREATE INDEX judgement_session ON judgement (session_id);
CREATE UNIQUE INDEX judgement_first ON judgement (session_id) WHERE is_after_reveal = 0;
CREATE TABLE receipt (
  receipt_hash TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), input_hash TEXT NOT NULL,
  created_at TEXT NOT NULL, spent_at TEXT
) STRICT;
CREATE TABLE prediction (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id),
  receipt_hash TEXT NOT NULL UNIQUE REFERENCES receipt (receipt_hash), input_hash TEXT NOT NULL,
  model_input TEXT NOT NULL, content TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX prediction_session ON prediction (session_id);
-- Judge first, kept by the store itself: no prediction without a locked judgement of the same session.
CREATE TRIGGER prediction_needs_lock BEFORE INSERT ON prediction
WHEN NOT EXISTS (SELECT 1 FROM judgement j WHERE j.session_id = NEW.session_id)
BEGIN SELECT RAISE(ABORT, 'prediction before judgement'); END;
CREATE TABLE explanation (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id),
  prediction_id TEXT NOT NULL REFERENCES prediction (id), content TEXT NOT NULL, overlap TEXT, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX explanation_session ON explanation (session_id);
CREATE TABLE comparison (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), user_id TEXT NOT NULL REFERENCES app_user (id),
  content TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX comparison_session ON comparison (session_id);
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, user_id TEXT, event TEXT NOT NULL, object_id TEXT,
  details_hash TEXT NOT NULL, previous TEXT NOT NULL, mac TEXT NOT NULL
) STRICT;
`;

export const firstSchema: Migration = {
  id: 10,
  title: 'first-schema',
  up(database) {
    database.exec(SQL);
    for (const table of EVIDENCE) {
      for (const action of ['UPDATE', 'DELETE']) {
        database.exec(
          `CREATE TRIGGER ${table}_no_${action.toLowerCase()} BEFORE ${action} ON ${table} ` +
            `BEGIN SELECT RAISE(ABORT, '${table} is evidence'); END`,
        );
      }
    }
  },
};

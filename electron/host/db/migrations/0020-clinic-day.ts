import { LISTING_SQL } from './0020-patient-listing.ts';
import type { Migration } from './migration.ts';

/** Frozen: episodes, recordings, further analyses, forecasts, second readers, truths, preferences. */
const EVIDENCE = [
  'episode_version',
  'recording',
  'recording_marks',
  'analysis_judgement',
  'analysis_prediction',
  'analysis_explanation',
  'forecast',
  'reader_judgement',
  'report_conclusion',
  'truth',
  'training_answer',
];

/** Of these only that they were undone, once, is added later; the columns beside that never change. */
const UNDOABLE: Readonly<Record<string, string>> = {
  patient_merge: 'id, kept_id, merged_id, moved, user_id, created_at',
  session_move:
    'id, session_id, from_patient_id, to_patient_id, from_episode_id, reason, user_id, created_at',
};

const SQL = `
-- Kysely's own columns of the first schema, widened. Old rows keep what was true of them.
ALTER TABLE session ADD COLUMN protocol TEXT NOT NULL DEFAULT 'pinch-and-wrist';
ALTER TABLE session ADD COLUMN conditions TEXT NOT NULL DEFAULT '{}';
ALTER TABLE session ADD COLUMN episode_id TEXT;
ALTER TABLE trial ADD COLUMN device_id TEXT REFERENCES device (id);
ALTER TABLE judgement ADD COLUMN bands TEXT NOT NULL DEFAULT '[]';
ALTER TABLE judgement ADD COLUMN recording_id TEXT;
CREATE INDEX session_started ON session (started_at DESC);
CREATE INDEX session_unfinished ON session (started_at DESC) WHERE state IN ('measuring', 'saved');
CREATE INDEX session_blinded ON session (patient_id) WHERE is_blinded = 1 AND state IN ('measuring', 'saved');
CREATE INDEX trial_session_measure ON trial (session_id, measure);
CREATE INDEX audit_event ON audit (event, object_id);
CREATE INDEX audit_at ON audit (at DESC);

CREATE TABLE patient_state (
  patient_id TEXT PRIMARY KEY REFERENCES patient (id), archived_at TEXT, merged_into TEXT REFERENCES patient (id)
) STRICT;
CREATE TABLE patient_merge (
  id TEXT PRIMARY KEY, kept_id TEXT NOT NULL REFERENCES patient (id), merged_id TEXT NOT NULL REFERENCES patient (id),
  moved TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL,
  undone_at TEXT, undone_by TEXT REFERENCES app_user (id)
) STRICT;
-- Without a reference to its session: one without measurements may be discarded, that it was moved stays on record.
CREATE TABLE session_move (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL,
  from_patient_id TEXT NOT NULL REFERENCES patient (id), to_patient_id TEXT NOT NULL REFERENCES patient (id),
  from_episode_id TEXT, reason TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL,
  undone_at TEXT, undone_by TEXT REFERENCES app_user (id)
) STRICT;
CREATE INDEX session_move_session ON session_move (session_id);
CREATE INDEX session_move_from ON session_move (from_patient_id);
CREATE INDEX session_move_to ON session_move (to_patient_id);
CREATE INDEX patient_merge_kept ON patient_merge (kept_id);
CREATE INDEX patient_merge_merged ON patient_merge (merged_id);
CREATE INDEX patient_state_merged ON patient_state (merged_into) WHERE merged_into IS NOT NULL;
CREATE TABLE episode_version (
  episode_id TEXT NOT NULL, version INTEGER NOT NULL CHECK (version >= 1),
  patient_id TEXT NOT NULL REFERENCES patient (id), side TEXT NOT NULL CHECK (side IN ('right', 'left', 'both')),
  diagnosis TEXT NOT NULL, operation TEXT NOT NULL, operation_note TEXT NOT NULL, operation_date TEXT,
  started_on TEXT NOT NULL, ended_on TEXT, is_removed INTEGER NOT NULL CHECK (is_removed IN (0, 1)),
  search_text TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL, PRIMARY KEY (episode_id, version)
) STRICT;
CREATE INDEX episode_patient ON episode_version (patient_id);
CREATE TABLE intervention (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id), kind TEXT NOT NULL, side TEXT,
  on_date TEXT NOT NULL, note TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL,
  removed_at TEXT
) STRICT;
CREATE INDEX intervention_patient ON intervention (patient_id);

CREATE TABLE recording (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), side TEXT CHECK (side IN ('right', 'left')),
  measure TEXT NOT NULL, name TEXT NOT NULL, file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL,
  sample_count INTEGER NOT NULL CHECK (sample_count >= 1), channel_count INTEGER NOT NULL CHECK (channel_count >= 1),
  header TEXT NOT NULL, content BLOB NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL
) STRICT;
CREATE INDEX recording_session ON recording (session_id);
CREATE TABLE recording_marks (
  recording_id TEXT NOT NULL REFERENCES recording (id), version INTEGER NOT NULL CHECK (version >= 1),
  content TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL,
  PRIMARY KEY (recording_id, version)
) STRICT;
CREATE TABLE recording_state (recording_id TEXT PRIMARY KEY REFERENCES recording (id), set_aside_at TEXT) STRICT;
CREATE TABLE import_mapping (
  signature TEXT PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES app_user (id), changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE analysis_judgement (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id),
  analysis TEXT NOT NULL CHECK (analysis IN ('muscle-parameters', 'elbow-torque-fatigue')),
  user_id TEXT NOT NULL REFERENCES app_user (id), content TEXT NOT NULL,
  is_blinded INTEGER NOT NULL CHECK (is_blinded IN (0, 1)), duration_ms INTEGER NOT NULL, locked_at TEXT NOT NULL,
  is_after_reveal INTEGER NOT NULL CHECK (is_after_reveal IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX analysis_judgement_first ON analysis_judgement (session_id, analysis) WHERE is_after_reveal = 0;
CREATE TABLE analysis_receipt (
  receipt_hash TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), analysis TEXT NOT NULL,
  input_hash TEXT NOT NULL, created_at TEXT NOT NULL, spent_at TEXT
) STRICT;
CREATE TABLE analysis_prediction (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), analysis TEXT NOT NULL,
  receipt_hash TEXT NOT NULL UNIQUE REFERENCES analysis_receipt (receipt_hash), input_hash TEXT NOT NULL,
  model_input TEXT NOT NULL, content TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;
CREATE INDEX analysis_prediction_session ON analysis_prediction (session_id, analysis);
CREATE TRIGGER analysis_prediction_needs_lock BEFORE INSERT ON analysis_prediction
WHEN NOT EXISTS (
  SELECT 1 FROM analysis_judgement j WHERE j.session_id = NEW.session_id AND j.analysis = NEW.analysis
)
BEGIN SELECT RAISE(ABORT, 'prediction before judgement'); END;
CREATE TABLE analysis_explanation (
  id TEXT PRIMARY KEY, prediction_id TEXT NOT NULL REFERENCES analysis_prediction (id), content TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE forecast (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id),
  side TEXT NOT NULL CHECK (side IN ('right', 'left')), author TEXT NOT NULL CHECK (author IN ('clinician', 'model')),
  user_id TEXT NOT NULL REFERENCES app_user (id), content TEXT NOT NULL, locked_at TEXT NOT NULL,
  UNIQUE (session_id, side, author)
) STRICT;
CREATE TRIGGER forecast_of_model_needs_lock BEFORE INSERT ON forecast
WHEN NEW.author = 'model' AND NOT EXISTS (
  SELECT 1 FROM forecast f WHERE f.session_id = NEW.session_id AND f.side = NEW.side AND f.author = 'clinician'
)
BEGIN SELECT RAISE(ABORT, 'forecast of the model before the clinician''s'); END;

CREATE TABLE reader_judgement (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id),
  user_id TEXT NOT NULL REFERENCES app_user (id), content TEXT NOT NULL, locked_at TEXT NOT NULL,
  UNIQUE (session_id, user_id)
) STRICT;
CREATE TABLE report_conclusion (
  session_id TEXT NOT NULL REFERENCES session (id), version INTEGER NOT NULL CHECK (version >= 1),
  content TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL,
  PRIMARY KEY (session_id, version)
) STRICT;
CREATE TABLE truth (
  id TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id), kind TEXT NOT NULL, content TEXT NOT NULL,
  known_on TEXT NOT NULL, user_id TEXT NOT NULL REFERENCES app_user (id), created_at TEXT NOT NULL
) STRICT;
CREATE INDEX truth_session ON truth (session_id);
CREATE TABLE training_answer (
  id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES app_user (id), case_id TEXT NOT NULL, content TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE user_pin (
  user_id TEXT PRIMARY KEY REFERENCES app_user (id), salt TEXT NOT NULL, verifier TEXT NOT NULL,
  failed_count INTEGER NOT NULL, changed_at TEXT NOT NULL
) STRICT;
CREATE TABLE preference (
  user_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, changed_at TEXT NOT NULL,
  PRIMARY KEY (user_id, name)
) STRICT;
`;

export const clinicDay: Migration = {
  id: 20,
  title: 'clinic-day',
  up(database) {
    database.exec(SQL);
    database.exec(LISTING_SQL);
    for (const [table, columns] of Object.entries(UNDOABLE)) {
      const refuse = `BEGIN SELECT RAISE(ABORT, '${table} is evidence'); END`;
      database.exec(
        `CREATE TRIGGER ${table}_no_change BEFORE UPDATE OF ${columns} ON ${table} ${refuse};
         CREATE TRIGGER ${table}_undone_once BEFORE UPDATE ON ${table} WHEN OLD.undone_at IS NOT NULL ${refuse};
         CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} ${refuse};`,
      );
    }
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

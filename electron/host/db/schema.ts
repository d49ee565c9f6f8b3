/** Row types of the store for Kysely. Quantities in SI with the unit in the column name; times are UTC ISO text. */
export interface Tables {
  app_user: { id: string; name: string; created_at: string; is_guide_done: number };
  device: {
    id: string;
    name: string;
    serial: string;
    kind: string;
    unit: string;
    calibrated_on: string | null;
    created_at: string;
  };
  patient: { id: string; created_at: string; current_version: number };
  patient_version: {
    patient_id: string;
    version: number;
    created_at: string;
    user_id: string;
    display_name: string;
    clinic_number: string;
    birth_date: string;
    sex: string;
    height_m: number;
    weight_kg: number;
    dominant_hand: string;
    affected_side: string;
    diagnosis: string;
    operation: string;
    operation_note: string;
    operation_date: string | null;
    search_text: string;
  };
  session: {
    id: string;
    patient_id: string;
    user_id: string;
    state: string;
    started_at: string;
    saved_at: string | null;
    device_id: string | null;
    summary_rule: string;
    note: string;
    is_blinded: number;
    judged_side: string | null;
    last_seq: number;
    protocol: string;
    conditions: string;
    episode_id: string | null;
  };
  draft: { session_id: string; content: string; saved_at: string };
  trial: {
    id: string;
    session_id: string;
    measure: string;
    side: string;
    trial_number: number;
    version: number;
    typed_text: string;
    typed_unit: string;
    value_si: number | null;
    pain: number | null;
    is_stopped_early: number;
    not_tested_reason: string | null;
    is_confirmed_unusual: number;
    correction_reason: string | null;
    user_id: string;
    created_at: string;
    device_id: string | null;
  };
  judgement: {
    id: string;
    session_id: string;
    user_id: string;
    answer: string;
    confidence_percent: number | null;
    drivers: string;
    is_blinded: number;
    duration_ms: number;
    locked_at: string;
    is_after_reveal: number;
    bands: string;
    recording_id: string | null;
  };
  receipt: {
    receipt_hash: string;
    session_id: string;
    input_hash: string;
    created_at: string;
    spent_at: string | null;
  };
  prediction: {
    id: string;
    session_id: string;
    receipt_hash: string;
    input_hash: string;
    model_input: string;
    content: string;
    created_at: string;
  };
  explanation: {
    id: string;
    session_id: string;
    prediction_id: string;
    content: string;
    overlap: string | null;
    created_at: string;
  };
  comparison: { id: string; session_id: string; user_id: string; content: string; created_at: string };
  audit: {
    seq: number;
    at: string;
    user_id: string | null;
    event: string;
    object_id: string | null;
    details_hash: string;
    previous: string;
    mac: string;
  };
  patient_state: { patient_id: string; archived_at: string | null; merged_into: string | null };
  /** Derived, kept by triggers: what the patient list is sorted, searched and counted by. */
  patient_listing: {
    patient_id: string;
    search_text: string;
    sort_at: string;
    last_session_at: string | null;
    session_count: number;
    has_draft: number;
    is_blinded: number;
    is_listed: number;
  };
  patient_merge: {
    id: string;
    kept_id: string;
    merged_id: string;
    moved: string;
    user_id: string;
    created_at: string;
    undone_at: string | null;
    undone_by: string | null;
  };
  session_move: {
    id: string;
    session_id: string;
    from_patient_id: string;
    to_patient_id: string;
    from_episode_id: string | null;
    reason: string;
    user_id: string;
    created_at: string;
    undone_at: string | null;
    undone_by: string | null;
  };
  episode_version: {
    episode_id: string;
    version: number;
    patient_id: string;
    side: string;
    diagnosis: string;
    operation: string;
    operation_note: string;
    operation_date: string | null;
    started_on: string;
    ended_on: string | null;
    is_removed: number;
    search_text: string;
    user_id: string;
    created_at: string;
  };
  intervention: {
    id: string;
    patient_id: string;
    kind: string;
    side: string | null;
    on_date: string;
    note: string;
    user_id: string;
    created_at: string;
    removed_at: string | null;
  };
  recording: {
    id: string;
    session_id: string;
    side: string | null;
    measure: string;
    name: string;
    file_name: string;
    file_sha256: string;
    sample_count: number;
    channel_count: number;
    header: string;
    content: Buffer;
    user_id: string;
    created_at: string;
  };
  recording_marks: {
    recording_id: string;
    version: number;
    content: string;
    user_id: string;
    created_at: string;
  };
  recording_state: { recording_id: string; set_aside_at: string | null };
  import_mapping: {
    signature: string;
    name: string;
    content: string;
    user_id: string;
    changed_at: string;
  };
  analysis_judgement: {
    id: string;
    session_id: string;
    analysis: string;
    user_id: string;
    content: string;
    is_blinded: number;
    duration_ms: number;
    locked_at: string;
    is_after_reveal: number;
  };
  analysis_receipt: {
    receipt_hash: string;
    session_id: string;
    analysis: string;
    input_hash: string;
    created_at: string;
    spent_at: string | null;
  };
  analysis_prediction: {
    id: string;
    session_id: string;
    analysis: string;
    receipt_hash: string;
    input_hash: string;
    model_input: string;
    content: string;
    created_at: string;
  };
  analysis_explanation: { id: string; prediction_id: string; content: string; created_at: string };
  forecast: {
    id: string;
    session_id: string;
    side: string;
    author: string;
    user_id: string;
    content: string;
    locked_at: string;
  };
  reader_judgement: { id: string; session_id: string; user_id: string; content: string; locked_at: string };
  report_conclusion: {
    session_id: string;
    version: number;
    content: string;
    user_id: string;
    created_at: string;
  };
  truth: {
    id: string;
    session_id: string;
    kind: string;
    content: string;
    known_on: string;
    user_id: string;
    created_at: string;
  };
  training_answer: { id: string; user_id: string; case_id: string; content: string; created_at: string };
  user_pin: { user_id: string; salt: string; verifier: string; failed_count: number; changed_at: string };
  preference: { user_id: string; name: string; value: string; changed_at: string };
}

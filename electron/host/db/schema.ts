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
}

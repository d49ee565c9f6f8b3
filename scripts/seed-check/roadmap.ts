/** Every point of the roadmap, in its order. A row's check runs the smallest real case; a row without one says why. */
import * as clinic from './checks/clinic-checks.ts';
import * as models from './checks/model-checks.ts';
import * as people from './checks/people-checks.ts';
import type { SeedRow } from './rows.ts';

const ELBOW = 'needs the elbow simulator, which is not written yet';
const WHOLE_SETS =
  'needs the full data sets and experiments of the training programme, which are not run yet';
const EXPLAINERS =
  'the first version explains by exact Shapley values only; other methods are not written yet';

export const ROADMAP: readonly SeedRow[] = [
  {
    point: 'clinic inputs',
    folder: 'core/clinical, renderer/features/bedside',
    screen: 'bedside entry',
    command: 'npm run demo',
    check: clinic.clinicInputs,
  },
  {
    point: '2-D radiograph',
    folder: '-',
    screen: '-',
    command: '',
    why: 'no open data set of hand radiographs may enter the project; nothing is claimed',
  },
  {
    point: 'virtual population 40,000/10,000',
    folder: 'training/population, training/dataset',
    screen: 'Models',
    command: 'npm run train -- --model wrist-state',
    check: people.virtualPopulation,
    missing: 'the first bundles use fewer people than 40,000/10,000',
  },
  {
    point: 'parameter tiers',
    folder: 'training/dataset/muscle-parameters.ts',
    screen: 'Models',
    command: 'npm run train -- --model muscle-parameters-1',
    check: models.parameterTiers,
    missing: 'tier 1 only; tiers 2 and 3, identifiability under both contact models',
  },
  {
    point: 'wrist state',
    folder: 'core/inference, models/wrist-state',
    screen: 'result',
    command: 'npm run train -- --model wrist-state',
    check: models.wristState,
    missing: 'patterns A and B; postures, trace and the comparators are not trained yet',
  },
  {
    point: 'local and global explanation',
    folder: 'core/explain',
    screen: 'result',
    command: 'npm run seed-check',
    check: models.localExplanation,
    missing: 'local only; global importance and its departure are not measured yet',
  },
  {
    point: 'agreement with physiology',
    folder: '-',
    screen: '-',
    command: '',
    why: 'the list of expected signs must be committed before any model is looked at; it is not written yet',
  },
  { point: 'LSTM transfer', folder: '-', screen: '-', command: '', why: ELBOW },
  { point: 'frozen weights', folder: '-', screen: '-', command: '', why: ELBOW },
  { point: 'inverse-distance migration', folder: '-', screen: '-', command: '', why: WHOLE_SETS },
  { point: 'GAN', folder: '-', screen: '-', command: '', why: WHOLE_SETS },
  { point: 'memorisation', folder: '-', screen: '-', command: '', why: WHOLE_SETS },
  {
    point: 'PCA/SVD',
    folder: '-',
    screen: '-',
    command: '',
    why: 'belongs to force traces, which no shipped model reads yet',
  },
  {
    point: 'covariance',
    folder: 'core/uncertainty/covariance.ts',
    screen: 'result (within the range of the training people)',
    command: 'npm run seed-check',
    check: people.shrunkCovariance,
  },
  { point: 'covariance-weighted penalty', folder: '-', screen: '-', command: '', why: WHOLE_SETS },
  {
    point: 'sensor noise',
    folder: 'training/dataset/pinch-trials.ts',
    screen: 'bedside entry (spread)',
    command: 'npm run seed-check',
    check: people.sensorNoise,
    missing:
      'gauge resolution, trial and session noise; load cells, drift and saturation are not simulated yet',
  },
  { point: 'reality gap', folder: '-', screen: '-', command: '', why: ELBOW },
  { point: 'bias-variance', folder: '-', screen: '-', command: '', why: WHOLE_SETS },
  { point: 'imbalance', folder: '-', screen: '-', command: '', why: WHOLE_SETS },
  { point: 'saliency', folder: '-', screen: '-', command: '', why: EXPLAINERS },
  { point: 'LRP', folder: '-', screen: '-', command: '', why: EXPLAINERS },
  { point: 'torque module', folder: '-', screen: '-', command: '', why: ELBOW },
  { point: 'fatigue module', folder: '-', screen: '-', command: '', why: ELBOW },
  {
    point: 'confidence intervals',
    folder: 'core/uncertainty',
    screen: 'result',
    command: 'npm run seed-check',
    check: models.coverage,
    missing: 'class sets of wrist-state; coverage by sex and age band at the size that the design asks for',
  },
  { point: '+-2 N.m', folder: '-', screen: '-', command: '', why: ELBOW },
  {
    point: 'concordance',
    folder: 'core/agreement, renderer/features/result',
    screen: 'result (overlap of reasons)',
    command: 'npm run seed-check',
    check: clinic.concordance,
    missing: 'one session at a time; the team page with kappa and AC1 is not written yet',
  },
  {
    point: 'clinician annotation',
    folder: 'renderer/features/judgement',
    screen: 'judgement (drivers with direction)',
    command: 'npm run demo',
    check: clinic.annotation,
    missing: 'drivers; brushed time bands need recordings',
  },
  {
    point: 'selection bias',
    folder: '-',
    screen: '-',
    command: '',
    why: 'the cohort panel needs stored cohorts; it is not written yet',
  },
  {
    point: 'explanation for patients',
    folder: '-',
    screen: '-',
    command: '',
    why: 'belongs to the patient page of the report, which is not written yet',
  },
];

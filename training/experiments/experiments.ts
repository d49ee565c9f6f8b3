import type { Experiment } from './experiment.ts';

/** Loaded one by one, so that a process pays for the experiment that it runs only. The longest first. */
export const EXPERIMENTS: Readonly<Record<string, () => Promise<Experiment>>> = {
  'elbow-transfer': async () => (await import('./elbow-transfer.ts')).ELBOW_TRANSFER,
  'wrist-trace-gain': async () => (await import('./wrist-trace-gain.ts')).WRIST_TRACE_GAIN,
  'wrist-patient-spread': async () => (await import('./wrist-patient-spread.ts')).WRIST_PATIENT_SPREAD,
  'emg-grip': async () => (await import('./emg-grip.ts')).EMG_GRIP_EXPERIMENT,
  augmentation: async () => (await import('./augmentation.ts')).AUGMENTATION,
  imbalance: async () => (await import('./imbalance.ts')).IMBALANCE,
  regularisation: async () => (await import('./regularisation.ts')).REGULARISATION,
  'covariance-penalty': async () => (await import('./covariance-penalty.ts')).COVARIANCE_PENALTY,
  'covariance-shrinkage': async () => (await import('./covariance-shrinkage.ts')).COVARIANCE_SHRINKAGE,
  'trace-components': async () => (await import('./trace-components.ts')).TRACE_COMPONENTS_EXPERIMENT,
};

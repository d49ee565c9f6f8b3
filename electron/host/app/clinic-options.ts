import type { AppState } from '../../../core/contract/channels/app.ts';

/** What the state of the clinic is made with; clock, identifiers and times come from outside. */
export interface ClinicOptions {
  dataFolder: string;
  resourcesFolder: string;
  shell: AppState['shell'];
  appVersion: string;
  clock: () => Date;
  newId: () => string;
  monotonicMs: () => number;
  scryptCost: number;
  newIncident: () => string;
}

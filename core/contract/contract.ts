import type * as z from 'zod';
import { analysisChannels } from './channels/analyses.ts';
import { appChannels } from './channels/app.ts';
import { backupChannels } from './channels/backup.ts';
import { concordanceChannels } from './channels/concordance.ts';
import { episodeChannels } from './channels/episodes.ts';
import { forecastChannels } from './channels/forecasts.ts';
import { interventionChannels } from './channels/interventions.ts';
import { judgementChannels } from './channels/judgements.ts';
import { patientChannels } from './channels/patients.ts';
import { preferenceChannels } from './channels/preferences.ts';
import { readingChannels } from './channels/readings.ts';
import { recordingChannels } from './channels/recordings.ts';
import { recordChannels } from './channels/records.ts';
import { reportChannels } from './channels/reports.ts';
import { sessionChannels } from './channels/sessions.ts';
import { trainingChannels } from './channels/training.ts';
import { type Call, mergeNamespaces, type Push } from './definition.ts';
import type { Result } from './errors.ts';

/** The one table: everything about the wire is derived from it. */
export const contract = mergeNamespaces(
  appChannels,
  patientChannels,
  recordChannels,
  episodeChannels,
  sessionChannels,
  judgementChannels,
  interventionChannels,
  recordingChannels,
  reportChannels,
  forecastChannels,
  concordanceChannels,
  trainingChannels,
  analysisChannels,
  readingChannels,
  preferenceChannels,
  backupChannels,
) satisfies Record<`${string}.${string}`, Call | Push>;

export type Contract = typeof contract;
type NamesOf<K extends 'call' | 'push'> = {
  [N in keyof Contract]: Contract[N] extends { kind: K } ? N : never;
}[keyof Contract];
export type CallName = NamesOf<'call'>;
export type PushName = NamesOf<'push'>;
export type Input<N extends CallName> = z.output<Contract[N]['input']>;
export type InputWire<N extends CallName> = z.input<Contract[N]['input']>;
export type Output<N extends CallName> = z.output<Contract[N]['output']>;
export type Codes<N extends CallName> = Contract[N]['errors'][number];
export type Handlers<Context> = {
  [N in CallName]: (input: Input<N>, context: Context) => Output<N> | Promise<Output<N>>;
};
export type Client = {
  [N in CallName]: (input: InputWire<N>) => Promise<Result<Output<N>, Codes<N>>>;
};
export type Payload<N extends PushName> = z.output<Contract[N]['payload']>;

import { operationName } from '../../../core/clinical/operation-names.ts';
import { patientOfCourse } from '../../../core/clinical/patient-of-course.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { Intervention } from '../../../core/contract/channels/interventions.ts';
import type { Patient } from '../../../core/contract/schemas/clinical.ts';
import type { EpisodeFields } from '../../../core/contract/schemas/episode.ts';
import type { InterventionKind } from '../../../core/contract/schemas/trend.ts';
import type { TrendFlag } from '../../charts/trend-chart.tsx';
import { shortDate } from '../../ui/calendar-date.ts';
import { chartWeek, labelText } from './trend-series.ts';

export const INTERVENTION_NAMES: Readonly<Record<InterventionKind, string>> = {
  splint: 'splint',
  injection: 'injection',
  'therapy-change': 'change of therapy',
  other: 'other',
};

/** The operation as a flag on the time axis; nothing while it is hidden from a blinded judge, or has no date. */
export function operationFlags(patient: Patient, origin: string): TrendFlag[] {
  const { operation, operationDate, operationNote } = patient;
  if (patient.isBlinded || operation === 'none' || operationDate === null) return [];
  const name = labelText(operationName(operation, operationNote));
  return [
    { x: chartWeek(origin, operationDate), name: `${name}, ${shortDate(operationDate)}`, kind: 'operation' },
  ];
}

/** Operations of the other episodes of care: one that stands as the patient's own is not drawn twice. */
export function episodeFlags(
  episodes: readonly EpisodeFields[],
  patient: Patient,
  origin: string,
): TrendFlag[] {
  const own = operationFlags(patient, origin);
  return episodes
    .flatMap((episode) => operationFlags(patientOfCourse(patient, episode), origin))
    .filter((flag, index, all) => {
      const isKnown = own.some((one) => one.x === flag.x);
      return !isKnown && all.findIndex((one) => one.x === flag.x && one.name === flag.name) === index;
    });
}

/** What an intervention was, e.g. "splint, left: thermoplastic". */
export function interventionText({ kind, side, note }: Pick<Intervention, 'kind' | 'side' | 'note'>): string {
  const what = kind === 'other' && note !== '' ? note : INTERVENTION_NAMES[kind];
  const where = side === null ? '' : `, ${SIDE_NAMES[side]}`;
  return `${what}${where}${note !== '' && kind !== 'other' ? `: ${note}` : ''}`;
}

/** Interventions as flags, cut so that they stay inside the chart. */
export const interventionFlags = (marks: readonly Intervention[], origin: string): TrendFlag[] =>
  marks.map((mark) => ({
    x: chartWeek(origin, mark.onDate),
    name: `${labelText(interventionText(mark))}, ${shortDate(mark.onDate)}`,
    kind: 'intervention',
  }));

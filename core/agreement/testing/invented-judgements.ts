import { WRIST_CLASSES } from '../../clinical/wrist-classes.ts';
import type { ConcordanceRow } from '../../contract/schemas/concordance.ts';
import type { Driver, FeatureId } from '../../contract/schemas/judgement.ts';
import { type RandomStream, randomStream } from '../../numerics/random-stream.ts';
import { FEATURE_IDS } from '../../signals/feature-ids.ts';

export const inventedId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** An invented judgement: nobody of it exists. */
export function inventedJudgement(number: number, change: Partial<ConcordanceRow> = {}): ConcordanceRow {
  return {
    sessionId: inventedId(number) as ConcordanceRow['sessionId'],
    patientId: inventedId(10_000 + number),
    clinicianId: inventedId(901) as ConcordanceRow['clinicianId'],
    clinicianName: 'Dr A. Lindgren',
    lockedAt: '2026-06-01T09:00:00.000Z',
    diagnosis: 'SLAC wrist, stage II',
    isBlinded: true,
    durationMs: 12_000,
    flags: [],
    answer: 'nonimpaired',
    confidencePercent: 70,
    drivers: [],
    inputPattern: 'B',
    modelVersion: '0.2.0',
    modelAnswer: 'nonimpaired',
    predictionSet: ['nonimpaired'],
    explanation: null,
    markedTrace: null,
    finalAnswer: 'nonimpaired',
    isUndecided: false,
    readings: [],
    ...change,
  };
}

const anyOf = <T>(items: readonly T[], stream: RandomStream): T => items[stream.integer(items.length)]!;

/** Answers and reasons drawn without looking: nothing but chance is in them. */
export function guessedJudgements(count: number, seed: string): ConcordanceRow[] {
  return Array.from({ length: count }, (_, number) => {
    const stream = randomStream('guessing clinician', seed, number);
    const features = [...FEATURE_IDS];
    const drivers = Array.from({ length: 3 }, (): Driver => {
      const [feature] = features.splice(stream.integer(features.length), 1) as [FeatureId];
      return { feature, direction: anyOf(['for', 'against'] as const, stream) };
    });
    const modelAnswer = anyOf(WRIST_CLASSES, stream);
    return inventedJudgement(number, {
      patientId: inventedId(10_000 + Math.floor(number / 4)),
      answer: anyOf(WRIST_CLASSES, stream),
      modelAnswer,
      predictionSet: [modelAnswer],
      drivers,
      explanation: {
        predictedClass: modelAnswer,
        againstClass: WRIST_CLASSES[(WRIST_CLASSES.indexOf(modelAnswer) + 1) % 3]!,
        contributions: FEATURE_IDS.map((feature) => ({ feature, value: stream.normal() })),
      },
    });
  });
}

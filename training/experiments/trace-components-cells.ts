import * as z from 'zod';
import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import { REPETITIONS } from '../augmentation/augmentation-people.ts';
import { columnStandard, type LabelledRows, standardise } from '../augmentation/labelled-rows.ts';
import {
  classifierRows,
  classifierScores,
  FIRST_LAYER,
  fitSmallClassifier,
} from '../augmentation/small-classifier.ts';
import { fitTraceComponents, projectTrace, type TraceComponents } from '../dataset/trace-components.ts';
import { generateWristStatePeople } from '../dataset/wrist-state.ts';
import { ALL_MECHANISMS } from '../simulation/pinch/trace-assumptions.ts';
import type { ExperimentCell } from './experiment.ts';

export const TRACE_SEED = 'trace-components-0.1';
/** Training people of each class. */
export const TRACE_SIZES = [20, 84, 400] as const;
/** Numbers of components that the classifier gets in place of the trace. */
export const COMPONENT_COUNTS = [2, 4, 8, 16] as const;
const RIDGE_STRENGTHS = [0.01, 0.1] as const;
export const TRACE_TEST_PER_CLASS = 500;
const VALIDATION_PER_CLASS = 100;
const FIRST_SUBJECT = { train: 0, validation: 1_000_000, test: 3_000_000 } as const;

const Arm = z.strictObject({
  accuracy: z.number(),
  logLoss: z.number(),
  /** Share of the variance of test people's traces that the input holds; 1 for the raw trace. */
  heldOutShare: z.number(),
  /** The same on the people whom the components were fitted on. */
  trainShare: z.number(),
});
const SizeResult = z.strictObject({ raw: Arm, components: z.array(Arm).length(COMPONENT_COUNTS.length) });
export const TraceCell = z.strictObject({ sizes: z.array(SizeResult).length(TRACE_SIZES.length) });
export type TraceCell = z.output<typeof TraceCell>;

export const traceCellId = (repetition: number): string => `r${repetition}`;

/** Resampled traces (60 steps x 3 force components, shares of the gauge's best) and classes. */
function drawTraces(
  repetition: number,
  part: keyof typeof FIRST_SUBJECT,
  countPerClass: number,
): LabelledRows {
  const people = generateWristStatePeople(
    WRIST_CLASSES.length * countPerClass,
    `${TRACE_SEED}/${repetition}`,
    FIRST_SUBJECT[part],
    { trace: ALL_MECHANISMS },
  );
  return {
    rows: people.map(({ trace, subject }) => {
      if (!trace) throw new Error(`person ${subject} has no trace`);
      return trace;
    }),
    labels: people.map(({ className }) => WRIST_CLASSES.indexOf(className)),
  };
}

/** Share of the variance around the fit's mean that the components hold. */
function explainedShare(fitted: TraceComponents, traces: readonly Float64Array[]): number {
  let [held, total] = [0, 0];
  for (const trace of traces) {
    for (const score of projectTrace(fitted, trace)) held += score ** 2;
    trace.forEach((value, j) => {
      total += (value - fitted.mean[j]!) ** 2;
    });
  }
  return held / total;
}

function runCell(repetition: number): TraceCell {
  const everyone = drawTraces(repetition, 'train', Math.max(...TRACE_SIZES));
  const validation = drawTraces(repetition, 'validation', VALIDATION_PER_CLASS);
  const test = drawTraces(repetition, 'test', TRACE_TEST_PER_CLASS);
  const classes = WRIST_CLASSES.length;
  const sizes = TRACE_SIZES.map((size) => {
    // Classes come in turn, so the first people hold each class alike often.
    const train: LabelledRows = {
      rows: everyone.rows.slice(0, classes * size),
      labels: everyone.labels.slice(0, classes * size),
    };
    const scoresOf = (view: (rows: readonly Float64Array[]) => Float64Array[]) => {
      const standard = columnStandard(view(train.rows));
      const seen = ({ rows, labels }: LabelledRows): LabelledRows => ({
        rows: standardise(view(rows), standard),
        labels,
      });
      const judged = seen(test);
      const [rows, stopping] = [
        classifierRows(seen(train), classes),
        classifierRows(seen(validation), classes),
      ];
      // 180 numbers need another hold than two: every input gets the strength that validation people choose.
      const fits = RIDGE_STRENGTHS.map((strength) =>
        fitSmallClassifier(rows, stopping, `${TRACE_SEED}/${repetition}`, {
          penalties: [{ layer: FIRST_LAYER, matrix: null, strength }],
        }),
      );
      const best = fits.reduce((a, b) => (b.bestValidationLoss < a.bestValidationLoss ? b : a));
      const { accuracy, logLoss } = classifierScores(best.logits(judged.rows), judged.labels);
      for (const fit of fits) fit.dispose();
      return { accuracy, logLoss };
    };
    const components = COMPONENT_COUNTS.map((count) => {
      const fitted = fitTraceComponents(train.rows, count);
      return {
        ...scoresOf((rows) => rows.map((row) => projectTrace(fitted, row))),
        heldOutShare: explainedShare(fitted, test.rows),
        trainShare: fitted.explainedShare.reduce((sum, share) => sum + share, 0),
      };
    });
    return { raw: { ...scoresOf((rows) => [...rows]), heldOutShare: 1, trainShare: 1 }, components };
  });
  return TraceCell.parse({ sizes });
}

export const traceCells = (): ExperimentCell[] =>
  Array.from({ length: REPETITIONS }, (_, repetition) => ({
    id: traceCellId(repetition),
    run: () => runCell(repetition),
  }));

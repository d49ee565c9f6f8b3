import {
  ELBOW_BANDS,
  ELBOW_OUTPUT_COUNT,
  elbowBandOf,
  LEVEL_BIN_COUNT,
  LOG_TIME_OUTPUT,
  levelBinOf,
} from '../../core/inference/elbow-bundle.ts';
import { ELBOW_HOLD_LEVELS, ELBOW_HORIZON_S } from '../../core/inference/elbow-input.ts';
import { TORQUE_TIMES_S } from '../simulation/elbow/elbow-recording.ts';
import { baselineErrorsNm, rmsNm, type ScoredHold, within2Nm } from './elbow-scores.ts';
import type { FigureTable, Plot } from './figures.ts';

const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
const round = (value: number, digits = 2): string => value.toFixed(digits);

/** Error at each time, of the model and of the average course. */
export function errorPlot(scores: readonly ScoredHold[]): Plot {
  const baseline = scores.map(({ recording }) => baselineErrorsNm(recording));
  const at = (errors: readonly ArrayLike<number>[]) =>
    TORQUE_TIMES_S.map((_, j) => rmsNm(errors.map((each) => each[j]!)));
  return {
    title: 'Torque error over time',
    xTitle: 'time since the start, s',
    yTitle: 'root mean square error, N.m',
    kind: 'line',
    lines: [
      {
        name: 'model, from the first 30 s',
        x: [...TORQUE_TIMES_S],
        y: at(scores.map(({ errorsNm }) => errorsNm)),
      },
      { name: 'average course of sex and level', x: [...TORQUE_TIMES_S], y: at(baseline) },
    ],
    caption:
      'Unsteadiness (2 % of torque) and the error of the measured maximum (3 %) are in every error. The average course knows sex, level and maximal torque, but no EMG.',
  };
}

/** One person's forecast with its interval beside what was recorded. */
export function examplePlot(scores: readonly ScoredHold[]): Plot | null {
  const shown = scores.find(
    ({ recording, isRefused }) =>
      !isRefused && recording.timeToFailureS > 50 && recording.timeToFailureS < 100,
  );
  if (!shown) return null;
  const { recording, answer, halfWidths } = shown;
  const x = [...TORQUE_TIMES_S];
  const scale = recording.maximalTorqueNm;
  return {
    title: 'One forecast',
    xTitle: 'time since the start, s',
    yTitle: 'torque, N.m',
    kind: 'line',
    lines: [
      {
        name: 'forecast with 90 % interval',
        x,
        y: x.map((_, j) => answer.means[j]! * scale),
        low: x.map((_, j) => Math.max(0, answer.means[j]! - halfWidths[j]!) * scale),
        high: x.map((_, j) => (answer.means[j]! + halfWidths[j]!) * scale),
      },
      { name: 'recorded (simulated)', x, y: [...recording.torqueNm] },
    ],
    caption: `A virtual person holding ${Math.round(100 * recording.level)} % of maximum; fails after ${Math.round(recording.timeToFailureS)} s.`,
  };
}

/** Error, width and coverage by hold level. */
export function levelTable(scores: readonly ScoredHold[]): FigureTable {
  const [low, high] = ELBOW_HOLD_LEVELS;
  const width = (high - low) / LEVEL_BIN_COUNT;
  return {
    title: 'By hold level',
    columns: [
      'hold level, % of maximum',
      'people',
      'RMSE, N.m',
      'average course, N.m',
      'within 2 N.m',
      'half width of torque, % of maximum',
      'coverage of torque',
      'coverage of time to failure',
      'still holding at 150 s',
    ],
    rows: Array.from({ length: LEVEL_BIN_COUNT }, (_, bin) => {
      const own = scores.filter(({ question }) => levelBinOf(question.level) === bin);
      return [
        `${Math.round(100 * (low + bin * width))}-${Math.round(100 * (low + (bin + 1) * width))}`,
        own.length,
        round(mean(own.map(({ errorsNm }) => rmsNm(errorsNm)))),
        round(mean(own.map(({ recording }) => rmsNm(baselineErrorsNm(recording))))),
        round(mean(own.map(({ errorsNm }) => within2Nm(errorsNm)))),
        round(100 * mean(own.map(({ halfWidths }) => mean([...halfWidths.subarray(0, LOG_TIME_OUTPUT)]))), 1),
        round(mean(own.map(({ isCovered }) => mean(isCovered.slice(0, LOG_TIME_OUTPUT).map(Number)))), 3),
        round(mean(own.map(({ isCovered }) => Number(isCovered[LOG_TIME_OUTPUT]))), 3),
        round(mean(own.map(({ recording }) => Number(recording.timeToFailureS > ELBOW_HORIZON_S))), 3),
      ];
    }),
    caption:
      'The promise of 9 in 10 is over people, not at each level: a level may be covered more and another less. Means over people.',
  };
}

/** Error and coverage by sex and age. */
export function bandTable(scores: readonly ScoredHold[]): FigureTable {
  return {
    title: 'By sex and age',
    columns: [
      'people of',
      'n',
      'RMSE, N.m',
      'RMSE, % of maximum',
      'within 2 N.m',
      'coverage over all outputs',
    ],
    rows: ELBOW_BANDS.map(({ sex, fromYears, toYears }, band) => {
      const own = scores.filter(({ question }) => elbowBandOf(question) === band);
      const rms = own.map(({ errorsNm }) => rmsNm(errorsNm));
      return [
        `${sex} ${fromYears}-${toYears}`,
        own.length,
        round(mean(rms)),
        round(100 * mean(own.map(({ question }, i) => rms[i]! / question.maximalTorqueNm)), 1),
        round(mean(own.map(({ errorsNm }) => within2Nm(errorsNm)))),
        round(mean(own.map(({ isCovered }) => isCovered.filter(Boolean).length / ELBOW_OUTPUT_COUNT)), 3),
      ];
    }),
    caption: 'Strong people have larger errors in newton metres; 2 N.m is a smaller share of their torque.',
  };
}

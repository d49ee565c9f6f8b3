import { WRIST_CLASSES } from '../../core/clinical/wrist-classes.ts';
import type { FigureTable, Finding } from './figures.ts';
import { shareDifference } from './share-difference.ts';
import type { PatternAnswers } from './wrist-state-answers.ts';
import { shareFinding } from './wrist-state-inputs.ts';

/** What stands beside every accuracy of this model. */
export const BY_CONSTRUCTION = 'The classes differ by construction; chance is 33 %.';

/** Rows: true class; columns: most probable class; shares of the row, among people who got an answer. */
export function confusionTable(title: string, { answered }: Pick<PatternAnswers, 'answered'>): FigureTable {
  return {
    title,
    columns: ['true class', ...WRIST_CLASSES, 'n'],
    rows: WRIST_CLASSES.map((className, label) => {
      const own = answered.filter((each) => each.label === label);
      const shares = WRIST_CLASSES.map(
        (_, column) => own.filter(({ top }) => top.label === column).length / Math.max(1, own.length),
      );
      return [className, ...shares.map((value) => Number(value.toFixed(4))), own.length];
    }),
    caption: `Share of the row given each most probable class. ${BY_CONSTRUCTION}`,
  };
}

/** Accuracy, accuracy with refusals counted as wrong, and how large and how right the sets are. */
export function accuracyFindings({ key, asked, answered }: PatternAnswers): Finding[] {
  const right = answered.filter(({ top, label }) => top.label === label).length;
  const sizes = [0, 1, 2, 3].map(
    (size) => answered.filter(({ prediction }) => prediction.predictionSet.length === size).length,
  );
  const bySize = [1, 2].flatMap((size) => {
    const own = answered.filter(({ prediction }) => prediction.predictionSet.length === size);
    if (own.length === 0) return [];
    const held = own.filter(({ person, prediction }) =>
      prediction.predictionSet.includes(person.className),
    ).length;
    return [
      shareFinding(
        `${key}: sets of ${size} that hold the right class`,
        held,
        own.length,
        'The promise of 9 in 10 is over all sets of a pattern, wide ones included.',
      ),
    ];
  });
  const rightOf = (sex: 'female' | 'male') => {
    const own = answered.filter(({ person }) => person.sex === sex);
    return { successes: own.filter(({ top, label }) => top.label === label).length, count: own.length };
  };
  return [
    shareFinding(`${key}: accuracy of the most probable class`, right, answered.length, BY_CONSTRUCTION),
    shareFinding(
      `${key}: right, refused people counted as wrong`,
      right,
      asked,
      'The same accuracy over everybody with two trials or more.',
    ),
    ...shareDifference(
      `${key}: accuracy in women less men`,
      'Right answers, women against men',
      rightOf('female'),
      rightOf('male'),
    ),
    ...bySize,
    shareFinding(
      `${key}: sets of one class`,
      sizes[1] ?? 0,
      answered.length,
      `Sets of 0, 1, 2, 3 classes: ${sizes.join(', ')}.`,
    ),
  ];
}

import { describe, expect, it } from 'vitest';
import { judgeWords } from '../../app/present-user.tsx';
import { classesLeft, ownAnswerWords } from './class-headline.tsx';

const OWN = judgeWords(null);

describe('the headline of a result', () => {
  it('names the more probable class first', () => {
    expect(
      classesLeft({
        predictionSet: ['nonimpaired', 'four-corner-fusion'],
        probabilities: [0.44, 0.55, 0.01],
      }),
    ).toEqual(['four-corner-fusion', 'nonimpaired']);
  });

  it('says where the own answer stands, and nothing where there was none', () => {
    const left = ['four-corner-fusion', 'nonimpaired'] as const;
    expect(ownAnswerWords('nonimpaired', left, OWN)).toBe('Your answer, nonimpaired, is one of them.');
    expect(ownAnswerWords('nonimpaired', ['nonimpaired'], OWN)).toBe('The same as your answer.');
    expect(ownAnswerWords('proximal-row-carpectomy', left, OWN)).toBe(
      'Your answer was proximal row carpectomy.',
    );
    expect(ownAnswerWords('cannot-tell', left, OWN)).toBeNull();
    expect(ownAnswerWords(null, left, OWN)).toBeNull();
  });

  it('names a colleague whose judgement it is', () => {
    const left = ['nonimpaired'] as const;
    expect(ownAnswerWords('nonimpaired', left, judgeWords('M. Rossi'))).toBe(
      'The same as the answer of M. Rossi.',
    );
    expect(ownAnswerWords('four-corner-fusion', left, judgeWords('M. Rossi'))).toBe(
      'The answer of M. Rossi was four-corner fusion.',
    );
  });
});

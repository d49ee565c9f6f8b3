import { describe, expect, it } from 'vitest';
import { classesLeft, ownAnswerWords } from './class-headline.tsx';

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
    expect(ownAnswerWords('nonimpaired', left)).toBe('Your answer, nonimpaired, is one of them.');
    expect(ownAnswerWords('nonimpaired', ['nonimpaired'])).toBe('The same as your answer.');
    expect(ownAnswerWords('proximal-row-carpectomy', left)).toBe('Your answer was proximal row carpectomy.');
    expect(ownAnswerWords('cannot-tell', left)).toBeNull();
    expect(ownAnswerWords(null, left)).toBeNull();
  });
});

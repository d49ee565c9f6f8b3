import { ANSWER_NAMES, SHORT_CLASS_NAMES } from '../../core/clinical/answer-names.ts';
import { HANDED_NAMES, SEX_NAMES } from '../../core/clinical/side-names.ts';
import type { JudgedClass, WristClass } from '../../core/contract/schemas/clinical.ts';
import type { ReaderJudgement, ReadingPerson } from '../../core/contract/schemas/reading.ts';

/** "four-corner fusion, 60 %". */
export const answerText = (judged: { answer: JudgedClass; confidencePercent: number | null }): string =>
  judged.confidencePercent === null
    ? ANSWER_NAMES[judged.answer]
    : `${ANSWER_NAMES[judged.answer]}, ${judged.confidencePercent} %`;

/** "{ four-corner fusion, PRC }"; one class by its full name. */
export const setText = (classes: readonly WristClass[]): string =>
  classes.length === 1
    ? classes.map((name) => ANSWER_NAMES[name]).join('')
    : `{ ${classes.map((name) => SHORT_CLASS_NAMES[name]).join(', ')} }`;

/** How blind a second reading was, in words. */
export function blindingText({ seenBefore }: Pick<ReaderJudgement, 'seenBefore'>): string {
  const seen = [
    seenBefore.includes('answers') && 'the patient’s page or the result was opened after the first judgement',
    seenBefore.includes('patient') && 'the reader had worked with this patient’s record',
  ].filter((words) => words !== false);
  return seen.length === 0 ? 'blinded' : `not blinded: ${seen.join('; ')}`;
}

/** "58 years, female, 166 cm, 68 kg, right-handed". */
export const personText = (person: ReadingPerson): string =>
  [
    `${person.ageYears} years`,
    SEX_NAMES[person.sex],
    `${(100 * person.heightM).toFixed(0)} cm`,
    `${person.weightKg.toFixed(0)} kg`,
    HANDED_NAMES[person.dominantHand],
  ].join(', ');

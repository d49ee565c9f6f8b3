import { SHORT_CLASS_NAMES } from '../../../core/clinical/answer-names.ts';
import type { Explanation, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';
import { PINCH_NOISE, TORQUE_NOISE } from '../../../core/inference/measured-again.ts';
import { percentText } from './result-words.ts';

type Check = Explanation['gate'][number];
type Withheld = Pick<Explanation, 'gate' | 'predictedClass' | 'repeated'>;
type Measured = Pick<WristStatePrediction, 'features'>;

/** Why no drivers are shown: one text for each check that failed. */
export const withheldTexts = (explanation: Withheld, prediction: Measured): string[] =>
  explanation.gate.filter(({ ok }) => !ok).map((check) => textOf(check, explanation, prediction));

function textOf(check: Check, explanation: Withheld, prediction: Measured): string {
  switch (check.name) {
    case 'completeness-gap':
      return 'The shares of the measurements do not add up to what they should explain.';
    case 'sign-agreement':
      return 'The networks of the model do not agree on which answer the strongest measurement speaks for.';
    case 'deletion-gain':
      return 'Taking the drivers away in their order takes the answer down no faster than the average order.';
    case 'noise-stability':
      return unstableText(check, explanation, prediction);
  }
}

function unstableText(check: Check, { predictedClass, repeated }: Withheld, prediction: Measured): string {
  const again = `Measured again with usual scatter (${scatterWords(prediction)})`;
  // Explanations of earlier versions counted answer and driver together.
  if (!repeated)
    return `${again}, the model would give the same answer from the same driver in only ${percentText(check.value)} of tries.`;
  const { draws, sameAnswer, sameDriver, otherAnswers } = repeated;
  if (sameAnswer / draws >= check.limit)
    return `The answer stays, but which measurement drove it does not. ${again}, the answer was the same in ${sameAnswer} of ${draws} tries, and the strongest driver in ${sameDriver} of them.`;
  const answers = [predictedClass, ...otherAnswers].map((name) => SHORT_CLASS_NAMES[name]);
  const either = `${answers.slice(0, -1).join(', ')} or ${answers.at(-1)}`;
  return `${again}, the model would give the same answer in only ${sameAnswer} of ${draws} tries. Read it as ${either}, not as one of them. You can repeat the trials, or leave it: your judgement stands.`;
}

const scatterWords = ({ features }: Measured) => {
  const hasWrist = features.some(({ id, value }) => id.startsWith('wrist-') && value !== null);
  const pinch = `pinch ${percent(PINCH_NOISE)}`;
  return hasWrist ? `${pinch}, wrist strength ${percent(TORQUE_NOISE)}` : pinch;
};

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

const IN_SHORT: Readonly<Record<Check['name'], string>> = {
  'completeness-gap': 'the shares do not add up',
  'sign-agreement': 'the networks disagree on it',
  'deletion-gain': 'no order of them does better than chance',
  'noise-stability': 'another one may lead when the measurement is repeated',
};
/** The first failed check in a few words, beside "none that can be relied on". */
export const withheldInShort = ({ gate }: Pick<Explanation, 'gate'>): string => {
  const failed = gate.find(({ ok }) => !ok);
  return failed ? IN_SHORT[failed.name] : '';
};

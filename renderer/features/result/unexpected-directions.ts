import { FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import { sentenceCase } from '../../../core/clinical/sentence-case.ts';
import type { Explanation, WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';

/** Shares below this read as 0.00: they point nowhere. */
const SMALLEST_SHARE = 0.005;

/**
 * A weak hand seems to speak against nonimpaired and a strong one for it. Says which shown drivers do the opposite, and
 * that this can be; null where none does, or where nonimpaired is neither of the two answers explained.
 */
export function unexpectedDirections(
  explanation: Pick<Explanation, 'contributions' | 'predictedClass' | 'againstClass'>,
  { features }: Pick<WristStatePrediction, 'features'>,
): string | null {
  const { contributions, predictedClass, againstClass } = explanation;
  const towards = predictedClass === 'nonimpaired' ? 1 : againstClass === 'nonimpaired' ? -1 : 0;
  if (towards === 0) return null;
  const weakFor: string[] = [];
  const strongAgainst: string[] = [];
  for (const { feature: id, value: share } of contributions) {
    const feature = features.find((each) => each.id === id);
    if (!feature || feature.value === null || feature.referenceValue === null) continue;
    if (Math.abs(share) < SMALLEST_SHARE) continue;
    const difference = shownPercent(feature, feature.value) - shownPercent(feature, feature.referenceValue);
    const isForNonimpaired = towards * share > 0;
    if (difference < 0 && isForNonimpaired) weakFor.push(FEATURE_NAMES[id]);
    if (difference > 0 && !isForNonimpaired) strongAgainst.push(FEATURE_NAMES[id]);
  }
  const named = [
    weakFor.length > 0 && `${listed(weakFor)} below expected ${counts(weakFor)} for nonimpaired here.`,
    strongAgainst.length > 0 &&
      `${listed(strongAgainst)} above expected ${counts(strongAgainst)} against nonimpaired here.`,
  ].filter((sentence) => sentence !== false);
  if (named.length === 0) return null;
  return [
    ...named,
    'Each value is weighed beside the others, so one alone can point the unexpected way (Models, agreement with known physiology).',
  ].join(' ');
}

/** As the screen rounds it: a difference that nobody sees is none. */
const shownPercent = ({ unit }: { unit: string }, value: number) =>
  Math.round(unit === '%' ? value : 100 * value);

const counts = (names: readonly string[]) => (names.length > 1 ? 'count' : 'counts');

function listed(names: readonly string[]): string {
  const all = names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return sentenceCase(all);
}

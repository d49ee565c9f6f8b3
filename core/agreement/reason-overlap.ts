import type { JudgedClass } from '../contract/schemas/clinical.ts';
import type { Driver, Explanation, ReasonOverlap } from '../contract/schemas/judgement.ts';
import { topKOverlap } from './top-k-overlap.ts';

/**
 * Overlap of the clinician's drivers with as many of the model's strongest, beside what chance gives.
 *
 * Chance: the model's top k among its n features drawn at random hold, on average, k times the share of them that the
 * clinician named (hypergeometric mean). A driver that was not measured cannot be shared and counts as named.
 *
 * @param drivers - as locked. @param explanation - of the same session.
 * @param answer - the clinician's; without it, or when it is neither of the two classes compared, signs say nothing.
 * @returns `overlap` in whole drivers: of contributions tied at the border the first listed counts. `sameSign` counts
 *   shared drivers that point the same way; null when directions cannot be compared.
 * @throws RangeError when a driver or a feature stands twice or a contribution is not finite.
 */
export function reasonOverlap(
  drivers: readonly Driver[],
  explanation: Pick<Explanation, 'contributions' | 'predictedClass' | 'againstClass'>,
  answer: JudgedClass | null = null,
): ReasonOverlap {
  const { contributions, predictedClass, againstClass } = explanation;
  const top = [...contributions]
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, drivers.length);
  const { chance } = topKOverlap(
    drivers.map(({ feature }) => feature),
    contributions.map(({ feature, value }) => ({ name: feature, relevance: value })),
  );
  const shared = drivers.flatMap((driver) => {
    const match = top.find((c) => c.feature === driver.feature);
    return match ? [{ driver, value: match.value }] : [];
  });
  const towards = answer === predictedClass ? 1 : answer === againstClass ? -1 : 0;
  const isSame = ({ driver, value }: (typeof shared)[number]) =>
    Math.sign(value) * towards === (driver.direction === 'for' ? 1 : -1);
  return {
    named: drivers.length,
    overlap: shared.length,
    chance,
    sameSign: towards === 0 || shared.length === 0 ? null : shared.filter(isSame).length,
  };
}

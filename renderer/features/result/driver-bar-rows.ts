import { FEATURE_NAMES } from '../../../core/clinical/answer-names.ts';
import { DIRECTION_WORDS } from '../../../core/clinical/side-names.ts';
import type {
  Explanation,
  FeatureId,
  Judgement,
  WristStatePrediction,
} from '../../../core/contract/schemas/judgement.ts';
import type { ForceUnit } from '../../../core/units/quantities.ts';
import type { DriverBar } from '../../charts/driver-bars.tsx';
import { driverTexts } from './driver-texts.ts';

/** The model's drivers as bars, strongest first, each with what the clinician said of it. */
export function driverBarsOf(options: {
  prediction: WristStatePrediction;
  explanation: Explanation;
  judgement: Judgement | null;
  pinchUnit: ForceUnit;
}): DriverBar[] {
  const { prediction, explanation, judgement, pinchUnit } = options;
  return explanation.contributions
    .map((contribution): DriverBar => {
      const feature = prediction.features.find(({ id }) => id === contribution.feature);
      return {
        id: contribution.feature,
        name: FEATURE_NAMES[contribution.feature],
        value: contribution.value,
        memberLow: contribution.memberLow,
        memberHigh: contribution.memberHigh,
        ...driverTexts(feature, pinchUnit),
        own: ownText(judgement, contribution.feature),
      };
    })
    .concat(traceBar(explanation))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** Place and direction that the clinician gave a driver, e.g. "1, + for"; null when it was not named. */
function ownText(judgement: Judgement | null, feature: FeatureId): string | null {
  const place = judgement?.drivers.findIndex((driver) => driver.feature === feature) ?? -1;
  if (place < 0) return null;
  return `${place + 1}, ${DIRECTION_WORDS[judgement?.drivers[place]?.direction ?? 'against']}`;
}

/** The whole force trace as one bar, where one was read. */
function traceBar({ traceContribution }: Explanation): DriverBar[] {
  if (!traceContribution) return [];
  return [
    {
      id: 'trace',
      name: 'force trace',
      ...traceContribution,
      measured: 'recorded',
      reference: null,
      own: null,
    },
  ];
}

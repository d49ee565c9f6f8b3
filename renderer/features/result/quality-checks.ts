import { sideName } from '../../../core/clinical/side-names.ts';
import { SPREAD_FORMULA_NAME, summariseTrials } from '../../../core/clinical/trial-summary.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { WristStatePrediction } from '../../../core/contract/schemas/judgement.ts';

/** One look at the measurements before the answer is read. */
export interface QualityCheck {
  name: 'trials' | 'spread' | 'unit' | 'trace' | 'range';
  text: string;
  /** False: something to know before the answer is read. */
  isFine: boolean;
}

/** Trials of one hand that a mean is made of. */
const USUAL_TRIALS = 3;
/** Spread above which the model names it as a reason for doubt. */
const WIDE_SPREAD = 0.1;

/**
 * What was measured of the judged hand and whether it lies where the model was trained, in words. The range comes last and
 * is what the model itself checked.
 */
export function qualityChecks(
  view: Pick<SessionView, 'trials' | 'session'>,
  prediction: Pick<WristStatePrediction, 'refusals' | 'inRangeP' | 'widthReasons' | 'inputPattern'>,
): QualityCheck[] {
  const trials = view.trials.filter((t) => t.measure === 'lateral-pinch' && t.valueSi !== null);
  const own = trials.filter(({ side }) => side === view.session.judgedSide);
  const spread = summariseTrials(
    own.map((t) => t.valueSi as number),
    view.session.summaryRule,
  )?.coefficientOfVariation;
  const units = [...new Set(trials.map(({ typedUnit }) => typedUnit))];
  const count = own.length;
  const checks: QualityCheck[] = [
    {
      name: 'trials',
      text: `${count} ${count === 1 ? 'trial' : 'trials'} of the ${sideName(view.session.judgedSide)} hand${count < USUAL_TRIALS ? ` (${USUAL_TRIALS} are usual)` : ''}`,
      isFine: count >= USUAL_TRIALS,
    },
  ];
  if (typeof spread === 'number') {
    checks.push({
      name: 'spread',
      text: `spread ${(100 * spread).toFixed(1)} % (${SPREAD_FORMULA_NAME})${spread > WIDE_SPREAD ? ', wide' : ''}`,
      isFine: spread <= WIDE_SPREAD,
    });
  }
  if (units.length > 0) {
    checks.push({
      name: 'unit',
      text:
        units.length === 1
          ? `pinch in one unit (${units[0]})`
          : `pinch typed in more than one unit (${units.join(', ')})`,
      isFine: units.length === 1,
    });
  }
  // Only with a trace is everything read that the model can read.
  if (prediction.inputPattern === 'C') {
    checks.push({ name: 'trace', text: 'postures and force trace read', isFine: true });
  }
  return [...checks, rangeCheck(prediction)];
}

function rangeCheck({
  refusals,
  inRangeP,
  widthReasons,
}: Pick<WristStatePrediction, 'refusals' | 'inRangeP' | 'widthReasons'>): QualityCheck {
  if (refusals.includes('out-of-range')) {
    return { name: 'range', text: 'outside the range of the training people', isFine: false };
  }
  if (inRangeP === null) return { name: 'range', text: 'range not looked at', isFine: false };
  return widthReasons.includes('far-from-training')
    ? { name: 'range', text: 'near the edge of the range of the training people', isFine: false }
    : { name: 'range', text: 'within the range of the training people', isFine: true };
}

import type { FeatureId } from '../contract/schemas/judgement.ts';
import { exactShapley, type ShapleyResult } from '../explain/exact-shapley.ts';
import { averageLogits } from '../networks/ensemble-forward.ts';
import { forwardNetwork } from '../networks/forward-network.ts';
import type { Network } from '../networks/network.ts';
import { FEATURE_IDS } from '../signals/feature-ids.ts';
import type { WristStateBundle } from './bundle.ts';
import { type NetworkMeasurement, networkInput, traceColumns } from './network-input.ts';
import { withoutTraceBranch } from './trace-branch.ts';

export type PlayerName = FeatureId | 'trace';

/** One member with its row and its reference, and the columns that belong to each player. */
interface MemberQuestion {
  network: Network;
  row: Float64Array;
  reference: Float64Array;
  columns: readonly (readonly number[])[];
}

/** Margin between two classes, explained by measurements that are each as measured or as in the reference. */
export interface MarginQuestion {
  players: readonly PlayerName[];
  members: readonly MemberQuestion[];
  predicted: number;
  against: number;
}

/**
 * The question "which measurements speak for class `predicted` rather than `against`". Only what was measured is a
 * player; the trace is one player.
 * @param measured - as readableBy leaves it.
 */
export function marginQuestion(
  bundle: Pick<WristStateBundle, 'layout' | 'members' | 'calibration'>,
  measured: NetworkMeasurement,
  predicted: number,
  against: number,
): MarginQuestion {
  const { layout, calibration } = bundle;
  const present = layout.features.flatMap((feature, column) =>
    measured.mask[feature] === 1 ? [{ name: FEATURE_IDS[feature] as FeatureId, column }] : [],
  );
  const hasTrace = measured.trace !== null;
  const row = networkInput(layout, measured);
  // What was not measured is no player: its columns stay as they are, whatever the reference holds.
  const reference = networkInput(layout, {
    ...measured,
    values: calibration.reference,
    trace: hasTrace ? calibration.referenceTrace : null,
  });
  return {
    players: [...present.map(({ name }) => name), ...(hasTrace ? (['trace'] as const) : [])],
    members: bundle.members.map((member) => {
      const short = withoutTraceBranch(member);
      const ofTrace = short ? short.traceColumns : traceColumns(layout);
      return {
        network: short ? short.network : member,
        row: short ? short.describe(row) : row,
        reference: short ? short.describe(reference) : reference,
        columns: [...present.map(({ column }) => [column]), ...(hasTrace ? [ofTrace] : [])],
      };
    }),
    predicted,
    against,
  };
}

/** Margin of one member with the players of `mask` at their own value. */
function margin(
  question: MarginQuestion,
  { network, row, reference, columns }: MemberQuestion,
  mask: number,
) {
  const input = Float64Array.from(row);
  columns.forEach((own, player) => {
    if (mask & (1 << player)) return;
    for (const column of own) input[column] = reference[column] ?? 0;
  });
  const { output } = forwardNetwork(network, input);
  return (output[question.predicted] ?? 0) - (output[question.against] ?? 0);
}

/**
 * Exact Shapley values of every member and of the averaged logits. The margin of an average is the average of the margins,
 * and Shapley values are linear: the ensemble's are the members' mean, so each coalition is computed once.
 */
export function marginShapley(question: MarginQuestion): {
  ensemble: ShapleyResult;
  memberValues: Float64Array[];
} {
  const each = question.members.map((member) =>
    exactShapley(question.players.length, (mask) => margin(question, member, mask)),
  );
  const values = averageLogits(each.map((result) => result.values));
  const coalitions = averageLogits(each.map((result) => result.coalitions));
  const total = values.reduce((sum, value) => sum + value, 0);
  const residual = (coalitions.at(-1) ?? 0) - (coalitions[0] ?? 0) - total;
  return { ensemble: { values, coalitions, residual }, memberValues: each.map((result) => result.values) };
}

/**
 * What the ensemble's margin loses when one player alone is put to its reference: one pass a player instead of one a
 * coalition. Another quantity than a Shapley value where measurements act together.
 */
export function marginOcclusion(question: MarginQuestion): Float64Array {
  const full = 2 ** question.players.length - 1;
  const of = (mask: number) =>
    question.members.reduce((sum, member) => sum + margin(question, member, mask), 0) /
    question.members.length;
  const whole = of(full);
  return Float64Array.from(question.players, (_, player) => whole - of(full & ~(1 << player)));
}

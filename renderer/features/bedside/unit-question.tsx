import { SIDES } from '../../../core/clinical/entry-walk.ts';
import { typedValues } from '../../../core/clinical/session-entries.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import type { ForceUnit, TorqueUnit } from '../../../core/units/quantities.ts';
import { InlineQuestion } from './inline-question.tsx';

export type UnitChange = { of: 'force'; unit: ForceUnit } | { of: 'torque'; unit: TorqueUnit };

const WRIST = ['wrist-extension', 'wrist-flexion', 'wrist-radial', 'wrist-ulnar'] as const;

/** Asked before a unit changes under typed values: they stay as typed and are never converted. */
export function UnitQuestion(props: {
  change: UnitChange;
  draft: SessionDraft;
  onYes: () => void;
  onNo: () => void;
}) {
  const { change, draft } = props;
  const measures = change.of === 'force' ? (['lateral-pinch'] as const) : WRIST;
  const values = measures.flatMap((measure) => SIDES.flatMap((side) => typedValues(draft, measure, side)));
  const present = change.of === 'force' ? draft.forceUnit : draft.torqueUnit;
  const example = values[0]?.value;
  return (
    <InlineQuestion
      yes={`Change to ${change.unit}, keep the numbers`}
      no={`Stay with ${present}`}
      onYes={props.onYes}
      onNo={props.onNo}
    >
      {values.length === 1 ? 'One value is' : `${values.length} values are`} typed in {present}. They are not
      converted: {example} {present} would read {example} {change.unit}. Change the unit?
    </InlineQuestion>
  );
}

import { unitText } from '../../../core/clinical/stored-value.ts';
import type { SessionDraft } from '../../../core/contract/schemas/clinical.ts';
import { type UnitChange, unitOfRole, valuesOfRole } from './draft-units.ts';
import { InlineQuestion } from './inline-question.tsx';

/** Asked before a unit changes under typed values: they stay as typed and are never converted. */
export function UnitQuestion(props: {
  change: UnitChange;
  draft: SessionDraft;
  onYes: () => void;
  onNo: () => void;
}) {
  const { change, draft } = props;
  const values = valuesOfRole(draft, change.of);
  const present = unitText(unitOfRole(draft, change.of));
  const next = unitText(change.unit);
  const example = values[0];
  return (
    <InlineQuestion
      yes={`Change to ${next}, keep the numbers`}
      no={`Stay with ${present}`}
      onYes={props.onYes}
      onNo={props.onNo}
    >
      {values.length === 1 ? 'One value is' : `${values.length} values are`} typed in {present}. They are not
      converted: {example} {present} would read {example} {next}. Change the unit?
    </InlineQuestion>
  );
}

import { unitText } from '../../../core/clinical/stored-value.ts';
import type { ModelInput } from '../../../core/contract/schemas/judgement.ts';
import { type ForceUnit, fromNewtons } from '../../../core/units/quantities.ts';
import styles from './try-to-fool.module.css';

interface Row {
  name: string;
  of: (input: ModelInput) => string;
}

const NOT_MEASURED = 'not measured';
const TRACE = 'Force trace, largest palmar force';

const isOtherTrace = (a: ModelInput, b: ModelInput) =>
  JSON.stringify(a.pinchTraceN) !== JSON.stringify(b.pinchTraceN);

function rowsIn(unit: ForceUnit): Row[] {
  const force = (valueN: number | null | undefined) =>
    typeof valueN === 'number' ? `${fromNewtons(valueN, unit).toFixed(1)} ${unit}` : NOT_MEASURED;
  const torque = (valueNm: number | null) =>
    valueNm === null ? NOT_MEASURED : `${valueNm.toFixed(1)} ${unitText('N.m')}`;
  return [
    {
      name: 'Key pinch, trials',
      of: ({ pinchTrialsN }) =>
        pinchTrialsN.length === 0
          ? NOT_MEASURED
          : `${pinchTrialsN.map((valueN) => fromNewtons(valueN, unit).toFixed(1)).join(', ')} ${unit}`,
    },
    { name: 'Other hand, best', of: (input) => force(input.otherHandPinchPeakN) },
    { name: 'Pinch, wrist flexed 20°', of: (input) => force(input.pinchFlexion20N) },
    { name: 'Pinch, wrist extended 20°', of: (input) => force(input.pinchExtension20N) },
    { name: 'Pinch, ulnar deviation 10°', of: (input) => force(input.pinchUlnar10N) },
    { name: 'Wrist extension', of: (input) => torque(input.wristExtensionNm) },
    { name: 'Wrist flexion', of: (input) => torque(input.wristFlexionNm) },
    { name: 'Radial deviation', of: (input) => torque(input.wristRadialNm) },
    { name: 'Ulnar deviation', of: (input) => torque(input.wristUlnarNm) },
    {
      name: TRACE,
      of: ({ pinchTraceN }) =>
        pinchTraceN ? force(Math.max(...pinchTraceN.map(([palmarN]) => palmarN))) : NOT_MEASURED,
    },
  ];
}

/** What the model gets, as measured and as changed; a changed value is marked with a word as well. */
export function ValuesTable(props: { measured: ModelInput; changed: ModelInput; unit: ForceUnit }) {
  return (
    <table className={styles.values}>
      <caption>What the model gets</caption>
      <thead>
        <tr>
          <th scope="col">Measurement</th>
          <th scope="col">As measured</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        {rowsIn(props.unit).map(({ name, of }) => {
          const before = of(props.measured);
          const after = of(props.changed);
          const isReordered =
            name === TRACE && before === after && isOtherTrace(props.measured, props.changed);
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{before}</td>
              <td>
                {before === after && !isReordered ? (
                  'the same'
                ) : (
                  <strong>{isReordered ? 'the same forces, in another order' : after}</strong>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import type { ForecastHand } from '../../../core/contract/schemas/forecast.ts';
import { fromNewtons } from '../../../core/units/quantities.ts';
import { failureWords, type RevealFailure } from '../../app/model-failure.ts';
import { type ForceRange, ForceRanges } from '../../charts/force-ranges.tsx';
import { shortDate } from '../../ui/calendar-date.ts';
import { FailureNotice, Notice } from '../../ui/notice.tsx';
import styles from './forecast.module.css';
import { halfRangeOf, outcomeWords, REASON_WORDS, rangeText, truthOf } from './forecast-words.ts';

/** Both forecasts on one axis with what came of them; the same numbers as a table below. */
export function ForecastResult(props: {
  hand: ForecastHand & { clinician: NonNullable<ForecastHand['clinician']> };
  failure: RevealFailure | null;
  isAsking: boolean;
  onRetry: () => void;
}) {
  const { hand } = props;
  const { clinician, model, outcome } = hand;
  const { unit } = clinician;
  const half = halfRangeOf(model);
  const wide = model && Array.isArray(model.intervalN) ? model.intervalN : null;
  const truthN = truthOf(outcome);
  const shown = (forceN: number) => fromNewtons(forceN, unit);
  const pair = (range: readonly [number, number] | null) =>
    range && ([shown(range[0]), shown(range[1])] as const);
  const own = [clinician.lowN, clinician.highN] as const;
  const rows: ForceRange[] = [
    { id: 'last', name: 'this visit', range: null, wide: null, point: shown(clinician.lastN), kind: 'last' },
    { id: 'yours', name: clinician.userName, range: pair(own), wide: null, point: null, kind: 'yours' },
    ...(half && model?.quantilesN
      ? [
          {
            id: 'model',
            name: 'model',
            range: pair(half),
            wide: pair(wide),
            point: shown(model.quantilesN[2]),
            kind: 'model' as const,
          },
        ]
      : []),
    ...(truthN === null
      ? []
      : [
          {
            id: 'truth',
            name: 'next visit',
            range: null,
            wide: null,
            point: shown(truthN),
            kind: 'truth' as const,
          },
        ]),
  ];
  return (
    <div className={styles.result}>
      {hand.isForAnotherPerson === true && (
        <Notice tone="caution" title="This forecast was made for another person.">
          The session was put under this patient afterwards. It stays as it was made, and is not scored.
        </Notice>
      )}
      <p>
        <strong>{clinician.userName}</strong>: {rangeText(own, unit)} in half of all cases, locked{' '}
        {shortDate(clinician.lockedAt)}; next visit planned on {shortDate(clinician.plannedOn)}.
      </p>
      <ModelPart {...props} />
      <ForceRanges
        rows={rows}
        unit={unit}
        label={`Forecasts of the ${SIDE_NAMES[hand.side]} hand, ${unit}; the same numbers stand in the table`}
      />
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption>
            Best trial of key pinch, {SIDE_NAMES[hand.side]} hand, {unit}
          </caption>
          <thead>
            <tr>
              <th scope="col">forecast of</th>
              <th scope="col">50 % range</th>
              <th scope="col">middle</th>
              <th scope="col">9 of 10</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{clinician.userName}</th>
              <td>{rangeText(own, unit)}</td>
              <td>–</td>
              <td>–</td>
            </tr>
            {half && model?.quantilesN && (
              <tr>
                <th scope="row">model</th>
                <td>{rangeText(half, unit)}</td>
                <td>{valueText(model.quantilesN[2], unit)}</td>
                <td>{wide ? rangeText(wide, unit) : 'no end can be given'}</td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <p>
        <strong>What came of it:</strong> {outcomeWords(hand, unit)}. A 50 % range is made to miss half of the
        time: one visit says little, the scoreboard under Concordance counts them all.
      </p>
    </div>
  );
}

function ModelPart({ hand, failure, isAsking, onRetry }: Parameters<typeof ForecastResult>[0]) {
  const { model, modelState } = hand;
  if (failure) return <FailureNotice {...failureWords(failure)} onRetry={onRetry} />;
  if (isAsking) {
    return (
      <p role="status" className={styles.quiet}>
        The model reads the visits so far…
      </p>
    );
  }
  if (modelState === 'judgement-open') {
    return (
      <Notice tone="info" title="The model stays closed while a judgement of this patient is open.">
        Your forecast is locked. The model’s follows when the judgement is locked, or the session is closed.
      </Notice>
    );
  }
  if (modelState === 'no-surgery-date') {
    return (
      <Notice tone="info" title="The model gives no forecast: it needs the date of the operation.">
        Your own forecast counts all the same.
      </Notice>
    );
  }
  if (modelState === 'not-the-affected-hand') {
    return (
      <Notice tone="info" title="The model gives no forecast of this hand.">
        It was made for the operated hand, with the other one beside it. Your own forecast is kept, and is in
        no figure of the scoreboard.
      </Notice>
    );
  }
  if (model === null) return null;
  const line = (
    <p className={styles.modelLine}>
      {model.modelId} {model.modelVersion} · <code>{model.bundleHash.slice(0, 8)}</code> · trained on
      simulated courses that nobody measured, research use; not a medical device
    </p>
  );
  if (model.refusal !== null) {
    return (
      <>
        <Notice tone="info" title="Out of range: the model gives no forecast.">
          This course is unlike those of the simulated patients it was trained on. Check values and dates; if
          they are right, your own forecast stands alone.
        </Notice>
        {line}
      </>
    );
  }
  return (
    <>
      {model.reasons.length > 0 && (
        <p className={styles.quiet}>
          <strong>Why this wide:</strong> {model.reasons.map((reason) => REASON_WORDS[reason]).join('; ')}.
        </p>
      )}
      {line}
    </>
  );
}

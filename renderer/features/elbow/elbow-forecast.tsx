import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { sentenceCase } from '../../../core/clinical/sentence-case.ts';
import type { ElbowJudgementFields, ElbowPrediction } from '../../../core/contract/schemas/analysis.ts';
import styles from '../../app/analysis/analysis.module.css';
import { useJudge } from '../../app/present-user.tsx';
import { IntervalScale } from '../../charts/interval-scale.tsx';
import { TorqueForecastChart } from '../../charts/torque-forecast-chart.tsx';
import {
  CLOSE_NM,
  doOverlap,
  HORIZON_S,
  intervalText,
  isInside,
  middleText,
  modelRange,
  ownRange,
  ownRangeText,
} from './elbow-words.ts';

type Time = NonNullable<ElbowPrediction['timeToFailure']>;
/** Times at which the two modules are read. */
const READ_AT_S = [30, 60, 90, 120, 150];

/** Time to failure with its interval beside the clinician's range, torque over time, and the two modules apart. */
export function ElbowForecast(props: {
  prediction: ElbowPrediction;
  time: Time;
  fields: ElbowJudgementFields | null;
  /** Seconds held, as measured; null where it was not. */
  measuredHoldS: number | null;
  isHoldStoppedEarly: boolean;
}) {
  const { prediction, time, fields, measuredHoldS } = props;
  const own = fields ? ownRange(fields) : null;
  const judge = useJudge();
  const widest = Math.max(
    ...prediction.torque.map(({ interval }) =>
      interval === 'unbounded' ? Infinity : interval[1] - interval[0],
    ),
  );
  return (
    <>
      <section className={styles.row}>
        <h3>Time to failure</h3>
        <p className={styles.figureLine}>
          <span className={styles.figure}>{middleText(time)}</span>
          <span>interval {intervalText(time)}</span>
        </p>
        <IntervalScale
          domain={[0, HORIZON_S]}
          ticks={[0, 30, 60, 90, 120, HORIZON_S]}
          tickText={(tick) => (tick === HORIZON_S ? `${HORIZON_S} s` : `${tick}`)}
          middle={time.middleS}
          interval={modelRange(time)}
          own={own}
          measured={measuredHoldS}
          label={`Time to failure ${middleText(time)}, interval ${intervalText(time)}${fields ? `; ${judge.range}: ${ownRangeText(fields)}` : ''}`}
        />
        {fields && <Agreement own={own} text={ownRangeText(fields)} time={time} />}
        {measuredHoldS !== null &&
          (props.isHoldStoppedEarly ? (
            <p>
              <strong>Measured in this session: {Math.round(measuredHoldS)} s, stopped early</strong> (open
              diamond): it would have been held longer, so no range is scored by it.
            </p>
          ) : (
            <Measured timeS={measuredHoldS} own={own} time={time} />
          ))}
      </section>
      <section className={styles.row}>
        <h3>Torque over time</h3>
        <TorqueForecastChart
          points={prediction.torque.map(({ timeS, middleNm, interval }) => ({
            timeS,
            middleNm,
            interval: interval === 'unbounded' ? null : interval,
          }))}
          closeNm={CLOSE_NM}
          targetNm={(prediction.holdLevelPercent / 100) * prediction.maximalTorqueNm}
          ownFailureS={own}
          ownLabel={judge.range}
          readS={30}
          label="Forecast elbow torque to 150 s with its interval"
        />
        <p className={styles.quiet}>
          {widest > 2 * CLOSE_NM
            ? `The interval is up to ${widest === Infinity ? 'without a bound' : `${widest.toFixed(0)} N·m`} wide: wider than the ±${CLOSE_NM} N·m that count as close.`
            : `The interval stays within the ±${CLOSE_NM} N·m that count as close.`}
        </p>
        <TorqueTable prediction={prediction} />
      </section>
      <Modules prediction={prediction} />
    </>
  );
}

function Agreement(props: { own: [number, number] | null; text: string; time: Time }) {
  const { own, time } = props;
  const judge = useJudge();
  const isShared = own !== null && doOverlap(own, modelRange(time));
  const Icon = own === null ? IconCircleDashed : isShared ? IconCircleCheck : IconCircleX;
  return (
    <p data-agreement={own === null ? 'nothing-said' : isShared ? 'inside' : 'outside'}>
      <span className={styles.agreement}>
        <Icon size="1.125rem" aria-hidden="true" />
        {judge.subject}: {props.text}.
      </span>{' '}
      {own === null
        ? 'Nothing to compare.'
        : isShared
          ? `${sentenceCase(judge.range)} and the interval share times.`
          : `${sentenceCase(judge.range)} and the interval share no time.`}
    </p>
  );
}

/** The measured time is the truth of both; it is typed, or missing. */
function Measured(props: { timeS: number; own: [number, number] | null; time: Time }) {
  const { timeS, own, time } = props;
  const judge = useJudge();
  const side = (isIn: boolean) => (isIn ? 'inside' : 'outside');
  const yours = own === null ? '' : `${side(isInside(timeS, own))} ${judge.range}, `;
  return (
    <p>
      <strong>Measured in this session: {Math.round(timeS)} s</strong> (open diamond), {yours}
      {side(isInside(timeS, modelRange(time)))} the model’s interval.
    </p>
  );
}

function Modules({ prediction }: { prediction: ElbowPrediction }) {
  const { heldTorqueNm, sharesLeft, torque, maximalTorqueNm } = prediction;
  if (heldTorqueNm === null) return null;
  const shareAt = (atS: number) => sharesLeft[torque.findIndex(({ timeS }) => timeS === atS)];
  return (
    <section className={styles.row}>
      <h3>The two modules, read apart</h3>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">module</th>
              {READ_AT_S.map((atS) => (
                <th key={atS} scope="col">
                  {atS} s
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">torque module: level</th>
              <td colSpan={READ_AT_S.length} className={styles.number}>
                {heldTorqueNm.toFixed(1)} N·m ({Math.round((100 * heldTorqueNm) / maximalTorqueNm)} % of
                maximum)
              </td>
            </tr>
            <tr>
              <th scope="row">fatigue module: factor</th>
              {READ_AT_S.map((atS) => (
                <td key={atS} className={styles.number}>
                  {Math.round(100 * (shareAt(atS) ?? Number.NaN))} %
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">their product: torque</th>
              {READ_AT_S.map((atS) => (
                <td key={atS} className={styles.number}>
                  {torque.find(({ timeS }) => timeS === atS)?.middleNm.toFixed(0)} N·m
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      <p className={styles.quiet}>
        Only the product is held against torque; how it splits between the two is the network’s own. Read the
        course of the fatigue module, not its height.
      </p>
    </section>
  );
}

/** The drawn values, for who reads rather than looks. */
function TorqueTable({ prediction }: { prediction: ElbowPrediction }) {
  return (
    <details className={styles.method}>
      <summary>The values as a table</summary>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">time</th>
              <th scope="col">torque</th>
              <th scope="col">interval</th>
            </tr>
          </thead>
          <tbody>
            {prediction.torque.map(({ timeS, middleNm, interval }) => (
              <tr key={timeS}>
                <th scope="row">{timeS} s</th>
                <td className={styles.number}>{middleNm.toFixed(1)} N·m</td>
                <td className={styles.number}>
                  {interval === 'unbounded'
                    ? 'without a bound'
                    : `${interval[0].toFixed(1)} to ${interval[1].toFixed(1)} N·m`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

import type { ForecastDuel } from '../../../core/agreement/forecast-score.ts';
import styles from './concordance.module.css';
import { FigureCell } from './figure-cell.tsx';

/** One clinician, or all of them, beside the model. */
export interface DuelGroup {
  id: string;
  name: string;
  duel: ForecastDuel;
}

const CountCell = ({ n, patientCount }: { n: number; patientCount: number }) => (
  <td>
    {n}
    <small className={styles.range}>
      of {patientCount} {patientCount === 1 ? 'patient' : 'patients'}
    </small>
  </td>
);

/** Both on the same forecasts, one row: what can be compared stands side by side, with the interval of the difference. */
export function PairedTable({ groups }: { groups: readonly DuelGroup[] }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>
          On the forecasts that both made, each of one hand at one visit. Skill: 1 is a perfect forecast, 0
          (dashed) is “same as last time”
        </caption>
        <thead>
          <tr>
            <th scope="col">forecaster</th>
            <th scope="col">forecasts of both</th>
            <th scope="col">clinician’s skill</th>
            <th scope="col">model’s skill</th>
            <th scope="col">clinician minus model</th>
            <th scope="col">without the model’s</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ id, name, duel: { paired, modelRefused, modelNotAsked } }) => (
            <tr key={id}>
              <th scope="row" className={styles.person}>
                {name} and model
              </th>
              <CountCell {...paired} />
              <FigureCell figure={paired.clinicianSkill} form="coefficient" against={null} />
              <FigureCell figure={paired.modelSkill} form="coefficient" against={null} />
              <FigureCell figure={paired.difference} form="coefficient" against={null} />
              <td>
                model refused {modelRefused}, not asked {modelNotAsked}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Each clinician on all forecasts that were scored, and the model where it gave a range: not to be held against each other. */
export function OwnTable(props: { groups: readonly DuelGroup[]; widthText: (widthN: number) => string }) {
  const width = (widthN: number | null) => (widthN === null ? '–' : props.widthText(widthN));
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>On every scored forecast of each: other ones, so not to be compared row by row</caption>
        <thead>
          <tr>
            <th scope="col">forecaster</th>
            <th scope="col">scored</th>
            <th scope="col">inside the 50 % range</th>
            <th scope="col">skill</th>
            <th scope="col">mean width</th>
          </tr>
        </thead>
        <tbody>
          {props.groups.flatMap(({ id, name, duel }) =>
            [
              { key: `${id}/own`, who: name, score: duel.clinician },
              { key: `${id}/model`, who: `model, on forecasts of ${name}`, score: duel.model },
            ].map(({ key, who, score }) => (
              <tr key={key}>
                <th scope="row" className={styles.person}>
                  {who}
                </th>
                <CountCell {...score} />
                <FigureCell figure={score.inside} form="share" against="promised" />
                <FigureCell figure={score.skill} form="coefficient" against={null} />
                <td>{width(score.meanWidthN)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

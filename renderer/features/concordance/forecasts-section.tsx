import { useMemo } from 'react';
import { figureSentence } from '../../../core/agreement/figure-words.ts';
import {
  type ForecastDuel,
  type ForecasterScore,
  forecastDuel,
} from '../../../core/agreement/forecast-score.ts';
import type { ShownFigure } from '../../../core/agreement/shown-figure.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import type { Output } from '../../../core/contract/contract.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { IntervalRows } from '../../charts/interval-rows.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { forecastsCsv } from './concordance-csv.ts';
import { chartRow, FigureCell } from './figure-cell.tsx';
import { shortened } from './people-section.tsx';
import { scoredForecasts } from './scored-forecasts.ts';

type Scoreboard = Output<'forecasts.scoreboard'>;

/** The forecast duel: here the next visit is the truth, so both can be scored. */
export function ForecastsSection(props: {
  board: Scoreboard;
  clinicianId: string | null;
  /** What the filters of the page do not do here; empty where none is to be said. */
  filterNote: string;
  isSample: boolean;
}) {
  const { board, clinicianId, isSample } = props;
  const { forceUnit, decimalMark } = usePreferences();
  const { groups, waiting, notScored } = useMemo(() => {
    const rows = board.rows.filter(
      ({ clinician }) => clinicianId === null || clinician.userId === clinicianId,
    );
    const people = [...Map.groupBy(rows, ({ clinician }) => clinician.userId as string)];
    return {
      groups: [
        ...(clinicianId === null
          ? [{ id: 'team', name: 'the whole team', duel: forecastDuel(scoredForecasts(rows)) }]
          : []),
        ...people.map(([id, own]) => ({
          id,
          name: own[0]!.clinician.userName,
          duel: forecastDuel(scoredForecasts(own)),
        })),
      ],
      waiting: rows.filter(({ outcome }) => outcome.kind === 'waiting').length,
      notScored: rows.filter(({ outcome }) => !['waiting', 'scored'].includes(outcome.kind)).length,
    };
  }, [board, clinicianId]);
  const scored = groups[0]?.duel.clinician.n ?? 0;
  const lowest = lowestTick(groups.flatMap(({ duel }) => [duel.clinician.skill, duel.model.skill]));
  return (
    <Section
      title="Forecasts"
      lead="The next visit is the truth. Skill compares the interval scores of 50 % ranges with “same as last time” (the last value, give or take measurement error): above 0 is better than saying that nothing will change. A good 50 % range holds the next value half of the time, not more."
    >
      {props.filterNote && <p className={styles.words}>{props.filterNote}</p>}
      <p className={styles.words}>
        {scored} scored, {waiting} waiting for the next visit, {notScored} not scored (another device, a
        corrected value, or a visit from before the forecast)
        {board.heldBack > 0 && `, ${board.heldBack} held back while a judgement of the patient is open`}.
      </p>
      {groups.length > 0 && scored + waiting + notScored > 0 && (
        <>
          <div className={styles.stacked}>
            <IntervalRows
              rows={groups.flatMap(({ id, name, duel }) => [
                chartRow(`${id}/own`, shortened(name), duel.clinician.skill),
                chartRow(`${id}/model`, 'model, same visits', duel.model.skill),
              ])}
              from={lowest}
              to={1}
              ticks={Array.from({ length: Math.round((1 - lowest) / 0.5) + 1 }, (_, i) => lowest + i / 2)}
              tickText={(value) => value.toFixed(1).replace('-', '−')}
              label="Skill against “same as last time”, with intervals; the numbers stand in the table beside it."
            />
            <DuelTable groups={groups} meanWidth={(widthN) => valueText(widthN, forceUnit)} />
          </div>
          {groups[0] && (
            <p className={styles.words}>
              On the visits that both forecast, the clinician’s range scored better:{' '}
              {figureSentence(groups[0].duel.clinicianCloser, 'share')}.
            </p>
          )}
          <div className={styles.actions} data-no-print>
            <CopyButton
              label="Copy the forecasts as CSV"
              done="Copied: paste it into a table."
              onCopy={() =>
                navigator.clipboard.writeText(forecastsCsv(board.rows, { decimalMark, isSample }))
              }
            />
          </div>
          <p className={styles.small}>
            Score: width plus four times the distance of a value outside (Winkler 1972; Gneiting & Raftery
            2007), summed over visits; intervals draw patients. The model was trained on simulated courses.
            Research use; not a medical device.
          </p>
        </>
      )}
    </Section>
  );
}

/** Skill has no floor: the axis begins at a half below everything that is drawn, and at -1 at the latest. */
function lowestTick(figures: readonly ShownFigure[]): number {
  const ends = figures.flatMap((figure) =>
    figure.kind === 'figure' ? [figure.value, ...(figure.interval ?? [])] : [],
  );
  return Math.max(-4, Math.min(-1, Math.floor(Math.min(0, ...ends) * 2) / 2));
}

function DuelTable(props: {
  groups: readonly { id: string; name: string; duel: ForecastDuel }[];
  meanWidth: (widthN: number) => string;
}) {
  const row = (id: string, name: string, score: ForecasterScore) => (
    <tr key={id}>
      <th scope="row" className={styles.person}>
        {name}
      </th>
      <td>
        {score.n}
        <small className={styles.range}>
          of {score.patientCount} {score.patientCount === 1 ? 'patient' : 'patients'}
        </small>
      </td>
      <FigureCell figure={score.inside} form="share" against="promised" />
      <FigureCell figure={score.skill} form="coefficient" against={null} />
      <td>{score.meanWidthN === null ? '–' : props.meanWidth(score.meanWidthN)}</td>
    </tr>
  );
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>Skill: 1 is a perfect forecast, 0 (dashed) is “same as last time”</caption>
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
          {props.groups.flatMap(({ id, name, duel }) => [
            row(`${id}/own`, name, duel.clinician),
            row(`${id}/model`, `model, on visits of ${name}`, duel.model),
          ])}
        </tbody>
      </table>
    </div>
  );
}

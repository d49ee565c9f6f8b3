import { useMemo } from 'react';
import { figureSentence } from '../../../core/agreement/figure-words.ts';
import { forecastDuel, SAME_AS_LAST } from '../../../core/agreement/forecast-score.ts';
import type { ShownFigure } from '../../../core/agreement/shown-figure.ts';
import { valueText } from '../../../core/clinical/stored-value.ts';
import type { Output } from '../../../core/contract/contract.ts';
import type { ForecastRow } from '../../../core/contract/schemas/forecast.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { IntervalRows } from '../../charts/interval-rows.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './concordance.module.css';
import { forecastsCsv } from './concordance-csv.ts';
import { chartRow } from './figure-cell.tsx';
import { type DuelGroup, OwnTable, PairedTable } from './forecast-tables.tsx';
import { type ForecastStanding, scoredForecasts, standingOf } from './scored-forecasts.ts';

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
  const { groups, counts, changed } = useMemo(() => {
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
      counts: countsOf(rows),
      changed: rows.filter(({ outcome }) => outcome.kind === 'scored' && outcome.isCorrectedSince).length,
    };
  }, [board, clinicianId]);
  const drawn = skillRows(groups);
  const lowest = lowestTick(drawn.map(({ figure }) => figure));
  return (
    <Section
      title="Forecasts"
      lead={`The next visit on another day is the truth, as it was first saved. Skill compares the interval scores of 50 % ranges with “same as last time” (the last value, give or take ${SAME_AS_LAST.baseN} N and ${100 * SAME_AS_LAST.share} % of it, which holds half of the unchanged hands, best of three trials on both days, under the measurement noise that was assumed): above 0 is better than saying that nothing will change. A good 50 % range holds the next value half of the time, not more.`}
    >
      {props.filterNote && <p className={styles.words}>{props.filterNote}</p>}
      <p className={styles.words}>
        {counts['in-figures']} scored, {counts.waiting} waiting for the next visit, {counts['not-scored']} not
        scored (another device or one that is not named, not the best of three trials on both days, a
        corrected value, or a visit from before the forecast)
        {board.heldBack > 0 && `, ${board.heldBack} held back while a judgement of the patient is open`}.
        {counts['far-from-plan'] > 0 &&
          ` In no figure, and marked in the CSV: ${counts['far-from-plan']} whose next visit came at less than half or more than twice the planned time, which is another question than the one answered.`}
        {counts['sound-hand'] > 0 &&
          ` In no figure, and marked in the CSV: ${counts['sound-hand']} of the hand that is not affected, which the model is not asked about.`}
        {changed > 0 &&
          ` ${changed} of the scored had the next visit’s value changed afterwards: scored as first saved, and marked in the CSV.`}
      </p>
      {counts.all > 0 && (
        <>
          <div className={styles.stacked}>
            <IntervalRows
              rows={drawn.map(({ id, name, figure }) => chartRow(id, name, figure))}
              from={lowest}
              to={1}
              ticks={Array.from({ length: Math.round((1 - lowest) / 0.5) + 1 }, (_, i) => lowest + i / 2)}
              tickText={(value) => value.toFixed(1).replace('-', '−')}
              label="Skill on the forecasts that both made, with intervals; the numbers stand in the tables beside it."
            />
            <PairedTable groups={groups} />
            <OwnTable groups={groups} widthText={(widthN) => valueText(widthN, forceUnit)} />
          </div>
          {groups[0] && (
            <p className={styles.words}>
              Of the forecasts that both made, the clinician’s range scored better:{' '}
              {figureSentence(groups[0].duel.paired.clinicianCloser, 'share')}.
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
            2007), summed over visits; intervals leave out one patient at a time. The model was trained on
            simulated courses. Research use; not a medical device.
          </p>
        </>
      )}
    </Section>
  );
}

function countsOf(rows: readonly ForecastRow[]): Record<ForecastStanding | 'all', number> {
  const counts = {
    'in-figures': 0,
    waiting: 0,
    'not-scored': 0,
    'far-from-plan': 0,
    'sound-hand': 0,
    all: rows.length,
  };
  for (const row of rows) counts[standingOf(row)] += 1;
  return counts;
}

/** Both on the forecasts that both made; the clinician alone, on all of them, where there are none. */
const skillRows = (groups: readonly DuelGroup[]): { id: string; name: string; figure: ShownFigure }[] =>
  groups.flatMap(({ id, name, duel: { clinician, paired } }) =>
    paired.n === 0
      ? [{ id: `${id}/own`, name: `${name}, alone`, figure: clinician.skill }]
      : [
          { id: `${id}/own`, name: name, figure: paired.clinicianSkill },
          { id: `${id}/model`, name: 'model, same forecasts', figure: paired.modelSkill },
        ],
  );

/** Skill has no floor: the axis begins at a half below everything that is drawn, and at -1 at the latest. */
function lowestTick(figures: readonly ShownFigure[]): number {
  const ends = figures.flatMap((figure) =>
    figure.kind === 'figure' ? [figure.value, ...(figure.interval ?? [])] : [],
  );
  return Math.max(-4, Math.min(-1, Math.floor(Math.min(0, ...ends) * 2) / 2));
}

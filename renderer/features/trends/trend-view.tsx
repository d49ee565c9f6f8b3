import { Button } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { measureOf, UNITS_OF_QUANTITY } from '../../../core/clinical/measures.ts';
import { defaultTable, tablesOf } from '../../../core/clinical/norms/norm-choice.ts';
import type { NormTable } from '../../../core/clinical/norms/norm-table.ts';
import { whyNoOtherHand } from '../../../core/clinical/other-hand.ts';
import { SIDE_NAMES, sideName } from '../../../core/clinical/side-names.ts';
import { unitText } from '../../../core/clinical/stored-value.ts';
import { lastChangeWords } from '../../../core/clinical/trend-runs.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import type { Measure, Patient, Unit } from '../../../core/contract/schemas/clinical.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { SaveExport } from '../../app/save-export.tsx';
import { base64Of, chartPng, chartSvg } from '../../charts/chart-picture.ts';
import { TrendChart, type TrendFlag } from '../../charts/trend-chart.tsx';
import { shortDate } from '../../ui/calendar-date.ts';
import { ChoiceRow } from '../../ui/choice-row.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NormChoice } from './norm-choice.tsx';
import {
  axisTitle,
  bandsOf,
  legendOf,
  measureTitle,
  missingWords,
  pictureLines,
  SAMPLE_WORDS,
  type ShownTrend,
  shownValueText,
} from './shown-trend.ts';
import { SourceList } from './source-list.tsx';
import actions from './trend-actions.module.css';
import { trendCsv } from './trend-csv.ts';
import { comparedSide, deviceChangesOf, segmentsOf, shareSegments, sharesOf } from './trend-series.ts';
import { TrendTable } from './trend-table.tsx';
import styles from './trends.module.css';

/** One measure of both hands: chart or table, its last change in words, its norms and limits with their sources. */
export function TrendView(props: {
  patient: Patient;
  measure: Measure;
  /** Of this measure; at least one. */
  points: readonly TrendPoint[];
  tables: readonly NormTable[];
  flags: readonly TrendFlag[];
  origin: string;
  xLabel: string;
  isSample: boolean;
}) {
  const { patient, measure, points, origin, xLabel, isSample } = props;
  const { decimalMark } = usePreferences();
  const { quantity, isSided } = measureOf(measure);
  const units: readonly Unit[] = UNITS_OF_QUANTITY[quantity];
  const [unit, setUnit] = useState<Unit>(points.at(-1)?.typedUnit ?? units[0] ?? 'N');
  const [isTable, setIsTable] = useState(false);
  const [isShare, setIsShare] = useState(false);
  const [norm, setNorm] = useState(() => defaultTable(props.tables, measure));
  const chart = useRef<HTMLDivElement>(null);
  const shown: ShownTrend = { patient, measure, unit, points, origin, xLabel, norm, isSample };
  const title = measureTitle(measure);
  const whyNoShare = whyNoOtherHand(measure, patient.affectedSide);
  const side = comparedSide(patient);
  const shared = sharesOf(points, patient);
  const shareTitle = `${SIDE_NAMES[side]} hand, % of the other`;
  const words = {
    title: `${title}, ${isShare ? shareTitle : unitText(unit)}, over ${xLabel}`,
    lines: isShare ? (isSample ? [SAMPLE_WORDS] : []) : pictureLines(shown),
  };
  const drawn = () => {
    if (chart.current === null) throw new Error('no chart is drawn');
    return chart.current;
  };
  const copyPicture = async () => {
    const picture = chartPng(drawn(), words);
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  };
  return (
    <section className={styles.trends} aria-labelledby="trend-title">
      <header className={styles.head}>
        <h1 id="trend-title">{title}</h1>
        {units.length > 1 && (
          <ChoiceRow
            label="Unit"
            choices={units.map((value) => ({ value, label: unitText(value) }))}
            value={unit}
            onChange={setUnit}
          />
        )}
        {isSided && !isTable && (
          <ChoiceRow
            label="What is drawn"
            choices={[
              { value: 'value', label: 'Both hands' },
              { value: 'share', label: '% of the other hand' },
            ]}
            value={isShare ? 'share' : 'value'}
            onChange={(value) => setIsShare(value === 'share')}
          />
        )}
        <Button
          variant="default"
          aria-pressed={isTable}
          leftSection={isTable ? <IconChartLine size="1.125rem" /> : <IconTable size="1.125rem" />}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'Show the chart' : 'Show the table'}
        </Button>
      </header>
      <LastChanges shown={shown} />
      {isTable && <TrendTable shown={shown} />}
      {!isTable && isShare && whyNoShare !== null && (
        <Notice tone="info" title="There is no percentage of the other hand.">
          Here {whyNoShare}.
        </Notice>
      )}
      {!isTable && (!isShare || whyNoShare === null) && (
        <div ref={chart}>
          <TrendChart
            segments={isShare ? shareSegments(shared, origin) : segmentsOf(points, unit, origin)}
            bands={isShare ? [] : bandsOf(shown)}
            legend={isShare ? [] : legendOf(shown)}
            sideText={isShare ? () => shareTitle : isSided ? sideName : () => measureOf(measure).name}
            flags={props.flags}
            deviceChanges={deviceChangesOf(points, origin)}
            xLabel={xLabel}
            {...(isShare ? { yDomain: shareDomain(shared) } : {})}
            yLabel={isShare ? shareTitle : axisTitle(shown)}
            valueText={(value) => (isShare ? `${Math.round(value)} %` : shownValueText(value, unit))}
            label={`${title} of both hands over ${xLabel}; the same numbers stand in the table`}
          />
        </div>
      )}
      {(isTable || !isShare) && missingWords(shown).map((text) => <p key={text}>{text}</p>)}
      {(isTable || !isShare) && (
        <NormChoice tables={tablesOf(props.tables, measure)} chosen={norm} onChoose={setNorm} />
      )}
      <SourceList measure={measure} unit={unit} norm={norm} />
      <footer className={actions.row}>
        <CopyButton
          label="Copy as CSV"
          done="Copied: paste it into a table."
          onCopy={() => navigator.clipboard.writeText(trendCsv(shown, decimalMark))}
        />
        {!isTable && (
          <CopyButton label="Copy the picture" done="Copied: paste it into a letter." onCopy={copyPicture} />
        )}
        <SaveExport
          patientId={patient.id}
          fileName={`${measure} course`}
          exports={[
            { kind: 'csv', label: 'Table (CSV)', make: () => trendCsv(shown, decimalMark) },
            {
              kind: 'png',
              label: 'Picture (PNG)',
              make: async () => base64Of(await chartPng(drawn(), words)),
            },
            { kind: 'svg', label: 'Drawing (SVG)', make: () => chartSvg(drawn(), words).text },
          ]}
        />
      </footer>
    </section>
  );
}

/** From nothing to as strong as the other hand, or more where a value is. */
const shareDomain = (shares: readonly { percent: number | null }[]): [number, number] => [
  0,
  Math.max(100, ...shares.map(({ percent }) => Math.ceil((percent ?? 0) / 10) * 10)),
];

/** The last change of each hand in words, and the share of the other hand, or why there is none. */
function LastChanges({ shown }: { shown: ShownTrend }) {
  const { patient, points, unit, measure } = shown;
  const { isSided } = measureOf(measure);
  const share = sharesOf(points, patient).at(-1);
  const isAffected = (side: 'right' | 'left') =>
    patient.affectedSide === side || patient.affectedSide === 'both';
  return (
    <dl className={styles.words}>
      {(isSided ? (['right', 'left'] as const) : (['right'] as const)).map((side) => (
        <div key={side}>
          <dt>
            {!isSided ? 'Last change' : side === 'right' ? 'Right' : 'Left'}
            {isSided && isAffected(side) && ' (affected)'}
          </dt>
          <dd>{lastChangeWords(points, side, unit, shortDate)}</dd>
        </div>
      ))}
      {isSided && (
        <div>
          <dt>Other hand</dt>
          <dd>
            {share === undefined && 'not compared yet'}
            {share !== undefined &&
              (share.percent === null
                ? `no percentage: ${share.reason}`
                : `${SIDE_NAMES[share.point.side]} hand ${Math.round(share.percent)} % of the other on ${shortDate(share.point.at)}`)}
          </dd>
        </div>
      )}
    </dl>
  );
}

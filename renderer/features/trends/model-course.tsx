import { Button } from '@mantine/core';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { completedWeeks } from '../../../core/clinical/judged-later.ts';
import { percentText } from '../../../core/clinical/percent-text.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import type { SessionView } from '../../../core/contract/channels/sessions.ts';
import type { PatientId } from '../../../core/contract/schemas/clinical.ts';
import { usePreferences } from '../../app/preferences.tsx';
import { SaveExport } from '../../app/save-export.tsx';
import { base64Of, chartPng, chartSvg } from '../../charts/chart-picture.ts';
import { TrendChart } from '../../charts/trend-chart.tsx';
import { shortDate } from '../../ui/calendar-date.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { MODEL_WORDS, type ModelPoint, modelCsv, modelPoints, modelSegments } from './model-points.ts';
import { SAMPLE_WORDS } from './shown-trend.ts';
import actions from './trend-actions.module.css';
import styles from './trends.module.css';

/**
 * What the model made of earlier sessions: how near to nonimpaired, with the range of its networks. The host leaves results
 * out while a judgement of the patient is open; then this says so.
 */
export function ModelCourse(props: {
  patientId: PatientId;
  rows: readonly Omit<SessionView, 'patient'>[];
  origin: string;
  xLabel: string;
  /** Invented people are called so in everything that leaves the app. */
  isSample: boolean;
}) {
  const { rows, origin, xLabel, isSample } = props;
  const chart = useRef<HTMLDivElement>(null);
  const { decimalMark } = usePreferences();
  const [isTable, setIsTable] = useState(false);
  const isOpen = rows.some(({ session }) => session.state === 'measuring' || session.state === 'saved');
  if (isOpen) {
    return (
      <Notice tone="info" title="Earlier model results are hidden while a judgement is open.">
        They come back when you lock it, or close the session without one.
      </Notice>
    );
  }
  const points = modelPoints(rows);
  if (points.length === 0) return <p>No session has a model result yet.</p>;
  const newest = points.at(-1) as ModelPoint;
  const words = {
    title: `Model: resemblance to nonimpaired, %, over ${xLabel}`,
    lines: [`${newest.modelText}; ${MODEL_WORDS}`, ...(isSample ? [SAMPLE_WORDS] : [])],
  };
  const drawn = () => {
    if (chart.current === null) throw new Error('no chart is drawn');
    return chart.current;
  };
  return (
    <>
      <p className={styles.facts}>
        {newest.modelText}; trained on simulated people. Research use; not a medical device. Lines break where
        the model or its inputs changed.
      </p>
      <div>
        <Button
          variant="default"
          aria-pressed={isTable}
          leftSection={isTable ? <IconChartLine size="1.125rem" /> : <IconTable size="1.125rem" />}
          onClick={() => setIsTable(!isTable)}
        >
          {isTable ? 'Show the model’s chart' : 'Show the model’s table'}
        </Button>
      </div>
      {isTable ? (
        <ModelTable points={points} origin={origin} xLabel={xLabel} />
      ) : (
        <div ref={chart}>
          <TrendChart
            segments={modelSegments(points, origin)}
            bands={[]}
            legend={[]}
            spreadText="lowest and highest of the five networks"
            flags={[]}
            deviceChanges={[]}
            xLabel={xLabel}
            yLabel="resemblance, %"
            yDomain={[0, 100]}
            valueText={(value) => `${Math.round(value)} %`}
            label={`Model: resemblance to nonimpaired over ${xLabel}; the same numbers stand in its table`}
            heightPx={240}
          />
        </div>
      )}
      <div className={actions.row}>
        <CopyButton
          label="Copy the model’s results as CSV"
          done="Copied: paste it into a table."
          onCopy={() => navigator.clipboard.writeText(modelCsv(points, origin, isSample, decimalMark))}
        />
        <SaveExport
          patientId={props.patientId}
          fileName="model course"
          exports={[
            {
              kind: 'csv',
              label: 'Table (CSV)',
              make: () => modelCsv(points, origin, isSample, decimalMark),
            },
            {
              kind: 'png',
              label: 'Picture (PNG)',
              make: async () => base64Of(await chartPng(drawn(), words)),
            },
            { kind: 'svg', label: 'Drawing (SVG)', make: () => chartSvg(drawn(), words).text },
          ]}
        />
      </div>
    </>
  );
}

function ModelTable(props: { points: readonly ModelPoint[]; origin: string; xLabel: string }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>
          Resemblance to nonimpaired, newest first; simulated people, research use, not a medical device
        </caption>
        <thead>
          <tr>
            <th scope="col">date</th>
            <th scope="col">{props.xLabel}</th>
            <th scope="col">hand</th>
            <th scope="col">resembles nonimpaired</th>
            <th scope="col">five networks</th>
            <th scope="col">inputs</th>
            <th scope="col">model</th>
          </tr>
        </thead>
        <tbody>
          {[...props.points].reverse().map((point) => (
            <tr key={point.sessionId}>
              <td>{shortDate(point.at)}</td>
              <td className={styles.number}>{completedWeeks(props.origin, point.at)}</td>
              <td>{SIDE_NAMES[point.side]}</td>
              <td className={styles.number}>{percentText(point.probability)}</td>
              <td className={styles.number}>
                {point.band === null
                  ? 'not known'
                  : `${percentText(point.band[0])} to ${percentText(point.band[1])}`}
              </td>
              <td>{point.inputsText}</td>
              <td>{point.modelText}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

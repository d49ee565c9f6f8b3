import { measureOf } from '../../../core/clinical/measures.ts';
import { SIDE_NAMES } from '../../../core/clinical/side-names.ts';
import { fromStored, unitText, valueText } from '../../../core/clinical/stored-value.ts';
import { runsOf } from '../../../core/clinical/trend-runs.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import { TrendChart } from '../../charts/trend-chart.tsx';

const WEEK_MS = 7 * 86_400_000;

/** The course of one measure as a patient sees it: own values alone, large, without bands. */
export function OwnCourse(props: { points: readonly TrendPoint[]; origin: string; xLabel: string }) {
  const { points, origin } = props;
  const first = points[0];
  if (first === undefined) return null;
  const unit = points.at(-1)?.typedUnit ?? first.typedUnit;
  const { name, isSided } = measureOf(first.measure);
  return (
    <TrendChart
      segments={runsOf(points).map((run, index) => ({
        id: `run${index}`,
        side: run[0]?.side ?? 'right',
        points: run.map((point) => ({
          x: (Date.parse(point.at) - Date.parse(origin)) / WEEK_MS,
          value: fromStored(point.valueSi, unit),
          spread: null,
        })),
      }))}
      bands={[]}
      legend={[]}
      sideText={(side) => (isSided ? `${SIDE_NAMES[side]} hand` : name)}
      flags={[]}
      deviceChanges={[]}
      xLabel={props.xLabel}
      yLabel={unit === 'deg' ? 'degrees' : unitText(unit)}
      valueText={(value) => `${value.toFixed(1)} ${unitText(unit)}`}
      label={`Course of ${name}: ${points.map((point) => valueText(point.valueSi, unit)).join(', ')}`}
      // What A4 with its margins holds; 24 pixels are 18 points.
      widthPx={660}
      heightPx={270}
      fontPx={24}
    />
  );
}

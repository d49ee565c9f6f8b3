import { AS_EXPECTED_PERCENT } from '../../../core/clinical/muscle-groups.ts';
import { IntervalScale, type IntervalScaleProps } from '../../charts/interval-scale.tsx';

/** Percent of expected on one line from 40 to 160 %. */
export function PercentScale(
  props: Pick<IntervalScaleProps, 'middle' | 'own' | 'label'> & {
    interval: readonly [number, number] | 'unbounded' | null;
  },
) {
  const { interval } = props;
  return (
    <IntervalScale
      {...props}
      interval={interval === 'unbounded' ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : interval}
      domain={[40, 160]}
      ticks={[40, ...AS_EXPECTED_PERCENT, 100, 160].sort((a, b) => a - b)}
      tickText={(tick) => (tick === 100 ? '100 %' : `${tick}`)}
      expected={AS_EXPECTED_PERCENT}
    />
  );
}

// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';

import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { modelBands, TraceStretches } from './trace-stretches.tsx';

const stretch = (fromStep: number, value: number, range: [number, number] = [value, value]) => ({
  fromStep,
  endStep: fromStep + 10,
  value,
  memberLow: range[0],
  memberHigh: range[1],
  probabilityWithout: 0.34,
});
const STRETCHES = [stretch(0, 0.1), stretch(10, 1), stretch(20, -0.5), stretch(30, 0.9, [-0.1, 1.5])];

describe('the model’s stretches of a trace', () => {
  it('are drawn where they moved the answer, on the recording’s clock, for or against', () => {
    const drawn = modelBands(STRETCHES, 0.5);
    expect(drawn.map(({ direction }) => direction)).toEqual(['for', 'against']);
    expect(drawn[0]!.fromS).toBeCloseTo(0.5 + 0.8, 9);
    expect(drawn[0]!.toS).toBeCloseTo(0.5 + 1.6, 9);
  });

  it('all stand in the table: direction, and the answer without each; a divided one says so', () => {
    render(
      <MantineProvider>
        <TraceStretches
          stretches={STRETCHES}
          startS={0.5}
          explanation={{
            predictedClass: 'four-corner-fusion',
            againstClass: 'nonimpaired',
            referenceName: 'nonimpaired people',
          }}
          prediction={{ probabilities: [0.1, 0.09, 0.81] }}
        />
      </MantineProvider>,
    );
    const rows = within(screen.getByRole('table', { hidden: true })).getAllByRole('row', { hidden: true });
    expect(rows.slice(1).map((row) => row.textContent)).toEqual([
      '0.500 s to 1.300 s+ for, 0.10 logits81 % → 34 %',
      '1.300 s to 2.100 s+ for, 1.00 logits81 % → 34 %',
      '2.100 s to 2.900 s− against, 0.50 logits81 % → 34 %',
      '2.900 s to 3.700 sthe networks disagree81 % → 34 %',
    ]);
  });
});

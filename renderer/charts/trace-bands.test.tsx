// @vitest-environment jsdom
import '../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { MAX_TRACE_BANDS, type TraceBand } from './trace-band-props.ts';
import { TraceBands } from './trace-bands.tsx';

const timeS = Float64Array.from({ length: 101 }, (_, i) => i / 10);
const series = { timeS, values: timeS.map((t) => 10 * t), name: 'pinch', unit: 'N' };
const BAND: TraceBand = { fromS: 2, toS: 4, direction: 'for' };

function open(first: TraceBand[], isLocked = false) {
  const seen: TraceBand[][] = [];
  function Held() {
    const [bands, setBands] = useState(first);
    const onBands = (next: TraceBand[]) => {
      seen.push(next);
      setBands(next);
    };
    return (
      <MantineProvider env="test">
        <TraceBands
          series={series}
          bands={bands}
          label="pinch over time"
          {...(isLocked ? {} : { onBands })}
        />
      </MantineProvider>
    );
  }
  render(<Held />);
  return { seen, user: userEvent.setup() };
}

describe('brushed bands', () => {
  it('are added, changed and turned without a pointer', async () => {
    const { seen, user } = open([]);
    await user.click(screen.getByRole('button', { name: 'Add a stretch by numbers' }));
    expect(seen.at(-1)).toEqual([{ fromS: 4.5, toS: 5.5, direction: 'for' }]);
    const from = screen.getByLabelText('Stretch 1: from, s');
    await user.clear(from);
    await user.type(from, '1,5');
    expect(seen.at(-1)?.[0]).toMatchObject({ fromS: 1.5, toS: 5.5 });
    await user.click(within(screen.getByRole('group', { name: 'Stretch 1 speaks' })).getByText('against'));
    expect(seen.at(-1)).toEqual([{ fromS: 1.5, toS: 5.5, direction: 'against' }]);
  });

  it('come back by undo where they were', async () => {
    const bands: TraceBand[] = [BAND, { fromS: 5, toS: 6, direction: 'against' }];
    const { seen, user } = open(bands);
    await user.click(screen.getByRole('button', { name: 'Remove stretch 1' }));
    expect(seen.at(-1)).toEqual([bands[1]]);
    await user.click(screen.getByRole('button', { name: 'Undo: bring back 2.000 s to 4.000 s' }));
    expect(seen.at(-1)).toEqual(bands);
  });

  it(`are at most ${MAX_TRACE_BANDS}, and say their direction in words`, () => {
    open(Array.from({ length: MAX_TRACE_BANDS }, (_, i) => ({ ...BAND, toS: 3 + i / 10 })));
    expect(screen.getByRole('button', { name: 'Add a stretch by numbers' })).toHaveProperty('disabled', true);
    expect(screen.getAllByText('for').length).toBeGreaterThanOrEqual(MAX_TRACE_BANDS);
  });

  it('can only be read after the lock', () => {
    open([BAND], true);
    expect(screen.queryByRole('button', { name: /Remove|Add/ })).toBeNull();
    expect(screen.getByText('your bands: 2.000 s to 4.000 s for')).toBeTruthy();
  });
});

it('the trace is read and moved by keys', async () => {
  const { user } = open([]);
  const trace = screen.getByRole('slider', { name: /pinch over time/ });
  expect(trace.getAttribute('aria-valuetext')).toBe('5.000 s: 50.00 N');
  trace.focus();
  await user.keyboard('+{ArrowRight}');
  expect(trace.getAttribute('aria-valuetext')).toBe('5.700 s: 57.00 N');
  await user.keyboard('{Home}');
  expect(trace.getAttribute('aria-valuetext')).toBe('5.000 s: 50.00 N');
});

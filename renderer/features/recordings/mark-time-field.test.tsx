// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { MarkTimeField } from './mark-time-field.tsx';

it('keeps what cannot be a time of the recording as typed, says why, and moves nothing', async () => {
  const moved: number[] = [];
  const field = (atS: number) => (
    <MantineProvider env="test">
      <MarkTimeField
        label="Time of peak, s"
        atS={atS}
        refusalOf={(typedS) => (typedS > 45.975 ? 'The recording ends at 45.975 s.' : null)}
        onMove={(typedS) => moved.push(typedS)}
      />
    </MantineProvider>
  );
  const { rerender } = render(field(12.5));
  const user = userEvent.setup();
  const input = screen.getByLabelText<HTMLInputElement>('Time of peak, s');
  await user.clear(input);
  await user.type(input, '99{Enter}');
  expect(screen.getByText('The recording ends at 45.975 s.')).toBeTruthy();
  await user.tab();
  expect([input.value, moved]).toEqual(['99', []]);
  await user.clear(input);
  await user.type(input, '13,5{Enter}');
  expect(moved).toEqual([13.5]);
  expect(document.activeElement).toBe(input);
  rerender(field(13.5));
  expect(input.value).toBe('13.5');
});

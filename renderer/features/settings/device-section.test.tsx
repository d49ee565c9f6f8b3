// @vitest-environment jsdom
import '../../app/testing/jsdom-gaps.ts';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Device } from '../../../core/contract/schemas/clinical.ts';
import { startMemoryHost, TEST_DEVICES, testId } from '../../app/testing/memory-host.ts';
import { ApiProvider } from '../../platform/api.tsx';
import { DeviceSection } from './device-section.tsx';

describe('measuring devices', () => {
  it('never guesses the unit of a new device', async () => {
    const devices: Device[] = [...TEST_DEVICES];
    const host = startMemoryHost({
      'devices.list': () => devices,
      'devices.create': (fields) => {
        const device = { ...fields, id: testId<Device['id']>(702) };
        devices.push(device);
        return device;
      },
    });
    const user = userEvent.setup();
    render(
      <MantineProvider>
        <ApiProvider api={host.api}>
          <DeviceSection />
        </ApiProvider>
      </MantineProvider>,
    );
    await screen.findByText('B&L pinch gauge');
    await user.click(screen.getByRole('button', { name: 'Add a device' }));
    await user.type(screen.getByLabelText('Name'), 'Digital gauge');
    await user.click(screen.getByLabelText('Pinch gauge'));
    await user.click(screen.getByRole('button', { name: 'Add device' }));
    expect(await screen.findByText(/Choose the unit/)).toBeTruthy();
    expect(host.inputsOf('devices.create')).toEqual([]);
    await user.click(screen.getByLabelText('kg'));
    await user.click(screen.getByRole('button', { name: 'Add device' }));
    await screen.findByText('Digital gauge');
    expect(host.inputsOf('devices.create')).toEqual([
      { name: 'Digital gauge', serial: '', kind: 'pinch-gauge', unit: 'kg', calibratedOn: null },
    ]);
  });
});

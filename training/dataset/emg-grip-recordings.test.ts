import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../core/numerics/random-stream.ts';
import {
  EMG_CHANNELS,
  gripWindows,
  parseGripRecording,
  readGripFolder,
  WINDOW_STEPS,
} from './emg-grip-recordings.ts';

const HEADER =
  'time_s,emg1_int8,emg2_int8,emg3_int8,emg4_int8,emg5_int8,emg6_int8,emg7_int8,emg8_int8,fsr_adc10bit';
/** Invented recording: noise that grows with a force that comes and goes. */
function invented(seed: string, { rows = 1600, startS = 0, separator = '\n' } = {}): string {
  const stream = randomStream(seed, 'invented-emg', 0);
  const lines = Array.from({ length: rows }, (_, i) => {
    const effort = Math.max(0, Math.sin(i / 160));
    const emg = Array.from({ length: EMG_CHANNELS }, () => Math.round(40 * effort * stream.normal()));
    return [(startS + i * 0.005).toFixed(3), ...emg, Math.round(400 * effort)].join(',');
  });
  return [HEADER, ...lines].join(separator);
}
const folder = mkdtempSync(join(tmpdir(), 'emg-grip-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('reading a recording', () => {
  it('gives eight envelopes and percent of maximum at 20 Hz', () => {
    const { channels, forcePercent } = parseGripRecording('a', invented('a'));
    expect(channels.length).toBe(EMG_CHANNELS);
    expect(forcePercent.length).toBe(160);
    for (const channel of channels) {
      expect(channel.length).toBe(160);
      expect(Math.max(...channel)).toBeLessThan(1.5);
      expect(Math.min(...channel)).toBeGreaterThanOrEqual(0);
    }
    expect(Math.max(...forcePercent)).toBeGreaterThan(95);
    expect(Math.max(...forcePercent)).toBeLessThanOrEqual(100);
  });

  it('does not depend on the gain of the force reading or of a channel', () => {
    const text = invented('a');
    const doubled = text.replace(/,(\d+)$/gm, (_, force: string) => `,${2 * Number(force)}`);
    const [plain, twice] = [parseGripRecording('a', text), parseGripRecording('a', doubled)];
    twice.forcePercent.forEach((value, i) => {
      expect(value).toBeCloseTo(plain.forcePercent[i]!, 9);
    });
  });

  it('reads line ends of either kind, a byte order mark and further columns', () => {
    const plain = parseGripRecording('a', invented('a'));
    expect(parseGripRecording('a', `\uFEFF${invented('a', { separator: '\r\n' })}\r\n`)).toEqual(plain);
    const wider = invented('a').replaceAll('\n', ',1\n').replace('bit,1', 'bit,force_n');
    expect(parseGripRecording('a', `${wider},1`)).toEqual(plain);
  });

  it.each([
    [
      'a column that is missing',
      invented('a').replace('fsr_adc10bit', 'force_n'),
      /no column "fsr_adc10bit"/,
    ],
    ['a cell that is no number', invented('a').replace(/\n0\.010,-?\d+/, '\n0.010,x'), /line 4/],
    ['an empty cell', invented('a').replace(/\n0\.010,-?\d+/, '\n0.010,'), /line 4/],
    ['a clock that jumps', invented('a').replace('\n0.500,', '\n0.900,'), /clock/],
    ['a force that is no 10-bit reading', invented('a').replace(/,400\n/, ',4000\n'), /10-bit/],
    ['a force that never moves', invented('a').replace(/,\d+$/gm, ',5'), /never moves/],
    ['less than five seconds', invented('a', { rows: 400 }), /shorter/],
    ['an empty file', '', /no column/],
  ])('refuses %s and names the recording', (_, text, reason) => {
    expect(() => parseGripRecording('forearm-3', text)).toThrow(RangeError);
    expect(() => parseGripRecording('forearm-3', text)).toThrow(reason);
    expect(() => parseGripRecording('forearm-3', text)).toThrow(/forearm-3/);
  });
});

describe('a folder of recordings', () => {
  it('counts a copy once, also under another name, with other line ends and a restarted clock', () => {
    writeFileSync(join(folder, 'one.csv'), invented('one'));
    writeFileSync(join(folder, 'two.csv'), invented('two'));
    writeFileSync(join(folder, 'two-again.csv'), invented('two', { startS: 7, separator: '\r\n' }));
    writeFileSync(join(folder, 'notes.txt'), 'not a recording');
    const { recordings, copies } = readGripFolder(folder);
    expect(recordings.map(({ name }) => name)).toEqual(['one', 'two-again']);
    expect(copies).toEqual([{ name: 'two', of: 'two-again' }]);
  });
  it('is empty when it is not there', () => {
    expect(readGripFolder(join(folder, 'nowhere'))).toEqual({ recordings: [], copies: [] });
  });
});

describe('windows', () => {
  const recording = parseGripRecording('a', invented('a'));
  it('hold the envelopes up to the step whose force they are paired with', () => {
    const { count, inputs, targets } = gripWindows([recording], 1);
    expect(count).toBe(160 - WINDOW_STEPS + 1);
    const row = 50;
    const lastStep = (row * WINDOW_STEPS + WINDOW_STEPS - 1) * EMG_CHANNELS;
    expect(inputs[lastStep + 3]).toBeCloseTo(recording.channels[3]![row + WINDOW_STEPS - 1]!, 6);
    expect(targets[row]).toBeCloseTo(recording.forcePercent[row + WINDOW_STEPS - 1]! / 100, 6);
  });
  it('keep to their budget, without repeating one', () => {
    const { count, targets } = gripWindows([recording], 1, 40, 'budget');
    expect(count).toBe(40);
    expect(targets).toEqual(gripWindows([recording], 1, 40, 'budget').targets);
    expect(targets).not.toEqual(gripWindows([recording], 1, 40, 'another').targets);
  });
});

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
  const tremor = randomStream(seed, 'invented-tremor', 0);
  const strength = 380 + 20 * tremor.uniform();
  const lines = Array.from({ length: rows }, (_, i) => {
    const effort = Math.max(0, Math.sin(i / 160));
    const emg = Array.from({ length: EMG_CHANNELS }, () =>
      Math.max(-128, Math.min(127, Math.round(40 * effort * stream.normal()))),
    );
    // No two people pull alike, and a reading trembles by a count or two.
    const force = Math.round(strength * effort + (effort > 0.01 ? 1 + tremor.uniform() : 0));
    return [(startS + i * 0.005).toFixed(3), ...emg, force].join(',');
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
    ['EMG beyond 8 bits', invented('a').replace(/(\n0\.010,)-?\d+/, '$1128'), /"emg1_int8".*line 4: 128/],
    ['EMG in volts times a million', invented('a').replace(/(\n0\.010,)-?\d+/, '$1-4000'), /8-bit reading/],
    ['a force that is no 10-bit reading', invented('a').replace(/,\d+\n/, ',4000\n'), /10-bit/],
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
  const rows = (text: string, edit: (cells: string[], row: number) => string[] | null) =>
    text
      .split('\n')
      .flatMap((line, row) => (row === 0 ? [line] : (edit(line.split(','), row)?.join(',') ?? [])))
      .join('\n');
  const plus = (cells: string[], column: number, more: number) =>
    cells.with(column, String(Math.max(-128, Math.min(127, Number(cells[column]) + more))));

  it.each<[string, (text: string) => string, boolean]>([
    ['without its last line', (text) => text.slice(0, text.lastIndexOf('\n')), true],
    ['without its first 77 lines', (text) => rows(text, (cells, row) => (row <= 77 ? null : cells)), true],
    ['without its second half', (text) => rows(text, (cells, row) => (row > 1100 ? null : cells)), true],
    ['with one channel offset', (text) => rows(text, (cells) => plus(cells, 3, 5)), true],
    [
      'with the force offset',
      (text) => rows(text, (cells) => cells.with(9, String(Number(cells[9]) + 3))),
      true,
    ],
    [
      'with all EMG replaced',
      (text) =>
        rows(text, (cells, row) => cells.map((c, i) => (i % 9 === 0 ? c : String((row * i * i) % 90)))),
      true,
    ],
    ['of somebody else', () => invented('another'), false],
    // Twin: stillness is alike in everybody.
    [
      'of somebody else who rests as long',
      () =>
        rows(invented('another'), (cells, row) =>
          row < 700 ? cells.map((c, i) => (i === 0 ? c : '0')) : cells,
        ),
      false,
    ],
  ])('tells a recording %s from a new person', (_, change, isCopy) => {
    const own = mkdtempSync(join(folder, 'pair-'));
    writeFileSync(join(own, 'a.csv'), invented('one'));
    writeFileSync(join(own, 'b.csv'), change(invented('one')));
    expect(readGripFolder(own).copies).toEqual(isCopy ? [{ name: 'b', of: 'a' }] : []);
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

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dialect, numberOf } from './delimited-dialect.ts';
import { importRecording, importWhole } from './recording-import.ts';
import { findLayout } from './recording-layout.ts';
import {
  completeMapping,
  type OpenMapping,
  openQuestions,
  proposeMapping,
  type RecordingMapping,
} from './recording-mapping.ts';
import { parseAllSamples } from './recording-samples.ts';
import { decodeSamples, encodeSamples } from './stored-samples.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const DIALECTS: readonly Dialect[] = [
  { delimiter: ',', decimalSign: '.' },
  { delimiter: ';', decimalSign: '.' },
  { delimiter: ';', decimalSign: ',' },
  { delimiter: '\t', decimalSign: '.' },
  { delimiter: '\t', decimalSign: ',' },
];
const forceFile = (dialect: Dialect): RecordingMapping => ({
  ...dialect,
  time: { kind: 'column', column: 0, unit: 's' },
  channels: [{ column: 1, role: 'force', name: 'force', unit: 'N' }],
});
const N_FILE = forceFile(DIALECTS[0]!);
function layoutOf(text: string, wanted: Dialect | null = null) {
  const found = findLayout(bytesOf(text), wanted);
  if (!found.ok) throw new Error(found.problem);
  return found.layout;
}
function recordingOf(text: string, mapping = N_FILE) {
  const result = importWhole(bytesOf(text), mapping);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.recording;
}
const problemOf = (text: string | Uint8Array, mapping = N_FILE) => {
  const result = importWhole(typeof text === 'string' ? bytesOf(text) : text, mapping);
  return result.ok ? null : result.problem;
};

/** Quarter steps are exact in binary and in both decimal marks, so equal means equal. */
const VALUE = fc.integer({ min: -400_000, max: 400_000 }).map((n) => n / 4);
const ROWS = fc.array(VALUE, { minLength: 3, maxLength: 40 });
const NEWLINE = fc.constantFrom('\n', '\r\n', '\r');

describe('the import of a delimited recording', () => {
  it('gives back every sample it was given, in every dialect, with and without a byte-order mark (property)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DIALECTS),
        NEWLINE,
        ROWS,
        fc.boolean(),
        fc.boolean(),
        (dialect, newline, values, hasMark, isQuoted) => {
          const print = (value: number) => {
            const text = String(value).replace('.', dialect.decimalSign);
            return isQuoted ? `"${text}"` : text;
          };
          const lines = values.map((value, row) => [print(row / 4), print(value)].join(dialect.delimiter));
          const text = [['t (s)', 'pinch (N)'].join(dialect.delimiter), ...lines].join(newline);
          const recording = recordingOf(`${hasMark ? '\uFEFF' : ''}${text}${newline}`, forceFile(dialect));
          expect(Array.from(recording.channels[0]!.values)).toEqual(values);
          expect(Array.from(recording.timeS)).toEqual(values.map((_, row) => row / 4));
          const blocks = [recording.fileTimes!, recording.channels[0]!.values];
          expect(decodeSamples(encodeSamples(blocks), 2)).toEqual(blocks);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('reads each number as JavaScript does, however it is written (property)', () => {
    const digits = fc.stringMatching(/^\d{1,22}$/);
    const text = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        digits,
        fc.option(digits),
        fc.constantFrom('', 'e5', 'E-12', 'e+3'),
      )
      .map(([sign, whole, part, exponent]) => `${sign}${whole}${part === null ? '' : `.${part}`}${exponent}`);
    fc.assert(
      fc.property(fc.array(text, { minLength: 3, maxLength: 10 }), (cells) => {
        const file = bytesOf(cells.map((cell, row) => `${row};${cell}`).join('\n'));
        const found = findLayout(file, { delimiter: ';', decimalSign: '.' });
        const parsed = found.ok ? parseAllSamples(file, found.layout, [1]) : null;
        expect(parsed?.ok && Array.from(parsed.columns[0]!.values)).toEqual(cells.map(Number));
      }),
      { numRuns: 200 },
    );
  });

  it('shows headings and preamble without characters that draw them in another order', () => {
    const layout = layoutOf('device\u202e X\u200b\t1\n"time\u2066 (s)",force\u202e (N)\u200f\n0,1\n0.1,2\n');
    expect(layout.preamble).toEqual(['device X 1']);
    expect(layout.columns).toEqual([
      { name: 'time (s)', statedUnit: 's' },
      { name: 'force (N)', statedUnit: 'N' },
    ]);
  });

  it('says nothing is a number in a decimal comma file that has a point, and names line and cell', () => {
    const text = 't;F\n0;1,5\n1;2,5\n2;1.234,5\n';
    expect(problemOf(text, forceFile({ delimiter: ';', decimalSign: ',' }))).toEqual({
      kind: 'bad-cell',
      line: 4,
      column: 2,
      text: '1.234,5',
    });
    expect(numberOf('1.234,5', ',')).toBeUndefined();
  });

  it('keeps gaps, doubled times and missing values as they are, and counts them', () => {
    const recording = recordingOf('t,F\n0,1\n0.1,NaN\n0.1,3\n0.2,\n0.3,5\n0.9,6\n1.0,7\n');
    expect(Array.from(recording.channels[0]!.values)).toEqual([1, NaN, 3, NaN, 5, 6, 7]);
    expect(recording.channels[0]!.missingCount).toBe(2);
    expect(recording.clock).toMatchObject({ repeatedCount: 1, gapCount: 1, isEven: false });
    expect(recording.clock.longestStepS).toBeCloseTo(0.6, 12);
  });

  it('leaves out only a tail in which another column goes on alone', () => {
    const recording = recordingOf('t,F,x\n0,1,9\n1,2,9\n2,,9\n,,9\n,,9\n');
    expect([recording.sampleCount, recording.emptyTailCount]).toEqual([3, 2]);
  });

  it.each([
    ['t,F\n0,1\n1,2\n0.5,3\n', { kind: 'backwards', row: 3 }],
    ['t,F\n0,1\n1,2\n,3\n', { kind: 'missing-time', row: 3 }],
    ['t,F\n0,1\n1,2\n2,stop\n', { kind: 'bad-cell', line: 4, column: 2, text: 'stop' }],
    ['t,F,x\n0,,1\n1,,2\n', { kind: 'no-values', column: 2 }],
    ['0\n1\n', { kind: 'mapping-does-not-fit' }],
    ['', { kind: 'empty' }],
    ['a,b\nc,d\n', { kind: 'no-numbers' }],
  ])('refuses %j', (text, problem) => expect(problemOf(text)).toEqual(problem));

  it('refuses what is no text', () => {
    expect(problemOf(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toEqual({ kind: 'not-text' });
  });

  it('refuses a long line that is no table, in any encoding', () => {
    const noise = Uint8Array.from({ length: 600_000 }, (_, i) => 33 + ((i * 7919) % 222));
    expect(problemOf(noise)).toEqual({ kind: 'no-numbers' });
    expect(problemOf('x'.repeat(600_000))).toEqual({ kind: 'no-numbers' });
  });

  it('does not look at columns that are ignored', () => {
    expect(recordingOf('t,F,note\n0,1,5\n1,2,6\n2,3,tired\n').sampleCount).toBe(3);
  });

  it('can be stopped between slices', () => {
    const text = `t,F\n${Array.from({ length: 60_000 }, (_, i) => `${i},${i}.5`).join('\n')}`;
    const work = importRecording(bytesOf(text), N_FILE);
    const step = work.next();
    expect(step.done).toBe(false);
    expect(step.value).toBeGreaterThan(0);
    expect(step.value).toBeLessThan(1);
  });
});

describe('how a file is written', () => {
  it('warns when "1,25" could be one number or two', () => {
    expect(layoutOf('Kraft\n1,25\n2,50\n3,75\n').isDecimalUncertain).toBe(true);
    expect(layoutOf('t,n\n1,25\n2,50\n3,75\n').isDecimalUncertain).toBe(false);
    const single = layoutOf('Kraft\n1,25\n2,50\n', { delimiter: ';', decimalSign: ',' });
    expect(single.columns.map(({ name }) => name)).toEqual(['Kraft']);
  });

  it('asks about every table whose decimal mark is its delimiter too, whatever its width (property)', () => {
    const name = fc.constantFrom('Zeit [s]', 'Kraft [N]', 'Fx', 'Winkel (deg)', 'Moment (Nm)', 'n');
    // "12,5" or "-0,125"; a program leaves out the decimals of some numbers, and some rows.
    const decimals = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: 0, max: 999 }));
    const number = decimals.map(([whole, part]) => (part % 5 === 0 ? `${whole}` : `${whole},${part}`));
    const withDecimals = decimals.map(([whole, part]) => `${whole},${part}`);
    const table = fc.integer({ min: 1, max: 6 }).chain((width) =>
      fc.record({
        headings: fc.option(fc.array(name, { minLength: width, maxLength: width })),
        full: fc.array(withDecimals, { minLength: width, maxLength: width }),
        rows: fc.array(fc.array(number, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 30,
        }),
        newline: NEWLINE,
      }),
    );
    fc.assert(
      fc.property(table, ({ headings, full, rows, newline }) => {
        const lines = [...(headings ? [headings] : []), full, ...rows].map((cells) => cells.join(','));
        for (const wanted of [null, { delimiter: ',', decimalSign: '.' } as const]) {
          const found = findLayout(bytesOf(`${lines.join(newline)}${newline}`), wanted);
          // Refused, or asked about: never read as it stands.
          if (found.ok) expect(found.layout.isDecimalUncertain).toBe(true);
        }
      }),
    );
  });

  it('does not ask where the file itself tells: a decimal point, quotes, or a heading for each cell', () => {
    const asks = (text: string) => layoutOf(text).isDecimalUncertain;
    expect(asks('t,F\n0,12\n1,13\n')).toBe(false);
    expect(asks('t,F,\n0,12,\n1,13,\n')).toBe(false);
    expect(asks('0.5,12.1\n1.0,13\n')).toBe(false);
    expect(asks('Zeit;Kraft\n0,05;12,1\n0,10;13,1\n')).toBe(false);
    expect(asks('Zeit,Kraft\n"0,05","12,1"\n"0,10","13,1"\n')).toBe(false);
    // Headings that hold their unit after a comma are half as many as they look.
    expect(asks('Zeit, s,Kraft, N\n0,05,12,1\n0,10,13,2\n')).toBe(true);
    // The first rows are whole by chance: the whole stretch looked at counts.
    const late = Array.from({ length: 20 }, (_, i) => `${i},${i < 12 ? i : `${i}.5`},0`).join('\n');
    expect(asks(`t,F\n${late}\n`)).toBe(false);
  });

  it('finds headings above lines of rates, and a line of units below the headings', () => {
    expect(layoutOf('A (s),B (mV)\n,2148 Hz\n0,1\n1,2\n').columns[1]).toEqual({
      name: 'B (mV)',
      statedUnit: 'mV',
    });
    expect(layoutOf('Zeit;Kraft\ns;N\n0;1\n1;2\n').columns).toEqual([
      { name: 'Zeit', statedUnit: 's' },
      { name: 'Kraft', statedUnit: 'N' },
    ]);
  });

  it('tells of a line of numbers above the table that is not read', () => {
    expect(layoutOf('7,8\nt,F\n0,1\n1,2\n').strayLines).toEqual([1]);
    expect(layoutOf('t,F\n0,1\n1,2\n').strayLines).toEqual([]);
  });

  it('reads headings in Latin-1', () => {
    const bytes = Uint8Array.from('Zeit (\u00b5s);Kraft\n0;1\n1;2\n', (c) => c.charCodeAt(0));
    const found = findLayout(bytes);
    expect(found.ok && [found.layout.encoding, found.layout.columns[0]?.statedUnit]).toEqual([
      'latin-1',
      '\u00b5s',
    ]);
  });
});

/** Every unit of a proposal must stand, letter for letter, in the heading of its column. */
function unitsNobodyStated(headings: readonly string[], proposal: OpenMapping): string[] {
  const said: string[] = [];
  for (const { column, unit } of proposal.channels) {
    if (unit !== null && !headings[column]!.includes(unit)) said.push(`${headings[column]}: ${unit}`);
  }
  const { time } = proposal;
  if (time.kind === 'column' && time.unit !== null && !headings[time.column]!.includes(time.unit))
    said.push('time');
  if (time.kind === 'rate' && time.rateHz !== null) said.push('rate');
  return said;
}

describe('units', () => {
  const WORDS = [
    'time',
    'force',
    'weight',
    'Kraft',
    'pinch',
    'torque',
    'load cell 1',
    'EMG',
    'angle',
    'grip_max',
  ];
  const UNITS = ['N', 'kg', 'lb', 's', 'ms', 'mV', 'deg'];
  const heading = fc
    .tuple(fc.constantFrom(...WORDS), fc.option(fc.constantFrom(...UNITS)))
    .map(([word, unit]) => (unit === null ? word : `${word} (${unit})`));
  const headings = fc.array(heading, { minLength: 2, maxLength: 6 });
  const proposalOf = (names: readonly string[]) =>
    proposeMapping(
      layoutOf(`${names.join(';')}\n${names.map(() => 1).join(';')}\n${names.map(() => 2).join(';')}\n`),
    );

  it('are never guessed (property)', () => {
    fc.assert(
      fc.property(headings, (names) => {
        expect(unitsNobodyStated(names, proposalOf(names))).toEqual([]);
      }),
    );
  });

  it('a twin that takes forces for newtons is found out', () => {
    const guessing = (names: readonly string[]): OpenMapping => {
      const proposal = proposalOf(names);
      return {
        ...proposal,
        channels: proposal.channels.map((c) =>
          c.role === 'force' && c.unit === null ? { ...c, unit: 'N' as const } : c,
        ),
      };
    };
    expect(() =>
      fc.assert(
        fc.property(headings, (names) => {
          expect(unitsNobodyStated(names, guessing(names))).toEqual([]);
        }),
      ),
    ).toThrow();
  });

  it('an import waits until each is stated', () => {
    const proposal = proposalOf(['time', 'weight']);
    expect(openQuestions(proposal)).toEqual([{ kind: 'time-unit' }, { kind: 'channel-unit', column: 1 }]);
    expect(completeMapping(proposal, DIALECTS[0]!)).toBeNull();
    const wrong = { ...proposal, time: { kind: 'rate', rateHz: 0 } as const };
    expect(openQuestions(wrong)[0]).toEqual({ kind: 'rate' });
  });
});

const REAL = join(process.env.PREHENSA_REFERENCE_DATA ?? '../shared/data', 'real', 'pinch_pulses');
const realFiles = existsSync(REAL) ? readdirSync(REAL).filter((name) => name.endsWith('.csv')) : [];
if (realFiles.length === 0) console.log(`skipped: no recordings of others at ${REAL}`);
describe.skipIf(realFiles.length === 0)('recordings of others', () => {
  it.each(realFiles)('%s is read or refused with a reason', (name) => {
    const bytes = readFileSync(join(REAL, name));
    const found = findLayout(bytes);
    expect(found.ok).toBe(true);
    if (!found.ok) return;
    const columns = found.layout.columns.map((_, index) => index);
    const parsed = parseAllSamples(bytes, found.layout, columns);
    expect(parsed.ok ? parsed.rowCount : parsed.problem.kind).not.toBe(0);
  });
});

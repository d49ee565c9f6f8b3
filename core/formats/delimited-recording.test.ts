import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asForceUnit, parseDelimitedRecording, statedUnitOf } from './delimited-recording.ts';

function recordingOf(text: string) {
  const parsed = parseDelimitedRecording(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problem));
  return parsed.recording;
}

describe('a delimited recording', () => {
  it('reads header, units and numbers', () => {
    const recording = recordingOf('time_s,rep01_N\n0.0,1.9\n0.002,2.1\n');
    expect(recording.columns.map((c) => [c.name, c.statedUnit])).toEqual([
      ['time_s', 's'],
      ['rep01_N', 'N'],
    ]);
    expect(recording.columns[1]!.values).toEqual([1.9, 2.1]);
  });

  it('tells decimal commas from delimiters', () => {
    const recording = recordingOf('Zeit;Kraft (N)\r\n0,5;1,25\r\n1,0;2,5\r\n');
    expect(recording).toMatchObject({ delimiter: ';', decimalSign: ',' });
    expect(recording.columns[1]!.values).toEqual([1.25, 2.5]);
  });

  it('skips the two info lines of a Tindeq file and never guesses its unit', () => {
    const text =
      'date,tag,unit,"Target, lower"\n2024-24-05 10:00:00,anon,SI,-\n\ntime,weight\n0.05,0.0\n0.06,1.02\n';
    const recording = recordingOf(text);
    expect(recording.columns.map((c) => c.name)).toEqual(['time', 'weight']);
    expect(recording.columns[1]!.statedUnit).toBeNull();
    expect(recording.preamble).toHaveLength(3);
  });

  it('keeps columns of unequal length with empty cells as null', () => {
    expect(recordingOf('1\t2\n3\t4\n5\t\n').columns[1]!.values).toEqual([2, 4, null]);
  });

  it.each([
    ['', 'empty'],
    ['name,age\nfoo,bar\n', 'no-numbers'],
    ['a,b\n1,2\n3,4\n5,1e999\n', 'bad-cell'],
    ['a,b\n1,2\n3,4\nx,6\n', 'bad-cell'],
  ])('says what is wrong with %j', (text, kind) => {
    const parsed = parseDelimitedRecording(text);
    expect(parsed).toMatchObject({ ok: false, problem: { kind } });
  });

  it('names the line of a bad cell', () => {
    expect(parseDelimitedRecording('a,b\n1,2\n3,4\nx,6\n')).toMatchObject({
      problem: { line: 4, column: 1 },
    });
  });

  it('gives back every table it is given, in all dialects (property)', () => {
    const dialects = [
      [',', '.'],
      [';', '.'],
      [';', ','],
      ['\t', '.'],
      ['\t', ','],
    ] as const;
    const cell = fc.integer({ min: -99999, max: 99999 }).map((n) => n / 100);
    fc.assert(
      fc.property(
        fc.constantFrom(...dialects),
        fc.array(fc.tuple(cell, cell, cell), { minLength: 3, maxLength: 30 }),
        ([delimiter, sign], rows) => {
          const print = (v: number) => v.toFixed(2).replace('.', sign);
          const text = ['t (s)', 'force (N)', 'x'].join(delimiter);
          const body = rows.map((r) => r.map(print).join(delimiter)).join('\n');
          const recording = recordingOf(`${text}\n${body}\n`);
          expect(recording.columns.map((c) => c.values)).toEqual(
            [0, 1, 2].map((c) => rows.map((r) => r[c]! + 0)),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('units in headers', () => {
  it.each([
    ['EMG 1 (mV)', 'mV'],
    ['X[s]', 's'],
    ['rep01_N', 'N'],
    ['weight', null],
    ['grip_max', null],
  ])('%s -> %s', (header, unit) => expect(statedUnitOf(header)).toBe(unit));
  it('takes kgf and lbf as the clinic units, counts as none', () => {
    expect([asForceUnit('kgf'), asForceUnit('lbf'), asForceUnit('counts'), asForceUnit(null)]).toEqual([
      'kg',
      'lb',
      null,
      null,
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../core/inference/manifest.ts';
import type { Check, Finding } from '../evaluate/figures.ts';
import { checkTable, figureTables, modelFacts } from './model-facts.ts';

const check = (change: Partial<Check>): Check => ({
  name: 'error',
  value: 1,
  low: 0.5,
  high: 1.5,
  n: 9,
  bar: 'at most 2',
  ok: true,
  ...change,
});
const manifest = {
  statement: 'Simulated people.',
  seed: 's',
  dataHash: '0'.repeat(64),
  people: { train: 1, validation: 1, calibration: 1 },
  backend: 'wasm',
  members: 5,
  weightsPerMember: 9,
} as Manifest;
const page = (notes: string[], findings: Finding[] = [], checks: Check[] = [], modelId = 'm') =>
  modelFacts(
    {
      modelId,
      version: '0.1.0',
      bundleHash: 'f'.repeat(64),
      checks,
      findings,
      tables: [],
    },
    manifest,
    notes,
    /^error/,
  ).split('\n');

describe('a facts page', () => {
  it('keeps a row on one line, with as many cells as columns, whatever its text holds', () => {
    const lines = checkTable([check({ name: 'a\nb\r\nc\rd\u2028e | f', bar: '< 2' })]);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe(
      '| a b c d e \\| f | 1 | 0.5 to 1.5 | 9 | at most 2 | yes |'.replace('at most 2', '&lt; 2'),
    );
  });

  it('sets no markup of a page out of a cell or a note', () => {
    const rows = [['<script>alert(1)</script>', '<!-- hidden']];
    const text = figureTables([{ title: 't', columns: ['a', 'b'], rows, caption: '' }]).join('\n');
    expect(text).toContain('| &lt;script>alert(1)&lt;/script> | &lt;!-- hidden |');
    expect(text).not.toContain('<');
  });

  it('opens with what a reader in a hurry needs: use, checks, and the chosen findings only', () => {
    const finding = (name: string): Finding => ({
      name,
      value: 5.4,
      low: 5.1,
      high: 5.7,
      literature: null,
      n: 9,
      sentence: 'In newtons.',
    });
    const lines = page([], [finding('error of one'), finding('other')], [check({}), check({ ok: false })]);
    const short = lines.slice(lines.indexOf('## In short'), lines.indexOf('## What it was made from'));
    expect(short).toContain('- 1 of 2 statements that must hold do.');
    expect(short.filter((line) => line.includes('5.4'))).toEqual([
      '- error of one: **5.4** (95 % interval 5.1 to 5.7). In newtons.',
    ]);
    expect(short.join(' ')).toContain('No screen asks it yet');
  });

  it('says where each shipped model is asked, and keeps "no screen" for one that the app cannot ask', () => {
    const current = Object.keys(JSON.parse(readFileSync('models/current.json', 'utf8')) as object);
    for (const id of current) {
      expect(page([], [], [], id).join(' '), id).not.toContain('No screen asks it');
    }
    expect(page([], [], [], 'next-visit').join(' ')).toContain('after your own range is locked');
    expect(page([], [], [], 'muscle-parameters-2').join(' ')).toContain('muscles page');
  });

  it('prints counts exactly, and other figures with four digits', () => {
    const [, , line] = checkTable([check({ value: 0.123456, n: 12036 })]);
    expect(line).toBe('| error | 0.1235 | 0.5 to 1.5 | 12036 | at most 2 | yes |');
    expect(figureTables([{ title: 't', columns: ['n'], rows: [[10116]], caption: '' }]).join()).toContain(
      '10116',
    );
  });

  it('says once what A, B and C are, where figures are named by them', () => {
    const saying = (modelId: string) =>
      page([], [], [], modelId).filter((line) => line.includes('A, key pinch only'));
    expect(saying('wrist-state')).toHaveLength(1);
    expect(saying('next-visit')).toHaveLength(0);
  });

  it('keeps a note one item of its list: no heading, no table, no tag of its own', () => {
    const lines = page(['first\n## Must hold\n\n| forged |', 'r < 0.3']);
    expect(lines).toContain('- first ## Must hold | forged |');
    expect(lines).toContain('- r &lt; 0.3');
    expect(lines.filter((line) => line === '## Must hold')).toHaveLength(1);
  });

  it('leaves plain text as it is', () => {
    expect(page(['90 % of 5 > 4 & "so on"'])).toContain('- 90 % of 5 > 4 & "so on"');
  });
});

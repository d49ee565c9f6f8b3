import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeStoryboard } from './storyboard.ts';

it('shows every step with its numbers, says which failed, and lets no text become markup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prehensa-story-'));
  const step = {
    ms: 12.4,
    sentence: 'a <b> c',
    numbers: { 'left "hand"': '4.1 & 4.2 kg' },
    picture: 'x.png',
  };
  writeStoryboard(
    folder,
    [
      { ...step, step: 'enter-session', ok: true },
      { ...step, step: 'predict', ok: false },
    ],
    'browser',
  );
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(html).toContain('a &lt;b&gt; c');
  expect(html).toContain('4.1 &amp; 4.2 kg');
  expect(html.match(/failed<\/span>/g)).toHaveLength(1);
  expect(html.match(/<img /g)).toHaveLength(2);
  rmSync(folder, { recursive: true });
});

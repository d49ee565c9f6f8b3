/** One page for a reader who was not there: picture, one sentence, the real numbers of each step. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface StoryStep {
  step: string;
  ok: boolean;
  ms: number;
  /** One sentence of what happened. */
  sentence: string;
  /** The numbers of this run, as name and value. */
  numbers: Readonly<Record<string, string>>;
  /** File name of the picture in the same folder; null when the step shows nothing. */
  picture: string | null;
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1100px; padding: 32px 24px; color: #1c2530; background: #fff }
h1 { font-size: 24px; font-weight: 600 } h2 { font-size: 18px; margin: 0 0 4px }
section { border-top: 1px solid #d5dbe2; padding: 24px 0 }
img { width: 100%; border: 1px solid #d5dbe2; border-radius: 6px; margin-top: 12px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0 0; font-variant-numeric: tabular-nums }
dt { color: #5a6673 } dd { margin: 0 } .failed { color: #b3261e }
@media (prefers-color-scheme: dark) { body { background: #14181d; color: #e6eaee } dt { color: #9aa5b1 } section, img { border-color: #36404a } }
`;

/** Writes index.html into `folder`, beside the pictures. */
export function writeStoryboard(folder: string, steps: readonly StoryStep[], shell: string): void {
  const sections = steps.map((step, index) => {
    const numbers = Object.entries(step.numbers)
      .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`)
      .join('');
    const picture = step.picture
      ? `<img src="${escapeHtml(step.picture)}" alt="Screen after the step ${escapeHtml(step.step)}">`
      : '';
    return (
      `<section><h2>${index + 1}. ${escapeHtml(step.step)}${step.ok ? '' : ' <span class="failed">failed</span>'}</h2>` +
      `<p>${escapeHtml(step.sentence)}</p><dl>${numbers}<dt>time</dt><dd>${step.ms.toFixed(0)} ms</dd></dl>${picture}</section>`
    );
  });
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Prehensa storyboard</title><style>${STYLE}</style>` +
      `<h1>Prehensa: the main job, head-less</h1><p>Invented people only. Shell: ${escapeHtml(shell)}. Research use; not a medical device.</p>` +
      `${sections.join('\n')}</html>\n`,
  );
}

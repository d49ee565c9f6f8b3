/** One page with every picture, and the table of problems. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem, ScreenPictures } from './shoot.ts';

const escapeHtml = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; padding: 32px; color: #1c2530; background: #fff }
h1 { font-size: 24px; font-weight: 600 } h2 { font-size: 18px; margin: 0 0 12px }
section { border-top: 1px solid #d5dbe2; padding: 24px 0 }
.looks { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 16px; align-items: start }
figure { margin: 0 } figcaption { font-size: 13px; color: #5a6673 }
img { width: 100%; border: 1px solid #d5dbe2; border-radius: 4px }
li { color: #b3261e } td { padding: 4px 16px 4px 0; vertical-align: top }
`;

/** Writes index.html into `folder`, beside the pictures. */
export function writeContactSheet(
  folder: string,
  pictures: readonly ScreenPictures[],
  problems: readonly Problem[],
): void {
  const sections = pictures.map(({ screen, files, focusStops }) => {
    const figures = files.map(
      ({ look, file, wholeFile }) =>
        `<figure><a href="${file}"><img loading="lazy" src="${file}" alt="${escapeHtml(screen)}, ${look}"></a>` +
        `<figcaption>${look}${wholeFile ? ` · <a href="${wholeFile}">whole page</a>` : ''}</figcaption></figure>`,
    );
    const found = problems.filter((problem) => problem.screen === screen);
    const list = found.map(({ look, what }) => `<li>${escapeHtml(`${look}: ${what}`)}</li>`).join('');
    return (
      `<section id="${screen}"><h2>${escapeHtml(screen)}</h2><div class="looks">${figures.join('')}</div>` +
      `<p>${focusStops} focus stops${found.length === 0 ? ', no problem found' : ''}</p><ul>${list}</ul></section>`
    );
  });
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Prehensa screens</title><style>${STYLE}</style>` +
      `<h1>Every screen: ${pictures.length} screens, ${problems.length} problems</h1>` +
      `<p>Invented people only. 200 % text is the browser's own text size.</p>${sections.join('\n')}</html>\n`,
  );
}

/** The problems as lines of a table; the same problem in several looks is one line. */
export function problemTable(pictures: readonly ScreenPictures[], problems: readonly Problem[]): string {
  const looksOf = new Map<string, string[]>();
  for (const { screen, look, what } of problems) {
    const key = `${screen}\0${what}`;
    looksOf.set(key, [...(looksOf.get(key) ?? []), look]);
  }
  const width = Math.max(6, ...pictures.map(({ screen }) => screen.length));
  const lines = pictures.flatMap(({ screen }) => {
    const mine = [...looksOf].filter(([key]) => key.startsWith(`${screen}\0`));
    if (mine.length === 0) return [`${screen.padEnd(width)}  ok`];
    return mine.map(([key, looks], index) => {
      const what = key.slice(screen.length + 1);
      return `${(index === 0 ? screen : '').padEnd(width)}  ${what} [${looks.join(', ')}]`;
    });
  });
  return [`${'screen'.padEnd(width)}  problems`, ...lines].join('\n');
}

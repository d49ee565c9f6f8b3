import type { Check, Figures, FigureTable, Finding } from '../evaluate/figures.ts';
import { figureText } from './figure-text.ts';
import { escapeText, plotSvg } from './plot-svg.ts';

/** A plot that cannot be drawn says so in its place; the rest of the page stands. */
function drawn(plot: Figures['plots'][number]): string {
  try {
    return plotSvg(plot);
  } catch (cause) {
    return `<p>This plot cannot be drawn: ${escapeText(cause instanceof Error ? cause.message : String(cause))}</p>`;
  }
}

export interface ReportSection {
  id: string;
  title: string;
  lead: string;
  figures: Figures;
}

const interval = ({ low, high }: Check | Finding): string =>
  low === high ? '-' : `${figureText(low)} to ${figureText(high)}`;
const STATE = { true: 'holds', false: 'MISSED', null: 'not judged' } as const;

function htmlTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = (tag: 'th' | 'td', values: readonly (string | number)[]) =>
    values
      .map((value) => {
        const text = typeof value === 'number' ? figureText(value) : value;
        return `<${tag}${typeof value === 'number' ? ' class="n"' : ''}>${escapeText(text)}</${tag}>`;
      })
      .join('');
  return `<div class="wide"><table><thead><tr>${cells('th', columns)}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells('td', row)}</tr>`)
    .join('')}</tbody></table></div>`;
}

const figureTable = ({ title, caption, columns, rows }: FigureTable): string =>
  `<h3>${escapeText(title)}</h3><p>${escapeText(caption)}</p>${htmlTable(columns, rows)}`;

function sectionHtml({ id, title, lead, figures }: ReportSection): string {
  const { checks, findings, plots, tables } = figures;
  return [
    `<section id="${escapeText(id)}"><h2>${escapeText(title)}</h2><p>${escapeText(lead)}</p>`,
    checks.length > 0
      ? `<h3>Must hold</h3>${htmlTable(
          ['what was measured', 'result', '95 % interval', 'n', 'must be', 'holds'],
          checks.map((c) => [c.name, c.value, interval(c), c.n, c.bar, STATE[`${c.ok}`]]),
        )}`
      : '',
    findings.length > 0
      ? `<h3>Found</h3>${htmlTable(
          ['what was measured', 'result', '95 % interval', 'n', 'literature', 'meaning'],
          findings.map((f) => [f.name, f.value, interval(f), f.n, f.literature ?? '-', f.sentence]),
        )}`
      : '',
    ...plots.map(
      (plot) =>
        `<figure>${drawn(plot)}<figcaption><strong>${escapeText(plot.title)}.</strong> ${escapeText(plot.caption)}</figcaption></figure>`,
    ),
    ...tables.map(figureTable),
    '</section>',
  ].join('\n');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2430; --quiet: #5a6372; --line: #d5dae2; --paper: #fff; --mark: #23518f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ebf2; --quiet: #a3adbd; --line: #39424f; --paper: #14181f; --mark: #8fb6ef; } }
body { font: 15px/1.5 Inter, "Source Sans 3", system-ui, sans-serif; font-variant-numeric: tabular-nums; margin: 0 auto; max-width: 1080px; padding: 24px; color: var(--ink); background: var(--paper); }
h1 { font-size: 34px; } h2 { font-size: 24px; border-top: 1px solid var(--line); padding-top: 24px; margin-top: 48px; } h3 { font-size: 18px; }
p { max-width: 70ch; } nav a { margin-right: 16px; } a { color: var(--mark); }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 13px; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); } td.n { text-align: right; white-space: nowrap; }
figure { margin: 24px 0; } figcaption { color: var(--quiet); max-width: 70ch; } svg { max-width: 100%; height: auto; }
@media print { h2 { break-before: page; } }
`;

/**
 * The readable report: one page, no script, nothing loaded from anywhere.
 * @param absent - parts that were not measured in this run, each with its reason.
 */
export function reportPage(sections: readonly ReportSection[], absent: readonly string[] = []): string {
  const checks = sections.flatMap(({ figures }) => figures.checks);
  const judged = checks.filter((check) => check.ok !== null);
  const missed = judged.filter((check) => check.ok === false);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Prehensa: evaluation</title><style>${STYLE}</style></head>
<body><h1>Evaluation</h1>
<p>Simulated people throughout, unless a row names recordings; whoever is measured here was never trained or tuned on. Research use; not a medical device. Shares and skills are fractions: 0.9 is 90 %.</p>
${absent.length > 0 ? `<p><strong>Incomplete run.</strong> Not measured: ${escapeText(absent.join(', '))}.</p>` : ''}
<p>${judged.length - missed.length} of ${judged.length} checks that were made hold; ${checks.length - judged.length} were not judged. ${missed.length > 0 ? `Missed: ${escapeText(missed.map((check) => check.name).join('; '))}.` : ''}</p>
<nav>${sections.map(({ id, title }) => `<a href="#${escapeText(id)}">${escapeText(title)}</a>`).join('')}</nav>
${sections.map(sectionHtml).join('\n')}
</body></html>
`;
}

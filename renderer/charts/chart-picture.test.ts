// @vitest-environment jsdom
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standaloneSvg, wrappedLines } from './chart-picture.ts';

function chart(): SVGSVGElement {
  document.documentElement.style.setProperty('--hand-right', '#1c5fa8');
  document.body.innerHTML =
    '<svg xmlns="http://www.w3.org/2000/svg"><path id="a" class="line" fill="var(--hand-right)" style="stroke: #123456"/><text>4</text></svg>';
  return document.querySelector('svg') as SVGSVGElement;
}
const WORDS = { title: 'Lateral pinch', lines: ['thumb <base> & wrist', 'Invented people.'] };

describe('a chart as a picture of its own', () => {
  it('needs no style sheet of the page, and carries its words', () => {
    const picture = standaloneSvg(chart(), { widthPx: 800, heightPx: 340 }, WORDS);
    expect(picture.text).not.toMatch(/var\(|class=|style=/);
    expect(picture.text).toMatch(/<path id="a" stroke="(#123456|rgb\(18, 52, 86\))"/);
    expect(picture.text).toContain('thumb &lt;base&gt; &amp; wrist');
    expect(picture.text).toContain('Invented people.');
    const parsed = new DOMParser().parseFromString(picture.text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    // The broken twin, the chart as it stands in the page, is drawn in black elsewhere.
    expect(chart().outerHTML).toContain('var(--hand-right)');
  });

  it('leaves room for every line', () => {
    const none = standaloneSvg(chart(), { widthPx: 800, heightPx: 340 }, { title: '', lines: [] });
    const two = standaloneSvg(chart(), { widthPx: 800, heightPx: 340 }, WORDS);
    expect(two.heightPx - none.heightPx).toBe(40);
    expect(none.heightPx).toBeGreaterThan(340);
  });
});

describe('words below a picture', () => {
  it('law: are broken between words, whole, and in lines that fit', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 80 }), (list, length) => {
        const lines = wrappedLines(list.join(' '), length);
        expect(lines.join(' ')).toBe(list.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(length);
      }),
    );
    // Broken twin: cut every so many characters.
    const text = 'transcribed from memory, unverified';
    expect([text.slice(0, 12), text.slice(12, 24)].join(' ')).not.toBe(text.slice(0, 24));
    expect(wrappedLines(text, 12)).toEqual(['transcribed', 'from memory,', 'unverified']);
  });
});

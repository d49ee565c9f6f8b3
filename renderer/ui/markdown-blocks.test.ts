import { describe, expect, it } from 'vitest';
import { inlineParts, readMarkdown } from './markdown-blocks.ts';

describe('Markdown of this project', () => {
  it('reads headings, paragraphs, lists and code', () => {
    expect(
      readMarkdown('# A\nline one\nline two\n\n- x\n  more\n- y\n\n1. z\n\n```\n# not a heading\n```'),
    ).toEqual([
      { kind: 'heading', level: 1, text: 'A' },
      { kind: 'paragraph', text: 'line one line two' },
      { kind: 'list', isOrdered: false, items: ['x more', 'y'] },
      { kind: 'list', isOrdered: true, items: ['z'] },
      { kind: 'code', text: '# not a heading' },
    ]);
  });

  it('reads a table and keeps an escaped bar in its cell', () => {
    expect(readMarkdown('| a | b |\n|---|:--:|\n| 1 \\| 2 | 3 |')).toEqual([
      { kind: 'table', head: ['a', 'b'], rows: [['1 \\| 2', '3']] },
    ]);
  });

  it('ends on every text, unfinished ones included', () => {
    for (const text of ['', '```', '|', '| a |\n|--', '-', '#', '**', '- a\n\n- b', '<script>x</script>']) {
      expect(readMarkdown(text)).toBeInstanceOf(Array);
    }
  });

  it('shows a link as its words and marks only real emphasis', () => {
    expect(inlineParts('see [the map](https://example.org/x) and `a*b*c` **now** 2*3*4')).toEqual([
      { kind: 'text', text: 'see the map and ' },
      { kind: 'code', text: 'a*b*c' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'now' },
      { kind: 'text', text: ' 2*3*4' },
    ]);
  });

  it('shows an escaped "<" as it was meant', () => {
    expect(inlineParts('p &lt; 0.05, **a &lt; b**')).toEqual([
      { kind: 'text', text: 'p < 0.05, ' },
      { kind: 'strong', text: 'a < b' },
    ]);
  });
});

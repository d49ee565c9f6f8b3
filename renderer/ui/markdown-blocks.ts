export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; isOrdered: boolean; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

export interface InlinePart {
  kind: 'text' | 'strong' | 'emphasis' | 'code';
  text: string;
}

const LIST_ITEM = /^\s*(?:[-*]|(\d+)[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** Splits a Markdown text of this project into blocks. Anything it does not know stays a paragraph. */
export function readMarkdown(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  const line = (offset = 0) => lines[at + offset] ?? '';
  while (at < lines.length) {
    if (line().trim() === '' || /^\s*<!--.*-->\s*$/.test(line())) {
      at += 1;
    } else if (line().startsWith('```')) {
      const start = at + 1;
      at = start;
      while (at < lines.length && !line().startsWith('```')) at += 1;
      blocks.push({ kind: 'code', text: lines.slice(start, at).join('\n') });
      at += 1;
    } else if (/^#{1,6}\s/.test(line())) {
      const marks = /^#+/.exec(line())?.[0].length ?? 1;
      blocks.push({ kind: 'heading', level: marks, text: line().slice(marks).trim() });
      at += 1;
    } else if (line().includes('|') && TABLE_RULE.test(line(1))) {
      const head = cells(line());
      const rows: string[][] = [];
      at += 2;
      while (at < lines.length && line().includes('|')) {
        rows.push(cells(line()));
        at += 1;
      }
      blocks.push({ kind: 'table', head, rows });
    } else if (LIST_ITEM.test(line())) {
      const items: string[] = [];
      const isOrdered = /^\s*\d/.test(line());
      while (at < lines.length && line().trim() !== '') {
        const match = LIST_ITEM.exec(line());
        if (match !== null) items.push(match[2] ?? '');
        else items.push(`${items.pop() ?? ''} ${line().trim()}`);
        at += 1;
      }
      blocks.push({ kind: 'list', isOrdered, items });
    } else {
      const start = at;
      at += 1;
      while (at < lines.length && line().trim() !== '' && !/^(#{1,6}\s|```)/.test(line())) {
        if (LIST_ITEM.test(line()) || (line().includes('|') && TABLE_RULE.test(line(1)))) break;
        at += 1;
      }
      blocks.push({
        kind: 'paragraph',
        text: lines
          .slice(start, at)
          .map((l) => l.trim())
          .join(' '),
      });
    }
  }
  return blocks;
}

/** Bold, emphasis and code of one line; a link or picture becomes its words, an escaped "<" itself (it is never set as HTML). */
export function inlineParts(text: string): InlinePart[] {
  const words = text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('\\|', '|')
    .replaceAll('&lt;', '<');
  const parts: InlinePart[] = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\p{L}\p{N}*])\*([^*\s][^*]*)\*(?![\p{L}\p{N}*])/gu;
  let end = 0;
  for (const match of words.matchAll(pattern)) {
    if (match.index > end) parts.push({ kind: 'text', text: words.slice(end, match.index) });
    if (match[1] !== undefined) parts.push({ kind: 'code', text: match[1] });
    else if (match[2] !== undefined) parts.push({ kind: 'strong', text: match[2] });
    else parts.push({ kind: 'emphasis', text: match[3] ?? '' });
    end = match.index + match[0].length;
  }
  if (end < words.length) parts.push({ kind: 'text', text: words.slice(end) });
  return parts;
}

function cells(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

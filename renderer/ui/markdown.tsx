import type { ReactNode } from 'react';
import styles from './markdown.module.css';
import { type Block, inlineParts, readMarkdown } from './markdown-blocks.ts';

/**
 * Shows the app's own documents (headings, paragraphs, lists, tables, code). Links become their text: there is
 * nothing to open outside the app. No HTML is ever set.
 * @param headingLevel the level of a first-level heading on this page.
 */
export function Markdown({ text, headingLevel = 2 }: { text: string; headingLevel?: number }) {
  return (
    <div className={styles.text}>
      {readMarkdown(text).map((block, index) => (
        // The text never changes while it is shown, so that the place is the identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <BlockView key={index} block={block} headingLevel={headingLevel} />
      ))}
    </div>
  );
}

function BlockView({ block, headingLevel }: { block: Block; headingLevel: number }) {
  switch (block.kind) {
    case 'heading': {
      const level = Math.min(6, block.level + headingLevel - 1);
      const Heading = `h${level}` as 'h2';
      return <Heading>{inline(block.text)}</Heading>;
    }
    case 'paragraph':
      return <p>{inline(block.text)}</p>;
    case 'code':
      return (
        <pre className={styles.code}>
          <code>{block.text}</code>
        </pre>
      );
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fixed text
            <li key={index}>{inline(item)}</li>
          ))}
        </List>
      );
    }
    case 'table':
      return (
        // A wide table scrolls by itself; without a focus the keyboard could not reach its right end.
        // A group and no region: pages of several documents would have many places of one name.
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        <div className={styles.tableFrame} role="group" aria-label="Table" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, index) =>
                  cell.trim() === '' ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: fixed text
                    <td key={index} />
                  ) : (
                    // biome-ignore lint/suspicious/noArrayIndexKey: fixed text
                    <th key={index} scope="col">
                      {inline(cell)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: fixed text
                <tr key={index}>
                  {row.map((cell, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: fixed text
                    <td key={column} data-length={lengthOf(cell)}>
                      {inline(cell)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

/** A number with its interval stays on one line; a sentence wants room. */
const SHORT_CELL = 28;
const LONG_CELL = 80;

/** For style sheets: how much room a cell wants. */
function lengthOf(cell: string): 'short' | 'long' | undefined {
  if (cell.length <= SHORT_CELL) return 'short';
  return cell.length > LONG_CELL ? 'long' : undefined;
}

function inline(text: string): ReactNode[] {
  return inlineParts(text).map((part, index) => {
    const key = `${index}-${part.kind}`;
    if (part.kind === 'strong') return <strong key={key}>{part.text}</strong>;
    if (part.kind === 'emphasis') return <em key={key}>{part.text}</em>;
    if (part.kind === 'code') return <code key={key}>{part.text}</code>;
    return <span key={key}>{part.text}</span>;
  });
}

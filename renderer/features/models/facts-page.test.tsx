// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { FactsPage } from './facts-page.tsx';

const TEXT = [
  '# Model',
  '',
  'What it is.',
  ...['In short', 'Made from', 'Assumed', 'Found', 'Tables'].map(
    (title) => `\n## ${title}\n\nText of ${title}.`,
  ),
].join('\n');

describe('facts page', () => {
  it('shows the first chapters, and builds the others when they are opened', async () => {
    render(<FactsPage text={TEXT} />);
    expect(screen.getByText('What it is.')).toBeTruthy();
    expect(screen.getByText('Text of Assumed.')).toBeTruthy();
    // Chapters that are closed have a title and nothing else in the page.
    expect(screen.queryByText('Text of Found.')).toBeNull();
    await userEvent.click(screen.getByText('Found'));
    expect(await screen.findByText('Text of Found.')).toBeTruthy();
    expect(screen.queryByText('Text of Tables.')).toBeNull();
  });

  it('puts chapters of a kind under one heading, closed at first', async () => {
    const more = ['Confusion of pattern A', 'Confusion of pattern B'].map(
      (title) => `\n## ${title}\n\nText of ${title}.`,
    );
    render(<FactsPage text={[TEXT, ...more].join('\n')} />);
    expect(screen.queryByText('Confusion of pattern A')).toBeNull();
    await userEvent.click(screen.getByText('Confusion (2)'));
    await userEvent.click(await screen.findByText('Confusion of pattern A'));
    expect(await screen.findByText('Text of Confusion of pattern A.')).toBeTruthy();
    expect(screen.queryByText('Text of Confusion of pattern B.')).toBeNull();
  });
});

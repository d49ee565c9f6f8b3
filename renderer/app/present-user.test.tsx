// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { JudgeName, PresentUserName, useJudge } from './present-user.tsx';

function Words() {
  const { judgement, drivers, subject, answer } = useJudge();
  return <p>{`${judgement}; ${drivers}; ${subject}: ${answer}`}</p>;
}

describe('whose judgement stands there', () => {
  it.each([
    ['Dr A. Lindgren', 'Your judgement; Your drivers; You: your answer'],
    [
      'M. Rossi',
      'Judgement of Dr A. Lindgren; Drivers of Dr A. Lindgren; Dr A. Lindgren: the answer of Dr A. Lindgren',
    ],
  ])('read by %s', (reader, words) => {
    render(
      <PresentUserName value={reader}>
        <JudgeName value="Dr A. Lindgren">
          <Words />
        </JudgeName>
      </PresentUserName>,
    );
    expect(screen.getByText(words)).toBeTruthy();
  });
});

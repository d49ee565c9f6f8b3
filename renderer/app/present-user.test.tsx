// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { PresentUserName, useWhose } from './present-user.tsx';

function Titles() {
  const { judgement, drivers } = useWhose('Dr A. Lindgren');
  return <p>{`${judgement}; ${drivers}`}</p>;
}

describe('whose judgement stands there', () => {
  it.each([
    ['Dr A. Lindgren', 'Your judgement; Your drivers'],
    ['M. Rossi', 'Judgement of Dr A. Lindgren; Drivers of Dr A. Lindgren'],
  ])('read by %s', (reader, words) => {
    render(
      <PresentUserName value={reader}>
        <Titles />
      </PresentUserName>,
    );
    expect(screen.getByText(words)).toBeTruthy();
  });
});

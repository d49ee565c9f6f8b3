// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../core/contract/errors.ts';
import { testId } from '../../app/testing/memory-host.ts';
import { openResult as open } from './testing/open-result.tsx';
import { explanationOf, lockedSession, predictionOf, REFUSED } from './testing/specimen-results.ts';

const opener = () => screen.findByRole('button', { name: /What drove/ });

/** The things of a list in the order in which they stand on the page. */
function order(things: readonly Element[]): number[] {
  const sorted = [...things].sort((a, b) =>
    a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
  return things.map((thing) => sorted.indexOf(thing));
}

describe('order of a result', () => {
  it('checks, answer, doubt, drivers beside the own ones, what would change it, method card', async () => {
    const { user, steps } = await open();
    await expect.poll(() => steps).toContain('store explanation');
    await user.click(await opener());
    await user.click(screen.getByRole('button', { name: 'What would change it' }));
    const things = [
      screen.getByText('within the range of the training people'),
      screen.getByText('four-corner fusion or proximal row carpectomy'),
      screen.getByText('Why two:'),
      screen.getByText('Strongest driver'),
      screen.getByText('Resembles nonimpaired'),
      screen.getByRole('table', { name: /Compared with/ }),
      screen.getByText('overlap 1 of 2 named'),
      await screen.findByText('Not a treatment effect.'),
      screen.getByText('Method and checks'),
    ];
    expect(order(things)).toEqual(things.map((_, place) => place));
    const rows = within(things[5] as HTMLElement)
      .getAllByRole('row')
      .slice(1);
    expect(rows.map((row) => row.firstElementChild?.textContent)).toEqual(['1, + for', '–', '–']);
    expect(
      screen.getByText(/You also named ulnar deviation strength: the model did not read it/),
    ).toBeTruthy();
  });

  it('the method card tells the promise of this set, and not that of all sets', async () => {
    const setHitRate = { right: 580, n: 1000 };
    const { user } = await open({ prediction: predictionOf({ setHitRate }) });
    await user.click(await opener());
    const card = (await screen.findByText('Method and checks')).closest('details');
    expect(card?.textContent).toMatch(/58.% of 1,000 simulated people measured like this/);
    expect(card?.textContent).not.toContain('9 of 10');
  });

  it('asks what would change it only when it is wanted, and says in words how little it takes', async () => {
    const { user, steps } = await open();
    await user.click(await opener());
    await expect.poll(() => steps).toContain('store explanation');
    expect(steps).not.toContain('call changes');
    await user.click(screen.getByRole('button', { name: 'What would change it' }));
    // 0.8 of 40 is 2 % of a wrist strength that scatters by 6 %.
    const list = (await screen.findByText(/within the usual scatter of one measurement/)).closest('ul');
    expect(list?.textContent).toMatch(/wrist extension strength at .* or more .*nonimpaired/);
    expect(screen.getByText(/No change within that range: key pinch/)).toBeTruthy();
    expect(steps.filter((step) => step === 'call changes')).toHaveLength(1);
  });

  it('the number stands when what would change it fails, and it can be asked again', async () => {
    const { user } = await open({ changesError: new Error('the worker died') });
    await user.click(await opener());
    await user.click(await screen.findByRole('button', { name: 'What would change it' }));
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
    expect(screen.getByText('Resembles nonimpaired')).toBeTruthy();
  });

  it('shows the whole trace as one bar where the model read one', async () => {
    const trace = { value: -2, memberLow: -2.2, memberHigh: -1.8 };
    const { user } = await open({ explanation: explanationOf({ traceContribution: trace }) });
    await user.click(await opener());
    const table = await screen.findByRole('table', { name: /Compared with/ });
    expect(within(table).getAllByRole('row')[1]?.textContent).toMatch(/force trace.*speaks for PRC/);
    expect(screen.getByText(/3 measurements|4 measurements, with the force trace/)).toBeTruthy();
  });

  it('abstains as a state of its own: the check that failed, the reason, no drivers', async () => {
    await open({ prediction: predictionOf(REFUSED) });
    const checks = await screen.findByRole('list', { name: 'Checked before the answer' });
    expect(within(checks).getByText('outside the range of the training people')).toBeTruthy();
    expect(screen.getByText(/there is nothing to explain/)).toBeTruthy();
    expect(screen.queryByText('Answer')).toBeNull();
  });
});

describe('what is said of the lock', () => {
  it('flags a fast or repeated lock calmly, and blocks nothing', async () => {
    await open({
      handlers: { 'judgements.flags': () => ({ flags: ['under-3-seconds', 'repeated-pattern'] }) },
    });
    expect((await screen.findByText(/Locked in under 3 seconds/)).textContent).toMatch(
      /same answer, confidence and drivers as your last five.*kept and counts/,
    );
    expect(screen.getByRole('button', { name: 'Save and close the session' })).toBeTruthy();
  });

  it('says how many days later it was judged, and nothing on the same day', async () => {
    const view = lockedSession({ savedAt: '2026-11-22T12:00:00.000Z' });
    const lockedAt = '2026-11-25T12:00:00.000Z';
    await open({ view: { ...view, judgements: view.judgements.map((each) => ({ ...each, lockedAt })) } });
    expect(await screen.findByText('judged 3 days later')).toBeTruthy();
  });
});

describe('a colleague who was asked', () => {
  const asked = {
    ...lockedSession({ state: 'compared' }),
    prediction: predictionOf(),
    explanation: explanationOf(),
    comparison: {
      id: testId<string>(802),
      userName: 'Dr A. Lindgren',
      verdict: 'disagree' as const,
      note: '',
      secondLook: { wouldChangeMind: '', askColleague: true, finalAnswer: null },
      createdAt: '2026-11-25T08:05:00.000Z',
    },
  };
  const reading = {
    id: testId<string>(820),
    sessionId: asked.session.id,
    userName: 'M. Rossi',
    answer: 'nonimpaired' as const,
    confidencePercent: 55,
    drivers: [],
    durationMs: 14_000,
    lockedAt: '2026-11-26T08:00:00.000Z',
    seenBefore: ['answers' as const],
  };

  it('is waited for, then stands beside both answers with how blind it was', async () => {
    await open({
      view: asked,
      handlers: {
        'readings.ofSession': () => ({ isAsked: true, isWaitingForYou: false, readings: [reading] }),
      },
    });
    const section = (await screen.findByRole('heading', { name: 'Second reading' })).closest('section');
    expect(section?.textContent).toMatch(/nonimpaired, 55 % M\. Rossi; not blinded: .* was opened/);
  });

  it('tells whoever is asked that looking here ends the blinding', async () => {
    await open({
      view: asked,
      handlers: { 'readings.ofSession': () => ({ isAsked: true, isWaitingForYou: true, readings: [] }) },
    });
    expect(await screen.findByText(/would be marked “not blinded”/)).toBeTruthy();
  });
});

describe('a colleague at the result of another judge', () => {
  it('reads whose answer, drivers and comparison stand there, and that the own comparison is no answer of theirs', async () => {
    const { user } = await open({ reader: 'M. Rossi' });
    expect(await screen.findByText(/^The answer of Dr A\. Lindgren, .* is one of them\.$/)).toBeTruthy();
    await user.click(await opener());
    expect(await screen.findByRole('columnheader', { name: 'Dr A. Lindgren' })).toBeTruthy();
    expect(screen.queryByText(/^You (also )?named/)).toBeNull();
    expect(screen.getByRole('group', { name: 'Dr A. Lindgren and the model' })).toBeTruthy();
    await user.click(screen.getByLabelText('agree'));
    await user.click(screen.getByRole('button', { name: 'Save, keep the session open' }));
    expect(await screen.findByText('Compared by M. Rossi, who did not judge the session.')).toBeTruthy();
  });
});

describe('what became known later', () => {
  it('is entered with its day, says that it counts for nobody, and keeps what was typed when the store is full', async () => {
    let isFull = true;
    const { user, inputsOf } = await open({
      handlers: {
        'truths.add': ({ sessionId, truth }) => {
          if (isFull) throw new AppError('store.full');
          return [
            {
              ...truth,
              id: testId<string>(830),
              sessionId,
              userName: 'Dr A. Lindgren',
              createdAt: '2026-11-25T08:00:00.000Z',
              supersededById: null,
            },
          ];
        },
      },
    });
    expect(await screen.findByText(/What was operated is not what the hand behaves like/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Add what became known' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText('Choose a class or write what became known.')).toBeTruthy();
    await user.clear(screen.getByLabelText(/Known since/));
    await user.type(screen.getByLabelText(/Known since/), '2026-05-12');
    await user.type(screen.getByLabelText('In words'), 'fused on the radiograph');
    await user.selectOptions(screen.getByLabelText('Where it comes from'), 'imaging');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/no room left/)).toBeTruthy();
    isFull = false;
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await expect.poll(() => inputsOf('truths.add').length).toBe(2);
    expect(inputsOf('truths.add')[1]).toMatchObject({
      truth: {
        kind: 'imaging',
        knownOn: '2026-05-12',
        answer: null,
        text: 'fused on the radiograph',
        supersedesId: null,
      },
    });
  });
});

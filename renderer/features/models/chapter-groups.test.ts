import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chapterGroups, chaptersOf } from './chapter-groups.ts';

const named = (...titles: string[]) => titles.map((title) => ({ title, text: '' }));

describe('groups of chapters', () => {
  it('put a chapter under the first heading that its title has, whatever else it says', () => {
    const groups = chapterGroups(
      named(
        'Confusion of pattern C at 2 x the assumed spread',
        'Found',
        'Agreement with known physiology',
        'Confusion of pattern A-one-hand',
        'Something new',
        'Must hold',
      ),
    );
    expect(groups.map(({ title, chapters }) => [title, chapters[0]?.title])).toEqual([
      ['Must hold', 'Must hold'],
      ['Found', 'Found'],
      ['Explanations', 'Agreement with known physiology'],
      ['Confusion', 'Confusion of pattern A-one-hand'],
      ['Robustness and other people', 'Confusion of pattern C at 2 x the assumed spread'],
      ['More', 'Something new'],
    ]);
    expect(chapterGroups([])).toEqual([]);
  });

  it('lose no chapter of a page that ships, and leave few unmatched', () => {
    const pages = globSync('models/*/*/model-facts.md');
    expect(pages.length).toBeGreaterThan(5);
    for (const page of pages) {
      const chapters = chaptersOf(readFileSync(page, 'utf8')).slice(3);
      const groups = chapterGroups(chapters);
      expect(groups.flatMap((group) => group.chapters.map(({ title }) => title)).sort()).toEqual(
        chapters.map(({ title }) => title).sort(),
      );
      const more = groups.find(({ title }) => title === 'More');
      expect(more?.chapters.length ?? 0, page).toBeLessThanOrEqual(3);
      expect(groups.length).toBeLessThanOrEqual(8);
    }
  });
});

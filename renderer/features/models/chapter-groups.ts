/** A part of a facts page under one `## ` title; its text is without the title. */
export interface Chapter {
  title: string;
  text: string;
}

export interface ChapterGroup {
  title: string;
  chapters: readonly Chapter[];
}

const MORE = 'More';

/** Groups in the order of the page; a chapter belongs to the first whose pattern its title has. */
const GROUPS: readonly { title: string; pattern: RegExp }[] = [
  { title: 'Must hold', pattern: /^Must hold$/ },
  { title: 'Found', pattern: /^Found$/ },
  { title: 'Explanations', pattern: /explanation|physiology|^Global importance/i },
  { title: 'Confusion', pattern: /^Confusion of pattern [ABC](-one-hand)?$/ },
  {
    title: 'Reliability',
    pattern: /^Reliability|^Coverage|^Scores and|^Sets (that hold|of pattern)|at or below each quantile/,
  },
  {
    title: 'Robustness and other people',
    pattern: /^Robustness|^Confusion|assumed spread|^By |^Error by|in the unseen posture/,
  },
  {
    title: 'Experiments',
    pattern:
      /^Augmentation|^Made-up|^Imbalance|^Penalty|^Trace components|force trace adds|^Transfer|^Real EMG|^Regularisation/,
  },
];

/** Chapters of a facts page, the text before the first `## ` left out. */
export function chaptersOf(text: string): Chapter[] {
  return text
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith('## '))
    .map((part) => {
      const [title = '', ...rest] = part.split('\n');
      return { title: title.replace(/^## /, ''), text: rest.join('\n') };
    });
}

/** Chapters under a handful of headings, each chapter once and in its order; what fits none stands under "More". */
export function chapterGroups(chapters: readonly Chapter[]): ChapterGroup[] {
  const groupOf = ({ title }: Chapter): string =>
    GROUPS.find(({ pattern }) => pattern.test(title))?.title ?? MORE;
  return [...GROUPS.map(({ title }) => title), MORE]
    .map((title) => ({ title, chapters: chapters.filter((chapter) => groupOf(chapter) === title) }))
    .filter((group) => group.chapters.length > 0);
}

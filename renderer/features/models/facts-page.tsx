import { Markdown } from '../../ui/markdown.tsx';
import { type Chapter, chapterGroups, chaptersOf } from './chapter-groups.ts';
import { Fold } from './fold.tsx';
import styles from './models.module.css';

/** Chapters that a reader asks for first: in short, what it was made from, what was assumed. */
const OPEN_CHAPTERS = 3;

/** A model's facts page: its first chapters as they are, the others folded under a handful of headings. */
export function FactsPage({ text }: { text: string }) {
  // The page's own title repeats that of the section around it.
  const body = text.replace(/^\s*# .*\n/, '');
  const chapters = chaptersOf(body);
  const opening = chapters.slice(0, OPEN_CHAPTERS).map((chapter) => `## ${chapter.title}\n${chapter.text}`);
  const before = body.split(/^## /m, 1)[0] ?? '';
  return (
    <>
      <Markdown text={[before, ...opening].join('')} headingLevel={2} />
      {chapterGroups(chapters.slice(OPEN_CHAPTERS)).map(({ title, chapters: grouped }) =>
        grouped.length === 1 ? (
          grouped.map((chapter) => <ChapterFold key={title} chapter={chapter} />)
        ) : (
          <Fold key={title} title={`${title} (${grouped.length})`}>
            <div className={styles.group}>
              {grouped.map((chapter) => (
                <ChapterFold key={chapter.title} chapter={chapter} />
              ))}
            </div>
          </Fold>
        ),
      )}
    </>
  );
}

function ChapterFold({ chapter: { title, text } }: { chapter: Chapter }) {
  return (
    <Fold title={title}>
      <Markdown text={text} headingLevel={2} />
    </Fold>
  );
}

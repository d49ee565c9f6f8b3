import { Markdown } from '../../ui/markdown.tsx';
import { Fold } from './fold.tsx';

/** Chapters that a reader asks for first: in short, what it was made from, what was assumed. */
const OPEN_CHAPTERS = 3;

/** A model's facts page: its first chapters as they are, every other one folded under its title. */
export function FactsPage({ text }: { text: string }) {
  // The page's own title repeats that of the section around it.
  const chapters = text.replace(/^\s*# .*\n/, '').split(/^(?=## )/m);
  const opening = chapters[0]?.startsWith('## ') ? OPEN_CHAPTERS : OPEN_CHAPTERS + 1;
  return (
    <>
      <Markdown text={chapters.slice(0, opening).join('')} headingLevel={2} />
      {chapters.slice(opening).map((chapter) => {
        const [title = '', ...rest] = chapter.split('\n');
        return (
          <Fold key={title} title={title.replace(/^## /, '')}>
            <Markdown text={rest.join('\n')} headingLevel={2} />
          </Fold>
        );
      })}
    </>
  );
}

/** Size of the words in a drawing: they do not follow the size of all text by themselves. */
import { useSyncExternalStore } from 'react';

const USUAL_ROOT_PX = 16;
/** Of the words in a drawing at the usual size of text. */
const USUAL_WORDS_PX = 13;
/** A plot grows with its words up to what a window of usual height holds. */
const MOST_GROWTH = 1.7;

const smallTextPx = (): number =>
  Math.round(
    (USUAL_WORDS_PX / USUAL_ROOT_PX) *
      (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL_ROOT_PX),
  );

/** The page grows with its text, so its size tells of every change of text. */
function watchTextSize(changed: () => void): () => void {
  const observer = new ResizeObserver(changed);
  observer.observe(document.documentElement);
  return () => observer.disconnect();
}

/** Small text in proportion to the size of all text, in pixels, also when that changes. */
export const useSmallTextPx = (): number => useSyncExternalStore(watchTextSize, smallTextPx);

/** How many times higher a plot is for words of this size, from 1 to 1.7. */
export const plotGrowth = (fontPx: number): number =>
  Math.min(MOST_GROWTH, Math.max(1, fontPx / USUAL_WORDS_PX));

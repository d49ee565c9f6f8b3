import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import styles from './scroll-box.module.css';

/**
 * A table wider than the screen scrolls by itself, and a line above says so; with a focus the keyboard reaches its right
 * end. @param beyond - what stands at the right end.
 */
export function ScrollBox(props: { label: string; beyond: string; children: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const [isCut, setIsCut] = useState(false);
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setIsCut(element.scrollWidth > element.clientWidth + 1);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // The table may grow (larger text) while its box stays.
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <div className={styles.scrollFrame}>
      {isCut && (
        <p className={styles.scrollHint}>Wider than this window: scroll right for {props.beyond} →</p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <section ref={box} className={styles.scroll} aria-label={props.label} tabIndex={0}>
        {props.children}
      </section>
    </div>
  );
}

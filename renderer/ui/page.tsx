import { type ReactNode, useEffect, useRef } from 'react';
import styles from './page.module.css';

/** A screen: one heading, an optional sentence below it, its actions at the right, then the content. */
export function Page(props: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  width?: 'reading' | 'form' | 'wide';
  children: ReactNode;
}) {
  const { title, lead, actions, width = 'wide', children } = props;
  return (
    <div className={styles.page} data-width={width}>
      <header className={styles.header}>
        <div>
          <h1 tabIndex={-1}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A group of a page with its own heading and a hairline above. @param props.isFocused - once true, the cursor goes to the heading. */
export function Section(props: {
  title: string;
  lead?: ReactNode;
  isFocused?: boolean;
  children: ReactNode;
}) {
  const { title, lead, isFocused = false, children } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isFocused) heading.current?.focus();
  }, [isFocused]);
  return (
    <section className={styles.section}>
      <h2 ref={heading} tabIndex={isFocused ? -1 : undefined}>
        {title}
      </h2>
      {lead !== undefined && <p className={styles.sectionLead}>{lead}</p>}
      <div className={styles.sectionBody}>{children}</div>
    </section>
  );
}

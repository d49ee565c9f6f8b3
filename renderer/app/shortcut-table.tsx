import { Kbd } from '@mantine/core';
import styles from './shortcut-table.module.css';
import { SHORTCUTS } from './shortcuts.ts';

/** The listing of all keyboard shortcuts. */
export function ShortcutTable() {
  return (
    <div className={styles.groups}>
      {SHORTCUTS.map((group) => (
        <section key={group.where} aria-label={group.where}>
          <h3>{group.where}</h3>
          <dl className={styles.list}>
            {group.shortcuts.map((shortcut) => (
              <div key={shortcut.does} className={styles.row}>
                <dt>
                  {shortcut.keys.map((key) => (
                    <Kbd key={key} size="sm">
                      {key}
                    </Kbd>
                  ))}
                </dt>
                <dd>{shortcut.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

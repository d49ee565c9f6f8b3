import { useId } from 'react';
import type { PatientPage } from '../../../core/clinical/report/patient-page.ts';
import type { TrendPoint } from '../../../core/contract/channels/sessions.ts';
import { unbrokenUnits } from '../../ui/unbroken-units.ts';
import { OwnCourse } from './own-course.tsx';
import styles from './paper.module.css';

/** The page for the patient, 18 points on paper. */
export function PatientPaper(props: {
  page: PatientPage;
  /** Of all measures, up to the visit. */
  points: readonly TrendPoint[];
  /** Where week 0 is, and what the weeks are counted from. */
  origin: string;
  xLabel: string;
}) {
  const { page } = props;
  const titleId = useId();
  return (
    <article
      className={`${styles.paper} ${styles.large}`}
      data-paper="patient"
      data-mantine-color-scheme="light"
      aria-labelledby={titleId}
    >
      <header className={styles.head}>
        <h2 id={titleId}>{page.title}</h2>
        {page.sampleWords !== null && <p className={styles.sample}>{page.sampleWords}</p>}
        <p className={styles.person}>{page.name}</p>
      </header>
      {page.sections.map((section) => (
        <section key={section.measure} className={styles.block}>
          <h3>{section.heading}</h3>
          <p>{unbrokenUnits(section.sentences.join(' '))}</p>
        </section>
      ))}
      {page.course !== null && (
        <OwnCourse
          points={props.points.filter(({ measure }) => measure === page.course)}
          origin={props.origin}
          xLabel={props.xLabel}
        />
      )}
      {page.model !== null && (
        <section className={styles.block}>
          <h3>Computer program</h3>
          <p>{unbrokenUnits(page.model)}</p>
        </section>
      )}
      {page.limits !== null && <p className={styles.limits}>{page.limits}</p>}
      <p>{page.closing}</p>
    </article>
  );
}

/** Small real cases that go through the contract with a real store. */

import { concordanceReport } from '../../../core/agreement/concordance-report.ts';
import { figureSentence } from '../../../core/agreement/figure-words.ts';
import { actionsForValues, handsOnSeconds } from '../../../core/clinical/keystroke-level.ts';
import { patientPage } from '../../../core/clinical/report/patient-page.ts';
import type { ReportParts } from '../../../core/clinical/report/report-parts.ts';
import {
  expectOk,
  savedSession,
  sixTrials,
  startTestClinic,
  wristTrial,
} from '../../../electron/host/app/test-clinic.ts';
import { importTestRecording } from '../../../electron/host/app/test-recording.ts';
import { BulkPaths } from '../../../electron/host/assets/bulk-paths.ts';
import type { SeedFigure } from '../rows.ts';

/** A session of six pinch trials and four wrist strengths, stored, read back, and its hands-on time. */
export async function clinicInputs(): Promise<SeedFigure> {
  const clinic = await startTestClinic();
  try {
    const trials = [
      ...sixTrials(),
      wristTrial('wrist-extension', 'left', '2.1'),
      wristTrial('wrist-flexion', 'left', '4.4'),
      wristTrial('wrist-radial', 'left', '3.9'),
      wristTrial('wrist-ulnar', 'left', '3.6'),
    ];
    const view = await savedSession(clinic, { trials });
    const read = expectOk(await clinic.api['sessions.get']({ sessionId: view.session.id }));
    const typed = (list: readonly { typedText: string; typedUnit: string }[]) =>
      list.map((trial) => `${trial.typedText} ${trial.typedUnit}`).sort();
    const isSame = JSON.stringify(typed(read.trials)) === JSON.stringify(typed(trials));
    const texts = sixTrials().map((trial) => trial.typedText);
    const byKeyboard = handsOnSeconds(actionsForValues(texts, 'keyboard'));
    const byTouch = handsOnSeconds(actionsForValues(texts, 'touch'));
    return {
      ok: isSame && byKeyboard <= 30 && byTouch <= 30,
      figure: `${isSame ? trials.length : 0} of ${trials.length} entries read back as typed; six trials ${byKeyboard.toFixed(1)} s by keyboard, ${byTouch.toFixed(1)} s by touch (keystroke-level estimate, bar 30 s)`,
    };
  } finally {
    await clinic.remove();
  }
}

async function sampleSessions() {
  const clinic = await startTestClinic();
  try {
    expectOk(await clinic.api['app.openSampleClinic']({}));
    const { rows } = expectOk(await clinic.api['patients.list']({ search: '', limit: 50, offset: 0 }));
    const sessions = [];
    for (const { id } of rows) {
      // The newest session may wait for its judgement, which hides earlier results: close it in this scratch copy.
      const timeline = async () =>
        expectOk(await clinic.api['sessions.listForPatient']({ patientId: id, limit: 50, offset: 0 })).rows;
      const newest = (await timeline())[0];
      if (newest?.session.state === 'saved') {
        expectOk(await clinic.api['sessions.close']({ sessionId: newest.session.id }));
      }
      sessions.push(...(await timeline()));
    }
    return sessions;
  } finally {
    await clinic.remove();
  }
}

/** The team's figures over the sample clinic, with chance levels and intervals by patient. */
export async function concordance(): Promise<SeedFigure> {
  const clinic = await startTestClinic();
  try {
    expectOk(await clinic.api['app.openSampleClinic']({}));
    const { rows, leftOut } = expectOk(await clinic.api['concordance.rows']({ limit: 500, offset: 0 }));
    const { answers, reasons } = concordanceReport(rows);
    const named = reasons.shared;
    const isShown = [answers.same, answers.gwetAc1, answers.kappa, named].every(
      ({ kind }) => kind === 'figure',
    );
    return {
      ok: isShown && leftOut.heldBack > 0 && rows.every(({ isBlinded }) => typeof isBlinded === 'boolean'),
      figure: [
        'illustration, not evidence (invented people, answers written by the authors)',
        `same answer, blinded: ${figureSentence(answers.same, 'share')}`,
        `AC1 ${figureSentence(answers.gwetAc1, 'coefficient')}`,
        `kappa ${figureSentence(answers.kappa, 'coefficient')}`,
        `drivers named by both: ${figureSentence(named, 'share')}`,
        `${leftOut.heldBack} held back`,
      ].join('; '),
    };
  } finally {
    await clinic.remove();
  }
}

/** Drivers of the sample's judgements, and bands brushed on a recording, read back as they were locked. */
export async function annotation(): Promise<SeedFigure> {
  const drivers = (await sampleSessions()).flatMap((s) => s.judgements).flatMap((j) => j.drivers);
  const bulk = new BulkPaths();
  const clinic = await startTestClinic({ bulk });
  try {
    const { session } = await savedSession(clinic);
    const recording = await importTestRecording(clinic, bulk, session.id);
    const bands = [
      { fromS: 0, toS: 0.1, direction: 'for' as const },
      { fromS: 0.15, toS: 0.3, direction: 'against' as const },
    ];
    const { judgement } = expectOk(
      await clinic.api['sessions.lockJudgement']({
        sessionId: session.id,
        judgedSide: 'left',
        judgement: {
          answer: 'four-corner-fusion',
          confidencePercent: 60,
          drivers: [],
          bands,
          recordingId: recording.id,
          isBlinded: false,
          durationMs: 9_000,
        },
      }),
    );
    const read = expectOk(await clinic.api['sessions.get']({ sessionId: session.id })).judgements[0];
    const isSame =
      JSON.stringify(read?.bands) === JSON.stringify(bands) && read?.recordingId === judgement.recordingId;
    const areWhole = drivers.every((d) => d.direction === 'for' || d.direction === 'against');
    return {
      ok: isSame && drivers.length > 0 && areWhole,
      figure: `illustration (invented people): n = ${drivers.length} drivers with direction, ${isSame ? bands.length : 0} of ${bands.length} brushed bands read back as locked`,
    };
  } finally {
    await clinic.remove();
  }
}

/** Names of classes and of the model: none of them belongs on a page that a patient takes home. */
const NOT_FOR_PATIENTS = /fusion|carpectomy|nonimpaired|wrist-state|PRC|SE4CF|probabilit/i;

/** The patient's page of every newest visit of the sample clinic: plain words, and the model only when it is ticked. */
export async function patientPages(): Promise<SeedFigure> {
  const clinic = await startTestClinic();
  try {
    const { api } = clinic;
    expectOk(await api['app.openSampleClinic']({}));
    const { rows } = expectOk(await api['patients.list']({ search: '', limit: 50, offset: 0 }));
    const texts: string[] = [];
    let withModel = 0;
    for (const { id: patientId } of rows) {
      const timeline = expectOk(
        await api['sessions.listForPatient']({ patientId, limit: 50, offset: 0 }),
      ).rows;
      const told = timeline.find((row) => row.prediction?.probabilities) ?? timeline[0];
      if (!told) continue;
      const { session, patient, trials, prediction } = expectOk(
        await api['sessions.get']({ sessionId: told.session.id }),
      );
      const points = expectOk(await api['sessions.trend']({ patientId }));
      const source = {
        patient,
        // The sample clinic opens with no blinded judgement: every date is told.
        session: { ...session, startedAt: session.startedAt ?? '' },
        trials,
        points,
        tables: [],
        prediction,
        conclusion: '',
        isSample: true,
      };
      const page = (parts: ReportParts) =>
        JSON.stringify(patientPage(source, parts, (at) => at.slice(0, 10)));
      texts.push(page(new Set(['patient-course'])).replaceAll(patient.displayName, ''));
      if (page(new Set(['patient-model'])) !== page(new Set())) withModel += 1;
    }
    const naming = texts.filter((text) => NOT_FOR_PATIENTS.test(text)).length;
    return {
      ok: texts.length === rows.length && naming === 0 && withModel > 0,
      figure: `${texts.length} pages of invented people, ${naming} with a class or a model in it; the model's sentence stands on ${withModel} when it is ticked, on none otherwise`,
    };
  } finally {
    await clinic.remove();
  }
}

/** Small real cases that go through the contract with a real store. */
import { actionsForValues, handsOnSeconds } from '../../../core/clinical/keystroke-level.ts';
import {
  expectOk,
  savedSession,
  sixTrials,
  startTestClinic,
  wristTrial,
} from '../../../electron/host/app/test-clinic.ts';
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

/** Overlap of reasons in the sample clinic beside its chance level. */
export async function concordance(): Promise<SeedFigure> {
  const overlaps = (await sampleSessions()).flatMap((s) => (s.overlap ? [s.overlap] : []));
  const named = overlaps.reduce((sum, o) => sum + o.named, 0);
  const shared = overlaps.reduce((sum, o) => sum + o.overlap, 0);
  const chance = overlaps.reduce((sum, o) => sum + o.chance, 0);
  const isPossible = overlaps.every((o) => o.overlap <= o.named && o.chance <= o.named);
  return {
    ok: overlaps.length > 0 && isPossible,
    figure: `illustration, not evidence (invented people, drivers written by the authors): n = ${overlaps.length} sessions, ${shared} of ${named} named drivers shared, chance ${chance.toFixed(1)}`,
  };
}

/** Every driver of the sample's judgements reads back with its direction. */
export async function annotation(): Promise<SeedFigure> {
  const judgements = (await sampleSessions()).flatMap((s) => s.judgements);
  const drivers = judgements.flatMap((j) => j.drivers);
  const isWhole = drivers.every((d) => d.direction === 'for' || d.direction === 'against');
  return {
    ok: drivers.length > 0 && isWhole,
    figure: `illustration (invented people): n = ${judgements.length} judgements with ${drivers.length} drivers read back with direction`,
  };
}

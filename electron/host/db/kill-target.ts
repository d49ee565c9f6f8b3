/** The program that the kill test ends with SIGKILL: saves draft after draft and prints each acknowledged number. */
import {
  EMPTY_DRAFT,
  expectOk,
  INVENTED_PATIENT,
  startTestClinic,
  TEST_PASSPHRASE,
} from '../app/test-clinic.ts';

const dataFolder = process.argv[2];
if (!dataFolder) throw new Error('a data folder is needed');
const { api } = await startTestClinic({ dataFolder });
expectOk(await api['app.createUser']({ name: 'Dr Test', passphrase: TEST_PASSPHRASE }));
const patient = expectOk(await api['patients.create'](INVENTED_PATIENT));
const { session } = expectOk(await api['sessions.start']({ patientId: patient.id, draft: EMPTY_DRAFT }));
for (let keystroke = 1; ; keystroke++) {
  const draft = { ...EMPTY_DRAFT, cells: { 'lateral-pinch/right/1': String(keystroke) } };
  expectOk(await api['sessions.saveDraft']({ sessionId: session.id, draft }));
  process.stdout.write(`${keystroke}\n`);
}

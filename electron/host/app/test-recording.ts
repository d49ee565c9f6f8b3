/** An invented recording brought in as a page does it: for tests. */
import type { InputWire } from '../../../core/contract/contract.ts';
import type { SessionId } from '../../../core/contract/schemas/clinical.ts';
import type { Recording } from '../../../core/contract/schemas/recording.ts';
import type { BulkPaths } from '../assets/bulk-paths.ts';
import { expectOk, type TestClinic } from './test-clinic.ts';

/** Four samples in 0.3 s, kilograms. */
const TEXT = 'time (s);force\n0.0;1.5\n0.1;2.5\n0.2;3.5\n0.3;4.5\n';

/** @param bulk - the one the clinic was started with. */
export async function importTestRecording(
  clinic: TestClinic,
  bulk: BulkPaths,
  sessionId: SessionId,
  change: Partial<InputWire<'recordings.finishImport'>> = {},
): Promise<Recording> {
  const { api } = clinic;
  const bytes = new TextEncoder().encode(TEXT);
  const { uploadId, path } = expectOk(
    await api['recordings.beginImport']({ sessionId, fileName: 'pull.csv', sizeBytes: bytes.length }),
  );
  bulk.answer(path, { method: 'POST', url: `${path}?at=0`, body: bytes });
  return expectOk(
    await api['recordings.finishImport']({
      uploadId,
      mapping: {
        delimiter: ';',
        decimalSign: '.',
        time: { kind: 'column', column: 0, unit: 's' },
        channels: [{ column: 1, role: 'force', name: 'force', unit: 'kg' }],
      },
      side: 'left',
      measure: 'lateral-pinch',
      name: 'pull of the fused wrist',
      tares: [null],
      crop: null,
      ...change,
    }),
  );
}

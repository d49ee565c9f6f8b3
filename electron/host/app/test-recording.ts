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
  text = TEXT,
): Promise<Recording> {
  const { api } = clinic;
  const bytes = new TextEncoder().encode(text);
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

/**
 * A key pinch of 8 s in three directions, 50 samples a second, newtons: still for a second, pulled for 6 s, with 2 N of offset.
 * @param palmarN - of the hold; 48 % of it against the direction of the thumb, 24 % across.
 */
export function directedPinch(palmarN: number): {
  text: string;
  change: Partial<InputWire<'recordings.finishImport'>>;
} {
  const lines = ['time (s),palmar (N),longitudinal (N),transverse (N)'];
  for (let i = 0; i < 400; i += 1) {
    const timeS = i / 50;
    const risen = Math.min(1, Math.max(0, (timeS - 1) / 0.5));
    const share = timeS >= 7 ? 0 : risen * (1 - 0.01 * Math.max(0, timeS - 1)) * (1 + 0.01 * Math.sin(i));
    const forces = [1, -0.48, 0.24].map((part) => (2 + palmarN * share * part).toFixed(3));
    lines.push([timeS.toFixed(2), ...forces].join(','));
  }
  const names = ['palmar', 'longitudinal', 'transverse'];
  return {
    text: `${lines.join('\n')}\n`,
    change: {
      mapping: {
        delimiter: ',',
        decimalSign: '.',
        time: { kind: 'column', column: 0, unit: 's' },
        channels: names.map((name, k) => ({ column: k + 1, role: 'force', name, unit: 'N' })),
      },
      tares: [null, null, null],
    },
  };
}

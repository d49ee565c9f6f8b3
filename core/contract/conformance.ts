/**
 * What every transport must do, as checks that any shell can run against a real host: the memory pair, the browser
 * shell and Electron carry the same strings, so they pass the same list.
 */
import { createClient, MAX_FRAME_CHARACTERS, type PageTransport } from './wire.ts';

export interface ConformanceCheck {
  name: string;
  /** @throws Error that says what the transport did instead. */
  run(transport: PageTransport): Promise<void>;
}

function expectThat(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}

async function refusalOf(transport: PageTransport, frame: string): Promise<string> {
  const answer = JSON.parse(await transport.request(frame)) as {
    ok: boolean;
    error?: { code?: string; incident?: string };
  };
  expectThat(answer.ok === false, 'a bad frame was answered with ok');
  expectThat(/^\w+$/.test(answer.error?.incident ?? ''), 'a refusal has no incident id');
  return answer.error?.code ?? '';
}

const refuses = (name: string, frame: string): ConformanceCheck => ({
  name,
  run: async (transport) => {
    const code = await refusalOf(transport, frame);
    expectThat(code === 'input.invalid', `answered ${code}, not input.invalid`);
  },
});

export const CONFORMANCE_CHECKS: readonly ConformanceCheck[] = [
  {
    name: 'answers app.state through the client',
    run: async (transport) => {
      const result = await createClient(transport)['app.state']({});
      expectThat(result.ok, 'app.state failed');
    },
  },
  {
    name: 'carries any text unchanged',
    run: async (transport) => {
      // An unknown user is an expected failure; the point is that the frame with odd characters arrives whole.
      const odd = '\u{1F9EA} "quoted" \\ \u2028 \u0000 Łódź';
      const result = await createClient(transport)['app.unlock']({
        userId: '00000000-0000-4000-8000-000000000000' as never,
        passphrase: odd,
      });
      expectThat(!result.ok && result.error.code !== 'internal', 'odd characters broke the frame');
    },
  },
  refuses('refuses what is not JSON', '{'),
  refuses('refuses JSON that is no object', 'null'),
  refuses('refuses an unknown channel', JSON.stringify({ name: 'app.nothing', input: {} })),
  refuses('refuses a name of the prototype', JSON.stringify({ name: 'constructor', input: {} })),
  refuses('refuses __proto__ as a name', '{"__proto__":{"name":"app.state"},"input":{}}'),
  refuses('refuses to call a push', JSON.stringify({ name: 'app.stateChanged', input: {} })),
  refuses('refuses an unknown field', JSON.stringify({ name: 'app.state', input: { extra: 1 } })),
  refuses('refuses a missing input', JSON.stringify({ name: 'app.state' })),
  {
    name: 'refuses a frame that is too large',
    run: async (transport) => {
      const frame = JSON.stringify({ name: 'app.state', input: { x: 'x'.repeat(MAX_FRAME_CHARACTERS) } });
      const code = await refusalOf(transport, frame);
      expectThat(code === 'input.invalid', `answered ${code}`);
    },
  },
  {
    name: 'answers a hundred calls at once, each its own',
    run: async (transport) => {
      const frames = Array.from({ length: 100 }, (_, i) =>
        i % 2
          ? JSON.stringify({ name: 'app.state', input: {} })
          : JSON.stringify({ name: `no.${i}`, input: {} }),
      );
      const answers = await Promise.all(frames.map((frame) => transport.request(frame)));
      answers.forEach((answer, i) => {
        expectThat(
          (JSON.parse(answer) as { ok: boolean }).ok === (i % 2 === 1),
          `answer ${i} is another call's`,
        );
      });
    },
  },
];

/** Runs all checks. @returns one line a failure; empty when the transport conforms. */
export async function runConformance(transport: PageTransport): Promise<string[]> {
  const failures: string[] = [];
  for (const check of CONFORMANCE_CHECKS) {
    try {
      await check.run(transport);
    } catch (cause) {
      failures.push(`${check.name}: ${cause instanceof Error ? cause.message : String(cause)}`);
    }
  }
  return failures;
}

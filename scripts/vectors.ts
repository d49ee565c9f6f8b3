/**
 * npm run vectors [-- DIR]: runs every file of reference cases in a folder and the laws it names; prints
 * "file: passed/total" with the worst error. Ends with status 1 when a case or a law fails.
 */
import { ABOUT_KEYS, runFolder } from './vectors/run-folder.ts';

const SHOWN_PROBLEMS = 5;
const folder = process.argv[2] ?? 'scripts/vectors/cases';
/** Control characters of a hostile file must not write over what is printed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const plain = (text: string) => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, 300);

const reports = await runFolder(folder).catch((cause: unknown) => {
  console.error(plain(`${folder}: ${cause instanceof Error ? cause.message : String(cause)}`));
  process.exit(1);
});
for (const { file, total, passed, worstError, problems, unreadKeys } of reports) {
  const measured =
    worstError === null ? '' : `, worst error ${worstError === 0 ? '0' : worstError.toExponential(1)}`;
  console.log(
    worstError === null && total > 1 ? `laws ${passed}/${total}` : `${file}: ${passed}/${total}${measured}`,
  );
  for (const { name, problem } of problems.slice(0, SHOWN_PROBLEMS))
    console.log(plain(`    ${name}: ${problem}`));
  const unknown = unreadKeys.filter((key) => !ABOUT_KEYS.has(key));
  if (unknown.length > 0) console.log(plain(`    not looked at: ${unknown.join(', ')}`));
  if (problems.length > SHOWN_PROBLEMS) console.log(`    and ${problems.length - SHOWN_PROBLEMS} more`);
}
const total = reports.reduce((sum, report) => sum + report.total, 0);
const passed = reports.reduce((sum, report) => sum + report.passed, 0);
console.log(`${passed} of ${total} cases and laws pass`);
process.exit(passed === total ? 0 : 1);

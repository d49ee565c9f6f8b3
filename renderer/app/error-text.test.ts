import { describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../../core/contract/errors.ts';
import { errorText } from './error-text.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('the sentences of errors', () => {
  it.each(codes)('%s says what happened and what to do', (code) => {
    const { title, whatToDo } = errorText({ code, incident: 'T1' });
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(whatToDo).toMatch(/^[A-Z].*\.$/);
    expect(`${title} ${whatToDo}`).not.toMatch(/\b(AI|because|abnormal|undefined|NaN|null|error code)\b/);
  });

  it('names the wait that the host told', () => {
    const error = { code: 'vault.wait', incident: 'T1', detail: { waitSeconds: 29.4 } } as const;
    expect(errorText(error).whatToDo).toContain('30 seconds');
    expect(errorText({ ...error, detail: {} }).whatToDo).not.toMatch(/NaN|\d/);
  });

  it('has words for a code of a later version', () => {
    const later = { code: 'later.code' as ErrorCode, incident: 'T1' };
    expect(errorText(later)).toEqual(errorText({ code: 'internal', incident: 'T1' }));
  });
});

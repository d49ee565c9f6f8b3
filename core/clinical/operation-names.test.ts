import { describe, expect, it } from 'vitest';
import { Patient } from '../contract/schemas/clinical.ts';
import { OPERATION_CHOICES, operationName } from './operation-names.ts';

describe('names of operations', () => {
  it('calls another operation what its note says', () => {
    expect(operationName('other', 'trapeziectomy')).toBe('trapeziectomy');
    expect(operationName('other', ' ')).toBe('other operation');
    expect(operationName('four-corner-fusion', 'with plate')).toBe('four-corner fusion');
    expect(operationName('none', '')).toBe('no operation');
  });

  it('offers every operation that a record can have, once', () => {
    expect(OPERATION_CHOICES.map(({ value }) => value)).toEqual(Patient.shape.operation.options);
  });
});

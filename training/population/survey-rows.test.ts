import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKoreanAdults, readUsSurvey } from './survey-rows.ts';

const COLUMNS =
  'seqn,sex_1m_2f,age_y_topcoded80,height_cm,weight_kg,MGDEXSTS,dominant_1r_2l_3both,hand1_is_1r_2l,' +
  'hand1_trial1_kg,hand1_trial2_kg,hand1_trial3_kg,hand2_trial1_kg,hand2_trial2_kg,hand2_trial3_kg,' +
  'right_best_kg,left_best_kg';
// Invented people: left hand first; a child; a test that was broken off.
const LEFT_FIRST = '1,2,54,162.5,70,1,2,2,30,31,32,20,21,22,22,32';
const CHILD = '2,1,9,137,32,1,1,1,12,13,14,11,12,13,14,13';
const PARTIAL = '3,1,80,180,81,2,,1,40,,,,,,40,';

let folder = '';
const write = (name: string, ...lines: string[]): void =>
  writeFileSync(join(folder, 'real/grip_survey', name), `${lines.join('\r\n')}\r\n`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'survey-'));
  mkdirSync(join(folder, 'real/grip_survey'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('survey rows', () => {
  it('give adults in metres, with the hand that went first mapped to its side', () => {
    write('us_2013_14_half.csv', COLUMNS, LEFT_FIRST, CHILD, PARTIAL);
    expect(readUsSurvey(folder)).toEqual([
      {
        sex: 'female',
        ageYears: 54,
        heightM: 1.625,
        weightKg: 70,
        dominantHand: 'left',
        grip: { rightTrialsKg: [20, 21, 22], leftTrialsKg: [30, 31, 32], rightBestKg: 22, leftBestKg: 32 },
      },
      { sex: 'male', ageYears: 80, heightM: 1.8, weightKg: 81, dominantHand: null, grip: null },
    ]);
  });

  it('count a person once when files overlap', () => {
    write('us_2013_14_half.csv', COLUMNS, LEFT_FIRST);
    write('us_2013_14_other.csv', COLUMNS, LEFT_FIRST, PARTIAL);
    expect(readUsSurvey(folder)).toHaveLength(2);
  });

  it('leave Korean grips of zero out', () => {
    write('korea_half.csv', 'age,gender,grip force', '27.0,M,54.9', '30.0,F,0');
    expect(readKoreanAdults(folder)).toEqual([{ sex: 'male', ageYears: 27, gripKg: 54.9 }]);
  });

  it('are null where there are none', () => {
    expect(readUsSurvey(folder)).toBeNull();
    expect(readKoreanAdults(join(folder, 'nowhere'))).toBeNull();
  });

  it('refuse a missing column and a cell that is no number, by name', () => {
    write('us_2013_14_half.csv', COLUMNS.replace('weight_kg', 'mass'), LEFT_FIRST);
    expect(() => readUsSurvey(folder)).toThrow('us_2013_14_half.csv has no column "weight_kg"');
    write('us_2013_14_half.csv', COLUMNS, LEFT_FIRST.replace('162.5', '162,5x').replace(',5x', 'x'));
    expect(() => readUsSurvey(folder)).toThrow('row 2: "162x" under "height_cm" is no number');
  });
});

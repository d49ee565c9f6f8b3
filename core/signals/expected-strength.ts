/**
 * Strength expected of a nonimpaired person of the same sex, age, height and weight. A reference for
 * "percent of expected", no limit of anything. All figures here are embedded: core reads no files.
 */
export interface PersonSize {
  sex: 'female' | 'male';
  /** Years; values outside 18 to 90 are treated as the nearer end. */
  ageYears: number;
  /** Metres; values outside 1.30 to 2.15 are treated as the nearer end. */
  heightM: number;
  /** Kilograms; values outside 35 to 200 are treated as the nearer end. */
  weightKg: number;
}

export interface ExpectedStrength {
  /** Key pinch, newtons: mean of three trials, as the norm was measured. */
  pinchN: number;
  /** Maximal isometric wrist torques, newton metres. */
  wristExtensionNm: number;
  wristFlexionNm: number;
  wristRadialNm: number;
  wristUlnarNm: number;
}

/** a + b x + c x^2 with x = (age - 45) / 10. */
type AgeCurve = readonly [number, number, number];

/**
 * Key pinch by age, newtons: least-squares quadratics through the band means of Mathiowetz et al. 1985,
 * Arch Phys Med Rehabil 66:69-74 (310 men, 328 women, 20-94 years; band 75+ placed at 79). The table was
 * RECALLED, one cell of it cross-checked: say so wherever the norm is shown.
 */
export const KEY_PINCH_CURVE_N: Readonly<Record<'female' | 'male', Record<'right' | 'left', AgeCurve>>> = {
  male: { right: [115.58, -3.533, -1.457], left: [112.298, -3.274, -1.714] },
  female: { right: [76.277, -2.842, -0.777], left: [72.498, -2.536, -0.97] },
};

/** Height by age, metres, and log weight: means of the US 2013-14 grip survey (public domain), half A. */
const REFERENCE_HEIGHT_M: Readonly<Record<'female' | 'male', AgeCurve>> = {
  male: [1.7537, -0.0055, -0.0024],
  female: [1.6177, -0.0076, -0.003],
};
const REFERENCE_LOG_WEIGHT: Readonly<Record<'female' | 'male', AgeCurve>> = {
  male: [4.4062, 0.0137, -0.0094],
  female: [4.4582, 0.0209, -0.0128],
};
/** Slope of log weight on log(height / 1.7 m), same survey. */
const LOG_WEIGHT_ON_HEIGHT: Readonly<Record<'female' | 'male', number>> = { male: 2.3829, female: 2.1577 };

/**
 * Size exponents of key pinch: assumptions, below those of grip in the survey (1.5 and 0.15), because size
 * explains less of key pinch than of grip (Angst et al. 2010: height 37.7 against 46.2 %).
 */
const PINCH_HEIGHT_EXPONENT = 1;
const PINCH_WEIGHT_EXPONENT = 0.1;

/**
 * log(grip, kg) of the right hand on age, log(height / 1.7 m) and log(weight / 75 kg), US 2013-14 survey,
 * half A. Assumption: wrist strength follows sex, age and size as grip strength does.
 */
const LOG_GRIP: Readonly<Record<'female' | 'male', { age: AgeCurve; height: number; weight: number }>> = {
  male: { age: [3.7883, -0.0393, -0.0196], height: 1.4665, weight: 0.1612 },
  female: { age: [3.4864, -0.0405, -0.0149], height: 1.6349, weight: 0.1469 },
};

/**
 * Maximal wrist torques of ten men, N.m: flexion 12.2 (SD 3.7), extension 7.1 (2.1), radial 11.0 (2.0), ulnar
 * 9.5 (2.2) (abstract read; attributed to Delp et al. 1996 from memory). Their age and size are not given:
 * taken as 30 years and average size (assumption).
 */
export const MEASURED_MEN_TORQUE_NM = { extension: 7.1, flexion: 12.2, radial: 11, ulnar: 9.5 } as const;
const MEASURED_MEN_AGE_YEARS = 30;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const onCurve = (curve: AgeCurve, ageYears: number): number => {
  const x = (ageYears - 45) / 10;
  return curve[0] + x * (curve[1] + x * curve[2]);
};

/** Average height (m) and weight (kg) of a sex at an age, from the US 2013-14 survey. */
export function averageSize(sex: 'female' | 'male', ageYears: number): { heightM: number; weightKg: number } {
  const age = clamp(ageYears, 18, 90);
  const heightM = onCurve(REFERENCE_HEIGHT_M[sex], age);
  return { heightM, weightKg: expectedWeightKg(sex, age, heightM) };
}

/** Median weight (kg) of a sex at an age and height, from the same survey. */
export function expectedWeightKg(sex: 'female' | 'male', ageYears: number, heightM: number): number {
  const age = clamp(ageYears, 18, 90);
  return Math.exp(
    onCurve(REFERENCE_LOG_WEIGHT[sex], age) + LOG_WEIGHT_ON_HEIGHT[sex] * Math.log(heightM / 1.7),
  );
}

/** log of grip strength (kg) of the right hand by the survey's regression; used as a strength scale. */
export function logGripOf(person: PersonSize): number {
  const c = LOG_GRIP[person.sex];
  return (
    onCurve(c.age, person.ageYears) +
    c.height * Math.log(person.heightM / 1.7) +
    c.weight * Math.log(person.weightKg / 75)
  );
}

/**
 * Expected nonimpaired strength of a person.
 * @param person - sex, age (years), height (m), weight (kg); clamped as {@link PersonSize} says.
 * @param side - hand of the key pinch norm; the right hand unless told otherwise. Wrist torques have no side.
 * @returns newtons and newton metres, all positive.
 * @throws RangeError when age, height or weight is not a positive finite number.
 */
export function expectedStrength(person: PersonSize, side: 'right' | 'left' = 'right'): ExpectedStrength {
  for (const [name, value] of [
    ['age', person.ageYears],
    ['height', person.heightM],
    ['weight', person.weightKg],
  ] as const) {
    if (!Number.isFinite(value) || value <= 0) {
      throw new RangeError(`The expected strength needs the person's ${name}.`);
    }
  }
  const inside: PersonSize = {
    sex: person.sex,
    ageYears: clamp(person.ageYears, 18, 90),
    heightM: clamp(person.heightM, 1.3, 2.15),
    weightKg: clamp(person.weightKg, 35, 200),
  };
  const average = averageSize(inside.sex, inside.ageYears);
  const pinchN =
    onCurve(KEY_PINCH_CURVE_N[inside.sex][side], inside.ageYears) *
    (inside.heightM / average.heightM) ** PINCH_HEIGHT_EXPONENT *
    (inside.weightKg / average.weightKg) ** PINCH_WEIGHT_EXPONENT;
  const measuredMan: PersonSize = {
    sex: 'male',
    ageYears: MEASURED_MEN_AGE_YEARS,
    ...averageSize('male', MEASURED_MEN_AGE_YEARS),
  };
  const strength = Math.exp(logGripOf(inside) - logGripOf(measuredMan));
  return {
    pinchN,
    wristExtensionNm: MEASURED_MEN_TORQUE_NM.extension * strength,
    wristFlexionNm: MEASURED_MEN_TORQUE_NM.flexion * strength,
    wristRadialNm: MEASURED_MEN_TORQUE_NM.radial * strength,
    wristUlnarNm: MEASURED_MEN_TORQUE_NM.ulnar * strength,
  };
}

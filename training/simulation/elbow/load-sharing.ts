/**
 * Targets of the flexor groups for one torque: in proportion to their weights, and what a group can no longer carry is
 * taken over by the others.
 * @param neededNm - torque asked of all groups together, N.m, 0 or more.
 * @param weights - preference of each group, above 0; only their ratios matter.
 * @param capacities - largest share of fibres each group can still activate, 0..1.
 * @param torquesNm - largest torque of each group, N.m, above 0.
 * @param targets - written: share of fibres asked of each group, 0..capacity.
 * @returns true when the groups can carry it; else all are asked for everything they have.
 */
export function shareLoad(
  neededNm: number,
  weights: ArrayLike<number>,
  capacities: ArrayLike<number>,
  torquesNm: ArrayLike<number>,
  targets: Float64Array,
): boolean {
  const count = targets.length;
  let fullNm = 0;
  for (let group = 0; group < count; group += 1) {
    targets[group] = -1;
    fullNm += capacities[group]! * torquesNm[group]!;
  }
  if (neededNm >= fullNm) {
    for (let group = 0; group < count; group += 1) targets[group] = capacities[group]!;
    return neededNm === fullNm;
  }
  let leftNm = neededNm;
  // Each pass fills at least one group to its capacity or settles all that are left.
  for (let pass = 0; pass < count; pass += 1) {
    let slopeNm = 0;
    for (let group = 0; group < count; group += 1) {
      if (targets[group]! < 0) slopeNm += weights[group]! * torquesNm[group]!;
    }
    const effort = slopeNm > 0 ? leftNm / slopeNm : 0;
    let isSettled = true;
    for (let group = 0; group < count; group += 1) {
      if (targets[group]! >= 0 || effort * weights[group]! <= capacities[group]!) continue;
      targets[group] = capacities[group]!;
      leftNm -= capacities[group]! * torquesNm[group]!;
      isSettled = false;
    }
    if (!isSettled) continue;
    for (let group = 0; group < count; group += 1) {
      if (targets[group]! < 0) targets[group] = effort * weights[group]!;
    }
    return true;
  }
  return true;
}

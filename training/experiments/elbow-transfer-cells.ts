import type { LayersModel } from '@tensorflow/tfjs-layers';
import { shuffledOrder } from '../../core/learning/dropout-mask.ts';
import { takeRows } from '../../core/learning/training-rows.ts';
import { randomStream } from '../../core/numerics/random-stream.ts';
import { simulationRuns } from '../dataset/elbow-data-set.ts';
import { TORQUE_TIMES_S } from '../simulation/elbow/elbow-recording.ts';
import { COHORT_COUNT, COHORT_SIZE, surrogateCohort } from '../simulation/elbow/surrogate-recordings.ts';
import {
  ARM_BUDGET,
  directArm,
  predictTorque,
  preTrain,
  transferArm,
  transferRows,
} from './elbow-transfer-arms.ts';
import type { TransferCell } from './elbow-transfer-figures.ts';
import { plainSimulationNm } from './elbow-transfer-plain.ts';
import type { ExperimentCell } from './experiment.ts';

export const TRANSFER_SEED = 'elbow-transfer-1';
/** People tested in one split; the other 20 train (Kearney et al. 2024). */
const TEST_COUNT = 5;
/** Reality gaps of the curve; 1 is the surrogate as frozen. */
export const TRANSFER_GAPS = [0, 0.5, 1, 1.5, 2, 3] as const;
/** Random partitions of the 25 into five test groups: at gap 1 4 x 5 = 20 splits, everybody tested four times. */
const partitionsAt = (gap: number): number => (gap === 1 ? 4 : 2);

/** Error of one prediction of one person. */
interface PersonError {
  rmseNm: number;
  /** Share of the recorded times within 2 N.m. */
  within2Nm: number;
  /** Mean of predicted - recorded torque, N.m. */
  biasNm: number;
}

function errorOf(predictedNm: ArrayLike<number>, recordedNm: ArrayLike<number>): PersonError {
  const count = recordedNm.length;
  let squares = 0;
  let within = 0;
  let bias = 0;
  for (let i = 0; i < count; i += 1) {
    const error = predictedNm[i]! - recordedNm[i]!;
    squares += error * error;
    bias += error;
    if (Math.abs(error) <= 2) within += 1;
  }
  return { rmseNm: Math.sqrt(squares / count), within2Nm: within / count, biasNm: bias / count };
}

let simulated: LayersModel | null = null;
/** Pre-trained once a process; the same bytes in every process. */
function simulationNetwork(): LayersModel {
  simulated ??= preTrain(simulationRuns(), TRANSFER_SEED);
  return simulated;
}

/** The i-th row's torques. */
const torqueOf = (torques: Float32Array, row: number): Float32Array =>
  torques.subarray(row * TORQUE_TIMES_S.length, (row + 1) * TORQUE_TIMES_S.length);

/** Both arms on the five splits of one random partition of a cohort. */
function runPartition(
  cohort: number,
  gap: number,
  partition: number,
  log: (line: string) => void,
): TransferCell {
  const recordings = surrogateCohort(cohort, gap);
  const rows = transferRows(recordings);
  const preTrained = simulationNetwork();
  const untouched = predictTorque(preTrained, rows);
  const order = shuffledOrder(randomStream(TRANSFER_SEED, `partition-${cohort}`, partition), COHORT_SIZE);
  const people: TransferCell['people'] = recordings.map((recording, i) => {
    const simulation = errorOf(plainSimulationNm(recording), recording.torqueNm);
    const network = errorOf(torqueOf(untouched, i), recording.torqueNm);
    return {
      transferRmseNm: 0,
      directRmseNm: 0,
      transferWithin2Nm: 0,
      directWithin2Nm: 0,
      simulationNetworkRmseNm: network.rmseNm,
      simulationRmseNm: simulation.rmseNm,
      simulationBiasNm: simulation.biasNm,
    };
  });
  const chosen: TransferCell['chosen'] = [];
  for (let split = 0; split * TEST_COUNT < COHORT_SIZE; split += 1) {
    const isTest = (place: number) => Math.floor(place / TEST_COUNT) === split;
    const test = order.filter((_, place) => isTest(place));
    const train = takeRows(
      rows,
      order.filter((_, place) => !isTest(place)),
    );
    const testRows = takeRows(rows, test);
    // The gap is not in the seed: a curve over gaps compares the same start weights and the same orders.
    const seed = `${TRANSFER_SEED}/cohort-${cohort}/partition-${partition}/split-${split}`;
    const transfer = transferArm(preTrained, train, ARM_BUDGET, seed);
    const direct = directArm(train, ARM_BUDGET, seed);
    const transferred = predictTorque(transfer.model, testRows);
    const directly = predictTorque(direct.model, testRows);
    test.forEach((person, i) => {
      const recordedNm = recordings[person]!.torqueNm;
      const ofTransfer = errorOf(torqueOf(transferred, i), recordedNm);
      const ofDirect = errorOf(torqueOf(directly, i), recordedNm);
      Object.assign(people[person]!, {
        transferRmseNm: ofTransfer.rmseNm,
        directRmseNm: ofDirect.rmseNm,
        transferWithin2Nm: ofTransfer.within2Nm,
        directWithin2Nm: ofDirect.within2Nm,
      });
    });
    chosen.push({ transfer: transfer.chosen, direct: direct.chosen });
    transfer.model.dispose();
    direct.model.dispose();
    log(`cohort ${cohort}, gap ${gap}, partition ${partition}, split ${split + 1} of 5`);
  }
  return { cohort, gap, partition, people, chosen };
}

/** The frozen 25 over reality gaps, then the independent cohorts. */
export function transferCells(): ExperimentCell[] {
  const list: ExperimentCell[] = [];
  for (const gap of TRANSFER_GAPS) {
    for (let partition = 0; partition < partitionsAt(gap); partition += 1) {
      list.push({
        id: `gap-${gap}-partition-${partition}`,
        run: (log) => runPartition(0, gap, partition, log),
      });
    }
  }
  for (let cohort = 1; cohort < COHORT_COUNT; cohort += 1) {
    list.push({ id: `cohort-${cohort}`, run: (log) => runPartition(cohort, 1, 0, log) });
  }
  return list;
}

import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../core/learning/backend.ts';
import { buildGraphModel } from '../../core/learning/graph-model.ts';
import type { TrainingRows } from '../../core/learning/training-rows.ts';
import { simulationRun } from '../simulation/elbow/simulation-runs.ts';
import { surrogateCohort } from '../simulation/elbow/surrogate-recordings.ts';
import { ELBOW_TRANSFER } from './elbow-transfer.ts';
import {
  type ArmBudget,
  directArm,
  isAtEdge,
  predictTorque,
  preTrain,
  searchAndTrain,
  TRANSFER_GRAPH,
  TRANSFERRED_LAYER,
  transferArm,
  transferRows,
} from './elbow-transfer-arms.ts';
import { averagePeople, bootstrap, type TransferCell, transferFigures } from './elbow-transfer-figures.ts';
import { plainSimulationNm } from './elbow-transfer-plain.ts';

const TINY: ArmBudget = {
  learningRates: [0.01],
  maxEpochs: 2,
  batchSize: 4,
  innerTestCount: 2,
  innerFolds: 1,
};
const runs = Array.from({ length: 24 }, (_, i) => simulationRun(71 * i, 'transfer-test'));
const recordings = surrogateCohort(3).slice(0, 8);
const weightsOf = (model: LayersModel, layer: string): number[][] =>
  model
    .getLayer(layer)
    .getWeights()
    .map((weight) => [...weight.dataSync()]);

describe('the two arms', () => {
  let preTrained: LayersModel;
  beforeAll(async () => {
    await startBackend(null);
    preTrained = preTrain(runs, 'test', { maxEpochs: 1, learningRate: 0.004, validationCount: 4 });
  });
  const rows = transferRows(recordings);

  /** Transfer leaves the recurrent layer as it was learned on simulation, bit by bit. */
  const keepsTheLayer = (arm: () => { model: LayersModel }): boolean => {
    const { model } = arm();
    const isSame =
      JSON.stringify(weightsOf(model, TRANSFERRED_LAYER)) ===
      JSON.stringify(weightsOf(preTrained, TRANSFERRED_LAYER));
    model.dispose();
    return isSame;
  };
  it('transfer keeps the frozen LSTM bit by bit; direct learning, as a twin, is caught', () => {
    expect(keepsTheLayer(() => transferArm(preTrained, rows, TINY, 'test'))).toBe(true);
    expect(keepsTheLayer(() => directArm(rows, TINY, 'test'))).toBe(false);
  });

  it('transfer trains what lies behind the LSTM, the static branch included', () => {
    const { model, chosen } = transferArm(preTrained, rows, TINY, 'test');
    expect(weightsOf(model, 'share')).not.toEqual(weightsOf(preTrained, 'share'));
    expect(weightsOf(model, 'hidden-static')[0]!.some((value) => value !== 0)).toBe(true);
    expect(chosen.epochs).toBeGreaterThanOrEqual(1);
    expect(chosen.learningRate).toBe(0.01);
    model.dispose();
  });

  it('pre-training knows nobody: its static branch is zero, so who holds changes nothing yet', () => {
    expect(weightsOf(preTrained, 'hidden-static')[0]!.every((value) => value === 0)).toBe(true);
    const other = transferRows(
      recordings.map((recording) => ({
        ...recording,
        demographics: { ...recording.demographics!, heightM: 1.5 },
      })),
    );
    expect([...predictTorque(preTrained, other)]).toEqual([...predictTorque(preTrained, rows)]);
  });

  it('an arm repeats byte by byte, and has at most 8,000 weights', () => {
    const answer = () => {
      const { model } = directArm(rows, TINY, 'again');
      const torques = [...predictTorque(model, rows)];
      model.dispose();
      return torques;
    };
    expect(answer()).toEqual(answer());
    expect(preTrained.countParams()).toBeLessThanOrEqual(8000);
  });
});

describe('the search', () => {
  const start = () => buildGraphModel(TRANSFER_GRAPH, 'search-test', 0);
  const rows = transferRows(recordings);
  /** Recordings on which the start weights are right: any training makes it worse. */
  const solved = (): TrainingRows => {
    const model = start();
    const targets = predictTorque(model, rows);
    model.dispose();
    return { ...rows, targets };
  };
  const HARSH: ArmBudget = { ...TINY, learningRates: [0.05, 0.1, 0.5] };
  const choose = (of: TrainingRows, budget: ArmBudget = HARSH) => {
    const { model, chosen } = searchAndTrain(start, of, budget, 'search-test');
    const torques = [...predictTorque(model, rows)];
    model.dispose();
    return { chosen, torques };
  };

  it('leaves start weights alone that no training improves; on other targets, as a twin, it trains', () => {
    const right = solved();
    const { chosen, torques } = choose(right);
    expect(chosen).toEqual({ learningRate: 0, epochs: 0, isAtEdge: false });
    expect(torques).toEqual([...right.targets]);
    const other = choose(rows);
    expect(other.chosen.epochs).toBeGreaterThanOrEqual(1);
    expect(other.torques).not.toEqual([...right.targets]);
  });

  it('says when it stopped at the edge of what it may choose', () => {
    // The start weights are far from these targets: more training helps, so the most epochs are chosen.
    const { chosen } = choose(rows, { ...TINY, learningRates: [1e-6, 0.001, 1e-7], maxEpochs: 2 });
    expect(chosen).toEqual({ learningRate: 0.001, epochs: 2, isAtEdge: true });
    const budget = { ...TINY, learningRates: [0.001, 0.005, 0.02], maxEpochs: 9 };
    expect([0.001, 0.005, 0.02].map((rate) => isAtEdge(budget, rate, 8))).toEqual([true, false, true]);
    expect(isAtEdge(budget, 0.005, 9)).toBe(true);
    expect(isAtEdge(budget, 0, 0)).toBe(false);
  });
});

describe('the plain simulation of a recording', () => {
  const [recording] = recordings;

  const scalesWithMaximum = (simulate: typeof plainSimulationNm): boolean => {
    const once = simulate(recording!);
    const twice = simulate({ ...recording!, maximalTorqueNm: 2 * recording!.maximalTorqueNm });
    return once.every((torqueNm, i) => Math.abs(twice[i]! - 2 * torqueNm) < 1e-9);
  };
  it("follows the person's maximal torque; a twin of generic strength is caught", () => {
    expect(scalesWithMaximum(plainSimulationNm)).toBe(true);
    expect(scalesWithMaximum((each) => plainSimulationNm({ ...each, maximalTorqueNm: 97.5 }))).toBe(false);
  });

  it('gives the held torque back for a person of its own form', () => {
    const own = simulationRun(2, 'plain');
    const predicted = plainSimulationNm({ ...own, envelopes: own.envelopes.map(() => own.level) });
    // Early on, before fatigue and beyond the ramp: the reserve of 0.1 % that the drive leaves, and rounding of the ramp.
    expect(Math.abs(predicted[1]! / (own.level * own.maximalTorqueNm) - 1)).toBeLessThan(0.005);
  });
});

const personOf = (transferRmseNm: number, directRmseNm: number) => ({
  transferRmseNm,
  directRmseNm,
  transferWithin2Nm: 0.3,
  directWithin2Nm: 0.25,
  simulationNetworkRmseNm: 9,
  simulationRmseNm: 7,
  simulationBiasNm: -3,
});
const cellOf = (cohort: number, gap: number, partition: number, factor: number): TransferCell => ({
  cohort,
  gap,
  partition,
  people: Array.from({ length: 25 }, (_, i) => personOf(factor * (4 + 0.2 * i), 4 + 0.2 * i)),
  chosen: [
    {
      transfer: { learningRate: 0, epochs: 0, isAtEdge: false },
      direct: { learningRate: 0.02, epochs: 3, isAtEdge: true },
    },
    {
      transfer: { learningRate: 0.001, epochs: 2, isAtEdge: true },
      direct: { learningRate: 0.02, epochs: 9, isAtEdge: true },
    },
  ],
});

describe('figures of the experiment', () => {
  const cells = [
    cellOf(0, 0, 0, 0.7),
    cellOf(0, 1, 0, 0.7),
    cellOf(0, 1, 1, 0.8),
    cellOf(0, 2, 0, 1.2),
    ...Array.from({ length: 20 }, (_, i) => cellOf(i + 1, 1, 0, 0.7 + 0.01 * i)),
  ];
  const { findings, plots, tables } = transferFigures(cells);
  const named = (name: string) => findings.find((finding) => finding.name === name)!;

  it('average a person over partitions before anything else', () => {
    expect(named('change of RMSE by transfer, %, surrogates').value).toBeCloseTo(-25, 10);
    expect(named('change of RMSE by transfer, %, surrogates').n).toBe(25);
    expect(averagePeople(cells.slice(1, 3))[0]!.transferRmseNm).toBeCloseTo(0.75 * 4, 12);
  });

  /** Errors that differ much between people but little within: only the paired interval sees the change. */
  const seesAPairedChange = (pair: (people: TransferCell['people']) => TransferCell['people']): boolean => {
    const people = pair(cellOf(0, 1, 0, 0.97).people);
    const change = bootstrap(
      people,
      (sample) => {
        const sum = (key: 'transferRmseNm' | 'directRmseNm') =>
          sample.reduce((total, each) => total + each[key], 0);
        return sum('transferRmseNm') / sum('directRmseNm') - 1;
      },
      'paired',
    );
    return change.high < 0;
  };
  it('pair the arms person by person; a twin that pairs strangers is caught', () => {
    expect(seesAPairedChange((people) => people)).toBe(true);
    const strangers = (people: TransferCell['people']) =>
      people.map((person, i) => ({ ...person, directRmseNm: people.at(-1 - i)!.directRmseNm }));
    expect(seesAPairedChange(strangers)).toBe(false);
  });

  it('say where transfer hurts as plainly as where it helps', () => {
    expect(named('change of RMSE by transfer, %, reality gap 2').sentence).toMatch(/it hurts/);
    expect(plots[0]!.caption).toMatch(/help at: 0, 1; shown to hurt at: 2/);
    expect(tables[0]!.rows.length).toBe(3);
  });

  it('tell the share of splits at the edge of the grid and at the start weights, arm by arm', () => {
    const { columns, rows } = tables[0]!;
    const at = (column: string) => rows.map((row) => row[columns.indexOf(column)]);
    expect(at('share of splits at the edge of the grid, transfer')).toEqual(['0.50', '0.50', '0.50']);
    expect(at('share of splits at the edge of the grid, direct')).toEqual(['1.00', '1.00', '1.00']);
    expect(at('share of splits left at the start weights, transfer')).toEqual(['0.50', '0.50', '0.50']);
    expect(at('share of splits left at the start weights, direct')).toEqual(['0.00', '0.00', '0.00']);
  });

  it('count cohorts as units of their own', () => {
    const cohorts = named('change of RMSE by transfer, %, independent cohorts');
    expect(cohorts.n).toBe(20);
    expect(cohorts.value).toBeCloseTo(-20.5, 10);
  });

  it('word the bias as a consequence of assumptions', () => {
    expect(named('plain simulation minus recorded torque, N.m').sentence).toMatch(
      /under-predicts these surrogates.*consequence/,
    );
  });

  it('refuse a cell that is not whole', () => {
    expect(() => transferFigures([{ cohort: 0 }])).toThrow();
    expect(() => averagePeople([])).toThrow(RangeError);
    expect(() => bootstrap([1], (values) => values[0]!, 'one')).toThrow(RangeError);
  });
});

describe('cells of the experiment', () => {
  const ids = ELBOW_TRANSFER.cells().map(({ id }) => id);
  it('are 20 splits at the frozen gap, five gaps beside it, and 20 cohorts', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.startsWith('gap-1-')).length).toBe(4);
    expect(ids.filter((id) => id.startsWith('cohort-')).length).toBe(20);
    expect(new Set(ids.filter((id) => id.startsWith('gap-')).map((id) => id.split('-')[1])).size).toBe(6);
    expect(ids.every((id) => /^[a-z0-9.-]+$/.test(id))).toBe(true);
  });
});

import { strongestFirst } from '../../core/explain/strongest-units.ts';
import type { WristStateBundle } from '../../core/inference/bundle.ts';
import { marginQuestion, marginShapley, type PlayerName } from '../../core/inference/margin-shapley.ts';
import { forwardNetwork } from '../../core/networks/dense-network.ts';
import { averageLogits } from '../../core/networks/ensemble-forward.ts';
import type { WristStatePerson } from '../dataset/wrist-state.ts';
import { maskedMeasurement, patternInput } from '../fit/wrist-state-data.ts';
import { bootstrapMean } from './comparators/bootstrap-mean.ts';
import type { Figures, Finding } from './figures.ts';
import { readableName } from './readable-names.ts';

const KEY = 'C';
/** Pairs of players compared for the order of a person against the order over everybody. */
const TOP = 3;

/**
 * Local against global importance: exact Shapley values of the margin between the two most probable classes for each
 * person, and their mean size over all people. How often the strongest measurement of a person is not the globally strongest
 * one, and how many of the person's three strongest are not among the global three.
 */
export function importanceFigures(
  bundle: WristStateBundle,
  people: readonly WristStatePerson[],
): Pick<Figures, 'findings' | 'tables'> {
  const { layout, members } = bundle;
  let players: readonly PlayerName[] = [];
  const local = people.map((person) => {
    const input = patternInput(person, KEY, layout);
    const logits = averageLogits(members.map((member) => forwardNetwork(member, input).output));
    const order = [0, 1, 2].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0));
    const measured = maskedMeasurement(person, KEY, layout);
    const question = marginQuestion(bundle, measured, order[0] ?? 0, order[1] ?? 1);
    players = question.players;
    return marginShapley(question).ensemble.values;
  });
  const sizes = players.map((_, player) =>
    bootstrapMean(
      local.map((values) => Math.abs(values[player] ?? 0)),
      `importance/${player}`,
    ),
  );
  const global = strongestFirst(sizes.map(({ value }) => value));
  const globalTop = new Set(global.slice(0, TOP));
  const tops = local.map((values) => strongestFirst(values));
  const departs = bootstrapMean(
    tops.map((top) => (top[0] === global[0] ? 0 : 1)),
    'importance/departs',
  );
  const outside = bootstrapMean(
    tops.map((top) => top.slice(0, TOP).filter((player) => !globalTop.has(player)).length),
    'importance/outside',
  );
  const findings: Finding[] = [
    {
      ...departs,
      name: `${KEY}: the strongest measurement of a person is not the globally strongest`,
      literature:
        'Tappan 2024 reports that local (LIME) and global importance differ; how often was not found.',
      sentence: `Exact Shapley values, ${players.length} players; globally strongest: ${readableName(players[global[0] ?? 0] ?? '')}.`,
    },
    {
      ...outside,
      name: `${KEY}: of a person's three strongest, not among the global three (mean count)`,
      literature: null,
      sentence: `Globally: ${global
        .slice(0, TOP)
        .map((player) => readableName(players[player] ?? ''))
        .join('; ')}.`,
    },
  ];
  return {
    findings,
    tables: [
      {
        title: 'Global importance and how often each measurement is locally strongest, pattern C',
        columns: ['measurement', 'mean |Shapley value|, logits (95 %)', 'strongest in, share of people'],
        rows: global.map((player) => {
          const { value, low, high } = sizes[player]!;
          const first = tops.filter((top) => top[0] === player).length / tops.length;
          return [
            readableName(players[player] ?? ''),
            `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
            Number(first.toFixed(4)),
          ];
        }),
        caption: `${people.length} test people; reference: the mean nonimpaired person of the same sex, age and size.`,
      },
    ],
  };
}

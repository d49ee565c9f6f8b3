import { DATA_SETS } from '../../training/dataset/data-sets.ts';
import { hashDataSet } from '../../training/dataset/frozen-data-sets.ts';
import { serveTasks } from '../processes/serve-tasks.ts';

serveTasks(async (payload) => {
  const { name } = payload as { name: string };
  const load = DATA_SETS[name];
  if (!load) throw new Error(`there is no data set ${name}`);
  return hashDataSet(await load());
});

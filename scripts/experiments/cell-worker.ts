import { EXPERIMENTS } from '../../training/experiments/experiments.ts';
import { serveTasks } from '../processes/serve-tasks.ts';
import { startWasm } from '../processes/start-wasm.ts';

let isStarted = false;

serveTasks(async (payload, log) => {
  const { name, cell: id } = payload as { name: string; cell: string };
  const experiment = await EXPERIMENTS[name]?.();
  const cell = experiment?.cells().find((each) => each.id === id);
  if (!experiment || !cell) throw new Error(`there is no cell ${name}/${id}`);
  if (experiment.usesTensors && !isStarted) {
    await startWasm();
    isStarted = true;
  }
  return cell.run(log);
});

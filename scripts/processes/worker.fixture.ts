import { serveTasks } from './serve-tasks.ts';

serveTasks((payload, log) => {
  const { what, number } = payload as { what: string; number: number };
  log('working');
  if (what === 'fail') throw new Error('told to fail');
  if (what === 'die') process.exit(3);
  return 2 * number;
});

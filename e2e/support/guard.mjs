// Runs one command and ends it when the guard's parent is gone, even by a kill that prevents the parent's own clean-up.
// Started by processes.mjs only, with an IPC channel.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.on('spawn', () => process.send?.({ pid: child.pid }));
child.on('exit', (code, signal) => {
  // Exits only after the message is sent: the parent waits for it.
  const done = () => process.exit(code ?? 1);
  if (process.connected) process.send({ code, signal }, done);
  else done();
});
// SIGTERM first: a service must be able to stop its own Redis.
process.on('disconnect', () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 15_000);
});
// Ctrl-C reaches the whole group; the child decides when to end, and the guard follows.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));

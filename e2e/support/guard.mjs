// Runs one command and ends it when whoever started this guard is gone, however it went: a test that is killed cannot
// run its own clean-up. Started by processes.mjs only, with an IPC channel.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exit(127);
});
child.on('spawn', () => process.send?.({ pid: child.pid }));
child.on('exit', (code, signal) => {
  // The channel must not hold the message back: the parent waits for it.
  const done = () => process.exit(code ?? 1);
  if (process.connected) process.send({ code, signal }, done);
  else done();
});
// The polite way first: a service has a Redis of its own to end.
process.on('disconnect', () => {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 15_000);
});
// A terminal's Ctrl-C reaches the whole group; the child decides when it ends, the guard only follows.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));

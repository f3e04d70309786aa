#!/usr/bin/env node
import { runCommand } from './program.js';

// Whoever reads what is printed may have read enough: `miniaudio-engine devices | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommand(process.argv.slice(2));

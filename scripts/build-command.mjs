#!/usr/bin/env node
// The package's command: `npx miniaudio-engine build` compiles the addon where no platform package has one.
const [command, ...words] = process.argv.slice(2);
if (command === 'build') {
  process.argv.splice(2, process.argv.length, 'addon', ...words);
  await import('./build.mjs');
} else {
  console.error('Usage: miniaudio-engine build [--target <zig target>] [--verbose]\n  Compiles the native addon of this package with zig from npm.');
  process.exitCode = 1;
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder } from './paths.mjs';

const lockFile = join(buildFolder, 'lock');

function holderIsAlive() {
  let processId;
  try {
    processId = Number(readFileSync(lockFile, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
  if (!(processId > 0)) return true; // its holder is just writing it
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Runs `work` while no other build of this folder runs: two builds at once would write the same objects. Waits for the
 * other one.
 */
export async function withBuildLock(work) {
  mkdirSync(buildFolder, { recursive: true });
  let told = false;
  let deadSince = 0;
  while (!tryLock()) {
    if (holderIsAlive()) deadSince = 0;
    // A lock counts as left behind only when its holder is seen dead twice, a moment apart, so that a fresh lock of a
    // third build is not taken away.
    else if (deadSince > 0) rmSync(lockFile, { force: true });
    else deadSince = performance.now();
    if (!told && deadSince === 0) console.log('waiting for another build of this folder');
    told = true;
    await new Promise((done) => setTimeout(done, 100));
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

// The programs that tests use as sound servers, as second opinions and as sanitizers, from Debian's packages.
import { spawnSync } from 'node:child_process';

const packages = [
  'alsa-utils',
  'chromium',
  'dbus-daemon',
  'ffmpeg',
  'flac',
  'gcc',
  'jackd2',
  'lame',
  'libasound2',
  'libc6-dev',
  'libsox-fmt-alsa',
  'libsox-fmt-mp3',
  'opus-tools',
  'pipewire',
  'pulseaudio',
  'pulseaudio-utils',
  'sox',
  'tmux',
  'util-linux',
  'vorbis-tools',
  'wireplumber',
];

function missingPackages() {
  const asked = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...packages], {
    encoding: 'utf8',
  });
  if (asked.error !== undefined) return undefined;
  const installed = new Set(
    asked.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return packages.filter((name) => !installed.has(name));
}

/** Installs what is missing and returns true, or says what a person has to type and returns false. */
export function prepareSystem() {
  const missing = missingPackages();
  if (missing === undefined) {
    console.log(
      `No dpkg here: the tests need the programs of Debian's packages ${packages.join(' ')}. ` +
        'What is missing makes its tests fail.',
    );
    return true;
  }
  if (missing.length === 0) return true;
  const install = ['apt-get', 'install', '-y', '-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    console.error(
      `The tests need packages that are not installed. Type: sudo apt-get update && sudo ${install.join(' ')}`,
    );
    return false;
  }
  console.log(`installing ${missing.join(' ')}`);
  // No dialog (jackd2 would ask one), and no question about configuration files.
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  const status = spawnSync(install[0], install.slice(1), options).status;
  const still = missingPackages();
  if (status === 0 && still.length === 0) return true;
  console.error(`Installing failed. Type: apt-get update && ${install.join(' ')}`);
  return false;
}

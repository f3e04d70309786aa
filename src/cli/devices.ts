import type { DeviceInfo, DeviceOptions } from '../base/types.js';
import { Engine } from '../index.js';
import { colorsOf } from './colors.js';
import { CommandFailure, exitCodes } from './failure.js';
import { answer, table } from './output.js';

/** `devices`: lists the playback devices. */
export async function runDevices({ json = false }: { json?: boolean }): Promise<void> {
  const devices = await Engine.devices();
  const rows = devices.map(({ backend, name, id, isDefault }) => [
    isDefault ? '*' : ' ',
    backend,
    name,
    colorsOf(process.stdout).dim(id),
  ]);
  answer(
    json,
    devices,
    devices.length === 0 ? 'No playback device was found. Run "miniaudio-engine doctor" for details.' : table(rows),
  );
}

/**
 * The device that `--device` (an id or part of a name) and `--backend` select. Rejects with exit code 4 when no device
 * or more than one matches.
 */
export async function chooseDevice(
  wanted: string | undefined,
  backend: DeviceInfo['backend'] | undefined,
): Promise<DeviceOptions> {
  const chosen: DeviceOptions = backend === undefined ? {} : { backend };
  if (wanted === undefined) return chosen;
  const devices = (await Engine.devices()).filter((device) => backend === undefined || device.backend === backend);
  const exact = devices.filter(({ id, name }) => id === wanted || name === wanted);
  const part = wanted.toLowerCase();
  const matching =
    exact.length > 0
      ? exact
      : devices.filter(({ id, name }) => name.toLowerCase().includes(part) || id.toLowerCase().includes(part));
  const [device] = matching;
  if (device === undefined) {
    throw new CommandFailure(
      exitCodes.device,
      'ERR_NO_DEVICE',
      `No playback device matches "${wanted}"; ${devices.length === 0 ? 'none was found' : `found: ${names(devices)}`}`,
    );
  }
  // The same device through two sound systems is one: the first is the preferred one.
  if (matching.some(({ backend: other, id }) => other === device.backend && id !== device.id)) {
    throw new CommandFailure(
      exitCodes.device,
      'ERR_NO_DEVICE',
      `Several playback devices match "${wanted}": ${names(matching)}`,
    );
  }
  return { backend: device.backend, id: device.id };
}

function names(devices: readonly DeviceInfo[]): string {
  return devices.map(({ name, backend }) => `"${name}" (${backend})`).join(', ');
}

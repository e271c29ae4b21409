/** Shows an address in the person's browser, by the command their system has for it. */
import { spawn } from 'node:child_process';

const openers = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens `url`; a system without a browser is left in peace. */
export function openBrowser(url) {
  const hasNoScreen = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  if (hasNoScreen) return;
  const [command, ...words] = openers[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...words, url], { stdio: 'ignore', detached: true });
  // Nothing is lost without it: the address is printed.
  child.on('error', () => {});
  child.unref();
}

import type { NodeNotifierOptions } from './node-notifier-options.ts';

/** `error` is an Error when it failed, else what the program wrote to stderr; `response` reports clicks. */
export type SendToNodeNotifier = (
  options: NodeNotifierOptions,
  callback: (error: unknown, response: unknown) => void,
) => void;

/**
 * Loads the package and takes the one notifier that belongs to this platform. The package's own choice may fall back
 * to Growl, which would send callers' names to a network port, and takes Windows' toaster under WSL.
 */
export async function loadNodeNotifier(platform: NodeJS.Platform): Promise<SendToNodeNotifier> {
  const { default: notifier } = await import('node-notifier');
  const options = { withFallback: false };
  if (platform === 'darwin') {
    const center = new notifier.NotificationCenter(options);
    return (notification, callback) => void center.notify(notification, callback);
  }
  if (platform === 'win32') {
    const toaster = new notifier.WindowsToaster(options);
    return (notification, callback) => void toaster.notify(notification, callback);
  }
  const notifySend = new notifier.NotifySend(options);
  return (notification, callback) => void notifySend.notify(notification, callback);
}

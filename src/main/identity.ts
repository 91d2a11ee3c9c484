import type { App } from 'electron';
import { APP_ID } from './app-id.ts';

/**
 * The class that Windows starts for a click on a notification; resources/installer/windows/installer.nsh names it, too.
 */
const TOAST_CLSID = 'def3d18e-f312-4865-b8d0-9742ce8613d1';
const TOAST_CLSID_OF_CHECKOUT = '18efdeb3-30dd-4d25-9c35-c8dbcbc9b6fd';

type IdentityApp = Pick<
  App,
  'isPackaged' | 'getPath' | 'setAppUserModelId' | 'setName' | 'setPath' | 'setToastActivatorCLSID'
>;

/**
 * Sets the program's name, id and class for Windows; call it before the app is ready. At each start Electron points
 * the Start-menu entry of this name and id at the running program, and registers the class. Without a class set here it
 * takes a random one, which no uninstaller can remove. A checkout has its own names; with the same ones it would take
 * over the entry of an installed Traydial.
 */
export function setWindowsIdentity(app: IdentityApp, platform: NodeJS.Platform): void {
  if (platform !== 'win32') return;
  app.setAppUserModelId(app.isPackaged ? APP_ID : `${APP_ID}.Checkout`);
  app.setToastActivatorCLSID(app.isPackaged ? TOAST_CLSID : TOAST_CLSID_OF_CHECKOUT);
  if (app.isPackaged) return;
  // The name also decides the folder of the profile, which must not change.
  const profile = app.getPath('userData');
  app.setName('Traydial (checkout)');
  app.setPath('userData', profile);
}

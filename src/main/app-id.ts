/**
 * The program's id for the desktop: AppUserModelID, .desktop file, bundle. electron-builder.config.ts has the same id.
 */
export const APP_ID = 'io.github.traydial.Traydial';

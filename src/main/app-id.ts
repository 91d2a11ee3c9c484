/** Names the program to the desktop: AppUserModelID, .desktop file, bundle. electron-builder.config.ts has it, too. */
export const APP_ID = 'io.github.traydial.Traydial';

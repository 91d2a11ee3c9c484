/** Starts the program on an old Electron: loads the polyfills, then the program's entry. */
import './built-ins.ts';
import './node-18.ts';
import './electron-25.ts';
import { join } from 'node:path';
import { runModule } from './system.ts';

// A later failure of the entry is an unhandled rejection, as in Electron.
void runModule(join(__dirname, 'out/main/index.js'));

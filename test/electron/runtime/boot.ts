/** Starts the program on an Electron that is too old for its modules: what is missing first, then its own entry. */
import './built-ins.ts';
import './node-18.ts';
import './electron-25.ts';
import { join } from 'node:path';
import { runModule } from './system.ts';

// When the entry fails later, that is an unhandled rejection, as in Electron.
void runModule(join(__dirname, 'out/main/index.js'));

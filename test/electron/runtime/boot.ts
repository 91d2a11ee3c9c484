/** Starts the program on an Electron that is too old for its modules: what is missing first, then its own entry. */
import './built-ins.ts';
import './node-18.ts';
import './electron-25.ts';
import { join } from 'node:path';
import { runModule } from './system.ts';

// An entry that fails later fails like a rejection nobody handled, which is what Electron makes of it, too.
void runModule(join(__dirname, 'out/main/index.js'));

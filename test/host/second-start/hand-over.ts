import { createConnection } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** Sends its standard input to the socket and ends with exit code 0 after delivery. */
const socket = createConnection(process.argv[2] ?? '');
await pipeline(process.stdin, socket);

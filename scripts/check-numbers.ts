import { emergencyDifference } from './emergency-difference.ts';

const { missing, added } = emergencyDifference();
const list = (numbers: readonly string[]): string => (numbers.length === 0 ? 'none' : numbers.join(', '));
console.log(`Emergency numbers of libphonenumber that Traydial does not know: ${list(missing)}`);
console.log(`Emergency numbers of Traydial that libphonenumber does not know: ${list(added)}`);
if (missing.length > 0) process.exitCode = 1;

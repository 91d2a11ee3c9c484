import { expect, test } from 'vitest';
import { sandboxAdvice } from '../../scripts/sandbox-advice.ts';

const PROGRAM = '/opt/it/electron';

test.for([
  ['is ended by SIGTRAP', { signal: 'SIGTRAP', stderr: '' }],
  [
    'says that there is no usable sandbox',
    {
      signal: null,
      stderr:
        '[77:1128/1.2:FATAL:zygote_host_impl_linux.cc(132)] No usable sandbox! If you are running on Ubuntu 23.10+ …\n',
    },
  ],
  [
    'says that its helper is not set up',
    {
      signal: null,
      stderr:
        "[77:1128/1.2:FATAL:setuid_sandbox_host.cc(157)] The SUID sandbox helper binary was found, but is not configured correctly. Rather than run without sandboxing I'm aborting now.\n",
    },
  ],
] as const)('Electron that %s needs its sandbox set up: the commands name its helper', ([, end]) => {
  const advice = sandboxAdvice(PROGRAM, end);
  expect(advice).toContain("sudo chown root:root '/opt/it/chrome-sandbox'");
  expect(advice).toContain("sudo chmod 4755 '/opt/it/chrome-sandbox'");
  expect(advice).toContain('AppArmor profile with "userns,"');
});

test.for([
  { signal: null, stderr: '' },
  { signal: 'SIGSEGV', stderr: 'Missing X server or $DISPLAY' },
] as const)('gives no such advice if Electron ended for another reason: %j', (end) => {
  expect(sandboxAdvice(PROGRAM, end)).toBeNull();
});

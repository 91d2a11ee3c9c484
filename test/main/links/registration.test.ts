import { expect, test } from 'vitest';
import type { ReadLinkStatus } from '../../../src/main/links/link-reader.ts';
import { registerForFreeSchemes, registerByElectron } from '../../../src/main/links/registration.ts';

/** A computer where another program owns tel: and no program owns the other schemes. */
const readStatus: ReadLinkStatus = (scheme) =>
  Promise.resolve(scheme === 'tel' ? { state: 'other', program: 'FaceTime' } : { state: 'none', program: '' });

function system(isPackaged: boolean, accepts = true) {
  const asked: string[] = [];
  const app = {
    isPackaged,
    setAsDefaultProtocolClient: (scheme: string) => {
      asked.push(scheme);
      return accepts;
    },
  };
  return { app, asked, register: registerByElectron(app, []) };
}

test.for(['darwin', 'win32'] as const)(
  'a first start on %s registers only the schemes that no program opens',
  async (platform) => {
    const { app, asked, register } = system(true);
    await registerForFreeSchemes(app, platform, readStatus, register);
    expect(asked).toEqual(['callto', 'traydial']);
  },
);

test.for([
  ['on Linux', 'linux', true],
  ['of a checkout', 'win32', false],
] as const)('a first start %s registers no scheme', async ([, platform, isPackaged]) => {
  const { app, asked, register } = system(isPackaged);
  await registerForFreeSchemes(app, platform, readStatus, register);
  expect(asked).toEqual([]);
});

test('the error names the schemes that the system rejects', async () => {
  const { register } = system(true, false);
  expect(await register(['tel', 'sip'])).toMatchObject({
    ok: false,
    error: { code: 'links-not-accepted', detail: 'tel: sip:' },
  });
});

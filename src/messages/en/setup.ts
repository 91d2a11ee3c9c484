/** The first steps after the first sign-in. */
export const setup = {
  title: 'Set up Traydial',
  step: (number: number, of: number) => `Step ${number} of ${of}`,
  skip: 'Skip',
  skipAll: 'Skip setup',
  back: 'Back',
  next: 'Next',
  finish: 'Finish',
  country: {
    title: 'Which country are you in?',
    about: "Numbers without a + get this country's code.",
  },
  links: {
    title: 'Open phone links in Traydial',
    about: 'Click a number on a web page or in an e-mail, and Traydial asks whether to call it.',
    ours: 'Phone links already open in Traydial.',
    later: 'You can do this later in the settings.',
    cannot:
      "This copy of Traydial wasn't installed from a package, so your system can't open links with it. Numbers that you type or copy work all the same.",
  },
  shortcut: {
    title: 'Call from any program',
    about: 'Copy a number anywhere, press a shortcut, and Traydial asks whether to call it.',
  },
  notifications: {
    title: 'Can you see notifications?',
    about: 'When someone calls you, a notification says who it is.',
    seen: 'I saw it',
    notSeen: 'Nothing appeared',
    help: 'Check that your system allows notifications from Traydial and that “Do not disturb” is off.',
    open: 'Open the system settings',
  },
};

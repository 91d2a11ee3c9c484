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
    about: "Most numbers are written without a country code. Traydial adds this country's.",
  },
  links: {
    title: 'Open phone links in Traydial',
    about: 'Click a number on a web page or in an e-mail. Traydial asks, then calls it.',
    ours: 'Done. Test it with any phone number on a web page.',
  },
  shortcut: {
    title: 'Call from any program',
    about: 'Copy a number anywhere and press a shortcut. Traydial asks, then calls it.',
  },
  notifications: {
    title: 'Can you see notifications?',
    about: 'When someone calls you, a notification says who it is.',
    asks: 'Did a notification appear?',
    seen: 'Yes',
    notSeen: 'No',
    help: 'Check that your system allows notifications from Traydial and that “Do not disturb” is off.',
    open: 'Open the system settings',
  },
};

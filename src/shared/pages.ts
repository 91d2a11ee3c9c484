/** Pages that the window can open by name: on the project's site and in the system's settings. */
export const HELP_PAGES = ['issues', 'licence', 'notification-settings', 'tray-extension'] as const;

export type HelpPage = (typeof HELP_PAGES)[number];

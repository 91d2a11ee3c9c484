/** Pages that the window can open by name: of the project's site and of the system's settings. */
export const HELP_PAGES = ['manual', 'issues', 'licence', 'notification-settings'] as const;

export type HelpPage = (typeof HELP_PAGES)[number];

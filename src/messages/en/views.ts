/** The way back from a view. */
export const views = { back: 'Back', backToCalls: 'Back to calls' };

/** What a person may be. */
export const roles = ['agent', 'supervisor', 'admin'] as const;

export type Role = (typeof roles)[number];

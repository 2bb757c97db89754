export { type Role, roles } from '../identity/roles.js';

/** What a person may say of themselves. */
export const settableStates = ['ready', 'paused', 'wrap-up', 'offline'] as const;
export type SettableState = (typeof settableStates)[number];

/** `on-call` is said by the calls, not by people. */
export const agentStates = [...settableStates, 'on-call'] as const;
export type AgentState = (typeof agentStates)[number];

export const placementStates = ['reserved', 'connected', 'lost', 'released', 'expired'] as const;
export type PlacementState = (typeof placementStates)[number];

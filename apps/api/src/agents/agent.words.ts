export { type Role, roles } from '../identity/roles.js';

/** What a person may say of themselves. */
export const settableStates = ['ready', 'paused', 'wrap-up', 'offline'] as const;
export type SettableState = (typeof settableStates)[number];

/** `on-call` is said by the calls, not by people. */
export const agentStates = [...settableStates, 'on-call'] as const;
export type AgentState = (typeof agentStates)[number];

/** Whose word a state is: the agent's own, a supervisor's or administrator's, an integrator's API key, or what calls and seats made of it. */
export const stateSetters = ['self', 'supervisor', 'integrator', 'system'] as const;
export type StateSetter = (typeof stateSetters)[number];

export const placementStates = ['reserved', 'connected', 'lost', 'released', 'expired'] as const;
export type PlacementState = (typeof placementStates)[number];

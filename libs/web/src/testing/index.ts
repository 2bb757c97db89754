export * from './fake-clock.js';
export * from './fake-manager.js';

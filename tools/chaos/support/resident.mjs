// @ts-check
import { readFileSync } from 'node:fs';

/** Resident memory of a process in MB. @param {number} pid */
export const residentOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

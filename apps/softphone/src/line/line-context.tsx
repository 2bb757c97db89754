import type { AudioDevices, PhonePicture } from '@nailup/phone';
import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { AgentLine } from './make-line.js';

const LineContext = createContext<AgentLine | null>(null);

export function LineProvider({ line, children }: { line: AgentLine; children: ReactNode }) {
  return <LineContext value={line}>{children}</LineContext>;
}

export function useLine(): AgentLine {
  const line = useContext(LineContext);
  if (!line) throw new Error('useLine needs a LineProvider above it.');
  return line;
}

/** The phone's picture, always the present one. */
export function usePicture(): PhonePicture {
  const { phone } = useLine();
  return useSyncExternalStore(phone.subscribe, phone.picture);
}

/** The microphones and loudspeakers of this computer. */
export function useDevices(): AudioDevices {
  const { devices } = useLine().audio;
  return useSyncExternalStore(devices.subscribe, devices.devices);
}

/** Whether the browser waits for a click before it plays. */
export function useSpeakerBlocked(): boolean {
  const { speaker } = useLine().audio;
  return useSyncExternalStore(speaker.subscribe, speaker.blocked);
}

import { serveTimers, type TimerOrder, type TimerPipe } from '@nailup/phone';

serveTimers(globalThis as unknown as TimerPipe<number, TimerOrder>);

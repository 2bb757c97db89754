import { LiveProvider, NailupTheme, SessionProvider, SignedInOnly, type LiveStream, type Session } from '@nailup/web';
import { DeskProvider } from './calls/desk.js';
import { DutyProvider } from './line/duty-context.js';
import { LineProvider } from './line/line-context.js';
import type { AgentLine } from './line/make-line.js';
import { Shell } from './shell.js';

/** The whole page: theme, who is signed in, the line, the manager's word, the screen. */
export function App({ session, line, stream }: { session: Session; line: AgentLine; stream: LiveStream }) {
  return (
    <NailupTheme>
      <SessionProvider session={session}>
        <LineProvider line={line}>
          <SignedInOnly appName="Nailup softphone">
            <LiveProvider stream={stream}>
              <DutyProvider>
                <DeskProvider>
                  <Shell />
                </DeskProvider>
              </DutyProvider>
            </LiveProvider>
          </SignedInOnly>
        </LineProvider>
      </SessionProvider>
    </NailupTheme>
  );
}

import { LiveProvider, NailupTheme, SessionProvider, SignedInOnly, type LiveStream, type Session } from '@nailup/web';
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
              <Shell />
            </LiveProvider>
          </SignedInOnly>
        </LineProvider>
      </SessionProvider>
    </NailupTheme>
  );
}

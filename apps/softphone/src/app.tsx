import { NailupTheme, SessionProvider, SignedInOnly, type Session } from '@nailup/web';
import { LineProvider } from './line/line-context.js';
import type { AgentLine } from './line/make-line.js';
import { Shell } from './shell.js';

/** The whole page: theme, who is signed in, the line, the screen. */
export function App({ session, line }: { session: Session; line: AgentLine }) {
  return (
    <NailupTheme>
      <SessionProvider session={session}>
        <LineProvider line={line}>
          <SignedInOnly appName="Nailup softphone">
            <Shell />
          </SignedInOnly>
        </LineProvider>
      </SessionProvider>
    </NailupTheme>
  );
}

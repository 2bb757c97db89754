import CssBaseline from '@mui/material/CssBaseline';
import GlobalStyles from '@mui/material/GlobalStyles';
import { ThemeProvider } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { nailupTheme, tonesCss } from './theme.js';

/** Dresses everything inside in the Nailup theme. The person's choice of light or dark is remembered in this browser. */
export function NailupTheme({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider theme={nailupTheme} defaultMode="system" modeStorageKey="nailup-theme">
      <CssBaseline enableColorScheme />
      <GlobalStyles styles={tonesCss} />
      {children}
    </ThemeProvider>
  );
}

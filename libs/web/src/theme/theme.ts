import { createTheme, type PaletteOptions, type Theme } from '@mui/material/styles';
import { dark, light, type Tones } from './palette.js';

/** Menus open inside the dialog or the main landmark they belong to, so that nothing stands outside of a landmark (and none is hidden by a dialog). */
const nearestLandmark = (): Element => [...document.querySelectorAll('main, [role="dialog"]')].at(-1) ?? document.body;

const paletteOf = (tones: Tones): PaletteOptions => ({
  primary: { main: tones.sea, contrastText: tones.onSea },
  secondary: { main: tones.inkSoft, contrastText: tones.raised },
  success: { main: tones.good, light: tones.goodWash, contrastText: tones.raised },
  warning: { main: tones.warn, light: tones.warnWash, contrastText: tones.raised },
  error: { main: tones.bad, light: tones.badWash, contrastText: tones.raised },
  info: { main: tones.info, light: tones.infoWash, contrastText: tones.raised },
  text: { primary: tones.ink, secondary: tones.inkSoft, disabled: tones.inkSoft },
  background: { default: tones.paper, paper: tones.raised },
  divider: tones.line,
});

// The narrow faces first: where `system-ui` is DejaVu, a table of nine columns would not fit a laptop.
const sans = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, system-ui, sans-serif';

/** The one theme of both consoles: dense, calm, light and dark by `data-theme` on the root element. */
export const nailupTheme: Theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme' },
  colorSchemes: { light: { palette: paletteOf(light) }, dark: { palette: paletteOf(dark) } },
  shape: { borderRadius: 6 },
  typography: {
    fontFamily: sans,
    fontSize: 13,
    h1: { fontSize: '1.375rem', fontWeight: 650, letterSpacing: '-0.01em' },
    h2: { fontSize: '1.0625rem', fontWeight: 650 },
    h3: { fontSize: '0.9375rem', fontWeight: 650 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        // Counts and clocks must not dance as they change.
        body: { fontVariantNumeric: 'tabular-nums' },
        ':focus-visible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 2 },
        '@media (prefers-reduced-motion: reduce)': { '*, *::before, *::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' } },
      },
    },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiTextField: { defaultProps: { size: 'small', fullWidth: true } },
    MuiOutlinedInput: { styleOverrides: { notchedOutline: { borderColor: 'var(--nailup-edge)' } } },
    MuiTableCell: { styleOverrides: { root: { borderColor: 'var(--mui-palette-divider)' }, head: { fontWeight: 600, color: 'var(--mui-palette-text-secondary)' }, sizeSmall: { padding: '5px 12px' } } },
    MuiPopover: { defaultProps: { container: nearestLandmark } },
    MuiTooltip: { defaultProps: { arrow: true, enterDelay: 400 } },
    MuiDialog: { defaultProps: { fullWidth: true, maxWidth: 'sm' } },
    // The last button ends where the fields above it end.
    MuiDialogActions: { styleOverrides: { root: { padding: '8px 24px 24px' } } },
    MuiLink: { defaultProps: { underline: 'always' } },
  },
});

/** Tones that MUI's palette has no name for, as custom properties beside its own. */
export const tonesCss = {
  ':root, [data-theme="light"]': { '--nailup-edge': light.edge, '--nailup-sunken': light.sunken },
  '[data-theme="dark"]': { '--nailup-edge': dark.edge, '--nailup-sunken': dark.sunken },
};

import AppBar from '@mui/material/AppBar';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Mark, ThemeSwitch, useUser } from '@nailup/web';
import type { ReactNode } from 'react';
import { NavLink, Outlet } from 'react-router';
import { AccountMenu } from './account-menu.js';

const places = [
  { to: '/overview', label: 'Overview' },
  { to: '/calls', label: 'Calls' },
  { to: '/history', label: 'History' },
  { to: '/queues', label: 'Queues' },
  { to: '/numbers', label: 'Numbers' },
  { to: '/agents', label: 'Agents' },
  { to: '/media-servers', label: 'Media servers' },
  { to: '/placements', label: 'Placements' },
  { to: '/settings', label: 'Settings' },
  { to: '/api-keys', label: 'API keys', adminOnly: true },
];

/** What stands around every page: where one is, where one can go, who one is. @param bar what goes on whatever page is open */
export function Frame({ bar }: { bar?: ReactNode }) {
  const { role } = useUser();
  return (
    <>
      <Link
        href="#content"
        sx={{ position: 'absolute', left: 8, top: -48, zIndex: 1300, bgcolor: 'background.paper', p: 1, '&:focus': { top: 8 } }}
      >
        Skip to the content
      </Link>
      <AppBar position="static" color="transparent" elevation={0} sx={{ borderBottom: 1, borderColor: 'divider', bgcolor: 'background.paper' }}>
        <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 2.5, px: { xs: 1.5, md: 3 }, minHeight: 48 }}>
          <Stack direction="row" spacing={1} sx={{ alignItems: 'center' }}>
            <Mark size={26} />
            <Typography sx={{ fontWeight: 700, letterSpacing: '-0.01em' }}>Nailup</Typography>
          </Stack>
          <Box component="nav" aria-label="Main" sx={{ display: 'flex', flexWrap: 'wrap', flex: { xs: '1 0 100%', md: 1 }, order: { xs: 1, md: 0 }, columnGap: 0.5 }}>
            {places
              .filter(({ adminOnly }) => !adminOnly || role === 'admin')
              .map(({ to, label }) => (
                <Box
                  key={to}
                  component={NavLink}
                  to={to}
                  sx={{
                    px: 1.25,
                    py: { xs: 0.75, md: 1.75 },
                    lineHeight: 1.3,
                    color: 'text.secondary',
                    textDecoration: 'none',
                    fontWeight: 600,
                    fontSize: '0.875rem',
                    borderBottom: '2px solid transparent',
                    '&:hover': { color: 'text.primary' },
                    '&.active': { color: 'primary.main', borderColor: 'primary.main' },
                    '&:focus-visible': { outlineOffset: -3 },
                  }}
                >
                  {label}
                </Box>
              ))}
          </Box>
          <Stack direction="row" spacing={0.5} sx={{ alignItems: 'center', ml: 'auto' }}>
            <ThemeSwitch />
            <AccountMenu />
          </Stack>
        </Stack>
      </AppBar>
      {bar}
      <Box component="main" id="content" tabIndex={-1} sx={{ px: { xs: 1.5, md: 3 }, py: 2.5, maxWidth: 1680, mx: 'auto', outline: 'none' }}>
        <Outlet />
      </Box>
    </>
  );
}

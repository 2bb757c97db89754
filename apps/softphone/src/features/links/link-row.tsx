import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutlined from '@mui/icons-material/ErrorOutlined';
import HourglassEmpty from '@mui/icons-material/HourglassEmpty';
import RemoveCircleOutlined from '@mui/icons-material/RemoveCircleOutlined';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { usePicture } from '../../line/line-context.js';
import { linksOf, type LinkFace } from './links.js';

const faces = {
  up: { icon: CheckCircleOutlined, color: 'success.main' },
  trying: { icon: HourglassEmpty, color: 'warning.main' },
  down: { icon: ErrorOutlined, color: 'error.main' },
  idle: { icon: RemoveCircleOutlined, color: 'text.secondary' },
} as const satisfies Record<LinkFace, unknown>;

/** The three connections between the agent and a caller, each said by itself: never one vague "connected". */
export function LinkRow() {
  const links = linksOf(usePicture());
  return (
    <Box component="footer" aria-label="Connections" sx={{ borderTop: 1, borderColor: 'divider', bgcolor: 'background.paper', px: { xs: 2, sm: 3 }, py: 1 }}>
      <Stack component="ul" direction="row" useFlexGap spacing={2.5} sx={{ flexWrap: 'wrap', listStyle: 'none', m: 0, p: 0 }}>
        {links.map(({ name, face, word }) => {
          const { icon: Icon, color } = faces[face];
          return (
            <Stack component="li" key={name} direction="row" spacing={0.75} sx={{ alignItems: 'center' }}>
              <Icon aria-hidden sx={{ fontSize: 18, color }} />
              <Typography variant="body2" color="textSecondary">
                {name}
              </Typography>
              <Typography variant="body2" sx={{ fontWeight: 600 }}>
                {word}
              </Typography>
            </Stack>
          );
        })}
      </Stack>
    </Box>
  );
}

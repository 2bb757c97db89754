import Checkbox from '@mui/material/Checkbox';
import ListItemText from '@mui/material/ListItemText';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { MediaServer } from '../../shared/contract.js';

interface ServerChoiceProps {
  servers: readonly MediaServer[];
  picked: readonly MediaServer[];
  most: number;
  onPick: (ids: string[]) => void;
}

/** Which servers get a line. Only asked when there is something to choose. */
export function ServerChoice({ servers, picked, most, onPick }: ServerChoiceProps) {
  if (servers.length < 2) return null;
  const ids = picked.map(({ id }) => id);
  return (
    <TextField
      select
      label="Media servers"
      value={ids}
      onChange={(event) => onPick((event.target.value as unknown as string[]).slice(-most))}
      sx={{ width: 200 }}
      slotProps={{ select: { multiple: true, renderValue: () => (ids.length === servers.length ? 'All' : `${ids.length} of ${servers.length}`) } }}
    >
      {servers.map(({ id, name }) => (
        <MenuItem key={id} value={id} dense>
          <Checkbox checked={ids.includes(id)} size="small" tabIndex={-1} disableRipple sx={{ p: 0.5, mr: 1 }} aria-hidden slotProps={{ input: { tabIndex: -1 } }} />
          <ListItemText primary={name} />
        </MenuItem>
      ))}
    </TextField>
  );
}

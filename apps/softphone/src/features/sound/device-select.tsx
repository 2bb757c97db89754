import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { AudioDevice } from '@nailup/phone';
import { useState } from 'react';

/** Chromium lists the system's default as a device of its own; "system default" stands for it here. */
const aliases = new Set(['default', 'communications']);

/** A choice of one device. `chosen`: null for the system's default. */
export function DeviceSelect({ label, devices, chosen, onChoose }: { label: string; devices: readonly AudioDevice[]; chosen: string | null; onChoose: (id: string | null) => void }) {
  const [picked, setPicked] = useState(chosen);
  const offered = devices.filter(({ id }) => !aliases.has(id));
  const value = offered.some(({ id }) => id === picked) ? picked : null;
  const pick = (id: string | null): void => {
    setPicked(id);
    onChoose(id);
  };
  return (
    <TextField select label={label} value={value ?? ''} onChange={(event) => pick(event.target.value || null)} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
      <MenuItem value="">System default</MenuItem>
      {offered.map(({ id, label: name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}

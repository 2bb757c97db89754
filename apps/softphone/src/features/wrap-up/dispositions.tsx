import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import { useId, type KeyboardEvent } from 'react';
import type { Settings } from '../../calls/manager-calls.js';

interface DispositionsProps {
  offered: Settings['dispositions'];
  code: string | null;
  note: string;
  onChange: (code: string | null, note: string) => void;
}

/** How the call ended for the business, and a note. Within the list the digits 1 to 9 choose. */
export function Dispositions({ offered, code, note, onChange }: DispositionsProps) {
  const labelId = useId();
  const byDigit = (event: KeyboardEvent): void => {
    const nth = /^[1-9]$/.test(event.key) ? offered[Number(event.key) - 1] : undefined;
    if (!nth) return;
    event.preventDefault();
    onChange(nth.code, note);
  };
  return (
    <>
      <FormControl>
        <FormLabel id={labelId} sx={{ mb: 1 }}>
          How did it end?
        </FormLabel>
        <RadioGroup
          aria-labelledby={labelId}
          value={code ?? ''}
          onChange={(_event, chosen) => onChange(chosen, note)}
          onKeyDown={byDigit}
          sx={{ display: 'grid', gap: 1, gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))' }}
        >
          {offered.map((one) => (
            <FormControlLabel
              key={one.code}
              value={one.code}
              control={<Radio size="small" />}
              label={one.label}
              sx={{ m: 0, pr: 1.5, minHeight: 40, borderRadius: 1, border: 1, borderColor: one.code === code ? 'primary.main' : 'var(--nailup-edge)', bgcolor: one.code === code ? 'var(--nailup-sunken)' : undefined, overflowWrap: 'break-word' }}
            />
          ))}
        </RadioGroup>
      </FormControl>
      <TextField
        label="Note"
        multiline
        minRows={2}
        maxRows={6}
        value={note}
        onChange={(event) => onChange(code, event.target.value)}
        helperText={note.trim() !== '' && code === null ? 'Choose how it ended to save the note.' : undefined}
        slotProps={{ htmlInput: { maxLength: 2_000 } }}
      />
    </>
  );
}

/** Nailup's own colours: slate and sea-green paper, one brass accent. Every text pair below is at least 4.5:1 (WCAG 1.4.3), kept by palette.spec. */
export interface Tones {
  paper: string;
  raised: string;
  sunken: string;
  ink: string;
  inkSoft: string;
  /** Borders that only divide. */
  line: string;
  /** Borders that tell where a control is, 3:1 (WCAG 1.4.11). */
  edge: string;
  sea: string;
  onSea: string;
  good: string;
  warn: string;
  bad: string;
  info: string;
  goodWash: string;
  warnWash: string;
  badWash: string;
  infoWash: string;
}

export const light: Tones = {
  paper: '#f3f5f4',
  raised: '#ffffff',
  sunken: '#e9edeb',
  ink: '#17211f',
  inkSoft: '#4c5a57',
  line: '#d5dcd9',
  edge: '#7d8a87',
  sea: '#0f5f63',
  onSea: '#ffffff',
  good: '#1d6b3f',
  warn: '#815100',
  bad: '#a82a22',
  info: '#2a5a8f',
  goodWash: '#e1f1e7',
  warnWash: '#faeed6',
  badWash: '#fae5e3',
  infoWash: '#e3edf7',
};

export const dark: Tones = {
  paper: '#101716',
  raised: '#18211f',
  sunken: '#0b1110',
  ink: '#e4ebe9',
  inkSoft: '#a5b3b0',
  line: '#2c3835',
  edge: '#71807c',
  sea: '#74c7c2',
  onSea: '#06211f',
  good: '#7fd0a0',
  warn: '#e6b65c',
  bad: '#f29a92',
  info: '#97bfe9',
  goodWash: '#15301f',
  warnWash: '#33270e',
  badWash: '#3a1a17',
  infoWash: '#172a3d',
};

/** Nailup's sign: a nail through two rings, the seat that holds while calls come and go. Decoration only. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 36 36" aria-hidden focusable="false">
      <rect width="36" height="36" rx="9" fill="var(--mui-palette-primary-main)" />
      <g fill="none" stroke="var(--mui-palette-primary-contrastText)" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M12.5 8.5h11M18 8.5v21" />
        <path d="M10.2 15.5a9 9 0 0 0 0 9M25.8 15.5a9 9 0 0 1 0 9" />
      </g>
    </svg>
  );
}

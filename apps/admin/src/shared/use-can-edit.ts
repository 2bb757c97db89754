import { useUser } from '@nailup/web';

/** True for administrators. A supervisor sees everything here and changes nothing of the fleet. */
export const useCanEdit = (): boolean => useUser().role === 'admin';

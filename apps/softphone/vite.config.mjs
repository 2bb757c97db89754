import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/softphone/',
  plugins: [react()],
  // One page that needs all of itself at once: cut into pieces it would only start later.
  build: { outDir: 'dist', sourcemap: true, chunkSizeWarningLimit: 1_050 },
});

/** How the site is served while it is built, and built: static files that run under any path of any host. */
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { contentPolicy } from './scripts/lib/content-policy.ts';
import { serveData } from './scripts/lib/serve-data.ts';

const here = import.meta.dirname;

export default defineConfig(({ mode }) => ({
  base: './',
  // A path that does not exist is a 404, as on a static host, and not the page once more.
  appType: 'mpa',
  plugins: [contentPolicy(), serveData(process.env['RECEPTIVE_MNIST'] ?? join(here, 'public/data/mnist'))],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Fonts and images stay files: the content policy allows no data: URL for them.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // All that the first view needs is one file: a dozen small ones would wait for one another on a slow line.
        codeSplitting: { groups: [{ name: 'page', test: /src\/ui\/receptive-app\.ts$/ }] },
      },
    },
  },
  // The specs' pages need packages of their own prepared; the app is started without them.
  optimizeDeps: { entries: mode === 'test' ? ['index.html', 'e2e/**/*.html'] : ['index.html'] },
  ...(mode === 'test' && {
    cacheDir: 'node_modules/.vite-test',
    // A page under test must not be reloaded because a file was saved.
    server: { hmr: false, watch: null },
  }),
}));

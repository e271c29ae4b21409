/** A Vite plugin that writes the site's Content-Security-Policy into the built page. The dev server needs inline code. */
import type { Plugin } from 'vite';
import { mirrorUrl } from '../../src/data/mnist-files.ts';

const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' blob: data:",
  // The mirror that MNIST is fetched from when the site itself has no copy.
  'connect-src': `'self' ${new URL(mirrorUrl('train-images-idx3-ubyte')).origin}`,
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'font-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'object-src': "'none'",
};

/** Puts the policy before everything that it must hold for. */
export function contentPolicy(): Plugin {
  const content = Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
  return {
    name: 'receptive:content-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  };
}

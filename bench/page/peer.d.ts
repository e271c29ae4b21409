/** The trainer of a page; the build puts one of `bench/peers/` in its place. */
declare module '#peer' {
  const peer: import('./trainer.ts').PeerModule;
  export const open: typeof peer.open;
}

import { buildPeer } from './run/build.ts';
import { readDigits } from './run/digits.ts';
import { launchBrowser } from './run/launch.ts';
import { readOptions } from './run/options.ts';
import { PeerPage } from './run/peer-page.ts';
import { serve } from './run/server.ts';
import { benchCases } from './cases.ts';
export async function go(peer: any, network: string) {
  const built = [await buildPeer('receptive'), await buildPeer(peer)];
  const server = await serve(built, readDigits("/work/shared/data/mnist"));
  const browser = await launchBrowser(readOptions([]));
  try {
    const c = benchCases.find((x) => x.network === network)!;
    const r = await PeerPage.at(browser, server.url, 'receptive');
    console.log('receptive', await r.open(c.model, c.batchSize, undefined));
    const w = await r.readWeights();
    const p = await PeerPage.at(browser, server.url, peer);
    p.page.on('console', (m) => console.log('console', m.type(), m.text()));
    p.page.on('pageerror', (e) => console.log('pageerror', e.stack));
    p.page.on('requestfailed', (q) => console.log('failed', q.url()));
    p.page.on('worker', (q) => console.log('worker', q.url()));
    const t = setTimeout(() => { console.log('timeout'); browser.close(); }, 100000);
    console.log(peer, await p.open(c.model, c.batchSize, w));
    for (let i = 0; i < 2; i++) { await p.warmUp(500); console.log(await p.train(2000), await p.infer(1000)); }
    const t0 = Date.now();
    console.log(await p.readMemory(), Date.now() - t0, 'ms');
    console.log(await p.countCalls(1000), await p.finish(), await p.errors());
    clearTimeout(t);
  } finally { await browser.close(); await server.close(); }
}
